"""Studies: trials, surveys, causes of a wrong number, faults of listings."""

from engine.studies.causes import Cause, Search, causes
from engine.studies.effects import changing, check_mistaken, first_difference, mistaken, passes
from engine.studies.fault import Fault, Outcome
from engine.studies.faults import FAULTS
from engine.studies.range_test import RangeTest, range_test
from engine.studies.slips import FED_WITH_Z, Place, Slip
from engine.studies.stability import gains_of, limits_at, sharpness, stable_below
from engine.studies.survey import MOST_RATES, MOST_SEEDS, Progress, Survey, survey
from engine.studies.trial import LENGTH, REST, TURN, RunDriver, RunRecord, untrained

__all__ = [
    "FAULTS",
    "FED_WITH_Z",
    "LENGTH",
    "MOST_RATES",
    "MOST_SEEDS",
    "REST",
    "TURN",
    "Cause",
    "Fault",
    "Outcome",
    "Place",
    "Progress",
    "RangeTest",
    "RunDriver",
    "RunRecord",
    "Search",
    "Slip",
    "Survey",
    "causes",
    "changing",
    "check_mistaken",
    "first_difference",
    "gains_of",
    "limits_at",
    "mistaken",
    "passes",
    "range_test",
    "sharpness",
    "stable_below",
    "survey",
    "untrained",
]
