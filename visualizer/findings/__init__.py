"""Trial -> findings: why its curve looks as it does, in plain sentences, computed from the run alone."""

from collections.abc import Callable, Iterator

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


def findings(trial: Trial) -> tuple[Finding, ...]:
    """Return what a run shows, kind by kind in the order of `FINDINGS`."""
    evidence = Evidence(trial)
    return tuple(finding for find in FINDINGS.values() for finding in find(evidence))
