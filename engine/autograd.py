"""The gradient once more, by PyTorch's automatic differentiation, where that is installed."""

from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.layer_rules import NORM_EPSILON
from engine.steps import Trace

# where PyTorch calls a function otherwise than this engine, or has another default; samples stand in rows
_FUNCTIONS: dict[str, Callable[[Any], Callable[[Any], Any]]] = {
    "linear": lambda F: lambda z: z,
    "softplus": lambda F: partial(F.softplus, threshold=100),
    "gelu": lambda F: partial(F.gelu, approximate="tanh"),
    "softmax": lambda F: partial(F.softmax, dim=1),
}
_COSTS: dict[str, Callable[[Any, Any, Any, Any], Any]] = {
    "quadratic": lambda F, z, a, y: ((a - y) ** 2).sum() / 2 / len(y),
    "squared_error": lambda F, z, a, y: ((a - y) ** 2).sum() / len(y),
    "mse": lambda F, z, a, y: F.mse_loss(a, y),
    "binary_cross_entropy": lambda F, z, a, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y),
    "cross_entropy": lambda F, z, a, y: F.cross_entropy(z, y),
    "kl_divergence": lambda F, z, a, y: F.kl_div(F.log_softmax(z, dim=1), y, reduction="batchmean"),
}


def has_torch() -> bool:
    """Return whether PyTorch is installed, without loading it."""
    return find_spec("torch") is not None


def torch_gradient(kept: Trace) -> NDArray | None:
    """Return ∂C/∂theta of a trace by PyTorch, like theta; None where there is a penalty, or no such function."""
    import torch  # noqa: PLC0415  # takes seconds to load, and is no part of the requirements

    F, given = torch.nn.functional, kept.given
    functions = [_function(torch, name) for name in given.activations]
    if None in functions or kept.loss_name not in _COSTS or kept.options.regularized:
        return None
    theta = torch.tensor(np.asarray(given.theta, float), requires_grad=True)
    a, y = (torch.tensor(np.ascontiguousarray(value.T, float)) for value in (kept.value("a", 0), kept.value("y")))
    columns = {(name, l): theta[part] for name, l, part in given.architecture.columns}
    for l, ((part, shape), f) in enumerate(zip(given.architecture.blocks, functions, strict=True), 1):
        Wb = theta[part].reshape(shape)
        z = a @ Wb[:, :-1].T + Wb[:, -1]
        if given.architecture.is_normed(l):
            mean, variance, gamma, beta = (columns[name, l] for name in ("mean", "variance", "gamma", "beta"))
            training = kept.options.training
            z = F.batch_norm(
                z, mean.detach().clone(), variance.detach().clone(), gamma, beta, training, 0.1, NORM_EPSILON
            )
        a = f(z)
        if kept.options.training and given.architecture.dropout(l):
            a = a * torch.tensor(np.ascontiguousarray(kept.value("mask", l).T))
    (gradient,) = torch.autograd.grad(_COSTS[kept.loss_name](F, z, a, y), theta)
    return np.asarray(gradient.detach().numpy())[: given.architecture.parameters]


def _function(torch: Any, name: str) -> Any:
    F = torch.nn.functional
    return _FUNCTIONS[name](F) if name in _FUNCTIONS else getattr(F, name, None) or getattr(torch, name, None)
