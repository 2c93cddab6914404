"""PyTorch for the tests of which it is the oracle, imported by the process that runs them."""

from typing import Any

import pytest


class Late:
    """A library that is imported when something public of it is first used, as every process collects all tests.

    Where it is not installed, the test that uses it is skipped. Names with an underscore are what pytest asks for.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("_"):
            raise AttributeError(attribute)
        return getattr(pytest.importorskip(self._name, reason=f"{self._name} is the oracle of this test"), attribute)


torch = Late("torch")
