"""The present iteration as a NumPy script: the equations in the order of the stage, with the engine's own functions."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from engine import ACTIVATIONS, CLIPS, REGULARIZERS, InputError, Text, Trace
from engine.update import COUNT
from visualizer.exports.expression import function, line, lines
from visualizer.exports.subject import Subject

_WIDTH = 90
_NO_CODE = Text("no code is written for batch normalization and dropout", "批归一化与 dropout 没有可导出的代码")
_PLAIN = Text("plain dense layers", "普通全连接层")


def numpy_code(subject: Subject) -> str:
    """Return a script that computes the present iteration with NumPy alone, sample by sample in columns.

    Raises
    ------
    InputError
        For normalized layers or dropout, which no script is written for.
    """
    trace = plain(subject)
    parts = (
        heading(subject),
        "import numpy as np",
        "\n".join(_given(trace)),
        "\n\n\n".join(_functions(trace)),
        "\n".join(_forward(trace)),
        "\n".join(_backward(trace)),
        "\n".join(_update(trace)),
        "\n".join(_prints(subject)),
    )
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def plain(subject: Subject) -> Trace:
    """Return the pass of a subject whose layers are plain ones; raise `InputError` for any other."""
    architecture = subject.trace.given.architecture
    if architecture.has_modes:
        problem = Text("this network is not written as code", "这个网络不能导出为代码")
        allowed = Text("one without batch normalization and dropout", "不含批归一化与 dropout 的网络")
        raise InputError(problem, allowed, subject.title)
    return subject.trace


def heading(subject: Subject) -> str:
    """Return the docstring of a script: the network and its settings; and, where it has diverged, what NaN is.

    Raises
    ------
    InputError
        Where the network has normalized layers or dropout, which no script has.
    """
    if subject.trace.given.architecture.has_modes:
        raise InputError(_NO_CODE, _PLAIN, subject.title)
    words = f'"""{subject.title}\n\n{", ".join(subject.settings)}\n"""'
    finite = np.isfinite(subject.trace.given.theta).all()
    return words if finite else f"{words}\n\nfrom math import inf, nan"


def literal(values: NDArray) -> str:
    """Return an array as nested lists that read back exactly; a row to a line where they are long."""
    short = repr(values.tolist())
    if values.ndim < 2 or len(values) < 2 or len(short) <= _WIDTH:
        return short
    rows = "".join(f"    {row!r},\n" for row in values.tolist())
    return f"[\n{rows}]"


def _array(values: NDArray) -> str:
    return f"np.array({literal(values)})"


def _layers(trace: Trace) -> range:
    return range(1, len(trace.given.layers) + 1)


def _parameters(trace: Trace) -> list[tuple[str, int]]:
    return [(name, l) for l in _layers(trace) for name in ("W", "b")]


def _moved(trace: Trace) -> list[tuple[str, int]]:
    """Return the parameters that an update moves."""
    return [(name, l) for name, l in _parameters(trace) if name == "W" or trace.given.layers[l - 1].train_bias]


def _given(trace: Trace) -> Iterator[str]:
    yield "# one sample in each column"
    yield f"x = {_array(trace.value('a', 0))}"
    yield f"y = {_array(trace.value('y'))}"
    yield "m = x.shape[1]"
    yield from (f"{name}{l} = {_array(trace.value(name, l))}" for name, l in _parameters(trace))
    if trace.update:
        yield f"eta = {trace.update.rate!r}"
        if trace.update.optimizer.corrections:
            yield f"t = {float(trace.update.state[COUNT]):.0f}  # the number of this update"
        for slot in trace.update.optimizer.slots:
            if slot != COUNT:
                yield from (f"{slot}_{n}{l} = {_state(trace, slot, n, l)}" for n, l in _moved(trace))


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


def _forward(trace: Trace) -> Iterator[str]:
    last = len(trace.given.layers)
    yield "# forward\na0 = x"
    for l in _layers(trace):
        yield f"z{l} = W{l} @ a{l - 1} + b{l}"
        yield f"a{l} = {trace.given.activations[l - 1]}(z{l})"
    yield f"\n# the cost\nC = cost_terms({'z' if trace.loss_function.matched else 'a'}{last}, y).sum() / m"


def _backward(trace: Trace) -> Iterator[str]:
    last, names = len(trace.given.layers), trace.given.activations
    yield "# backward"
    if trace.loss_function.matched:
        yield f"delta{last} = output_delta(a{last}, y)  # BP1"
    else:
        yield f"delta{last} = {names[-1]}_vjp(z{last}, a{last}, cost_gradient(a{last}, y))  # BP1"
    for l in range(last, 0, -1):
        yield f"db{l} = delta{l}.sum(axis=1, keepdims=True) / m  # BP3"
        yield f"dW{l} = (delta{l} / m) @ a{l - 1}.T  # BP4"
        if l > 1:
            yield f"delta{l - 1} = {names[l - 2]}_vjp(z{l - 1}, a{l - 1}, W{l}.T @ delta{l})  # BP2"


def _update(trace: Trace) -> Iterator[str]:
    if not trace.update:
        return
    letter = "d"
    if trace.options.regularized:
        yield from _penalty(trace)
        letter = "g"
    if trace.options.clipped:
        yield from _clipping(trace, letter)
        letter = "c"
    yield "\n# the update"
    optimizer = trace.update.optimizer
    yield from (f"{name} = {line(of_t, 't')}" for name, of_t in optimizer.corrections.items())
    moved = _moved(trace)
    for name, l in _parameters(trace):
        if (name, l) in moved:
            yield from _laws(trace, f"{name}{l}", f"{letter}{name}{l}")
        else:
            yield f"{name}{l}_new = {name}{l}"


def _penalty(trace: Trace) -> Iterator[str]:
    record, layers = REGULARIZERS[trace.options.regularizer], _layers(trace)
    yield f"\n# the penalty and its pull\nstrength = {trace.options.strength!r}"
    yield "penalty = strength * (" + " + ".join(f"({line(record.value, f'W{l}')}).sum()" for l in layers) + ")"
    yield "J = C + penalty"
    for l in layers:
        yield f"gW{l} = dW{l} + strength * ({line(record.slope, f'W{l}')})"
        yield f"gb{l} = db{l}"


def _clipping(trace: Trace, letter: str) -> Iterator[str]:
    record, parameters = CLIPS[trace.options.clip], _parameters(trace)
    yield f"\n# clipping\nlimit = {trace.options.clip_at!r}"
    yield "norm = np.sqrt(" + " + ".join(f"np.square({letter}{name}{l}).sum()" for name, l in _moved(trace)) + ")"
    for name, l in parameters:
        yield f"c{name}{l} = {line(record.clipped, f'{letter}{name}{l}', 'limit', 'norm')}"


def _laws(trace: Trace, parameter: str, gradient: str) -> Iterator[str]:
    """Write the laws of the optimizer for one parameter."""
    known = {"theta": parameter, "g": gradient, "rate": "eta"}
    known |= {slot: f"{slot}_{parameter}" for slot in trace.update.optimizer.slots}
    for law in trace.update.optimizer.laws:
        new = f"{known[law.writes]}_new" if law.writes != "theta" else f"{parameter}_new"
        *before, value = lines(law.function, *(known.get(name, name) for name in law.reads))
        yield from before
        yield f"{new} = {value}"
        known[law.writes] = new


def _prints(subject: Subject) -> Iterator[str]:
    trace = subject.trace
    yield 'print("C =", C)'
    if trace.update:
        yield from (f'print("{name}{l} becomes", {name}{l}_new.tolist())' for name, l in _parameters(trace))
    now = next((step for step in trace.steps if step.address == subject.address), None)
    if now and now.layer and now.rule.phase != "cost":
        yield f"\n# the step that was on the stage: {now.address}"
        yield from (f'print("{ref.name}{ref.layer} =", {ref.name}{ref.layer}.tolist())' for ref in now.writes)
