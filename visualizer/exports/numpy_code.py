"""The present iteration as a NumPy script: the equations in the order of the stage, with the engine's own functions."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, CLIPS, REGULARIZERS, Text, Trace
from engine.catalogue import Loss
from engine.equations import Ref, Rule, ref
from engine.optimizers import COUNT
from engine.options import Transform, used_transforms
from visualizer.exports.expression import called, function, letter, line, lines, written
from visualizer.exports.script import (
    amount,
    check_rules,
    drawn,
    dropped,
    heading,
    layers,
    literal,
    moved,
    parameters,
    running,
    updated,
)
from visualizer.exports.subject import Export, Subject

_PHASES = {"forward": "# forward\na0 = x", "cost": "\n# the cost", "backward": "\n# backward"}
_BOOK = {  # executed are they with the bias as one more weight; shown, here as on the stage, without
    "z": "z{l} = W{l} @ a{k} + b{l}",
    "bp3": "db{l} = delta{l}.sum(axis=1, keepdims=True) / m",
    "bp4": "dW{l} = (delta{l} / m) @ a{k}.T",
}
_OF_ALL = ("y", "C", "m")


def numpy_code(subject: Subject) -> str:
    """Return a script that computes the present iteration with NumPy alone, sample by sample in columns."""
    trace = subject.trace
    check_rules(trace, by_layer=True)
    parts = (
        heading(subject),
        "import numpy as np",
        "\n".join(_given(trace)),
        "\n\n\n".join(_functions(trace)),
        "\n".join(_pass(trace)),
        "\n".join(_update(trace)),
        "\n".join(_prints(subject)),
    )
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _array(values: NDArray) -> str:
    return f"np.array({literal(values)})"


def _given(trace: Trace) -> Iterator[str]:
    yield "# one sample in each column"
    yield f"x = {_array(trace.value('a', 0))}"
    yield f"y = {_array(trace.value('y'))}"
    yield "m = x.shape[1]"
    random = (*(("mask", l) for l in dropped(trace)), *drawn(trace))
    yield from (
        f"{name}{l} = {_array(trace.value(name, l))}" for name, l in (*parameters(trace), *running(trace), *random)
    )
    yield f"eta = {updated(trace).rate!r}"
    if updated(trace).optimizer.corrections:
        yield f"t = {float(updated(trace).state[COUNT]):.0f}  # the number of this update"
    for slot in updated(trace).optimizer.slots:
        if slot != COUNT:
            yield from (f"{slot}_{n}{l} = {_state(trace, slot, n, l)}" for n, l in moved(trace))


def _state(trace: Trace, slot: str, name: str, l: int) -> str:
    values = trace.value(f"{slot}_{name}", l)
    return _array(values) if np.any(values) else f"np.zeros({values.shape})"


def _functions(trace: Trace) -> Iterator[str]:
    for name in dict.fromkeys(trace.given.activations):
        yield function(name, ACTIVATIONS[name].f, "z")
        yield function(f"{name}_vjp", ACTIVATIONS[name].vjp, "z", "a", "g")
    loss = trace.loss_function
    if loss.matched:
        yield function("cost_terms", loss.matched.value, "z", "y")
        yield function("output_delta", loss.matched.delta, "a", "y")
    else:
        yield function("cost_terms", loss.value, "a", "y")
        yield function("cost_gradient", loss.grad, "a", "y")


def _pass(trace: Trace) -> Iterator[str]:
    """Write the equations of all layers, one by one."""
    phase = ""
    for step in trace.steps:
        if step.layer and step.rule.phase != phase:
            phase = step.rule.phase
            yield _PHASES[phase]
        if step.layer:
            said = "\n".join(_equation(trace, step.rule, step.layer))
            yield f"{said}  # {step.rule.name}" if step.rule.name.startswith("BP") else said


def _equation(trace: Trace, rule: Rule, l: int) -> Iterator[str]:
    """Write one equation: its operations do to letters what they do to numbers."""
    if rule.key in _BOOK:
        yield _BOOK[rule.key].format(l=l, k=l - 1)
        return
    functions = {"f": _called_activation(trace.given.activations[l - 1]), "loss": _called_loss(trace.loss_function)}
    for operation in rule.operations:
        operands = (functions.get(name) or letter(_name(ref(name, l))) for name in operation.reads)
        *before, value = written(operation.function(*operands))
        yield from before
        yield f"{_name(Ref(operation.writes, l))} = {value}"


def _called_activation(name: str) -> Any:
    calls: dict[str, Any] = {"f": called(name), "vjp": called(f"{name}_vjp")}
    return replace(ACTIVATIONS[name], **calls)


def _called_loss(loss: Loss) -> Any:
    terms: Any = called("cost_terms")
    delta: Any = called("output_delta")
    grad: Any = called("cost_gradient")
    matched = loss.matched and replace(loss.matched, value=terms, delta=delta)
    return replace(loss, value=terms, grad=grad, matched=matched)


def _name(value: Ref) -> str:
    """Return the name of a value in the script."""
    if value.name in _OF_ALL:
        return value.name
    plain = value.name.removesuffix("_new")
    return f"{plain}{value.layer}{value.name[len(plain) :]}"


def _update(trace: Trace) -> Iterator[str]:
    prefix = "d"
    for transform in used_transforms(trace.options):
        write = _TRANSFORMS.get(transform.setting, partial(_transformed, transform))
        yield from write(trace, prefix)
        prefix = transform.letter
    yield "\n# the update"
    optimizer = updated(trace).optimizer
    yield from (f"{name} = {line(of_t, 't')}" for name, of_t in optimizer.corrections.items())
    for name, l in parameters(trace):
        if (name, l) in moved(trace):
            yield from _laws(trace, f"{name}{l}", f"{prefix}{name}{l}")
        else:
            yield f"{name}{l}_new = {name}{l}"


def _penalty(trace: Trace, prefix: str) -> Iterator[str]:
    record = REGULARIZERS[trace.options.regularizer]
    yield f"\n# the penalty and its pull\nstrength = {amount(trace, 'regularizer')}"
    yield "penalty = strength * (" + " + ".join(f"({line(record.value, f'W{l}')}).sum()" for l in layers(trace)) + ")"
    yield "J = C + penalty"
    for name, l in parameters(trace):
        pull = f" + strength * ({line(record.slope, f'W{l}')})" if name == "W" else ""
        yield f"g{name}{l} = {prefix}{name}{l}{pull}"


def _clipping(trace: Trace, prefix: str) -> Iterator[str]:
    record = CLIPS[trace.options.clip]
    yield f"\n# clipping\nlimit = {amount(trace, 'clip')}"
    yield "norm = np.sqrt(" + " + ".join(f"np.square({prefix}{name}{l}).sum()" for name, l in moved(trace)) + ")"
    for name, l in parameters(trace):
        yield f"c{name}{l} = {line(record.clipped, f'{prefix}{name}{l}', 'limit', 'norm')}"


def _transformed(transform: Transform, trace: Trace, prefix: str) -> Iterator[str]:
    """Write the operations of a transform, with numbers for its settings, one parameter after the other."""
    yield f"\n# {transform.rule.title.en}"
    letters = {"g": prefix, transform.writes: transform.letter}
    letters |= {transform.draws[0]: transform.draws[1]} if transform.draws else {}
    for operation in transform.rule.operations:
        for name, l in parameters(trace):
            values = (
                f"{letters[n]}{name}{l}" if n in letters else repr(getattr(trace.options, n)) for n in operation.reads
            )
            yield f"{letters[operation.writes]}{name}{l} = {line(operation.function, *values)}"


_TRANSFORMS = {"regularizer": _penalty, "clip": _clipping}


def _laws(trace: Trace, parameter: str, gradient: str) -> Iterator[str]:
    """Write the laws of the optimizer for one parameter."""
    known = {"theta": parameter, "g": gradient, "rate": "eta"}
    known |= {slot: f"{slot}_{parameter}" for slot in updated(trace).optimizer.slots}
    for law in updated(trace).optimizer.laws:
        new = f"{known[law.writes]}_new" if law.writes != "theta" else f"{parameter}_new"
        *before, value = lines(law.function, *(known.get(name, name) for name in law.reads))
        yield from before
        yield f"{new} = {value}"
        known[law.writes] = new


def _prints(subject: Subject) -> Iterator[str]:
    trace = subject.trace
    yield 'print("C =", C)'
    changed = (*parameters(trace), *(running(trace) if trace.options.training else ()))
    yield from (f'print("{name}{l} becomes", {name}{l}_new.tolist())' for name, l in changed)
    now = next((step for step in trace.steps if step.address == subject.address), None)
    if now and now.layer and now.rule.phase != "cost":
        yield f"\n# the step that was on the stage: {now.address}"
        yield from (f'print("{name} =", {name}.tolist())' for name in map(_name, now.writes))


NUMPY = Export(
    "numpy",
    "code",
    Text("NumPy", "NumPy"),
    Text("The equations one by one, as they are executed here.", "逐条公式，与此处执行的相同。"),
    "backprop_numpy.py",
    "text/x-python",
    lambda subject: numpy_code(subject.right),
    order=4,
)
