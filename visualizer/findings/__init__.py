"""Findings about a run: why its curve looks as it does, in plain sentences, computed from the run alone."""

from weakref import WeakKeyDictionary

import numpy as np

from engine.core import records
from engine.studies import RunRecord
from visualizer.findings.evidence import Evidence
from visualizer.findings.record import ALARM, GOOD, NOTE, Finding, Kind, Try
from visualizer.findings.tries import Outcome, Tested, decide, try_out

FINDINGS = records(__name__, __path__, Kind)
# of all sessions: what a run shows is the same whoever asks first, and some of it takes a second
_found: WeakKeyDictionary[RunRecord, tuple[Finding, ...]] = WeakKeyDictionary()


def findings(trial: RunRecord) -> tuple[Finding, ...]:
    """Return the findings about a run, kind by kind in the order of `FINDINGS`."""
    if trial not in _found:
        evidence = Evidence(trial)
        with np.errstate(all="ignore"):  # a run that goes wrong has numbers that do
            for kind in FINDINGS.values():
                evidence.found.extend(kind.find(evidence))
        _found[trial] = tuple(evidence.found)
    return _found[trial]


__all__ = [
    "ALARM",
    "FINDINGS",
    "GOOD",
    "NOTE",
    "Finding",
    "Kind",
    "Outcome",
    "Tested",
    "Try",
    "decide",
    "findings",
    "try_out",
]
