"""Small pictures of numbers, from paper to ink or signed, as PNG files inside a line of HTML."""

import struct
import zlib
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import Text, Trace
from visualizer.writing import Ground, channels, diverging, mix

_LEVELS = 64
_INPUT, _INPUT_ALT = Text("input x", "输入 x"), Text("the input as a picture", "输入图像")
_SLOPE = Text("∂C/∂x, ±{:.2g}", "∂C/∂x，±{:.2g}")
_SLOPE_ALT = Text("the gradient with respect to the pixels as a picture", "对像素的梯度图像")
_UNKNOWN = Text("∂C/∂x, after δ¹", "∂C/∂x，待 δ¹ 求出")
SLOPE_WHY = Text(
    "∇ₓC = (W¹)ᵀ δ¹: more ink on a red pixel makes the cost larger, on a blue one smaller.",
    "∇ₓC = (W¹)ᵀ δ¹：红色像素上多一点墨，代价变大；蓝色像素上则变小。",
)


class Tile(NamedTuple):
    """Picture: its source, its text alternative, and its caption."""

    source: str
    alt: str
    caption: str = ""


def png(levels: NDArray, colours: Sequence[str]) -> bytes:
    """Return a PNG file of numbers of colours, of shape (rows, columns)."""
    rows, columns = levels.shape
    lines = np.hstack((np.zeros((rows, 1), np.uint8), levels.astype(np.uint8)))  # 0: each line as it is
    named = bytes(value for colour in colours for value in channels(colour))
    head = struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)
    parts = (b"IHDR", head), (b"PLTE", named), (b"IDAT", zlib.compress(lines.tobytes())), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def ink(values: ArrayLike, shape: tuple[int, int], ground: Ground) -> str:
    """Return the source of a picture of values from 0, paper, to 1, ink."""
    return _source(values, shape, 0.0, 1.0, [mix(ground.background, ground.text, share) for share in _shares()])


def signed(values: ArrayLike, shape: tuple[int, int], largest: float) -> str:
    """Return the source of a picture of signed values, in the colours of the diverging scale."""
    colours = [diverging(2 * share - 1, 1.0) for share in _shares()]
    return _source(values, shape, -largest or -1.0, largest or 1.0, colours)


def _shares() -> list[float]:
    return [k / (_LEVELS - 1) for k in range(_LEVELS)]


def _source(values: ArrayLike, shape: tuple[int, int], low: float, high: float, colours: Sequence[str]) -> str:
    shares = np.nan_to_num((np.asarray(values, float).reshape(shape) - low) / (high - low), posinf=1.0, neginf=0.0)
    levels = np.rint(np.clip(shares, 0, 1) * (_LEVELS - 1))
    return "data:image/png;base64," + b64encode(png(levels, colours)).decode()


def largest(values: ArrayLike) -> float:
    """Return the size of the largest of some values that are finite."""
    sizes = np.abs(np.asarray(values, float))
    return float(sizes[np.isfinite(sizes)].max(initial=0.0))


def tiles_html(tiles: Iterable[Tile], kind: str = "") -> str:
    """Return pictures beside each other as HTML."""
    return f'<div class="tiles {kind}">' + "".join(map(_figure, tiles)) + "</div>"


def _figure(tile: Tile) -> str:
    words = escape(tile.alt)
    picture = (
        f'<img src="{tile.source}" alt="{words}" title="{words}">' if tile.source else '<span class="blank"></span>'
    )
    return f"<figure>{picture}<figcaption>{escape(tile.caption)}</figcaption></figure>"


def stage_tiles(trace: Trace, sample: int, columns: int, known: bool, lang: str, ground: Ground) -> list[Tile]:
    """Return the input of a sample, from 0, as a picture, and the gradient of its cost where that is known."""
    pixels = trace.value("a", 0)[:, sample]
    shape = (len(pixels) // columns, columns)
    given = Tile(ink(pixels, shape, ground), _INPUT_ALT(lang), _INPUT(lang))
    if not known:
        return [given, Tile("", "", _UNKNOWN(lang))]
    slopes = trace.input_gradient[:, sample]
    top = largest(slopes)
    return [given, Tile(signed(slopes, shape, top), _SLOPE_ALT(lang), _SLOPE.format(top)(lang))]
