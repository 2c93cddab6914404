"""Transposed matrices: beside what is tested with listings, single numbers and vectors are never one."""

from engine.settings import Model
from visualizer.checking import read_claims, transposes

MAZUR = Model.of_example("mazur").trace()


def test_only_whole_matrices_are_transposed():
    for text in ("dW2_12 0.5\ndW2_21 0.6", "z1 1 2", "C 0.3"):
        assert transposes(read_claims(text, MAZUR, 1)[0], lambda claim: claim.place.of(MAZUR)) == []
