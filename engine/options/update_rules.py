"""The steps of an update: how the optimizer's memory comes about, the step that it takes from it, the new parameters.

They happen everywhere at once, therefore in layer 0. The values of a law stand beside every parameter p: `v_p` is a
part of the state before the update, `v_p_new` the same after it, and `mhat_p` a value that is only explained.
"""

from dataclasses import replace

from engine.equations import UPDATE, Rule
from engine.optimizers import STEP, Optimizer, UpdateRule
from engine.options.gradient_rules import VECTORS, last_gradient
from engine.options.options import Options

NORMED = ("gamma", "beta")


def update_rules(optimizer: Optimizer, options: Options, normed: bool) -> tuple[Rule, ...]:
    """Return the rules of an update in their order; the last one writes the parameters, the others lead there."""
    parameters = ("W", "b", *(NORMED if normed else ()))
    names = {"theta": "{p}", "g": f"{VECTORS[last_gradient(options)]}{{p}}"}
    names |= {slot: f"{slot}_{{p}}" for slot in optimizer.slots}
    # by mistake other gradients are taken than those that are explained, so that only the whole update can be shown
    laws, told = ((), ()) if options.mistakes else (optimizer.laws[:-1], optimizer.explained)
    rules = []
    for law in (*laws, *told):
        written = f"{law.writes}_{{p}}" + ("" if law in told else "_new")
        rules.append(_rule(law, [names[name] for name in law.reads if name in names], written, parameters))
        names[law.writes] = written
    last = [names[name] for name in optimizer.laws[-1].reads if name in names]
    read = ["{p}", names["g"]] if options.mistakes else ["{p}", f"{STEP}_{{p}}"] if told else last
    reads = tuple(name.format(p=p) for p in parameters for name in read)
    return (*rules, replace(UPDATE, reads=reads, writes=tuple(f"{p}_new" for p in parameters)))


def _rule(law: UpdateRule, reads: list[str], written: str, parameters: tuple[str, ...]) -> Rule:
    of_each = tuple(name.format(p=p) for p in parameters for name in reads if name != "t_{p}")
    writes = tuple(written.format(p=p) for p in parameters)
    return Rule(law.writes, law.writes, "update", law.tex, of_each, writes, (), law.title, law.why)
