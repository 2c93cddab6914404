"""Listings: what PyTorch, NumPy, Keras and people's own programs print, taken apart into names and numbers.

A name becomes the one that it has here: `fc1.weight.grad` dW1, `yhat` the output, `w5` the fifth weight. The names of
modules count as layers in the order of their numbers, or in that in which they stand.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from engine.untrusted import NUMBER, without_wrappers

_START = r"[A-Za-zΑ-Ωα-ω∂∇ŷ一-鿿]"
_NEXT = re.compile(rf"(?<=[\d\])])[\s,;，；]+(?={_START}[^=:：\[\]\n]{{0,24}}[=:：])")  # before another name in a line
_ARRAY = re.compile(r"(?P<name>[^\[=:：]*(?:\[\d+\][^\[=:：]*)?)[=:：]?[\s(]*(?P<body>\[.*)", re.DOTALL)
_MODULE = re.compile(  # with numbers short enough for int(), which takes no more than 4,300 digits
    r"(?P<path>[\w.\[\]/]{1,200}?)[./_](?P<role>weight|bias|kernel)s?(?P<grad>[._ ]grad(?:ient)?)?"
    r"(?P<new> ?(?:new|新|'))?",
    re.IGNORECASE,
)
_GRADIENT = r"(?:d[LJEC]|d ?loss|∂[LJEC])[ _]?/?[ _]?[d∂]"
_SAME = tuple(  # patterns of names, and what they are here; # is the number of the last layer
    (re.compile(pattern, re.IGNORECASE), name)
    for pattern, name in (
        (r"(?:ŷ|y_?hat|y_?pred\w*|pred\w*|outputs?|输出|预测值?)", "a#"),
        (r"(?:损失(?:值|函数)?|代价|总?误差|(?:total|mean)[ _]?(?:loss|error|cost)|error|mse|j|l)", "C"),
        (r"(?:hidden|隐藏层(?:输出)?)", "a1"),
        (r"h(?:id)?_?(\d.*)", r"a\1"),
        (rf"{_GRADIENT}z(.*)", r"delta\1"),
        (r"dz(.*)", r"delta\1"),
        (rf"{_GRADIENT}([wb])(.*)", r"d\1\2"),
        (r"(?:grad(?:ient)?|nabla|∇)[ _]?([wb])(.*)", r"d\1\2"),
        (r"([wb]_?\d*)[._ ]grad(?:ient)?(.*)", r"d\1\2"),
        (r"(权重|偏置)(.*)", r"\1\2"),
    )
)
_BRACKETED = re.compile(r"([A-Za-zδ∂/]+)\^?\{?\[(\d{1,2})\]\}?")  # W[1], z^{[2]}
_MOST_ROWS = 400


class Statement(NamedTuple):
    """A name and its numbers as they were written: the rows of an array, or the text of a line."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    line: str


def statements(text: str) -> list[Statement]:
    r"""Return the statements of a text, one for each name.

    Examples
    --------
    >>> [(each.name, each.rows) for each in statements("W1 = array([[1, 2],\n  [3, 4]])")]
    [('W1', (('1', '2'), ('3', '4')))]
    """
    found = []
    for joined in _joined(without_wrappers(text)):
        for part in _NEXT.split(joined):
            array = _ARRAY.fullmatch(part.strip())
            rows = _rows(array["body"]) if array and not re.search(r"\d", array["body"].rpartition("]")[2]) else ()
            name = array["name"].rstrip(" (").strip().strip("\"'") if array else ""
            found.append(Statement(name, rows, part) if rows and name else Statement("", (), " ".join(part.split())))
    return found


def _joined(text: str) -> list[str]:
    """Return the lines of a text, those of one bracket, and a name above a bracket, joined."""
    lines: list[str] = []
    depth = 0
    for line in text.splitlines():
        if not line.strip():
            continue
        alone = lines and depth <= 0 and line.lstrip().startswith("[") and not re.search(r"\d\s*$|\]", lines[-1])
        if (depth > 0 or alone) and len(lines[-1]) < 100_000:
            lines[-1] += f"\n{line}"
        else:
            lines.append(line)
            depth = 0
        depth += line.count("[") - line.count("]")
    return lines


def _rows(body: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of numbers in brackets; of a single pair of brackets one row."""
    found = (
        tuple(re.findall(rf"{NUMBER}(?:/\d+)?", row))
        for row in re.findall(r"[^\[\]]+", body.replace("−", "-"))[:_MOST_ROWS]
    )
    return tuple(row for row in found if row)


def modules(names: Sequence[str]) -> list[str]:
    """Return the paths of the modules in names such as `fc1.weight`, in the order of their layers."""
    paths = list(dict.fromkeys(found["path"] for name in names if (found := _MODULE.fullmatch(name))))
    numbers = [re.findall(r"\d+", path)[-1:] for path in paths]
    return sorted(paths, key=lambda path: int(re.findall(r"\d+", path)[-1])) if all(numbers) else paths


def translated(name: str, paths: Sequence[str], layers: int) -> tuple[str, bool]:
    """Return the name that a value has here, and whether neurons are the columns of what is printed under it."""
    module = _MODULE.fullmatch(name)
    if module:
        role = "b" if module["role"].lower() == "bias" else "W"
        layer = _layer(module["path"], paths, layers)
        made = f"{'d' if module['grad'] else ''}{role}{layer}{' new' if module['new'] else ''}"
        return made, module["role"].lower() == "kernel"
    plain = _BRACKETED.sub(r"\1\2", name)
    for pattern, same in _SAME:
        if found := pattern.fullmatch(plain.strip()):
            return found.expand(same.replace("#", str(layers))).replace("权重", "W").replace("偏置", "b"), False
    return plain, False


def _layer(path: str, paths: Sequence[str], layers: int) -> int:
    """Return the layer of a module: its rank among those that are there, where they are as many, else by its number."""
    if len(paths) == layers:
        return list(paths).index(path) + 1
    number = re.findall(r"\d+", path)[-1:]
    if path.lower().rpartition(".")[2] in ("out", "output", "last", "head"):
        return layers
    if not number:
        return 1
    place = int(number[0])
    bare = re.fullmatch(r"(?:.*\.)?\d+", path)  # of a Sequential, with an activation between every two
    return place // 2 + 1 if bare else place + 1 if "dense_" in path.lower() else max(place, 1)
