import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.settings import Model
from visualizer.checking import read_claims
from visualizer.checking.claims import MOST_CLAIMS, MOST_LINES
from visualizer.writing import plain

MAZUR = Model.of_example("mazur").trace()
XOR = Model.of_example("xor").trace()


def read(line, trace=MAZUR):
    claims, problems = read_claims(line, trace, 1)
    assert problems == []
    return [(claim.name, claim.iteration, claim.typed) for claim in claims]


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ("z1 0.37, 0.39", [("z¹₁", 1, "0.37"), ("z¹₂", 1, "0.39")]),
        ("a2: (0.751,0.773)", [("a²₁", 1, "0.751"), ("a²₂", 1, "0.773")]),
        ("out2 = 0,751 0,773", [("a²₁", 1, "0,751"), ("a²₂", 1, "0,773")]),
        ("δ²₁ = −0,138", [("δ²₁", 1, "−0,138")]),
        ("delta2_1 .138", [("δ²₁", 1, ".138")]),
        ("∂C/∂w²₁₂ .0826", [("∂C/∂w²₁₂", 1, ".0826")]),
        ("dW2_12 .0826", [("∂C/∂w²₁₂", 1, ".0826")]),
        ("dW2[1,2] .0826", [("∂C/∂w²₁₂", 1, ".0826")]),
        ("dW2.1.2 .0826", [("∂C/∂w²₁₂", 1, ".0826")]),
        ("w²₁₁ new 0.3589", [("w²₁₁ new", 1, "0.3589")]),
        ("W1_11' 0.15", [("w¹₁₁ new", 1, "0.15")]),
        ("C@2 .291027924", [("C", 2, ".291027924")]),
        ("C' .291", [("C", 2, ".291")]),
        ("loss 1/4", [("C", 1, "1/4")]),
        ("x1 0.05", [("x₁", 1, "0.05")]),
        ("y 0.01 0.99", [("y₁", 1, "0.01"), ("y₂", 1, "0.99")]),
        ("  \n\nb1 .35 .35\n", [("b¹₁", 1, ".35"), ("b¹₂", 1, ".35")]),
    ],
)
def test_names_as_people_write_them(line, claims):
    assert read(line) == claims


def test_a_matrix_is_read_row_by_row_and_a_batch_sample_by_sample():
    assert [name for name, *_ in read("W1 1 2 3 4")] == ["w¹₁₁", "w¹₁₂", "w¹₂₁", "w¹₂₂"]
    assert [name for name, *_ in read("a2 1 2 3 4", XOR)] == ["a²₁₁", "a²₁₂", "a²₁₃", "a²₁₄"]


@pytest.mark.parametrize("name", ["z", "a", "delta", "dW", "db", "W", "b"])
def test_every_name_that_the_stage_shows_is_understood(name):
    for trace, l in ((MAZUR, 1), (MAZUR, 2)):
        shape = trace.value(name, l).shape
        indices = (1, 0) if shape[1] > 1 else (1,)
        shown = plain((type(trace.steps[0].writes[0]))(name, l), *indices)
        assert [found for found, *_ in read(f"{shown} 0.5")] == [shown]


@pytest.mark.parametrize(
    "line",
    [
        "q 3",
        "a2 1 2 3",
        "a9 1",
        "a0 1",
        "dW1[3,1] 4",
        "dW1_3 4",
        "C abc",
        "C",
        "= 3",
        "C .2_",
        "a2 1e400",
        "C@0 1",
        "z1@99999 1 2",
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(line):
    claims, (problem,) = read_claims(line, MAZUR, 1)
    assert claims == []
    assert all(line[:40] in problem.sentence(lang) for lang in ("en", "zh"))


def test_one_bad_line_leaves_the_others():
    claims, problems = read_claims("C 0.29\nnonsense\nz1_1 0.37", MAZUR, 1)
    assert [claim.name for claim in claims] == ["C", "z¹₁"]
    assert len(problems) == 1


def test_there_is_an_end_to_it():
    assert read_claims("C 1\n" * (MOST_LINES + 1), MAZUR, 1)[0] == []
    assert len(read_claims("W1 1 2 3 4\n" * MOST_LINES, MAZUR, 1)[0]) <= MOST_CLAIMS


@given(st.text(max_size=80))
def test_anything_may_be_typed(text):
    read_claims(text, MAZUR, 1)
    read_claims(f"a2 {text}", XOR, 1)
