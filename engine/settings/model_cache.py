"""LRU cache of results computed from a model, sized by its network and shared by all sessions."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Protocol, TypeVar

from engine.layers import count_parameters

MANY, FEW, LARGE = 32, 8, 10_000  # how much of small and of large networks is kept, and from how many parameters on

Result = TypeVar("Result")


class Sized(Protocol):
    """A model, as far as it matters here: hashable, with layers of certain sizes."""

    @property
    def sizes(self) -> tuple[int, ...]: ...  # noqa: D102

    def __hash__(self) -> int: ...


def cached_by_model(make: Callable[..., Result]) -> Callable[..., Result]:
    """Cache the results of a function of a model and other hashable settings: of large networks only the latest.

    Else one reader who goes from iteration to iteration of a large one would fill the memory. All sessions share what
    is kept, and several threads may read one of it at once: it must not change but by remembering what it computes.
    `cache_clear` of the new function forgets all.
    """
    of_small, of_large = lru_cache(maxsize=MANY)(make), lru_cache(maxsize=FEW)(make)

    @wraps(make)
    def find(model: Sized, *settings: Any) -> Result:
        return (of_small if count_parameters(model.sizes) < LARGE else of_large)(model, *settings)

    def forget() -> None:
        of_small.cache_clear()
        of_large.cache_clear()

    find.cache_clear = forget  # type: ignore[attr-defined]
    return find
