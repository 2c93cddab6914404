"""Findings about a run: why its curve looks as it does, in plain sentences, computed from the run alone."""

from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np

from engine.core import records
from engine.studies import RunRecord
from visualizer.findings.curve_evidence import CurveEvidence, evidence_of
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import ALARM, GOOD, NOTE, OUTSIDE, RUN, Finding, Kind, Try
from visualizer.findings.tries import Outcome, Tested, decide, try_out
from visualizer.outside import OutsideCurve

FINDINGS = records(__name__, __path__, Kind)
# of all sessions: what a run shows is the same whoever asks first, and some of it takes a second
_found: WeakKeyDictionary[RunRecord, tuple[Finding, ...]] = WeakKeyDictionary()


def findings(trial: RunRecord) -> tuple[Finding, ...]:
    """Return the findings about a run, kind by kind in the order of `FINDINGS`."""
    if trial not in _found:
        _found[trial] = _all(Evidence(trial), RUN)
    return _found[trial]


@lru_cache(maxsize=64)
def findings_outside(curve: OutsideCurve) -> tuple[Finding, ...]:
    """Return the findings about a curve from outside: those that need nothing but the curve."""
    return _all(evidence_of(curve), OUTSIDE)


def _all(evidence: Evidence | CurveEvidence, about: str) -> tuple[Finding, ...]:
    with np.errstate(all="ignore"):  # a run that goes wrong has numbers that do
        for kind in FINDINGS.values():
            if about in kind.about:
                evidence.found.extend(kind.find(evidence))
    return tuple(evidence.found)


__all__ = [
    "ALARM",
    "FINDINGS",
    "GOOD",
    "NOTE",
    "OUTSIDE",
    "RUN",
    "Finding",
    "Kind",
    "Outcome",
    "Tested",
    "Try",
    "decide",
    "findings",
    "findings_outside",
    "try_out",
]
