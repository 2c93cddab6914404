from dataclasses import replace

import pytest

from engine import Ref
from engine.mistakes import MISTAKES
from engine.settings import Model
from engine.studies import Place, causes
from engine.studies.candidates import ALL_SLIPS
from visualizer.checking import explanation, verdict

TRIED = len(MISTAKES) + len(ALL_SLIPS)
AFTER = replace(Model.of_example("mazur"), iteration=2)


def search(typed, iteration=2):
    return causes(replace(AFTER, iteration=iteration), Place(Ref("C", 2)), typed)


@pytest.mark.parametrize(
    ("typed", "iteration", "said"),
    [
        (".2910277737", 2, "Correct to the digits given"),
        (".291027924", 2, f"One of {TRIED} candidates"),
        (".29", 2, "Correct to the digits given"),
        (".7", 2, f"None of {TRIED} candidate mistakes"),
        (".2905", 2, f"None of {TRIED} candidate mistakes"),
        (".3", 2, "Too few digits"),
        ("-.29", 2, f"2 significant digits fit one of {TRIED}"),
        (".7", 9000, "The iteration is too late"),
    ],
)
def test_how_many_candidates_fit_is_said(typed, iteration, said):
    assert verdict(search(typed, iteration), "en").startswith(said)
    assert verdict(search(typed, iteration), "zh") != verdict(search(typed, iteration), "en")


@pytest.mark.parametrize(("lang", "words"), [("en", "output weights updated first"), ("zh", "先更新了输出层权重")])
def test_a_cause_is_named_with_the_number_that_it_gives(lang, words):
    found = search(".291027924")
    said = explanation(found.explanations[0], lang)
    assert words in said
    assert "0.2910279239" in said


def test_a_slip_of_the_pen_gives_no_other_number():
    found = search("0.2910277736")
    assert "gives" not in explanation(found.explanations[0], "en")
