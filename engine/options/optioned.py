"""Options as one field of a record, and each of them as if it were a field of its own."""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import wraps
from typing import Any, Self, TypeVar

from engine.options.options import GradientOptions, Options

Record = TypeVar("Record", bound="Optioned")


class Optioned:
    """A dataclass with a field `options`, each of which can be read by its name."""

    options: Options

    def __getattr__(self, name: str) -> Any:
        if name in Options._fields:
            return getattr(self.options, name)
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def with_options(self, **changes: Any) -> Self:
        """Return the record with other options."""
        return replace(self, options=self.options._replace(**changes))  # type: ignore[type-var]


def takes_options(kind: type[Record]) -> type[Record]:
    """Let the constructor of a dataclass, and so `dataclasses.replace`, take each option by its name too."""
    plain: Callable[..., None] = kind.__init__

    @wraps(plain)
    def init(self: Record, *values: Any, **named: Any) -> None:
        own = {name: named.pop(name) for name in Options._fields if name in named}
        if own:
            named["options"] = named.get("options", kind.options)._replace(**own)
        plain(self, *values, **named)

    kind.__init__ = init  # type: ignore[method-assign, assignment]
    return kind


def setting_names(kind: type) -> tuple[str, ...]:
    """List the names of the settings of a record: what is done with gradients in the place of its options."""
    gradient = tuple(GradientOptions.__annotations__)
    names = (field.name for field in fields(kind))
    listed = (each for name in names for each in (gradient if name == "options" else (name,)))
    return (*listed, *(name for name in Options._fields if name not in gradient))
