"""The present iteration as a NumPy script: the equations in the order of the stage, with the engine's own functions."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, Text, Trace
from engine.catalogue import Loss
from engine.equations import Ref, Rule, ref
from engine.optimizers import COUNT
from engine.options import OPTIONS, Transform, used_transforms
from visualizer.exports.expression import Parts, called, function, in_line, letter, line, lines, written
from visualizer.exports.script import (
    check_rules,
    drawn,
    dropped,
    heading,
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
        yield from _transformed(transform, trace, prefix)
        prefix = transform.letter
    yield "\n# the update"
    optimizer = updated(trace).optimizer
    yield from (f"{name} = {line(of_t, 't')}" for name, of_t in optimizer.corrections.items())
    for name, l in parameters(trace):
        if (name, l) in moved(trace):
            yield from _laws(trace, f"{name}{l}", f"{prefix}{name}{l}")
        else:
            yield f"{name}{l}_new = {name}{l}"


def _transformed(transform: Transform, trace: Trace, prefix: str) -> Iterator[str]:
    """Write the operations of a transform: the term that it adds to the cost, and its gradient."""
    yield f"\n# {transform.label.en}"
    yield from (f"{name} = {value!r}" for name, value in _amounts(trace, transform).items())
    rules = (transform.cost, transform.rule) if transform.cost else (transform.rule,)
    known = _vectors(trace, transform, prefix)
    for operation in (operation for rule in rules for operation in rule.operations):
        value = operation.function(*(known.get(name, letter(name)) for name in operation.reads))
        if isinstance(value, Parts):
            names = {name: f"{transform.letter}{name}" for name in value.parts}
            yield from (f"{names[name]} = {in_line(part)}" for name, part in value.parts.items())
            known[operation.writes] = Parts({name: letter(named) for name, named in names.items()})
        else:
            yield f"{operation.writes} = {in_line(value)}"


def _amounts(trace: Trace, transform: Transform) -> dict[str, float]:
    """Return the numbers that a transform reads, by the names of the settings."""
    used = {transform.setting, *(name for name, field in OPTIONS.items() if field.of == transform.setting)}
    return {name: getattr(trace.options, name) for name in OPTIONS if name in used and not OPTIONS[name].registry}


def _vectors(trace: Trace, transform: Transform, prefix: str) -> dict[str, Any]:
    """Return the operands of a transform that are no numbers: vectors of all parameters, and its record."""
    names, field = parameters(trace), OPTIONS[transform.setting]

    def vector(part: Callable[[str, int], Any]) -> Parts:
        return Parts({f"{name}{l}": part(name, l) for name, l in names})

    known: dict[str, Any] = {
        "theta": vector(lambda name, l: letter(f"{name}{l}")),
        "g": vector(lambda name, l: letter(f"{prefix}{name}{l}")),
        "strengths": vector(lambda name, l: letter("strength") if name == "W" else 0),
        "trained": vector(lambda name, l: int((name, l) in moved(trace))),
    }
    if transform.draws:
        drawn_letter = transform.draws[1]
        known[transform.draws[0]] = vector(lambda name, l: letter(f"{drawn_letter}{name}{l}"))
    if field.registry:
        known[transform.setting] = field.registry[getattr(trace.options, transform.setting)]
    return known


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
    Text("The equations one by one, exactly as they are executed here.", "逐条公式，与此处执行的相同。"),
    "backprop_numpy.py",
    "text/x-python",
    lambda subject: numpy_code(subject.right),
    order=4,
)
