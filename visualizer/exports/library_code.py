"""The present iteration as a script for PyTorch or Keras: every entry of a registry says how it is written there."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from engine import ACTIVATIONS, CLIPS, REGULARIZERS, Trace
from engine.update import COUNT
from visualizer.exports.numpy_code import heading, literal, plain
from visualizer.exports.subject import Subject


def torch_code(subject: Subject) -> str:
    """Return a script that does the iteration with autograd, in double precision; raises as `numpy_code`."""
    trace = plain(subject)
    parts = (
        heading(subject),
        "import torch\nfrom torch import nn\nfrom torch.nn import functional as F",
        f"torch.set_default_dtype(torch.float64)\n{_given(trace, 'torch.tensor')}",
        "\n".join(_torch_model(trace)),
        "\n".join(_torch_optimizer(trace)),
        "\n".join(_torch_pass(trace)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def keras_code(subject: Subject) -> str:
    """Return a script that does the present iteration with Keras 3, whatever it runs on; raises as `numpy_code`."""
    trace = plain(subject)
    parts = (
        heading(subject),
        "import keras\nimport numpy as np\nfrom keras import ops",
        f'keras.config.set_floatx("float64")\nkeras.config.set_dtype_policy("float64")\n{_given(trace, "np.array")}',
        "\n".join(_keras_model(trace)),
        "\n".join(_keras_optimizer(trace)),
        "\n".join(_keras_pass(trace)),
    )
    return "\n\n".join(parts) + "\n"


def _given(trace: Trace, array: str) -> str:
    """Write all numbers that the script starts from: samples, parameters, and what the optimizer remembers."""
    values = [(f"{name}{l}", trace.value(name, l)) for name, l in _parameters(trace)]
    values += [(f"{slot}_{name}{l}", trace.value(f"{slot}_{name}", l)) for name, l, slot in _memory(trace)]
    x, y = (literal(trace.value(name, l).T) for name, l in (("a", 0), ("y", None)))
    arrays = (f"{name} = {array}({literal(value if 'W' in name else value[:, 0])})" for name, value in values)
    return "\n".join((f"# one sample in each row\nx = {array}({x})\ny = {array}({y})", *arrays))


def _parameters(trace: Trace) -> list[tuple[str, int]]:
    return [(name, l) for l in range(1, len(trace.given.sizes)) for name in ("W", "b")]


def _memory(trace: Trace) -> list[tuple[str, int, str]]:
    """Return the parts of the optimizer's memory, parameter by parameter; none before the very first update."""
    slots = [slot for slot in trace.update.optimizer.slots if slot != COUNT] if trace.update else []
    used = any(np.any(trace.update.before[slot]) for slot in slots)
    moved = [(name, l) for name, l in _parameters(trace) if name == "W" or _biased(trace)]
    return [(name, l, slot) for name, l in moved for slot in slots] if used else []


def _output(trace: Trace) -> str:
    """Return the letter of what the model gives: z where the loss takes the output activation upon itself."""
    return "z" if trace.loss_function.matched else "a"


def _activations(trace: Trace) -> list[str]:
    """Return the activations that the model itself computes."""
    *hidden, last = trace.given.activations
    return [*hidden, "linear" if _output(trace) == "z" else last]


def _biased(trace: Trace) -> bool:
    return all(layer.train_bias for layer in trace.given.layers)


def _torch_model(trace: Trace) -> Iterator[str]:
    yield "model = nn.Sequential("
    for (n_in, n_out), name in zip(pairwise(trace.given.sizes), _activations(trace), strict=True):
        yield f"    nn.Linear({n_in}, {n_out}),"
        yield f"    nn.{ACTIVATIONS[name].elsewhere.torch},"
    yield ")"
    yield f"layers = model[::2]  # {_words(trace)}"
    yield "with torch.no_grad():"
    for l in range(len(trace.given.layers)):
        yield f"    layers[{l}].weight.copy_(W{l + 1})"
        yield f"    layers[{l}].bias.copy_(b{l + 1})"


def _words(trace: Trace) -> str:
    last = trace.given.activations[-1]
    return f"the {last} of the output is part of the loss" if _output(trace) == "z" else "the dense ones"


def _torch_optimizer(trace: Trace) -> Iterator[str]:
    if not trace.update:
        return
    yield "weights, biases = [layer.weight for layer in layers], [layer.bias for layer in layers]"
    frozen = "" if _biased(trace) else ', "lr": 0.0'
    yield f'parameters = [{{"params": weights}}, {{"params": biases{frozen}}}]'
    elsewhere = trace.update.optimizer.elsewhere
    yield f"optimizer = {elsewhere.torch.format(rate=repr(trace.update.rate))}"
    for name, l in dict.fromkeys((name, l) for name, l, _ in _memory(trace)):
        parts = zip(elsewhere.slots, trace.update.optimizer.slots, strict=False)
        held = "".join(f", {there}={slot}_{name}{l}" for there, slot in parts)
        parameter = f"layers[{l - 1}].{_PARTS[name]}"
        yield f"optimizer.state[{parameter}].update(step=torch.tensor({_count(trace)}.0){held})"


def _clipped(trace: Trace) -> str:
    return "model.parameters()" if _biased(trace) else "weights"


_PARTS = {"W": "weight", "b": "bias"}


def _count(trace: Trace) -> int:
    """Return how many updates there have been; those of an optimizer that does not count are no matter."""
    return int(trace.update.before.get(COUNT, 1))


def _torch_pass(trace: Trace) -> Iterator[str]:
    yield f"{_output(trace)} = model(x)"
    yield f"C = {trace.loss_function.elsewhere.torch}"
    cost, options = "C", trace.options
    if options.regularized:
        omega = REGULARIZERS[options.regularizer].elsewhere.torch
        yield f"J = C + {options.strength!r} * sum({omega} for w in (layer.weight for layer in layers))"
        cost = "J"
    yield f"{cost}.backward()"
    yield 'print("C =", C.item())'
    yield "for l, layer in enumerate(layers, 1):"
    yield '    print(f"dW{l} =", layer.weight.grad.tolist(), f"db{l} =", layer.bias.grad.tolist())'
    if options.clipped:
        yield CLIPS[options.clip].elsewhere.torch.format(limit=repr(options.clip_at), parameters=_clipped(trace))
    if trace.update:
        yield "optimizer.step()"
        yield "for l, layer in enumerate(layers, 1):"
        yield '    print(f"W{l} becomes", layer.weight.tolist(), f"b{l} becomes", layer.bias.tolist())'


def _keras_model(trace: Trace) -> Iterator[str]:
    yield "model = keras.Sequential(\n    ["
    yield f"        keras.Input(({trace.given.sizes[0]},)),"
    options, pull = trace.options, ""
    if options.regularized:
        pull = REGULARIZERS[options.regularizer].elsewhere.keras.format(strength=repr(options.strength))
        pull = f", kernel_regularizer={pull}"
    for n, name in zip(trace.given.sizes[1:], _activations(trace), strict=True):
        yield f"        keras.layers.Dense({n}, activation={ACTIVATIONS[name].elsewhere.keras}{pull}),"
    yield f"    ]\n)\nlayers = model.layers  # {_words(trace)}"
    yield from (f"layers[{l - 1}].set_weights([W{l}.T, b{l}])" for l in range(1, len(trace.given.sizes)))
    if not _biased(trace):
        yield "for layer in layers:\n    layer.bias.trainable = False"


def _keras_optimizer(trace: Trace) -> Iterator[str]:
    yield f"\ndef cost(y, {_output(trace)}):\n    return {trace.loss_function.elsewhere.keras}\n\n"
    if not trace.update:
        yield "model.compile(loss=cost)"
        return
    update, elsewhere = trace.update, trace.update.optimizer.elsewhere
    made = elsewhere.keras.format(rate=repr(update.rate), t=_count(trace) + 1 if COUNT in update.before else 1)
    if trace.options.clipped:
        limit = CLIPS[trace.options.clip].elsewhere.keras.format(limit=repr(trace.options.clip_at))
        made = f"{made[:-1]}, {limit})"
    yield f"optimizer = {made}"
    memory, scale = _memory(trace), elsewhere.keras_scale.format(rate=repr(update.rate))
    if memory:
        yield "optimizer.build(model.trainable_variables)"
        yield f"optimizer.iterations.assign({_count(trace)})"
    for i, (name, l, slot) in enumerate(memory, 2):  # behind the count and the rate
        yield f"optimizer.variables[{i}].assign({scale}{slot}_{name}{l}{'.T' if name == 'W' else ''})"
    yield "model.compile(optimizer, cost)"


def _keras_pass(trace: Trace) -> Iterator[str]:
    shown = "J" if trace.options.regularized else "C"
    if not trace.update:
        yield f'print("{shown} =", model.evaluate(x, y, len(x), verbose=0))'
        return
    yield f'print("{shown} =", model.train_on_batch(x, y))'
    yield "for l, layer in enumerate(layers, 1):"
    yield "    W, b = layer.get_weights()"
    yield '    print(f"W{l} becomes", W.T.tolist(), f"b{l} becomes", b.tolist())'
