"""Functions run on letters write themselves down."""

import numpy as np
import pytest

from engine import ACTIVATIONS
from visualizer.exports.expression import Parts, called, function, in_line, letter, line, lines


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_is_written_computes_the_same(name):
    z, g = np.random.default_rng(3).normal(size=(2, 4, 3))
    record, names = ACTIVATIONS[name], {"np": np}
    exec(f"{function('f', record.f, 'z')}\n{function('vjp', record.vjp, 'z', 'a', 'g')}", names)
    assert np.array_equal(names["f"](z), record.f(z))
    assert np.array_equal(names["vjp"](z, record.f(z), g), record.vjp(z, record.f(z), g))


@pytest.mark.parametrize(
    ("meaning", "said"),
    [
        (lambda z: 1 / (1 + np.exp(-z)), "1 / (1 + np.exp(-z))"),
        (lambda z: z * (z > 0) - (z == 0), "z * (z > 0) - (z == 0)"),
        (lambda z: np.square(z) / z.shape[-2], "np.square(z) / z.shape[-2]"),
        (lambda z: z.clip(-np.float64(2), 2), "z.clip(-2.0, 2)"),
        (lambda z: 2 * (z.mT @ z) ** -0.5, "2 * (z.T @ z) ** -0.5"),
        (lambda z: called("f")(z, z + 1), "f(z, z + 1)"),
        (lambda z: (z - 1) * (z - 1), "(z - 1) * (z - 1)"),
    ],
)
def test_an_expression_reads_as_it_was_typed(meaning, said):
    assert line(meaning, "z") == said


def test_what_is_used_twice_has_a_name():
    def twice(z):
        e = np.exp(z)
        return e / e.sum(axis=-2, keepdims=True)

    assert lines(twice, "z") == ["t1 = np.exp(z)", "t1 / t1.sum(axis=-2, keepdims=True)"]


def test_what_cannot_be_written_is_refused():
    with pytest.raises(TypeError, match=r"add\.reduce cannot be written down"):
        line(np.add.reduce, "z")


def test_a_vector_of_all_parameters_is_written_part_by_part_without_what_does_nothing():
    weights, share = Parts({"W": letter("W"), "b": letter("b")}), Parts({"W": letter("s"), "b": 0})
    moved = Parts({"W": 1, "b": 0})
    pulled = weights + np.sign(weights) * share
    assert [in_line(part) for part in pulled.parts.values()] == ["W + np.sign(W) * s", "b"]
    assert in_line((weights * moved * weights).sum(axis=-1)) == "(W * W).sum()"
    assert [in_line(part) for part in weights.clip(-letter("c"), letter("c")).parts.values()] == [
        "W.clip(-c, c)",
        "b.clip(-c, c)",
    ]
    assert [(moved * 2).parts, (moved + moved).parts, (2 * moved * 1).parts] == [{"W": 2, "b": 0}] * 3
    assert in_line((weights * moved * 0).sum(axis=-1)) == "0"
    assert in_line(letter("c") * weights.parts["W"] / letter("norm")[..., None]) == "c * W / norm"
    for refused in (lambda: weights.sum(axis=0), lambda: np.add.reduce(weights), lambda: letter("W")[0]):
        with pytest.raises(TypeError, match="cannot be written down"):
            refused()
