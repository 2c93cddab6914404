"""Values of a reader's own, typed or pasted as lines `name value`, and the numbers of a trace that they claim to be."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from engine import InputError, Ref, Text, Trace
from engine.core import echo, names, parse_number, parse_whole
from engine.studies import Place
from visualizer.checking.listings import Statement, modules, statements, translated
from visualizer.writing import plain

MOST_CHARACTERS, MOST_LINES, MOST_CLAIMS = 8000, 200, 400
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_SUBSCRIPT = re.compile("[₀-₉][₀-₉,]*")
_PLAIN_DIGITS = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
# every way in which a value may be called, and its name in a trace
_CALLED = {
    "dW": ("∂c/∂w", "∂e/∂w", "dc/dw", "de/dw", "dw", "grad_w"),
    "db": ("∂c/∂b", "∂e/∂b", "dc/db", "de/db", "db"),
    "delta": ("delta", "δ", "d"),
    "C": ("cost", "loss", "c", "e"),
    "z": ("net", "z"),
    "a": ("out", "a", "o"),
    "W": ("w",),
    "b": ("b",),
    "y": ("y",),
    "x": ("x",),
}
_NAMES = {called: name for name, ways in _CALLED.items() for called in ways}
_NAME = re.compile(
    rf"({'|'.join(map(re.escape, sorted(_NAMES, key=len, reverse=True)))})\s*(\d{{1,6}})?"
    r"((?:[\s._,\[(]+\d{1,6})*)[\])]*\s*(new|新|['′+])?\s*(?:@\s*(\d{1,6}))?"
)
_GAP = re.compile(r"(?<![\s(\[])[(\[]*+(?:(\s)[\s(\[]*+)?[-−+]?[\d.,]*\d")  # before a number: brackets and blanks
_THROUGH = re.compile(r"([d∂]?w|∂[ce]/∂w|d[ce]/dw)_?(\d{1,3})( ?(?:new|新|['′+])?)", re.IGNORECASE)
_LIKE = Text(
    "a name with its layer, plus indices for a single number, such as z1, a2, δ1_2, dW1_23, W2 new, C or C@2",
    "名称加层号，若指单个数再加下标，如 z1、a2、δ1_2、dW1_23、W2 new、C 或 C@2",
)


class Claim(NamedTuple):
    """Number that a reader has: its place, its iteration, and its text as typed."""

    place: Place
    iteration: int
    typed: str

    @property
    def name(self) -> str:
        """Name of the claimed value in Unicode, as in δ¹₂."""
        return plain(self.place.ref, *self.place.indices)


def read_claims(text: str, trace: Trace, iteration: int) -> tuple[list[Claim], list[InputError]]:
    """Return the claims in the lines of a text about a trace, and an error for each line that cannot be read.

    Examples
    --------
    >>> from engine.settings.model import Model
    >>> [claim.name for claim in read_claims("a2 0.75 0.77", Model.of_example("mazur").trace(), 1)[0]]
    ['a²₁', 'a²₂']
    """
    lines = [line for line in text[: MOST_CHARACTERS + 1].splitlines() if line.strip()]
    if len(text) > MOST_CHARACTERS or len(lines) > MOST_LINES:
        allowed = Text("at most {} lines and {:,} characters", "至多 {} 行、{:,} 个字符")
        problem = Text("this is too long", "内容太长")
        return [], [InputError(problem, allowed.format(MOST_LINES, MOST_CHARACTERS), f"{len(lines)}, {len(text):,}")]
    claims, problems = [], []
    found = statements(text)
    paths = modules([each.name or _before(each.line) for each in found])
    for each in found:
        try:
            claims += (
                _read_array(each, paths, trace, iteration)
                if each.rows
                else _read_line(each.line, paths, trace, iteration)
            )
        except InputError as error:
            problem = Text("“{}”: {}", "“{}”：{}").format(echo(each.line[:40]), error.problem)
            problems.append(InputError(problem, error.allowed, error.got))
    return claims[:MOST_CLAIMS], problems


def _before(line: str) -> str:
    return re.split(r"[=:：]", line, maxsplit=1)[0].strip()


def _read_line(line: str, paths: Sequence[str], trace: Trace, iteration: int) -> list[Claim]:
    """Return the claims of one line; raise `InputError` where it cannot be read."""
    name, numbers = _split(line)
    typed = list(_numbers(numbers))
    for number in typed:
        parse_number(number)
    layers = len(trace.given.layers)
    known = translated(name.strip(), paths, layers)[0]
    if len(typed) == 1:
        known = _numbered(known, trace)
    place, iteration = read_name(known, trace, iteration)
    places = [place] if place.indices else places_of(trace, place.ref)
    if len(typed) != len(places):
        raise _misfit(place.ref, Text("{} numbers", "{} 个数").format(len(places)), str(len(typed)))
    return [Claim(at, iteration, number) for at, number in zip(places, typed, strict=True)]


def _numbered(name: str, trace: Trace) -> str:
    """Return the name of a single weight that is numbered through all layers, as w5 is in many lectures."""
    found = _THROUGH.fullmatch(name.strip())
    if not found:
        return name
    rank = int(found[2]) - 1
    alone = rank < len(trace.given.layers) and trace.value("W", rank + 1).size == 1
    for l, layer in enumerate(trace.given.layers, 1):
        if not alone and 0 <= rank < layer.W.size:
            j, k = divmod(rank, layer.W.shape[1])
            return f"{found[1]}{l}_{j + 1}_{k + 1}{found[3]}"
        rank -= layer.W.size
    return name


def _read_array(each: Statement, paths: Sequence[str], trace: Trace, iteration: int) -> list[Claim]:
    """Return the claims of an array, be its samples in rows or its neurons in columns where only that fits."""
    known, turned = translated(each.name, paths, len(trace.given.layers))
    place, iteration = read_name(known, trace, iteration)
    if place.indices:
        return _read_line(each.line, paths, trace, iteration)
    rows, want = each.rows, trace.value(*place.ref).shape or (1, 1)
    shape = (len(rows), len(rows[0])) if len({len(row) for row in rows}) == 1 else ()
    if 1 in shape and 1 in want and max(shape) == max(want):
        typed = [cell for row in rows for cell in row]
    elif shape == want[::-1] and (turned or shape != want):
        typed = [cell for column in zip(*rows, strict=True) for cell in column]
    elif shape == want:
        typed = [cell for row in rows for cell in row]
    else:
        told = "×".join(map(str, shape)) or ", ".join(str(len(row)) for row in rows[:9])
        raise _misfit(place.ref, Text("{}", "{}").format("×".join(map(str, want))), told)
    for number in typed:
        parse_number(number)
    return [Claim(at, iteration, number) for at, number in zip(places_of(trace, place.ref), typed, strict=True)]


def _misfit(ref: Ref, allowed: Text, received: str) -> InputError:
    return InputError(
        Text("{} has a different number of entries", "{} 的元素个数不同").format(plain(ref)), allowed, received
    )


def read_name(name: str, trace: Trace, iteration: int = 1) -> tuple[Place, int]:
    """Return the number, or the whole value, that a name means, and the iteration in which it is seen."""
    written = _SUBSCRIPT.sub(lambda sub: "_" + sub[0].translate(_PLAIN_DIGITS), name.translate(_SUPERSCRIPTS))
    found = _NAME.fullmatch(written.lower().strip())
    if not found:
        raise InputError(Text("unknown name of a quantity", "无法理解这个名称"), _LIKE, name)
    called, layer, rest, new, seen = found.groups()
    if called in ("x", "y") and layer and not rest:
        layer, rest = None, f"_{layer}"
    ref = _ref(_NAMES[called], layer, new, trace)
    iteration = parse_whole(seen, 1, 10_000) if seen else iteration + bool(new and ref.name in ("C", "a", "z"))
    indices = _indices(re.findall(r"\d+", rest), len([n for n in trace.value(*ref).shape if n > 1] or [1]), ref)
    place = Place(ref, indices)
    if indices:
        place.of(trace)
    return place, iteration


def _ref(name: str, layer: str | None, new: str | None, trace: Trace) -> Ref:
    """Return the reference of a name, a layer and `new`; without a layer the last one."""
    last = len(trace.given.layers)
    if name == "x":
        return Ref("a", 0)
    l = last if layer is None or name in ("C", "y") else int(layer)
    if not 1 <= l <= last:
        raise InputError(Text("there is no such layer", "没有这一层"), names(map(str, range(1, last + 1))), layer)
    return Ref(f"{name}_new" if new and name in ("W", "b") else name, l)


def _indices(found: list[str], wanted: int, ref: Ref) -> tuple[int, ...]:
    """Return indices from 0; `23` are two where two are wanted."""
    matrix = ref.name in ("W", "dW", "W_new") or wanted > 1
    if matrix and len(found) == 1 and len(found[0]) == 2:
        found = list(found[0])
    return tuple(int(index) - 1 for index in found)


def _split(line: str) -> tuple[str, str]:
    """Return the name and the numbers of a line; they are parted by = or :, else by the last space before a number."""
    parted = re.split(r"[=:：]", line, maxsplit=1)
    if len(parted) == 2:
        return parted[0], parted[1]
    ends = (found.start(1) for found in _GAP.finditer(line) if found[1])
    end = next(ends, None)
    if end is None:
        raise InputError(
            Text("there is no number in this line", "这一行没有数"), Text("a name and a number", "名称与数"), line
        )
    return line[:end], line[end:]


def _numbers(text: str) -> Iterator[str]:
    """Yield the numbers of a list: a comma between points parts two numbers, else it is a decimal comma."""
    for part in re.split(r"[\s;；()\[\]]+|,\s+|，|、", text.strip()):
        yield from filter(None, part.split(",") if "." in part else [part.strip(",")])


def claimable(trace: Trace, iteration: int) -> list[Claim]:
    """Return the claims that a number may be: the costs, then everything in the order of the pass.

    Of a large network only the first ones.
    """
    last = Ref("C", len(trace.given.layers))
    found = [Claim(Place(last), seen, "") for seen in (iteration + 1, iteration)]
    for step in trace.steps:
        for ref in step.writes:
            found += [Claim(place, iteration, "") for place in places_of(trace, ref)] if ref != last else []
            if len(found) > MOST_CLAIMS:
                return found[:MOST_CLAIMS]
    outputs = places_of(trace, Ref("a", last.layer))
    return found + [Claim(place, iteration + 1, "") for place in outputs]


def claims_by_name(trace: Trace, iteration: int) -> dict[str, Claim]:
    """Return the claims that a number may be, by a name with the iteration, such as C@2."""
    return {f"{claim.name}@{claim.iteration}": claim for claim in claimable(trace, iteration)}


def places_of(trace: Trace, ref: Ref) -> list[Place]:
    """Return the places of all entries of a value; a value of one column counts as a vector."""
    shape = trace.value(*ref).shape
    shape = shape[:1] if len(shape) > 1 and shape[1] == 1 and ref.name not in ("W", "dW", "W_new") else shape
    return [Place(ref, tuple(map(int, indices))) for indices in np.ndindex(shape)]
