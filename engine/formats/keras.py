"""Files of Keras: `.keras`, the `.h5` of a whole model, and `.weights.h5`; with the activations that stand in them."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from engine.catalogue import ACTIVATIONS
from engine.core import InputError, Text, echo, names
from engine.formats.normalization import affine, folded, said_of
from engine.formats.record import Contents, Format
from engine.untrusted import HDF5, ZIP, Arrays, read_apart

_VARIABLE = re.compile(r"/vars/[01]$|:0$")
_ROLES = {"/vars/0": "/kernel", "/vars/1": "/bias", ":0": ""}
_PASSING = (
    "InputLayer",
    "Flatten",
    "Dropout",
    "GaussianNoise",
    "GaussianDropout",
    "AlphaDropout",
    "Reshape",
    "Identity",
)
_ACTIVATIONS = {f'"{name}"': name for name in ACTIVATIONS} | {
    record.elsewhere.keras: record.name for record in ACTIVATIONS.values() if record.elsewhere.keras
}
_ACTIVATIONS |= {'"swish"': "silu", '"None"': "linear", '"gelu"': "gelu"}
_LAYERS = {"ReLU": "relu", "Softmax": "softmax", "ELU": "elu", "LeakyReLU": "leaky_relu"}
_LOSSES = {
    "mse": "mse",
    "mean_squared_error": "mse",
    "MeanSquaredError": "mse",
    "categorical_crossentropy": "cross_entropy",
    "sparse_categorical_crossentropy": "cross_entropy",
    "CategoricalCrossentropy": "cross_entropy",
    "SparseCategoricalCrossentropy": "cross_entropy",
    "binary_crossentropy": "binary_cross_entropy",
    "BinaryCrossentropy": "binary_cross_entropy",
}
_WRONG = Text("this model has layers that cannot be represented: {}", "模型中有无法表示的层：{}")
_KNOWN = Text(
    "a sequence of dense layers, with activations, dropout and batch normalization between them",
    "依次相连的全连接层，其间可有激活函数、Dropout 与批量归一化",
)
_NORMALIZED = Text(
    "only the complete model says where its batch normalization belongs",
    "只有完整的模型才能说明批量归一化的位置",
)
_WHOLE = Text("model.save(“model.keras”)", "model.save(“model.keras”)")
_EXACT = Text(
    "Keras' gelu is exact; here the usual approximation is used, which differs by less than 0.0005.",
    "Keras 的 gelu 为精确形式；此处为常用近似，相差小于 0.0005。",
)


def _keras(data: bytes) -> Contents:
    """Read the variables of all layers, under the names that they have in Keras, and what the model says of them."""
    arrays, told = read_apart("hdf5", data, "h5py")
    left_out = tuple(told.get("left_out", ()))
    config = json.loads(told.get("config") or "{}")
    layers = list(_layers(config))
    if layers:
        return _Model(arrays, data.startswith(ZIP)).contents(layers, left_out, _loss(config, told.get("training", "")))
    if any(re.search(r"/vars/3$|moving_variance", name) and "seed" not in name for name in arrays):
        raise InputError(_NORMALIZED, _WHOLE, ", ".join(arrays))
    named = {_VARIABLE.sub(lambda at: _ROLES.get(at[0], at[0]), name): array for name, array in arrays.items()}
    return Contents(named, left_out)


def _layers(config: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the layers of a model's configuration, in their order."""
    inner = config.get("config", {}) if isinstance(config, dict) else {}
    layers = inner.get("layers", ()) if isinstance(inner, dict) else inner
    yield from (layer for layer in layers if isinstance(layer, dict))


def _loss(config: Mapping[str, Any], training: str) -> str:
    """Return the name of the loss of a compiled model; nothing where there is none of this name here."""
    compiled = config.get("compile_config") or json.loads(training or "{}")
    loss = compiled.get("loss", "") if isinstance(compiled, dict) else ""
    loss = loss.get("class_name", "") if isinstance(loss, dict) else loss
    return _LOSSES.get(str(loss), "")


@dataclass
class _Model:
    """Layers of a model, collected in their order; `archive` where the variables are numbered by classes."""

    arrays: Arrays
    archive: bool
    made: Arrays = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    activations: dict[str, str] = field(default_factory=dict)
    said: list[Text] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    waiting: list[tuple[str, np.ndarray, np.ndarray]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def contents(self, layers: list[Mapping[str, Any]], left_out: tuple[str, ...], loss: str) -> Contents:
        """Return the arrays of all layers, or raise `InputError` with those that cannot be represented."""
        for layer in layers:
            self._take(str(layer.get("class_name")), dict(layer.get("config", {})))
        if self.wrong or self.waiting or not self.order:
            listed = self.wrong or [path for path, *_ in self.waiting] or ["–"]
            raise InputError(_WRONG.format(names(listed[:6])), _KNOWN, f"{len(listed)} / {len(layers)}")
        outputs = self.made[self.order[-1]].shape[1]
        loss = "" if loss == "binary_cross_entropy" and outputs > 1 else loss
        said = tuple(self.said)
        return Contents(self.made, left_out, tuple(self.order), "in_out", self.activations, loss, said)

    def _take(self, kind: str, config: Mapping[str, Any]) -> None:
        path, name = self._path(kind, config), echo(config.get("name", kind))
        if kind == "Dense":
            self._dense(path, name, config)
        elif kind == "BatchNormalization":
            self._normalize(path, name, config)
        elif kind in _PASSING:
            return
        elif not self.order or not self._activate(_activation(kind, config)):
            self.wrong.append(f"{name} ({echo(kind)})")

    def _path(self, kind: str, config: Mapping[str, Any]) -> str:
        """Path of the variables of the next layer of this kind."""
        if not self.archive:
            return f"model_weights/{config.get('name')}/"
        count = self.counts.get(kind, 0)
        self.counts[kind] = count + 1
        snake = re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()
        return f"layers/{snake}{f'_{count}' if count else ''}/"

    def _variables(self, path: str, roles: tuple[str, ...]) -> dict[str, np.ndarray]:
        """Return the variables of a layer by what they are."""
        found = {name: array for name, array in self.arrays.items() if name.startswith(path)}
        if self.archive:
            return {role: found[f"{path}vars/{i}"] for i, role in enumerate(roles) if f"{path}vars/{i}" in found}
        named = {re.sub(r":0$", "", name).rpartition("/")[2]: array for name, array in found.items()}
        return {role.removeprefix("moving_"): named[role] for role in roles if role in named}

    def _dense(self, path: str, name: str, config: Mapping[str, Any]) -> None:
        values = self._variables(path, ("kernel", "bias"))
        activation = _named(config.get("activation"))
        if "kernel" not in values or activation is None or f"{name}/kernel" in self.made:
            self.wrong.append(f"{name} (Dense, {echo(config.get('activation'))})")
            return
        W, b = values["kernel"], values.get("bias")
        for before, scale, offset in self.waiting:
            turned, b = folded(W.T, b, scale, offset, behind=False)
            W = turned.T
            self.said.append(said_of(before, f"{name}/kernel"))
        self.waiting.clear()
        self.made[f"{name}/kernel"] = W
        if b is not None:
            self.made[f"{name}/bias"] = b
        self.order.append(f"{name}/kernel")
        self.activations[f"{name}/kernel"] = "linear"
        self._activate(activation)

    def _normalize(self, path: str, name: str, config: Mapping[str, Any]) -> None:
        """Fold a normalization into the layer before, where no activation is between, else into the next one."""
        roles = [role for role, on in (("gamma", "scale"), ("beta", "center")) if config.get(on, True)]
        roles += ["mean", "variance"] if self.archive else ["moving_mean", "moving_variance"]
        values = self._variables(path, tuple(roles))
        if not {"mean", "variance"} <= values.keys():
            self.wrong.append(f"{name} (BatchNormalization)")
            return
        scale, offset = affine(values, float(config.get("epsilon", 1e-3)))
        if not self.order or self.activations[self.order[-1]] != "linear":
            self.waiting.append((name, scale, offset))
            return
        matrix = self.order[-1]
        bias = matrix.replace("/kernel", "/bias")
        W, b = folded(self.made[matrix].T, self.made.get(bias), scale, offset, behind=True)
        self.made |= {matrix: W.T, bias: b}
        self.said.append(said_of(name, matrix))

    def _activate(self, name: str | None) -> bool:
        """Return whether an activation could be put behind the last layer."""
        if name == "gelu" and _EXACT not in self.said:
            self.said.append(_EXACT)
        if name is None or (name != "linear" and self.activations[self.order[-1]] != "linear"):
            return False
        if name != "linear":
            self.activations[self.order[-1]] = name
        return not self.waiting or name == "linear"


def _activation(kind: str, config: Mapping[str, Any]) -> str | None:
    """Return the activation that a layer of its own is, where it has the constants that it has here."""
    if kind == "Activation":
        return _named(config.get("activation"))
    slope = config.get("negative_slope", config.get("alpha", 0.01 if kind == "LeakyReLU" else 0.0))
    plain = {"ReLU": not slope and not config.get("max_value"), "LeakyReLU": slope == 0.01}.get(kind, True)
    return _LAYERS.get(kind) if plain else None


def _named(activation: Any) -> str | None:
    """Return the name here of an activation of Keras; None where there is none."""
    if isinstance(activation, dict):
        activation = activation.get("config", activation.get("class_name"))
    return _ACTIVATIONS.get(f'"{activation}"')


KERAS = Format(
    "keras",
    Text("Keras", "Keras"),
    Text(
        "model.save(“….keras”), model.save(“….h5”) and model.save_weights(“….weights.h5”).",
        "model.save(“….keras”)、model.save(“….h5”) 与 model.save_weights(“….weights.h5”) 保存的文件。",
    ),
    (".keras", ".weights.h5", ".h5", ".hdf5"),
    _keras,
    lambda data: data.startswith(HDF5) or (data.startswith(ZIP) and b"model.weights.h5" in data),
    order=4,
    needs="h5py",
)
