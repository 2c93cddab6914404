"""Batch normalization and dropout: the equations that they add to a pass, each with a stage that shows it."""

from dataclasses import replace

from engine import Text
from engine.equations import BP2, Rule, layer_rules
from visualizer.reference.entry import Entry, Formula
from visualizer.reference.registries import entry, general

LAYER_RULES = {
    name.lower(): rule for name, rule in vars(layer_rules).items() if isinstance(rule, Rule) and rule is not BP2
}
_NORM = ("Ioffe & Szegedy 2015", {"example": "xor", "batch_norm": "1"})
_DROPOUT = ("Srivastava et al. 2014", {"example": "xor", "dropout": "0.5"})
_RUNNING = Text("{} (inference mode)", "{}（推理模式）")


def entries() -> tuple[Entry, ...]:
    """Return an entry for each rule of normalized layers and dropout, in the order of a pass."""
    return tuple(_entry(name, rule) for name, rule in LAYER_RULES.items())


def _entry(name: str, rule: Rule) -> Entry:
    source, opens = _DROPOUT if "mask" in rule.reads else _NORM
    made, inference = entry(name, rule), "variance" in rule.reads and "mean_new" not in rule.writes
    title = _RUNNING.format(made.title) if inference else made.title
    lines = [Formula(general(line)) for line in rule.tex.split("\n")]
    return replace(
        made,
        title=title,
        blocks=made.blocks if "{vjp" in rule.tex else (made.blocks[0], *lines),
        source=source,
        opens=opens | {"step": f"{rule.key}.1"} | ({"mode": "inference"} if inference else {}),
    )
