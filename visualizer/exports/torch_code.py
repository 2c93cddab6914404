"""The present iteration as a script for PyTorch."""

from collections.abc import Iterator

from engine import Text, Trace
from engine.core import written
from engine.equations import NORM_EPSILON, NORM_MOMENTUM
from engine.options import Transform, used_transforms
from visualizer.exports.library_code import asked, biased, given, memory, output, stack, updates, words
from visualizer.exports.script import check_rules, dropped, heading, layers, moved, normed, updated
from visualizer.exports.subject import Export, Subject

_MASK = """
class Mask(nn.Module):
    def __init__(self, mask):
        super().__init__()
        self.mask = mask

    def forward(self, h):
        return h * self.mask
"""
_PARTS = {
    "W": "layers[{}].weight",
    "b": "layers[{}].bias",
    "gamma": "norms[{}].weight",
    "beta": "norms[{}].bias",
    "mean": "norms[{}].running_mean",
    "variance": "norms[{}].running_var",
}
_DENSE, _NORMED = ("W", "b"), ("gamma", "beta", "mean", "variance")


def torch_code(subject: Subject) -> str:
    """Return a script that computes the iteration with autograd, in double precision."""
    trace = subject.trace
    check_rules(trace)
    parts = (
        heading(subject),
        "import torch\nfrom torch import nn\nfrom torch.nn import functional as F",
        f"torch.set_default_dtype(torch.float64)\n{given(trace, 'torch.tensor')}",
        _MASK if dropped(trace) else "",
        "\n".join(_model(trace)),
        "\n".join(_optimizer(trace)),
        "\n".join(_pass(trace)),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _place(name: str, l: int) -> str:
    return _PARTS[name].format(l - 1)


def _model(trace: Trace) -> Iterator[str]:
    yield "model = nn.Sequential("
    for l, n_in, n, f in stack(trace, "torch"):
        yield f"    nn.Linear({n_in}, {n}),"
        if l in normed(trace):
            yield f"    nn.BatchNorm1d({n}, eps={NORM_EPSILON}, momentum={NORM_MOMENTUM}),"
        yield f"    nn.{f},"
        if l in dropped(trace):
            yield f"    Mask(mask{l}),"
    yield ")"
    yield f"layers = [layer for layer in model if isinstance(layer, nn.Linear)]  # {words(trace)}"
    if normed(trace):
        yield "norms = [layer for layer in model if isinstance(layer, nn.BatchNorm1d)]"
    yield "with torch.no_grad():"
    for l in layers(trace):
        names = (*_DENSE, *(_NORMED if l in normed(trace) else ()))
        yield from (f"    {_place(name, l)}.copy_({name}{l})" for name in names)
    if normed(trace) and not trace.options.training:
        yield "model.eval()"


def _optimizer(trace: Trace) -> Iterator[str]:
    yield "weights, biases = [layer.weight for layer in layers], [layer.bias for layer in layers]"
    others = ""
    if normed(trace):
        yield "others = [parameter for norm in norms for parameter in norm.parameters()]"
        others = ', {"params": others}'
    frozen = "" if biased(trace) else ', "lr": 0.0'
    yield f'parameters = [{{"params": weights}}, {{"params": biases{frozen}}}{others}]'
    optimizer, rate = updated(trace).optimizer, updated(trace).rate
    yield f"optimizer = {written(optimizer, 'torch').format(rate=repr(rate))}"
    for name, l in dict.fromkeys((name, l) for name, l, _ in memory(trace)):
        parts = zip(optimizer.elsewhere.slots, optimizer.slots, strict=False)
        held = "".join(f", {there}={slot}_{name}{l}" for there, slot in parts)
        yield f"optimizer.state[{_place(name, l)}].update(step=torch.tensor({updates(trace)}.0){held})"


def _trained(trace: Trace) -> str:
    if biased(trace):
        return "model.parameters()"
    return "weights + others" if normed(trace) else "weights"


def _transformed(transform: Transform, trace: Trace) -> Iterator[str]:
    """Write a transform of the gradients, of all at once or of one parameter after the other."""
    said = asked(trace, transform, "torch")
    if "{gradient}" not in said:
        yield said.format(parameters=_trained(trace), **trace.options._asdict())
        return
    letter = transform.draws[1] if transform.draws else ""
    for name, l in moved(trace):
        gradient = f"{_place(name, l)}.grad"
        yield said.format(gradient=gradient, drawn=f"{letter}{name}{l}", **trace.options._asdict())


def _pass(trace: Trace) -> Iterator[str]:
    yield f"{output(trace)} = model(x)"
    yield f"C = {written(trace.loss_function, 'torch')}"
    cost, used = "C", used_transforms(trace.options)
    for transform in used:
        if transform.cost:
            whole = transform.cost.writes[-1]
            yield f"{whole} = {asked(trace, transform, 'torch').format(cost=cost, **trace.options._asdict())}"
            cost = whole
    yield f"{cost}.backward()"
    yield 'print("C =", C.item())'
    yield from _said(trace, 'print(f"d{name}{{l}} =", {part}.grad.tolist())', _DENSE, _NORMED[:2])
    for transform in used:
        if not transform.cost:
            yield from _transformed(transform, trace)
    yield "optimizer.step()"
    yield from _said(trace, 'print(f"{name}{{l}} becomes", {part}.tolist())', _DENSE, _NORMED)


def _said(trace: Trace, sentence: str, dense: tuple[str, ...], of_norms: tuple[str, ...]) -> Iterator[str]:
    """Write loops that print a value of all dense layers, and of all that are normalized."""
    for each, names in (("layer", dense), ("norm", of_norms)):
        if names and (each == "layer" or normed(trace)):
            yield f"for l, {each} in enumerate({each}s, 1):"
            parts = ((name, _PARTS[name].replace(f"{each}s[{{}}]", each)) for name in names)
            yield from (f"    {sentence.format(name=name, part=part)}" for name, part in parts)


PYTORCH = Export(
    "torch",
    "code",
    Text("PyTorch", "PyTorch"),
    Text("The same iteration with autograd.", "用自动求导完成同一次迭代。"),
    "backprop_torch.py",
    "text/x-python",
    lambda subject: torch_code(subject.right),
    order=5,
)
