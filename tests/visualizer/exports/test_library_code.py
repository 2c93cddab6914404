"""Code for libraries: what one of them does not have is told."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS, InputError, Text
from engine.catalogue import Clip
from engine.core import NOWHERE, Equivalents
from engine.core.interop import LIBRARIES
from engine.program import program
from engine.settings import Model
from tests.visualizer.exports.cases import executed, subject_of
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


@pytest.fixture
def whole_steps(monkeypatch):
    """A way of clipping that none of the exports has been written for."""
    record = Clip(
        "whole",
        Text("to whole steps", "取整步"),
        Text("Each entry becomes ±c.", "每个分量变为 ±c。"),
        "Toy 2026",
        r"c \operatorname{sign}(<dp>)",
        lambda g, c, norm: c * np.sign(g),
        elsewhere=Equivalents("{gradient}.sign_().mul_({clip_at})", ""),
    )
    monkeypatch.setitem(CLIPS, "whole", record)
    return subject_of(replace(Model.of_example("mazur"), clip="whole", clip_at=0.25, regularizer="l2"))


@pytest.mark.parametrize("library", ["numpy", "torch"])
def test_a_new_way_of_clipping_is_written_from_its_record(library, whole_steps):
    if library == "torch":
        pytest.importorskip("torch")
    names, _ = executed(library, whole_steps)
    made = names["W1_new"] if library == "numpy" else names["layers"][0].weight.detach().numpy()
    trace = whole_steps.trace
    np.testing.assert_allclose(made, trace.value("W", 1) - 0.5 * 0.25 * np.sign(trace.value("gW", 1)), rtol=1e-14)


def test_a_library_that_has_no_such_clipping_says_so(whole_steps):
    with pytest.raises(InputError, match="Keras has no counterpart for to whole steps"):
        EXPORTS["keras"].make(whole_steps)
