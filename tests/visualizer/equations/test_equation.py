import re
from dataclasses import replace
from functools import partial
from itertools import product

import numpy as np
import pytest

from engine import ACTIVATIONS, OPTIMIZERS, Ref
from engine.equations import NORM_COMPACT
from tests.engine.oracles import ALLOWED
from tests.together import together
from tests.visualizer.oracles import LARGE, MODELS, drawn, trace_of
from visualizer.equations import matrices, numeric, shapes, symbolic
from visualizer.equations.equation import aligned, coloured
from visualizer.writing import matrix, palette, tex, tex_general, tex_number

TRACES = {f"{output}, {loss}": trace_of((2, 3, 2), ["tanh", output], loss) for output, loss in ALLOWED}
TRACES |= {f"{name} inside": trace_of((2, 3, 2), [name, "sigmoid"], "quadratic") for name in ACTIVATIONS}
TRACES |= {f"{loss}, three samples": trace_of((2, 3, 2), ["relu", output], loss, 3) for output, loss in ALLOWED[-6:]}
TRACES |= {name: model.trace() for name, model in MODELS.items()}
TRACES |= {name: trace_of((2, 3, 2), ["tanh", "sigmoid"], "quadratic", optimizer=name) for name in OPTIMIZERS}
LEFT_OVER = re.compile(r"<[a-zA-Z_]+[+-]?>|\{(?:sigma|mean|over_m|loss|loss_z|delta|update|g|vjp:.*)\}")
every_trace = together(list(TRACES))


def written(trace):
    for step in trace.steps:
        yield step, symbolic(trace, step)
        for layer in [step.layer] if step.layer else range(1, len(trace.given.layers) + 1):
            yield step, numeric(trace, step, layer)


def assert_whole(text):
    """Braces, brackets that grow and environments all close, and nothing of the template is left."""
    depth = 0
    for sign in re.sub(r"\\[{}]", "", text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert text.count(r"\left") == text.count(r"\right")
    assert sorted(re.findall(r"\\begin\{(\w+)\}", text)) == sorted(re.findall(r"\\end\{(\w+)\}", text))
    assert not LEFT_OVER.search(text)


@every_trace
def test_every_equation_is_whole(name):
    for _, text in written(TRACES[name]):
        assert "=" in text
        assert_whole(text)


@every_trace
def test_what_encloses_numbers_grows_with_them(name):
    trace = TRACES[name]
    for step in trace.steps:
        numbers = numeric(trace, step, step.layer or 1)
        assert not re.search(r"(?<!\\left)(\(|\\lVert)", numbers)


@pytest.mark.parametrize("text", ["{", "}{", r"\left(a", r"\begin{matrix}", "<a-> + 1", "{sigma}(z)"])
def test_a_broken_equation_is_seen(text):
    with pytest.raises(AssertionError):
        assert_whole(text)


@every_trace
def test_what_is_written_and_what_is_read_have_their_colours(name):
    trace = TRACES[name]
    for step in trace.steps:
        text, writes = symbolic(trace, step), set(step.writes)
        letters = [tex(ref) if step.layer else tex_general(ref) for ref in writes]
        assert all(coloured(letter, palette.WRITE) in text for letter in letters)
        assert not any(coloured(letter, palette.READ) in text for letter in letters)
        assert text.index(palette.WRITE) < text.index(palette.READ)


def allowed_digits(ref):
    """New parameters may have more, to tell them from the old ones."""
    return range(4, 9) if ref.name in ("W_new", "b_new", "gamma_new", "beta_new") else (4,)


@every_trace
def test_the_numbers_are_those_of_the_trace(name):
    trace = TRACES[name]
    for step in trace.steps:
        for layer in [step.layer] if step.layer else range(1, len(trace.given.layers) + 1):
            text = numeric(trace, step, layer)
            for ref, shape in shapes(trace, step, layer):
                value = trace.value(*ref)
                assert shape == value.shape[:2]
                colour = palette.WRITE if ref in step.writes else palette.READ
                writes = [partial(tex_number, digits=n) for n in allowed_digits(ref)]
                ways = product((5, 4, 3), writes)
                assert any(coloured(matrix(value, most, write=write), colour) in text for most, write in ways)
            assert {palette.WRITE, palette.READ} == set(re.findall("#[0-9a-f]{6}", text))


def test_what_is_not_known_yet_is_a_question_mark():
    trace = TRACES["3-4-2"]
    text = numeric(trace, trace.steps[0], known=lambda ref, indices: ref.name != "z" or indices[0] < 2)
    z = [tex_number(value) for value in trace.value("z", 1)[:, 0]]
    assert coloured(rf"\begin{{bmatrix}}{z[0]} \\ {z[1]} \\ ? \\ ?\end{{bmatrix}}", palette.WRITE) in text
    assert text.count("?") == 2


@pytest.mark.parametrize("kind", ["normalized", "softmax inside, dropped"])
def test_the_short_way_back_through_a_norm_is_the_long_one(kind):
    trace = TRACES[kind]
    step = next(step for step in trace.steps if step.rule.key == "delta")
    compact = step._replace(rule=NORM_COMPACT)
    assert_whole(symbolic(trace, compact))
    assert "?" not in numeric(trace, compact)
    np.testing.assert_allclose(trace.value("compact_delta", step.layer), step.value, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("key", ["bp3", "bp4", "c"])
def test_the_mean_stands_where_it_is_taken(key):
    one, three = TRACES["3-4-2"], TRACES["three samples"]
    assert r"\frac{1}{3}" in symbolic(three, next(step for step in three.steps if step.rule.key == key))
    assert r"\frac{1}{" not in symbolic(one, next(step for step in one.steps if step.rule.key == key))


@pytest.mark.parametrize("name", ["784-128-128-10", "8-16-16-4"])
def test_the_numbers_of_a_large_network_are_cut_to_what_can_be_read(name):
    trace = LARGE[name].trace()
    for _, text in written(trace):
        assert_whole(text)
        assert len(text) < 3000
    product = numeric(trace, trace.steps[0])
    assert all(dots in product for dots in (r"\cdots", r"\vdots", r"\ddots"))


@pytest.mark.parametrize("samples", [1, 3])
def test_shapes_are_those_of_the_equation_in_its_order(samples):
    trace = trace_of((2, 3, 1), ["tanh", "sigmoid"], "quadratic", samples)
    found = shapes(trace, trace.steps[0])
    assert found == [
        (Ref("z", 1), (3, samples)),
        (Ref("W", 1), (3, 2)),
        (Ref("a", 0), (2, samples)),
        (Ref("b", 1), (3, 1)),
    ]


def test_equations_align_at_their_first_equals_sign():
    assert aligned(["a = b"]) == "a = b"
    assert aligned(["a = b = c", " = d"]) == r"\begin{aligned} a &= b = c \\  &= d \end{aligned}"


@pytest.mark.parametrize("name", MODELS)
def test_the_matrices_are_told_in_the_order_in_which_they_are_written(name):
    trace = MODELS[name].trace()
    for step in trace.steps:
        for layer in [step.layer] if step.layer else range(1, len(trace.given.layers) + 1):
            written = re.findall(r"\\begin{bmatrix}(.*?)\\end{bmatrix}", numeric(trace, step, layer))
            told = matrices(trace, step, layer)
            assert len(written) == len(told)
            for body, (ref, rows, columns) in zip(written, told, strict=True):
                cells = [row.split(" & ") for row in body.split(r" \\ ")]
                assert (len(cells), len(cells[0])) == (len(rows), len(columns))
                values = trace.value(*ref)
                values = values[:, :, 0] if values.ndim == 3 else values
                for i, row in zip(rows, cells, strict=True):
                    for j, cell in zip(columns, row, strict=True):
                        if None not in (i, j):
                            assert cell in {tex_number(float(values[i, j]), n) for n in allowed_digits(ref)}


@pytest.mark.parametrize("loss", ["cross_entropy", "kl_divergence"])
@pytest.mark.parametrize("mistakes", [(), ("log10",)])
@pytest.mark.parametrize(
    ("y", "whole"),
    [
        (((0.0, 1.0),), True),
        (((0.3, 0.7), (1.0, 0.0)), True),
        (((0.5, 0.2),), False),
        (((1.0, 0.0), (1.0, 1.0)), False),
    ],
)
def test_the_sum_of_the_targets_is_left_out_where_it_is_1(loss, mistakes, y, whole):
    model = replace(drawn((2, 2, 2), "tanh", "softmax", loss=loss), x=((0.1, 0.2),) * len(y), y=y, mistakes=mistakes)
    trace = model.trace()
    step = next(step for step in trace.steps if step.rule.key == "bp1")
    assert (r"\sum} y" not in symbolic(trace, step)) == whole
    assert (r"\sum} y" not in numeric(trace, step)) == whole
    if not mistakes:
        assert np.allclose(step.value, trace.value("a", 2) - trace.value("y"), rtol=0, atol=1e-12) == whole


def test_the_new_matrix_of_an_update_differs_from_the_old_one_where_its_numbers_do():
    trace = replace(MODELS["mazur"], eta=1e-3).trace()
    old, new = (0.15, 0.2, 0.25, 0.3), trace.value("W_new", 1).ravel()
    written = numeric(trace, trace.steps[-1], 1)
    assert not any(a == b for a, b in zip(old, new, strict=True))
    for before, after in zip(old, new, strict=True):
        assert any(tex_number(after, n) in written and tex_number(after, n) != str(before) for n in range(4, 9))
    assert written.count(r"\begin{bmatrix}0.35 \\ 0.35\end{bmatrix}") == 2  # biases that stay
