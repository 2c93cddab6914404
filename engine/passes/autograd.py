"""Gradients by PyTorch's automatic differentiation, where it is installed: a check on backpropagation.

PyTorch executes here the very expressions that are exported for it.
"""

from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.catalogue import ACTIVATIONS, LOSSES, REGULARIZERS
from engine.core import Named, written
from engine.equations import NORM_EPSILON
from engine.passes.steps import Trace


def has_torch() -> bool:
    """Return whether PyTorch is installed, without loading it."""
    return find_spec("torch") is not None


def by_torch(record: Named, **values: Any) -> Any:
    """Value of the PyTorch expression that is exported for a registry entry, with some values put in."""
    import torch  # noqa: PLC0415  # takes seconds to load, and is no part of the requirements

    expression = written(record, "torch").format(**{name: name for name in values})
    names = {**vars(torch.nn), "torch": torch, "nn": torch.nn, "F": torch.nn.functional, **values}
    return eval(expression, names)  # a record's own words, and no one else's  # nosec B307


def torch_gradient(kept: Trace) -> NDArray:
    """Return the gradient of the whole cost of a trace by PyTorch, like theta.

    Raises
    ------
    InputError
        Where PyTorch has no counterpart of an activation, of the loss or of the penalty.
    """
    import torch  # noqa: PLC0415

    given, options = kept.given, kept.options
    theta = torch.tensor(np.asarray(given.theta, float), requires_grad=True)
    a, y = (torch.tensor(np.ascontiguousarray(value.T, float)) for value in (kept.value("a", 0), kept.value("y")))
    columns = {(name, l): theta[part] for name, l, part in given.architecture.columns}
    penalty = torch.zeros((), dtype=torch.float64)
    for l, ((part, shape), name) in enumerate(zip(given.architecture.blocks, given.activations, strict=True), 1):
        Wb = theta[part].reshape(shape)
        z = a @ Wb[:, :-1].T + Wb[:, -1]
        if given.architecture.is_normed(l):
            mean, variance, gamma, beta = (columns[name, l] for name in ("mean", "variance", "gamma", "beta"))
            running = mean.detach().clone(), variance.detach().clone()
            z = torch.nn.functional.batch_norm(z, *running, gamma, beta, options.training, 0.1, NORM_EPSILON)
        a = by_torch(ACTIVATIONS[name])(z)
        if options.training and given.architecture.dropout(l):
            a = a * torch.tensor(np.ascontiguousarray(kept.value("mask", l).T))
        if options.regularized:
            penalty = penalty + options.strength * by_torch(REGULARIZERS[options.regularizer], w=Wb[:, :-1])
    cost = by_torch(LOSSES[kept.loss_name], z=z, a=a, y=y)
    (gradient,) = torch.autograd.grad(cost + penalty, theta)
    return np.asarray(gradient.detach().numpy())[: given.architecture.parameters]
