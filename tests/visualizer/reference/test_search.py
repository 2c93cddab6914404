import pytest

from engine.text import LANGUAGES
from visualizer.reference import SECTIONS, entries, search
from visualizer.reference.algorithm import STAGES, flow_chart


@pytest.mark.parametrize("section", SECTIONS)
def test_every_entry_is_found_by_its_title_in_either_language(section):
    for entry in entries(section):
        for title in entry.title:
            assert (section, entry) in search(title)


@pytest.mark.parametrize(
    ("text", "name"),
    [("RELU", "relu"), ("ＲｅＬＵ", "relu"), ("梯度 消失", "vanishing"), ("Kingma", "adam"), ("KL", "kl_divergence")],
)
def test_case_width_language_and_sources_do_not_matter(text, name):
    assert name in [entry.name for _, entry in search(text)]


def test_what_is_called_so_comes_before_what_only_mentions_it():
    assert search("softmax")[0][1].name == "softmax"


@pytest.mark.parametrize("text", ["", "   ", "zzqx", "relu zzqx"])
def test_nothing_is_found_for_nothing(text):
    assert search(text) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_flow_chart_has_every_step_in_the_order_of_the_algorithm(lang):
    drawn = flow_chart(lang)
    places = [drawn.index(stage.title(lang)) for stage in STAGES]
    assert places == sorted(places)
    assert drawn.count("↓") == len(STAGES)
    assert drawn.count("<div") == drawn.count("</div>")
