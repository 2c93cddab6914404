"""A registry whose records are found by their file alone: nothing else has to be touched to add one."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, TypeVar


class Ordered(Protocol):
    """What every record of such a registry says of itself: its key, and where it stands among the others."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def order(self) -> float: ...  # noqa: D102


Record = TypeVar("Record", bound=Ordered)


def records(package: str, path: list[str], kind: type[Record]) -> dict[str, Record]:
    """Collect the records of one kind in the modules of a package, by name.

    They stand in the order that each gives itself, those of the same order by file, and in a file as they are written.
    A private name is no record of the registry, and so may be what others are made of.

    Parameters
    ----------
    package, path : str, list of str
        The package's `__name__` and `__path__`.
    kind : type
        What a record is an instance of.

    Raises
    ------
    ValueError
        Where two records have the same name.
    """
    modules = (import_module(f"{package}.{found.name}") for found in iter_modules(path))
    each = {id(record): record for module in modules for record in _public(module, kind)}  # some are imported by others
    named: dict[str, Record] = {}
    for record in sorted(each.values(), key=lambda record: record.order):
        if named.setdefault(record.name, record) is not record:
            raise ValueError(f"{package} has two records called {record.name!r}")
    return named


def _public(module: Any, kind: type) -> Iterator[Any]:
    """Yield the records of a module, alone or in a tuple."""
    for name, value in vars(module).items():
        if not name.startswith("_"):
            held = (value,) if isinstance(value, kind) else value if isinstance(value, tuple) else ()
            yield from (record for record in held if isinstance(record, kind))
