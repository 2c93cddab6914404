"""Code for libraries: what one of them does not have is told."""

import ast
from dataclasses import replace

import pytest

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS, InputError
from engine.core import NOWHERE
from engine.core.interop import LIBRARIES
from engine.program import program
from engine.settings import Model
from tests.visualizer.exports.cases import subject_of
from visualizer.exports import EXPORTS


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("registry", "name"),
    [(ACTIVATIONS, "tanh"), (LOSSES, "quadratic"), (OPTIMIZERS, "adam"), (REGULARIZERS, "l1"), (CLIPS, "norm")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_library_does_not_have_is_told_instead_of_code(registry, name, library, monkeypatch):
    monkeypatch.setitem(registry, name, replace(registry[name], elsewhere=NOWHERE))
    monkeypatch.setattr(program, "_cached", program.Program)  # those that are kept have the whole record
    model = Model.drawn((2, 2, 1), ("tanh", "linear"), "normal", 1)
    subject = subject_of(replace(model, loss="quadratic", optimizer="adam", regularizer="l1", clip="norm"))
    with pytest.raises(InputError, match=f"{LIBRARIES[library]} has no counterpart") as told:
        EXPORTS[library].make(subject)
    assert registry[name].label.zh in told.value.sentence("zh")
    ast.parse(EXPORTS["numpy"].make(subject))
