import pytest

from visualizer.reference import SECTIONS, entries, search


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


@pytest.mark.parametrize(
    "text", ["w_jk", "w_{jk}", "w^l_{jk}", "w^{l}_{jk}", "wˡⱼₖ", "wjk", r"\delta^l_j", "δ_j", "δˡⱼ"]
)
def test_a_notation_is_found_however_its_indices_are_written(text):
    assert search(text)


@pytest.mark.parametrize("text", ["小恶魔", "恶魔", "demon"])
def test_the_demon_is_found_by_its_name_in_either_language(text):
    assert "demon" in [entry.name for _, entry in search(text)]


def test_a_thing_of_the_terms_has_one_name_in_chinese():
    """Things that had two names once: the one in the terms, and those that no page uses any more."""
    labels = {term.name: term.title.zh for section in SECTIONS for term in entries(section)}
    assert (labels["demon"], labels["kink"]) == ("Nielsen 的小恶魔", "不可导点")


def test_what_is_called_so_comes_before_what_only_mentions_it():
    assert search("softmax")[0][1].name == "softmax"


@pytest.mark.parametrize("text", ["", "   ", "zzqx", "relu zzqx"])
def test_nothing_is_found_for_nothing(text):
    assert search(text) == []
