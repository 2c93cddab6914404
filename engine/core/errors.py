"""Errors about input in three parts: what is wrong, what is allowed, what was received."""

from collections.abc import Iterable
from itertools import islice
from typing import Self, TypeVar

from engine.core.text import Text

_LONGEST_ECHO, _LONGEST_READ = 60, 1000

Record = TypeVar("Record")


class InputError(ValueError):
    """Input that cannot be used; a page says its three parts in the reader's language.

    Attributes
    ----------
    problem, allowed : Text
        What is wrong, and what would be allowed.
    got : Text
        What came instead, shortened.

    Examples
    --------
    >>> from engine import Dense
    >>> try:
    ...     Dense([[1.0, 2.0]], [0.0], "sigmoide")
    ... except InputError as error:
    ...     print(error.problem("en"), "|", error.problem("zh"), "|", error.received)
    unknown activation | 未知的激活函数 | sigmoide
    """

    def __init__(self, problem: Text, allowed: Text, received: object) -> None:
        self.problem, self.allowed = problem, allowed
        self.got = Text(*map(echo, received)) if isinstance(received, Text) else Text(echo(received), echo(received))
        super().__init__(problem, allowed, self.got)

    def __str__(self) -> str:
        return self.sentence("en")  # only where it is read: of a large table each cell may be no number

    @property
    def received(self) -> str:
        """The words about what came instead, in English."""
        return self.got.en

    def sentence(self, lang: str) -> str:
        """Return the complaint as one sentence in `lang`."""
        frame = Text("{}. Expected: {}; got: {}.", "{}。应为：{}；实际为：{}。")
        return frame.format(self.problem, self.allowed, self.got)(lang)

    def within(self, name: str) -> Self:
        """Return an error of the same kind that names the part of a link which it is about."""
        made = type(self).__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.problem = Text("{}: {}", "{}：{}").format(name, self.problem)
        return made


def echo(value: object) -> str:
    """Return `value` as one line of printable text, cut to a length that fits into a sentence."""
    try:
        printable = (sign if sign.isprintable() else " " for sign in str(value)[:_LONGEST_READ])
        text = " ".join("".join(printable).split()) or "''"
    except ValueError:  # Python writes no whole number of more than 4,300 digits
        text = type(value).__name__
    return text if len(text) <= _LONGEST_ECHO else text[: _LONGEST_ECHO - 1] + "…"


def lookup(what: Text, registry: dict[str, Record], name: object, most: int | None = None) -> Record:
    """Return the registry entry called `name`, or raise `InputError` with the names there are, `most` of them."""
    try:
        return registry[name]  # type: ignore[index]
    except (KeyError, TypeError):
        raise InputError(Text("unknown {}", "未知的{}").format(what), names(first_few(registry, most)), name) from None


def names(allowed: Iterable[str]) -> Text:
    """Return a list of names, as a `Text`."""
    allowed = list(allowed)
    return Text(", ".join(allowed), "、".join(allowed))


def first_few(texts: Iterable[str], most: int | None) -> list[str]:
    """Return the first `most` of some texts, with … behind them where there are more; all of them for None."""
    found = list(islice(texts, None if most is None else most + 1))
    return found if most is None or len(found) <= most else [*found[:most], "…"]
