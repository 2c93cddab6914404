"""Changes of parameters and gradients: the old number, and by how much it changes."""

from dataclasses import replace

import pytest

from engine import Ref
from tests.visualizer.oracles import MODELS, builder_of, number_of
from visualizer.writing import number, parameter, signed

CLIPPED = replace(MODELS["3-4-2"], clip="value", clip_at=0.01)
DECAYED = replace(MODELS["3-4-2"], regularizer="l2", strength=0.1)


@pytest.mark.parametrize(
    ("model", "address", "old", "new"),
    [
        (CLIPPED, "clip", "d{}", "c{}"),
        (DECAYED, "regularize", "d{}", "g{}"),
        (MODELS["3-4-2"], "update", "{}", "{}_new"),
    ],
)
def test_every_change_is_said_once_with_its_sign_and_then_the_new_number_arrives(model, address, old, new):
    builder = builder_of(model)
    animation = [phase for phase in builder.scene(builder.lecture.position(address)).animation if phase.arrive]
    said = {name: text for phase in animation for name, text in phase.notes.items()}
    assert sum(len(phase.notes) for phase in animation) == len(said)
    assert all(phase.arrive == tuple(phase.notes) for phase in animation)
    for item in builder.items:
        if item.id not in said:
            continue
        at = lambda pattern, item=item: number_of(  # noqa: E731
            builder.trace, Ref(pattern.format(parameter(item.ref.name)), item.ref.layer), item.indices
        )
        assert said[item.id] == f"{number(at(old), 3)} {signed(at(new) - at(old), 2)}"
    assert {edge.id for edge in builder.drawing.edges if edge.ref} <= set(said)
