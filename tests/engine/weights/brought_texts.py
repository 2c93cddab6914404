"""Texts with weights in them: JSON, printed arrays, rows of a sheet; and files that are something else."""

import io
import json
from typing import Any

import numpy as np

from tests.engine.weights.brought_files import ONE, PLAIN, W1, W2, File, b1, b2, printed


def _json(held: Any) -> bytes:
    return json.dumps(held, default=lambda value: value.tolist()).encode()


def _savetxt() -> bytes:
    stream = io.BytesIO()
    np.savetxt(stream, W1)
    return stream.getvalue()


def _sheet(between: str, sign: str) -> bytes:
    blocks = (np.atleast_2d(value) for value in PLAIN.values())
    rows = ("\n".join(between.join(f"{x:.17g}".replace(".", sign) for x in row) for row in block) for block in blocks)
    return "\n\n".join(rows).encode()


TEXTS = {
    "JSON by names": File("m.json", lambda: _json(PLAIN)),
    "JSON by layers": File(
        "m.json",
        lambda: _json({"layers": [{"weights": W1, "biases": b1}, {"weights": W2, "biases": b2}], "activation": "tanh"}),
        left_out=("activation",),
    ),
    "JSON of Nielsen": File(
        "net.json",
        lambda: _json(
            {"sizes": [3, 4, 2], "weights": [W1, W2], "biases": [b1[:, None], b2[:, None]], "cost": "QuadraticCost"}
        ),
        left_out=("sizes", "cost"),
    ),
    "JSON of pairs": File("m.json", lambda: _json([[W1, b1], [W2, b2]])),
    "savetxt": File("w1.txt", _savetxt, net=ONE, layout="out_in"),
    "printed by NumPy": File("p.txt", printed(lambda: "\n".join(f"{k} = {v!r}" for k, v in PLAIN.items()))),
    "printed without names": File("p.txt", printed(lambda: "\n".join(f"{v}" for v in PLAIN.values()))),
    "a listing": File("p.txt", printed(lambda: "\n".join(f"{k} = np.{v!r}" for k, v in PLAIN.items()))),
    "rows of a sheet": File("", lambda: _sheet("\t", "."), layout="out_in"),
    "rows of a German sheet": File("", lambda: _sheet("\t", ","), layout="out_in"),
    "shortened": File("p.txt", lambda: repr(np.ones((200, 200))).encode(), refused="left out when this was printed"),
    "a web page": File("model.pt", lambda: b"<!DOCTYPE html><html>404</html>", refused="got: model.pt: a web page"),
    "a Git LFS pointer": File(
        "model.safetensors",
        lambda: b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n",
        refused="Git LFS",
    ),
    "a picture": File("model.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), refused="PNG image"),
}
