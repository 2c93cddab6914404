import pytest

from engine.core import LANGUAGES, agrees
from engine.examples import EXAMPLES
from visualizer.checking import (
    PUBLISHED,
    REFERENCE,
    as_table,
    beside,
    comparison_table,
    first_wrong,
    judged,
    printed,
    reproduced,
    title,
)

every_example = pytest.mark.parametrize("name", EXAMPLES)


@every_example
def test_what_is_wrong_says_why_and_what_is_right_does_not(name):
    assert all(value.right == (value.stated.why is None) for value in judged(name))


@every_example
def test_a_wrong_value_leads_to_a_step_that_exists(name):
    for value in judged(name):
        assert value.address in [step.address for step in value.model.trace().steps]
        assert value.model.iteration == value.stated.iteration


@pytest.mark.parametrize(
    ("name", "address", "iteration"),
    [("relu_softmax", "z.1", 1), ("two_sigmoids", "a.2", 1), ("mazur", "c", 2), ("softmax_dead", "z.2", 1)],
)
def test_the_first_wrong_step(name, address, iteration):
    wrong = first_wrong(name)
    assert (wrong.address, wrong.stated.iteration) == (address, iteration)


def test_where_all_is_right_there_is_no_wrong_step():
    assert first_wrong("hagan") is None
    assert first_wrong("xor") is None


@every_example
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tables_have_a_row_for_each_number(name, lang):
    tables = {whose: comparison_table(name, whose, lang).splitlines() for whose in (PUBLISHED, REFERENCE)}
    for whose, (head, _, *rows) in tables.items():
        values = [value for value in judged(name) if (value.stated.where is None) == (whose is REFERENCE)]
        assert len(rows) == sum(max(1, len(value.entries)) for value in values)
        assert whose(lang) in head
    rows = [row for _, _, *own in tables.values() for row in own]
    marked = [row for row in rows if "✗" in row]
    wrong = [entry for value in judged(name) for entry in value.entries if not entry.right]
    unshaped = [value for value in judged(name) if not value.entries]
    assert len(marked) == len(wrong) + len(unshaped)


def test_a_row_shows_digits_as_printed_and_the_difference():
    assert as_table([("C", "0.3", "0.25", "+0.05", False)], PUBLISHED, "en").splitlines()[-1] == (
        "| C | :red-background[0.3] | **0.25** | +0.05 | :red[✗] |"
    )


def test_a_value_of_a_later_iteration_says_after_how_many_updates():
    late = {title(value, "en") for value in judged("mazur") if value.stated.iteration > 1}
    assert late == {"C after one update", "a² after 10,000 updates"}


@pytest.mark.parametrize(
    ("name", "which", "mistake"),
    [("mazur", 5, "sequential"), ("two_sigmoids", 1, "z_passed_on"), ("relu_softmax", 1, None)],
)
def test_the_mistake_behind_a_printed_value_is_found(name, which, mistake):
    found = reproduced(name, which)
    assert (found and found[0].parts[0].name) == mistake


@every_example
def test_what_is_not_equal_does_not_look_equal(name):
    for value in judged(name):
        for entry in value.entries:
            for fewest in (4, 10):
                shown = beside(entry, fewest).replace("−", "-")
                assert entry.right or not agrees(shown, float(entry.digits)), "it is the stated one, rounded"


def test_the_most_cited_wrong_number_has_the_digits_that_tell_it_apart():
    assert "| :red-background[0.291027924] | **0.2910277737** |" in comparison_table("mazur", PUBLISHED, "en")


def test_only_what_was_printed_is_published():
    counts = {name: (len(printed(name)), len(judged(name)) - len(printed(name))) for name in EXAMPLES}
    assert counts == {
        "relu_softmax": (7, 0),
        "mazur": (7, 0),
        "two_sigmoids": (5, 0),
        "nielsen": (1, 3),
        "nielsen_slow": (1, 1),
        "nielsen_cross_entropy": (0, 2),
        "nielsen_cross_entropy_slow": (0, 2),
        "homework": (0, 9),
        "softmax_dead": (1, 3),
        "hagan": (0, 8),
        "adam": (0, 6),
    } | dict.fromkeys(("xor", "saturated", "homework_dead_hidden", "homework_dead_output"), (0, 0))


@every_example
def test_a_wrong_number_was_printed_and_a_reference_value_is_right(name):
    assert all(value.stated.where for value in judged(name) if not value.right)


@every_example
def test_no_mistake_is_found_for_a_right_value(name):
    assert all(reproduced(name, which) is None for which, value in enumerate(judged(name)) if value.right)
