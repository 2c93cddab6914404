"""Findings about a run: why its curve looks as it does, in plain sentences, computed from the run alone."""

from weakref import WeakKeyDictionary

from engine.core import records
from engine.studies import RunRecord
from visualizer.findings.record import Evidence, Finding, Kind

FINDINGS = records(__name__, __path__, Kind)
# of all sessions: what a run shows is the same whoever asks first, and some of it takes a second
_found: WeakKeyDictionary[RunRecord, tuple[Finding, ...]] = WeakKeyDictionary()


def findings(trial: RunRecord) -> tuple[Finding, ...]:
    """Return the findings about a run, kind by kind in the order of `FINDINGS`."""
    if trial not in _found:
        evidence = Evidence(trial)
        _found[trial] = tuple(finding for kind in FINDINGS.values() for finding in kind.find(evidence))
    return _found[trial]


__all__ = ["FINDINGS", "findings"]
