"""Files of weights that PyTorch writes, checkpoints among them, and those of safetensors."""

import io
import warnings
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from engine import Dense, Network
from tests.engine.weights.brought_files import W1, W2, File, b1, b2, printed, sequential, torch_


def _saved(held: Any, **how) -> bytes:
    stream = io.BytesIO()
    torch_().save(held, stream, **how)
    return stream.getvalue()


def _trained() -> tuple[Any, Any]:
    """The model and an optimizer that has memory; the numbers are those of the network all the same."""
    torch, model = torch_(), sequential()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.0)
    model(torch.ones(1, 3).double()).sum().backward()
    optimizer.step()
    return model, optimizer


def _checkpoint(key: str) -> bytes:
    model, optimizer = _trained()
    beside = {"epoch": 7, "optimizer_state_dict": optimizer.state_dict(), "loss": 0.25, "best_acc": np.float64(0.9)}
    return _saved({"epoch": 7, key: model.state_dict(), **beside})


def _named(**modules) -> Any:
    """A module of one's own whose layers have these names."""
    nn = torch_().nn

    class Net(nn.Module):  # type: ignore[name-defined]
        def __init__(self):
            super().__init__()
            for name, module in modules.items():
                setattr(self, name, module)

    return Net().double()


def _state(names: tuple[str, str], prefix: str = "", kind: str = "float64") -> dict[str, Any]:
    torch = torch_()
    held = {}
    for name, (W, b) in zip(names, ((W1, b1), (W2, b2)), strict=True):
        held[f"{prefix}{name}.weight"] = torch.tensor(W).to(getattr(torch, kind))
        held[f"{prefix}{name}.bias"] = torch.tensor(b).to(getattr(torch, kind))
    return held


def _normalized(activation_between: bool) -> bytes:
    """A network with batch normalization whose running statistics are not trivial."""
    return _saved(_normalized_model(activation_between).state_dict())


def _normalized_model(activation_between: bool) -> Any:
    torch, nn = torch_(), torch_().nn
    middle = (nn.Tanh(), nn.BatchNorm1d(4)) if activation_between else (nn.BatchNorm1d(4), nn.Tanh())
    model = sequential(nn.Linear(3, 4), *middle, nn.Linear(4, 2))
    norm = next(layer for layer in model if isinstance(layer, nn.BatchNorm1d))
    with torch.no_grad():
        for values, given in (
            (norm.weight, [0.5, 1.5, -1.0, 2.0]),
            (norm.bias, [0.1, 0.2, 0.3, -0.4]),
            (norm.running_mean, [0.3, -0.2, 0.1, 0.5]),
            (norm.running_var, [0.5, 1.5, 2.0, 0.7]),
        ):
            values.copy_(torch.tensor(given))
    return model.eval()


def _as_predicted(model: Any) -> Network:
    """The affine parts of a network with a normalization, found from what it predicts alone."""
    torch = torch_()
    with torch.no_grad():
        parts = list(model)
        groups = (parts[:2], parts[3:]) if isinstance(parts[1], torch.nn.BatchNorm1d) else (parts[:1], parts[2:])
        layers = []
        for group, inputs, f in zip(groups, (3, 4), ("tanh", "linear"), strict=True):
            block = torch.nn.Sequential(*group)
            b = block(torch.zeros(1, inputs).double()).numpy()[0]
            layers.append(Dense(block(torch.eye(inputs).double()).numpy().T - b[:, None], b, f))
    return Network(tuple(layers))


def _printed_torch() -> str:
    torch_().set_printoptions(precision=17)
    try:
        return "\n".join(f"{name} {value}" for name, value in sequential().named_parameters())
    finally:
        torch_().set_printoptions(profile="default")


def _safe(kind: str) -> bytes:
    return import_module("safetensors.torch").save(_state(("0", "2"), kind=kind))


def _scripted() -> bytes:
    stream = io.BytesIO()
    torch_().jit.save(torch_().jit.trace(sequential(), torch_().ones(1, 3).double()), stream)
    return stream.getvalue()


def _printable() -> Any:
    return sequential().float().state_dict()


def _fastai() -> bytes:
    model, optimizer = _trained()
    return _saved({"model": model.state_dict(), "opt": optimizer.state_dict()})


def _quantized() -> bytes:
    torch = torch_()
    model = torch.ao.quantization.quantize_dynamic(sequential().float(), {torch.nn.Linear}, dtype=torch.qint8)
    return _saved(model.state_dict())


def _weight_normalized(*, old: bool) -> bytes:
    model = sequential()
    norm = torch_().nn.utils if old else torch_().nn.utils.parametrizations
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of the old way, whose files there are
        for layer in (model[0], model[2]):
            norm.weight_norm(layer)
    return _saved(model.state_dict())


T = ("torch",)
TORCH = {
    "state_dict": File("model.pt", lambda: _saved(sequential().state_dict()), T),
    "state_dict called .bin": File("pytorch_model.bin", lambda: _saved(sequential().state_dict()), T),
    "state_dict without an ending": File("weights", lambda: _saved(sequential().state_dict()), T),
    "state_dict called .npz": File("weights.npz", lambda: _saved(sequential().state_dict()), T),
    "model_state_dict": File(
        "c.tar",
        lambda: _checkpoint("model_state_dict"),
        T,
        left_out=("epoch", "optimizer_state_dict", "loss", "best_acc"),
    ),
    "state_dict in .pth.tar": File("model_best.pth.tar", lambda: _checkpoint("state_dict"), T, left_out=("epoch",)),
    "model": File("c.pth", lambda: _checkpoint("model"), T, left_out=("epoch", "loss")),
    "net": File("c.pth", lambda: _checkpoint("net"), T, left_out=("epoch",)),
    "a key of one's own": File("c.pth", lambda: _checkpoint("best_weights_so_far"), T, left_out=("epoch",)),
    "data parallel": File("p.pt", lambda: _saved(_state(("fc1", "fc2"), "module.")), T),
    "compiled": File("p.pt", lambda: _saved(_state(("fc1", "out"), "_orig_mod.")), T),
    "lightning": File(
        "last.ckpt",
        lambda: _saved(
            {
                "state_dict": _state(("net.0", "net.2"), "model."),
                "callbacks": {"Checkpoint": {"best": Path("a.ckpt")}},
                "hyper_parameters": {"lr": 0.1, "device": torch_().device("cpu")},
                "pytorch-lightning_version": "2.4",
            }
        ),
        T,
        left_out=("callbacks", "hyper_parameters", "pytorch-lightning_version"),
    ),
    "legacy": File("old.pth", lambda: _saved(sequential().state_dict(), _use_new_zipfile_serialization=False), T),
    "legacy checkpoint": File(
        "old.pth.tar",
        lambda: _saved(
            {"epoch": 3, "state_dict": sequential().float().state_dict()}, _use_new_zipfile_serialization=False
        ),
        T,
        left_out=("epoch",),
        digits=1e-6,
    ),
    "half": File("h.pt", lambda: _saved(_state(("0", "2"), kind="float16")), T, digits=2e-3),
    "bfloat16": File("h.pt", lambda: _saved(_state(("0", "2"), kind="bfloat16")), T, digits=2e-2),
    "gzipped": File("m.pt.gz", lambda: import_module("gzip").compress(_saved(sequential().state_dict())), T),
    "normalized": File(
        "bn.pt", lambda: _normalized(False), T, digits=1e-6, net=lambda: _as_predicted(_normalized_model(False))
    ),
    "normalized behind the activation": File(
        "bn.pt", lambda: _normalized(True), T, digits=1e-6, net=lambda: _as_predicted(_normalized_model(True))
    ),
    "fastai": File("export.pth", _fastai, T, left_out=("opt",)),
    "parameters in a row": File("p.pt", lambda: _saved(list(sequential().parameters())), T),
    "a state beside an epoch": File("p.pt", lambda: _saved((sequential().state_dict(), {"epoch": 3})), T),
    "quantized": File("q.pt", _quantized, T, refused="quantized weights.*before it was quantized"),
    "weight normalization": File("w.pt", lambda: _weight_normalized(old=False), T),
    "weight normalization of before": File("w.pt", lambda: _weight_normalized(old=True), T),
    "layer normalization": File(
        "n.pt",
        lambda: _saved(torch_().nn.Sequential(torch_().nn.Linear(3, 4), torch_().nn.LayerNorm(4)).state_dict()),
        T,
        refused=r"1 \(weight 4, bias 4\).*dense layers only",
    ),
    "recurrent": File(
        "r.pt", lambda: _saved(torch_().nn.LSTM(3, 4).state_dict()), T, refused="weight_ih_l0, recurrent 16×3"
    ),
    "whole model": File("m.pt", lambda: _saved(sequential()), T, refused=r"whole model.*state_dict\(\).*Sequential"),
    "whole model in a checkpoint": File(
        "m.pt",
        lambda: _saved({"epoch": 1, "model": sequential()}),
        T,
        refused=r"whole model.*epoch, model.*Sequential",
    ),
    "two networks": File(
        "gan.pt",
        lambda: _saved({"generator": _state(("0", "2")), "discriminator": _state(("0", "2"))}),
        T,
        refused="several networks: generator, discriminator",
    ),
    "optimizer alone": File(
        "o.pt", lambda: _saved(_trained()[1].state_dict()), T, refused="a plain.*state, param_groups"
    ),
    "convolution": File(
        "c.pt",
        lambda: _saved(_named(conv=torch_().nn.Conv2d(1, 2, 3), fc=torch_().nn.Linear(4, 2)).state_dict()),
        T,
        refused=r"conv, convolution \(weight 2×1×3×3",
    ),
    "scripted": File(
        "s.pt",
        _scripted,
        T,
        refused="whole model",
    ),
    "safetensors": File("m.safetensors", lambda: _safe("float64"), ("safetensors", "torch")),
    "safetensors of half": File("m.safetensors", lambda: _safe("float16"), ("safetensors", "torch"), digits=2e-3),
    "safetensors of bfloat16": File("m.safetensors", lambda: _safe("bfloat16"), ("safetensors", "torch"), digits=2e-2),
    "printed by PyTorch": File("p.txt", printed(_printed_torch), T),
    "printed state_dict": File("p.txt", printed(lambda: f"{_printable()}"), T, digits=1e-4),
}
