"""Settings in groups: each group is one field of a record, and each setting of it as if it were a field of its own."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from functools import wraps
from typing import Any, ClassVar, Self, TypeVar

from engine.options.options import GradientOptions, Options
from engine.options.stopping import Stopping

Record = TypeVar("Record", bound="Optioned")


class Optioned:
    """A dataclass with a field `options`, or other groups of settings, each of which can be read by its name.

    Attributes
    ----------
    groups : mapping
        The fields that are groups of settings, with the names of these.
    """

    groups: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    options: Options

    def __getattr__(self, name: str) -> Any:
        for group, members in self.groups.items():
            if name in members:
                return getattr(getattr(self, group), name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def with_options(self, **changes: Any) -> Self:
        """Return the record with other options."""
        return replace(self, options=self.options._replace(**changes))  # type: ignore[type-var]


def takes_options(kind: type[Record]) -> type[Record]:
    """Let the constructor of a dataclass, and so `dataclasses.replace`, take each setting by its name too."""
    plain: Callable[..., None] = kind.__init__
    usual = {field.name: field.default for field in fields(kind)}  # type: ignore[arg-type]
    groups = {name: group for name, group in usual.items() if isinstance(group, Options | Stopping)}

    @wraps(plain)
    def init(self: Record, *values: Any, **named: Any) -> None:
        for name, group in groups.items():
            own = {member: named.pop(member) for member in group._fields if member in named}
            if own:
                named[name] = named.get(name, group)._replace(**own)
        plain(self, *values, **named)

    kind.__init__ = init  # type: ignore[method-assign, assignment]
    kind.groups = {name: group._fields for name, group in groups.items()}
    return kind


def setting_names(kind: type[Optioned]) -> tuple[str, ...]:
    """List the names of the settings of a record, each group in its place; of options what is done with gradients."""
    behind = [name for name in Options._fields if name not in GradientOptions.__annotations__]
    placed = (each for field in fields(kind) for each in kind.groups.get(field.name, (field.name,)))  # type: ignore[arg-type]
    return (*(name for name in placed if name not in behind), *behind)
