"""Listings of programs read as a reader's own values; each listing printed by the library itself where that matters."""

import numpy as np
import pytest

from engine import Ref
from engine.core import LANGUAGES
from engine.settings import Model
from visualizer.checking import read_claims, transposes, words_of

MAZUR = Model.of_example("mazur").trace()
XOR = Model.of_example("xor").trace()


def claimed(text, trace=MAZUR):
    claims, problems = read_claims(text, trace, 1)
    assert problems == []
    return {claim.name: claim.typed for claim in claims}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("yhat = [[0.75, 0.77]]", {"a²₁": "0.75", "a²₂": "0.77"}),
        ("w5 new 0.3589", {"w²₁₁ new": "0.3589"}),
        ("w5 = 0.4  w6 = 0.45", {"w²₁₁": "0.4", "w²₁₂": "0.45"}),
        ("∂E/∂w5 = 0.082167", {"∂C/∂w²₁₁": "0.082167"}),
        ("损失 = 0.298", {"C": "0.298"}),
        ("total error: 0.298371109", {"C": "0.298371109"}),
        ("dL/dW2 = [[0.08, 0.08],\n [-0.02, -0.02]]", {"∂C/∂w²₁₁": "0.08", "∂C/∂w²₂₂": "-0.02"}),
        ("dW2:\n[[0.08 0.08]\n [-0.02 -0.02]]", {"∂C/∂w²₁₂": "0.08", "∂C/∂w²₂₁": "-0.02"}),
        ("dZ2 = [[0.13], [-0.03]]", {"δ²₁": "0.13", "δ²₂": "-0.03"}),
        ("z1 = [.37, .39]  a1 = [.59, .6]", {"z¹₁": ".37", "z¹₂": ".39", "a¹₁": ".59", "a¹₂": ".6"}),
        ("W[1] = [[.15, .2], [.25, .3]]", {"w¹₁₂": ".2", "w¹₂₁": ".25"}),
        ("dense/kernel = [[.15, .25], [.2, .3]]\ndense_1/bias = [.6, .6]", {"w¹₁₂": ".2", "w¹₂₁": ".25", "b²₂": ".6"}),
        ("fc2.bias: tensor([0.6000, 0.6000])", {"b²₁": "0.6000"}),
        ("fc1.weight.grad = tensor([[1e-4, 2e-4],\n        [3e-4, 4e-4]])", {"∂C/∂w¹₁₂": "2e-4", "∂C/∂w¹₂₁": "3e-4"}),
    ],
)
def test_a_listing_is_read(text, found):
    assert found.items() <= claimed(text).items()


def test_what_numpy_prints_of_every_value_is_read_and_right():
    names = [(name, l) for l in (1, 2) for name in ("z", "a", "delta", "dW", "db", "W", "b")]
    text = "\n".join(f"{name}{l} = {MAZUR.value(name, l)!r}" for name, l in names)
    claims, problems = read_claims(text, MAZUR, 1)
    assert problems == []
    assert len(claims) == sum(MAZUR.value(*each).size for each in names)
    assert all(float(claim.typed) == pytest.approx(claim.place.of(MAZUR), abs=6e-9) for claim in claims)


def test_what_pytorch_prints_is_read_and_right():
    torch = pytest.importorskip("torch")
    nn = torch.nn.Sequential(
        torch.nn.Linear(2, 2), torch.nn.Sigmoid(), torch.nn.Linear(2, 2), torch.nn.Sigmoid()
    ).double()
    with torch.no_grad():
        for place, l in ((0, 1), (2, 2)):
            nn[place].weight.copy_(torch.tensor(MAZUR.value("W", l)))
            nn[place].bias.copy_(torch.tensor(MAZUR.value("b", l)[:, 0]))
    out = nn(torch.tensor([[0.05, 0.10]]).double())
    (((out - torch.tensor([[0.01, 0.99]])) ** 2).sum() / 2).backward()
    torch.set_printoptions(precision=10)
    text = "\n".join(f"{name}.grad {value.grad}" for name, value in nn.named_parameters()) + f"\nyhat = {out}"
    torch.set_printoptions(profile="default")
    claims, problems = read_claims(text, MAZUR, 1)
    assert problems == []
    assert len(claims) == 14
    assert all(float(claim.typed) == pytest.approx(claim.place.of(MAZUR), abs=6e-9) for claim in claims)


def test_samples_in_rows_are_turned():
    text = f"z1 = {XOR.value('z', 1).T!r}"
    claims, problems = read_claims(text, XOR, 1)
    assert problems == []
    assert all(float(claim.typed) == pytest.approx(claim.place.of(XOR), abs=6e-9) for claim in claims)


def test_an_array_of_another_shape_is_told():
    for text in ("dW2 = [[1, 2, 3], [4, 5, 6]]", "dW2 = [[1, 2], [3]]"):
        claims, (problem,) = read_claims(text, MAZUR, 1)
        assert claims == []
        assert "2×2" in problem.sentence("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_whole_transposed_matrix_is_one_finding(lang):
    def computed(claim):
        return claim.place.of(MAZUR)

    turned = read_claims(f"dW2 = {MAZUR.value('dW', 2).T!r}\ndW1 = {MAZUR.value('dW', 1)!r}", MAZUR, 1)[0]
    (found,) = transposes(turned, computed)
    assert found.ref == Ref("dW", 2)
    assert "∂C/∂W²" in words_of(found, lang)
    wrong = np.array(MAZUR.value("dW", 2).T)
    wrong[0, 0] += 1
    assert transposes(read_claims(f"dW2 = {wrong!r}", MAZUR, 1)[0], computed) == []
