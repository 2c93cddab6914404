"""The present iteration as a script for Keras 3, whatever it runs on."""

from collections.abc import Iterator

from engine import Text, Trace
from engine.core import written
from engine.equations import NORM_EPSILON, NORM_MOMENTUM
from engine.optimizers import COUNT
from engine.options import used_transforms
from visualizer.exports.library_code import asked, biased, given, memory, output, stack, updates, words
from visualizer.exports.script import check_rules, dropped, heading, layers, normed, updated
from visualizer.exports.subject import Export, Subject

VARIANCES = Text(
    "Keras keeps a running average of the variance with divisor m; Step through, like PyTorch, uses m − 1. The "
    "difference is added at the end.",
    "Keras 对方差（除以 m）取移动平均；这里与 PyTorch 一样除以 m − 1，差额在最后补上。",
)
PRECISION = Text(
    "This script asks for double precision. Keras uses it on TensorFlow, and on JAX only with JAX_ENABLE_X64=1 in "
    "the\nenvironment; on PyTorch it multiplies matrices in float32, so about seven digits are correct.",
    "此处要求双精度。在 TensorFlow 上 Keras 确实用双精度；在 JAX 上需设环境变量 JAX_ENABLE_X64=1；\n在 PyTorch 上矩"
    "阵乘法用 float32，因此只有约七位数字正确。",
)
_INFERENCE = """
class Norm(keras.layers.BatchNormalization):
    def call(self, inputs, training=None, mask=None):
        return super().call(inputs, training=False)  # inference mode, also while the rest is trained
"""


def keras_code(subject: Subject) -> str:
    """Return a script that computes the present iteration with Keras."""
    trace = subject.trace
    training = trace.options.training
    check_rules(trace)
    parts = (
        heading(subject, *([VARIANCES] if normed(trace) and training else ())),
        "import keras\nimport numpy as np\nfrom keras import ops",
        f"{_precision(subject.lang)}\n{given(trace, 'np.array')}",
        _INFERENCE if normed(trace) and not training else "",
        "\n".join(_model(trace)),
        "\n".join(_optimizer(trace)),
        "\n".join(_pass(trace)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _precision(lang: str) -> str:
    said = "\n".join(f"# {line}" for line in PRECISION(lang).splitlines())
    return f'{said}\nkeras.config.set_floatx("float64")\nkeras.config.set_dtype_policy("float64")'


def _model(trace: Trace) -> Iterator[str]:
    yield "model = keras.Sequential(\n    ["
    shape = "batch_shape=x.shape" if dropped(trace) else f"({trace.given.sizes[0]},)"
    yield f"        keras.Input({shape}),"
    yield from (f"        {module}," for module in _modules(trace))
    yield "    ]\n)"
    yield f"layers = [layer for layer in model.layers if isinstance(layer, keras.layers.Dense)]  # {words(trace)}"
    if normed(trace):
        yield "norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]"
    yield from (f"layers[{l - 1}].set_weights([W{l}.T, b{l}])" for l in layers(trace))
    yield from (f"norms[{l - 1}].set_weights([gamma{l}, beta{l}, mean{l}, variance{l}])" for l in normed(trace))
    if not biased(trace):
        yield "for layer in layers:\n    layer.bias.trainable = False"


def _modules(trace: Trace) -> Iterator[str]:
    pull = _arguments(trace, of_layers=True)
    norm = "keras.layers.BatchNormalization" if trace.options.training else "Norm"
    for l, _, n, f in stack(trace, "keras"):
        if l in normed(trace):
            yield f"keras.layers.Dense({n}{pull})"
            yield f"{norm}(momentum={1 - NORM_MOMENTUM}, epsilon={NORM_EPSILON})"
            yield f"keras.layers.Activation({f})"
        else:
            yield f"keras.layers.Dense({n}, activation={f}{pull})"
        if l in dropped(trace):
            yield f"keras.layers.Lambda(lambda h: ops.multiply(h, mask{l}))"


def _arguments(trace: Trace, of_layers: bool) -> str:
    """Write transforms as arguments: those of the cost for the layers, those of the gradient for the optimizer.

    Between gradient and update Keras has no place for anything else.
    """
    used = (t for t in used_transforms(trace.options) if bool(t.cost) == of_layers)
    return "".join(f", {asked(trace, transform, 'keras').format(**trace.options._asdict())}" for transform in used)


def _optimizer(trace: Trace) -> Iterator[str]:
    yield f"\ndef cost(y, {output(trace)}):\n    return {written(trace.loss_function, 'keras')}\n\n"
    update, optimizer = updated(trace), updated(trace).optimizer
    number = updates(trace) + 1 if COUNT in update.before else 1
    made = written(optimizer, "keras").format(rate=repr(update.rate), t=number)
    yield f"optimizer = {made[:-1]}{_arguments(trace, of_layers=False)})"
    held, scale = memory(trace), optimizer.elsewhere.keras_scale.format(rate=repr(update.rate))
    if held:
        yield "optimizer.build(model.trainable_variables)"
        yield f"optimizer.iterations.assign({updates(trace)})"
    for i, (name, l, slot) in enumerate(held, 2):  # behind the count and the rate
        yield f"optimizer.variables[{i}].assign({scale}{slot}_{name}{l}{'.T' if name == 'W' else ''})"
    yield "model.compile(optimizer, cost)"


def _pass(trace: Trace) -> Iterator[str]:
    costs = ["C", *(transform.cost.writes[-1] for transform in used_transforms(trace.options) if transform.cost)]
    yield f'print("{costs[-1]} =", model.train_on_batch(x, y))'
    yield "for l, layer in enumerate(layers, 1):"
    yield "    W, b = layer.get_weights()"
    yield '    print(f"W{l} becomes", W.T.tolist(), f"b{l} becomes", b.tolist())'
    if not normed(trace):
        return
    if trace.options.training:
        befores = ", ".join(f"variance{l}" for l in normed(trace))
        yield f"for norm, before in zip(norms, [{befores}]):"
        yield "    gamma, beta, mean, variance = norm.get_weights()"
        yield f"    more = (variance - {1 - NORM_MOMENTUM} * before) / (len(x) - 1)  # over m - 1 samples, not m"
        yield "    norm.set_weights([gamma, beta, mean, variance + more])"
    yield "for l, norm in enumerate(norms, 1):"
    yield '    for name, value in zip(("gamma", "beta", "mean", "variance"), norm.get_weights()):'
    yield '        print(f"{name}{l} becomes", value.tolist())'


KERAS = Export(
    "keras",
    "code",
    Text("Keras", "Keras"),
    Text("The same iteration with Keras 3.", "用 Keras 3 完成同一次迭代。"),
    "backprop_keras.py",
    "text/x-python",
    lambda subject: keras_code(subject.right),
    order=6,
)
