"""Trial -> findings: why its curve looks as it does, in plain sentences, computed from the run alone."""

from collections.abc import Callable, Iterator
from weakref import WeakKeyDictionary

from engine.trial import Trial
from visualizer.findings import curve, units
from visualizer.findings.record import Evidence, Finding

FINDINGS: dict[str, Callable[[Evidence], Iterator[Finding]]] = {
    kind.__name__: kind
    for kind in (
        curve.diverged,
        units.dead,
        units.saturated,
        units.alike,
        curve.unlearned,
        curve.plateau,
        curve.stuck,
        curve.slow,
        curve.oscillation,
        curve.overfitting,
        curve.solved,
    )
}


_found: WeakKeyDictionary[Trial, tuple[Finding, ...]] = WeakKeyDictionary()  # some take a second


def findings(trial: Trial) -> tuple[Finding, ...]:
    """Return what a run shows, kind by kind in the order of `FINDINGS`."""
    if trial not in _found:
        evidence = Evidence(trial)
        _found[trial] = tuple(finding for find in FINDINGS.values() for finding in find(evidence))
    return _found[trial]
