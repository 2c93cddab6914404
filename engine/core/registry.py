"""Registries whose entries are found by their file alone: nothing else has to be touched to add one."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, TypeVar


class Ordered(Protocol):
    """Entry of such a registry: its key, and where it stands among the others."""

    @property
    def name(self) -> str: ...  # noqa: D102

    @property
    def order(self) -> float: ...  # noqa: D102


Record = TypeVar("Record", bound=Ordered)


def records(package: str, path: list[str], kind: type[Record]) -> dict[str, Record]:
    """Collect the registry entries of one kind in the modules of a package, by name.

    They stand in the order that each gives itself, those of the same order by file, and in a file as they are written.
    A private name is no entry of the registry, and so may be what others are made of.

    Parameters
    ----------
    package, path : str, list of str
        The package's `__name__` and `__path__`.
    kind : type
        The class of the entries.

    Raises
    ------
    ValueError
        Where two entries have the same name.
    """
    modules = (import_module(f"{package}.{found.name}") for found in iter_modules(path))
    each = {id(record): record for module in modules for record in _public(module, kind)}  # some are imported by others
    named: dict[str, Record] = {}
    for record in sorted(each.values(), key=lambda record: record.order):
        if named.setdefault(record.name, record) is not record:
            raise ValueError(f"{package} has two records called {record.name!r}")
    return named


def _public(module: Any, kind: type) -> Iterator[Any]:
    """Yield the registry entries of a module, alone or in a tuple."""
    for name, value in vars(module).items():
        if not name.startswith("_"):
            held = (value,) if isinstance(value, kind) else value if isinstance(value, tuple) else ()
            yield from (record for record in held if isinstance(record, kind))
