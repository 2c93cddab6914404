"""Printed arrays: names and numbers out of what PyTorch, NumPy, Keras and people's own listings print.

Each number keeps the text that it was written with, because its digits say how exactly it is meant.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from engine.core import InputError, Text

MOST_CHARACTERS = 1_000_000
Rows = tuple[tuple[str, ...], ...]
_DEEPEST = 8
NUMBER = r"[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?|\binf\b|\bnan\b)"
_NUMBER = re.compile(NUMBER)
_BEHIND = re.compile(  # what is printed behind an array, or within it, and is no number
    r",?\s*(?:dtype|device|grad_fn|requires_grad|shape|size|names)\s*=\s*"
    r"(?:\([^()]*\)|<[^<>]*>|torch\.Size\([^()]*\)|'[^']*'|[\w.:]+)|torch\.(?:float|double|half|bfloat)\w*"
)
_WRAPPERS = re.compile(
    r"Parameter containing:\s*|\b(?:np\.array|numpy\.array|torch\.tensor|tf\.Tensor|tf\.Variable|tensor|array|"
    r"np\.matrix|matrix|Parameter|asarray|Array|Tensor)\s*(?=[(\[])|np\.float\d+(?=\()"
)
_VARIABLE = re.compile(r"<(?:tf\.)?Variable (?:'|path=)([^',\n]{1,80}?)(?::0)?'?,? [^\[\]\n]{0,200}?(?:numpy|value)=")
_SIGN = r"(?:[ \t]*[=:：]\s*|\s*(?=\[)|[ \t]*\n\s*)(?=[-+.\d\[({])"  # between a name and its numbers
_LETTER = r"[^=:\[\](){},;\"'\s]"
_NAME = (  # what it has taken it never gives back, so that a text without any is read once
    r"(?:\d{1,3}(?:\.[A-Za-z_]\w*)+"
    rf"|[∂δ_]?[^\W\d_∂δ](?:{_LETTER}|[^\S\n]+(?={_LETTER})){{0,59}}+)"
)
_PAIR = re.compile(r"\(\s*'([^'\n]{1,60})',\s*(?=tensor|array|Parameter|np\.|\[)")  # of an OrderedDict
_NAMED = re.compile(rf"(?<![\w.+-])(?P<name>{_NAME}(?:\[\d{{1,3}}\][.\w]{{0,30}})?)[\"'\]]{{0,2}}{_SIGN}")
_TOO_LONG = Text("this text is too long", "文本太长")
_SHORTENED = Text("numbers were left out when this was printed (…)", "打印时省略了一些数（…）")
_ALL = Text(
    "all of them: np.set_printoptions(threshold=10**6) or torch.set_printoptions(threshold=10**6) before printing",
    "全部数值：打印前先执行 np.set_printoptions(threshold=10**6) 或 torch.set_printoptions(threshold=10**6)",
)
_MOST = Text("at most {:,} characters", "至多 {:,} 个字符").format(MOST_CHARACTERS)


class Printed(NamedTuple):
    """An array as it was printed: its name, or nothing, and its rows of numbers as texts.

    A vector has one row and `flat`.
    """

    name: str
    rows: Rows
    flat: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape; empty where the rows are not of one length."""
        if self.flat:
            return (len(self.rows[0]),)
        return (len(self.rows), len(self.rows[0])) if len({len(row) for row in self.rows}) == 1 else ()


def printed_arrays(text: str) -> list[Printed]:
    r"""Return the arrays in a text, in the order in which they stand there.

    Raises
    ------
    InputError
        For a text that is too long, and one that was shortened when it was printed.

    Examples
    --------
    >>> [(each.name, each.shape) for each in printed_arrays("fc1.weight = tensor([[0.1, 0.2],\n [1, 3]]) b: [1, 2]")]
    [('fc1.weight', (2, 2)), ('b', (2,))]
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError(_TOO_LONG, _MOST, f"{len(text):,}")
    if cut := re.search(r"[\d\],]\s*(\.\.\.|…)", text):
        raise InputError(_SHORTENED, _ALL, text[max(0, cut.start() - 30) : cut.end()])
    plain = without_wrappers(text.replace("−", "-"))
    found = [each for name, body in _bodies(plain) for each in _arrays(name, body)]
    return [each for each in found if each.rows and each.rows[0]]


def without_wrappers(text: str) -> str:
    """Return a printed text without the words of libraries around its numbers: `tensor(`, `dtype=…` and the like."""
    lines = (re.sub(r"([ \t])[ \t]+", r"\1", line.strip()) for line in text.splitlines())
    plain = _PAIR.sub(r"\n\1 = ", re.sub(r"\n{3,}", "\n\n", "\n".join(lines)))
    plain = _VARIABLE.sub(r"\n\1 = ", plain)
    return _BEHIND.sub(" ", _WRAPPERS.sub(" ", plain))


def _bodies(text: str) -> Iterator[tuple[str, str]]:
    """Yield names and what stands behind each, up to the next one; text before the first has no name."""
    marks = list(_NAMED.finditer(text))
    if not marks or text[: marks[0].start()].strip():
        yield "", text[: marks[0].start()] if marks else text
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=False):
        yield " ".join(mark["name"].split()).strip("\"'`*-• "), text[mark.end() : end]


def _arrays(name: str, body: str) -> Iterator[Printed]:
    """Yield the arrays of a body: those in brackets, else blocks of lines between empty ones."""
    if "[" in body:
        yield from (Printed(name, rows, flat) for top in _nested(body) for rows, flat in _matrices(top))
        return
    if "." not in body and re.search(r"\d,\d", body) and re.search(r"[\t;]|\d +[-+\d]", body):  # decimal commas
        body = body.replace(",", ".")
    for block in re.split(r"\n\s*\n", body):
        rows = [tuple(_NUMBER.findall(line)) for line in block.split("\n")]
        rows = [row for row in rows if row]
        if rows:
            yield Printed(name, tuple(rows), len(rows) == 1)
        if name:
            return


def _nested(body: str) -> list[Any]:
    """Return the outermost brackets of a text as lists of what is in them: texts of numbers, and such lists."""
    stack: list[list[Any]] = [[]]
    for part in re.findall(rf"[\[\]]|{NUMBER}", body):
        if part == "[" and len(stack) < _DEEPEST:
            stack.append([])
            stack[-2].append(stack[-1])
        elif part == "]":
            stack = stack[:-1] if len(stack) > 1 else stack
        elif part != "[" and len(stack) > 1:
            stack[-1].append(part)
    return [each for each in stack[0] if each]


def _matrices(held: list[Any]) -> Iterator[tuple[Rows, bool]]:
    """Yield the matrices and vectors in a list, and whether each is a vector."""
    if all(isinstance(each, str) for each in held):
        yield (tuple(held),), True
    elif all(isinstance(each, list) and all(isinstance(cell, str) for cell in each) for each in held):
        yield tuple(map(tuple, held)), False
    else:
        yield from (found for each in held if isinstance(each, list) for found in _matrices(each))
