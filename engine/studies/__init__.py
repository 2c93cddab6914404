"""Studies: trials, surveys, causes of a wrong number."""

from engine.studies.candidates import Cause
from engine.studies.causes import LONG, Search, SearchProgress, causes, searching
from engine.studies.effects import changing, check_mistaken, first_difference, mistaken, passes
from engine.studies.importance import FEWEST, TREES, Importance, Importances, codes, importances, is_ordered, logarithms
from engine.studies.range_test import RangeTest, range_test
from engine.studies.slips import FED_WITH_Z, Place, Slip
from engine.studies.stability import gains_of, limits_at, sharpness, stable_below
from engine.studies.survey import MOST_RATES, MOST_SEEDS, Progress, Survey, survey
from engine.studies.trial import LENGTH, REST, TURN, RunDriver, RunRecord, untrained

__all__ = [
    "FED_WITH_Z",
    "FEWEST",
    "LENGTH",
    "LONG",
    "MOST_RATES",
    "MOST_SEEDS",
    "REST",
    "TREES",
    "TURN",
    "Cause",
    "Importance",
    "Importances",
    "Place",
    "Progress",
    "RangeTest",
    "RunDriver",
    "RunRecord",
    "Search",
    "SearchProgress",
    "Slip",
    "Survey",
    "causes",
    "changing",
    "check_mistaken",
    "codes",
    "first_difference",
    "gains_of",
    "importances",
    "is_ordered",
    "limits_at",
    "logarithms",
    "mistaken",
    "passes",
    "range_test",
    "searching",
    "sharpness",
    "stable_below",
    "survey",
    "untrained",
]
