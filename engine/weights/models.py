"""Models that other libraries hold in memory: a fitted scikit-learn MLP, or a `torch.nn.Sequential` of dense layers.

Neither library is imported here: whoever has such a model has imported its library already.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.catalogue import ACTIVATIONS, LOSSES
from engine.core import InputError, Text, echo
from engine.weights.grouping import not_dense
from engine.weights.stack import Part, Weights

_SKLEARN = {"identity": "linear", "logistic": "sigmoid", "tanh": "tanh", "relu": "relu", "softmax": "softmax"}
_PASSING = ("Flatten", "Identity", "Dropout", "AlphaDropout")  # what does nothing to a row outside training


@dataclass(frozen=True)
class Source:
    """Registry entry of a kind of model.

    Attributes
    ----------
    fits : callable
        Whether a model is of this kind.
    read : callable
        read(model, loss) gives its `Weights`; the loss may be None.
    """

    label: Text
    fits: Callable[[Any], bool]
    read: Callable[[Any, Any], Weights]


def weights_of(model: object, loss: object = None) -> Weights:
    """Return the dense layers of a fitted scikit-learn MLP or of a `torch.nn.Sequential`, with their activations.

    Parameters
    ----------
    model : MLPClassifier, MLPRegressor or torch.nn.Sequential
    loss : torch.nn loss, optional
        Training loss of a PyTorch model. One that takes logits, as `CrossEntropyLoss` does, stands for the output
        activation too.

    Raises
    ------
    InputError
        For any other model, one that is not fitted, or one with layers that cannot be represented, which are named.

    Examples
    --------
    >>> from sklearn.neural_network import MLPRegressor
    >>> fitted = MLPRegressor(hidden_layer_sizes=(3,), solver="lbfgs").fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0])
    >>> weights_of(fitted).sizes, weights_of(fitted).activations
    ((1, 3, 1), ('relu', 'linear'))
    """
    for source in SOURCES.values():
        if source.fits(model):
            return source.read(model, loss)
    kinds = Text(*(", ".join(source.label(lang) for source in SOURCES.values()) for lang in ("en", "zh")))
    raise InputError(Text("unknown type of model", "未知的模型类型"), kinds, type(model).__name__)


def _of_sklearn(model: Any, _loss: object) -> Weights:
    if not hasattr(model, "coefs_"):
        problem, allowed = Text("this model has not been fitted", "模型尚未训练"), Text("call fit first", "先调用 fit")
        raise InputError(problem, allowed, type(model).__name__)
    hidden = [_SKLEARN[model.activation]] * (len(model.coefs_) - 1)
    names = [*hidden, _SKLEARN.get(model.out_activation_)]
    pairs = zip(model.coefs_, model.intercepts_, names, strict=True)
    parts = tuple(Part(f"coefs_[{l}]", np.asarray(W).T, np.asarray(b), name) for l, (W, b, name) in enumerate(pairs))
    matched = next((r.name for r in LOSSES.values() if r.matched and r.matched.activation == names[-1]), None)
    squared = getattr(model, "loss", "squared_error") == "squared_error"
    plain = ("quadratic" if model.n_outputs_ == 1 else "mse") if squared else None  # scikit-learn halves the mean
    return Weights(parts, matched or plain)


def _of_torch(model: Any, loss: Any) -> Weights:
    parts: list[Part] = []
    wrong = []
    for name, module in model.named_children():
        kind, activation = type(module).__name__, activation_of(repr(module))
        if kind == "Linear":
            parts.append(Part(name, _array(module.weight), None if module.bias is None else _array(module.bias)))
        elif activation and parts and parts[-1].activation is None:
            parts[-1] = parts[-1]._replace(activation=activation)
        elif kind not in _PASSING:
            wrong.append(f"{name} ({echo(repr(module))})")
    if wrong or not parts:
        names = wrong or [repr(model)[:60]]
        raise not_dense([Text(name, name) for name in names], len(list(model.children())))
    output = parts[-1].activation or _OF_LOGITS.get(type(loss).__name__, "linear")
    named = [part._replace(activation=part.activation or "linear") for part in parts[:-1]]
    return Weights((*named, parts[-1]._replace(activation=output)), _torch_loss(loss, len(parts[-1].W)))


def activation_of(written: str) -> str | None:
    """Name of the activation that a PyTorch module computes, by how PyTorch writes it with its constants."""
    plain = written.replace(", inplace=True", "").replace("inplace=True", "").replace("dim=-1", "dim=1")
    plain = plain.replace("threshold=20.0", "threshold=100.0")  # beyond its own, PyTorch leaves out less than 2.1e-9
    return next((record.name for record in ACTIVATIONS.values() if record.elsewhere.torch == plain), None)


def _torch_loss(loss: Any, outputs: int) -> str | None:
    """Name of the loss that a PyTorch module computes; None where there is none here with that scale."""
    kind = type(loss).__name__
    plain = getattr(loss, "reduction", "mean") == "mean" and getattr(loss, "weight", None) is None
    plain = plain and not getattr(loss, "label_smoothing", 0) and getattr(loss, "pos_weight", None) is None
    means = kind.startswith("BCE") and outputs > 1  # PyTorch takes the mean over the outputs too
    return _LOSSES.get(kind) if plain and not means else None


def _array(parameter: Any) -> np.ndarray:
    """Return the numbers of a parameter; anything but real numbers is left for the network to refuse."""
    tensor = parameter.detach().cpu()
    short = tensor.is_floating_point() and tensor.dtype.itemsize < 4
    return (tensor.float() if short else tensor).numpy().copy()


_OF_LOGITS = {"CrossEntropyLoss": "softmax", "BCEWithLogitsLoss": "sigmoid"}
_LOSSES = {
    "CrossEntropyLoss": "cross_entropy",
    "BCEWithLogitsLoss": "binary_cross_entropy",
    "BCELoss": "binary_cross_entropy",
    "MSELoss": "mse",
}
SOURCES = {
    "sklearn": Source(
        Text(
            "a fitted scikit-learn MLPClassifier or MLPRegressor", "已训练的 scikit-learn MLPClassifier 或 MLPRegressor"
        ),
        lambda model: type(model).__name__ in ("MLPClassifier", "MLPRegressor"),
        _of_sklearn,
    ),
    "torch": Source(
        Text("a torch.nn.Sequential of dense layers", "由全连接层组成的 torch.nn.Sequential"),
        lambda model: type(model).__name__ == "Sequential" and hasattr(model, "named_children"),
        _of_torch,
    ),
}
