"""Settings as rows of a table: text in a link, words, records to choose from, where and when each applies."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from numpy.typing import DTypeLike

from engine.core.errors import InputError, lookup
from engine.core.inputs import as_number
from engine.core.numbers import parse_number, parse_whole, write_number
from engine.core.text import Text

PASS, TRAINING = ("pass",), ("training",)
EVERYWHERE = PASS + TRAINING
Show = Callable[[Any], Text]
_ABOVE = Text("a number above 0", "大于 0 的数")


class Field(NamedTuple):
    """Setting of a pass or of a training: a row of the table.

    Attributes
    ----------
    attribute : str
        What a model, a task or options call it.
    read, write : callable
        How its text in links and files becomes a value, which raises `InputError`, and back.
    label : Text
        What its field on a page is called.
    said : Text
        What the name of a run says around its value.
    show : callable, optional
        Its value in words, where that is neither a number nor the label of a record.
    registry : mapping, optional
        The records of which it names one.
    usual : object
        What it is where nothing is said; a setting that others belong to does nothing then.
    of : str
        The setting without which this one does nothing.
    letter : str
        What stands for it in equations.
    where : tuple of str
        `pass`, `training`: what has it.
    midway : bool
        Whether a training that goes on can be given another value.
    link : str
        Its name in links, where that is another than its attribute.
    check : callable, optional
        check(value, dtype, used): the value, or `InputError`; an amount is `used` where the setting is that it is `of`.
    line : Text, optional
        How a line of settings says it, with its amounts; unless given, each as in the name of a run.
    in_cost : bool
        Of what is done with a gradient: whether it is done with the cost already.
    otherwise : Text, optional
        The words for None.
    about : Text, optional
        What it does, in a sentence for its field and for the reference.
    """

    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    label: Text = Text("", "")
    said: Text = Text("{}", "{}")
    show: Show | None = None
    registry: Mapping[str, Any] | None = None
    usual: Any = None
    of: str = ""
    letter: str = ""
    where: tuple[str, ...] = EVERYWHERE
    midway: bool = False
    link: str = ""
    check: Callable[[Any, DTypeLike, bool], Any] | None = None
    line: Text | None = None
    in_cost: bool = False
    otherwise: Text | None = None
    about: Text | None = None

    @property
    def name(self) -> str:
        """Name of the setting in links."""
        return self.link or self.attribute


def one_of(what: Text, registry: Mapping[str, Any]) -> Callable[[str], str]:
    """Return a reader of names in a registry."""

    def read(text: str) -> str:
        lookup(what, dict(registry), text)
        return text

    return read


def named(attribute: str, what: Text, registry: Mapping[str, Any], label: Text, **more: Any) -> Field:
    """Describe a setting that names a record; `what` is said of a name that does not exist."""

    def check(name: Any, *_: Any) -> str:
        return str(lookup(what, dict(registry), name).name)

    return Field(attribute, one_of(what, registry), label=label, registry=registry, check=check, **more)


def number(attribute: str, label: Text, **more: Any) -> Field:
    """Describe a setting that is a number."""
    return Field(attribute, lambda text: parse_number(text) + 0.0, write_number, label, **more)  # −0 is 0


def amount(attribute: str, problem: Text, label: Text, above: bool = False, **more: Any) -> Field:
    """Describe a setting that is a number from 0, or where it is used `above` it; `problem` is said of any other."""

    def check(value: Any, dtype: DTypeLike, used: bool) -> float:
        found = as_number(problem, value, 0, dtype)
        if above and used and found == 0:
            raise InputError(problem, _ABOVE, found)
        return found

    return number(attribute, label, check=check, **more)


def whole(attribute: str, low: int, high: int, label: Text, **more: Any) -> Field:
    """Describe a setting that is a whole number between two others."""
    return Field(attribute, lambda text: parse_whole(text, low, high), label=label, **more)


def optional(field: Field, otherwise: Text) -> Field:
    """Return the row of a number for which there may be none: an empty text, which is said in the words `otherwise`."""
    read, write, check = field.read, field.write, field.check
    return field._replace(
        read=lambda text: read(text) if text.strip() else None,
        write=lambda value: "" if value is None else write(value),
        check=check and (lambda value, *more: None if value is None else check(value, *more)),
        otherwise=otherwise,
    )


def switch(attribute: str, label: Text, **more: Any) -> Field:
    """Describe a setting that is on or off."""
    return Field(attribute, lambda text: bool(parse_whole(text, 0, 1)), lambda on: str(int(on)), label, **more)


def read_fields(fields: Mapping[str, Field], query: Mapping[str, str], problems: list[InputError]) -> dict[str, Any]:
    """Return the settings in a query, and add to `problems` those that could not be read."""
    values = {}
    for name, field in fields.items():
        if name in query:
            try:
                values[name] = field.read(query[name])
            except InputError as error:
                problems.append(in_link(name, error))
    return values


def changed_fields(fields: Mapping[str, Field], record: object, usual: object) -> dict[str, Field]:
    """Return the fields whose values in a record are not those of another one."""
    return {n: f for n, f in fields.items() if getattr(record, f.attribute) != getattr(usual, f.attribute)}


def write_fields(fields: Mapping[str, Field], record: object) -> dict[str, str]:
    """Return the query of fields of a record, which `read_fields` reads."""
    return {name: field.write(getattr(record, field.attribute)) for name, field in fields.items()}


def with_readers(fields: Mapping[str, Field], readers: Mapping[str, Callable[[str], Any]]) -> dict[str, Field]:
    """Return fields of which some are read as something else allows, such as the network that a setting is for."""
    return {**fields, **{name: fields[name]._replace(read=read) for name, read in readers.items()}}


def in_link(name: str, error: InputError) -> InputError:
    """Return an error with the part of the link that it is about."""
    return error.within(name)
