"""Links and files of before open to what they opened to then: the same network, numbers, loss, step and picture."""

import json
import re
from math import isclose
from pathlib import Path

import pytest

from tests.corpus.facts import of_file, of_link

HERE = Path(__file__).parent
LINKS = json.loads((HERE / "links.json").read_text(encoding="utf-8"))
FILES = json.loads((HERE / "files.json").read_text(encoding="utf-8"))
PAGES = {"stage", "train", "landscape", "check", "examples", "exercises", "reference"}
TRAINED = ("runs.", "path.", "ground.")


def is_same(name, now, before):
    """Whether two facts are equal, but for last digits: processors differ in them, and a training adds up."""
    if isinstance(now, float) and isinstance(before, float):
        return isclose(now, before, rel_tol=1e-9 if name.startswith(TRAINED) else 1e-12, abs_tol=1e-15)
    if isinstance(now, str) and isinstance(before, str) and name in ("found", "section"):
        return set(before.split(", ")) <= set(now.split(", "))  # the reference grows
    if isinstance(now, str) and isinstance(before, str) and re.fullmatch(r"runs\.\d+\.(en|zh)", name):
        return figures(now)[: len(figures(before))] == figures(
            before
        )  # words are mended; what changed midway comes last
    return now == before


def figures(name):
    """The numbers in the name of a run."""
    return re.findall(r"\d[\d.]*", name)


def changes(now, before):
    """All that is not as it was, by name."""
    names = sorted({*now, *before})
    return {n: (now.get(n), before.get(n)) for n in names if not is_same(n, now.get(n), before.get(n))}


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link["name"])
def test_a_link_opens_to_what_it_opened_to(link):
    assert changes(of_link(link["page"], link["address"]), link["facts"]) == {}


@pytest.mark.parametrize("name", FILES)
def test_a_file_opens_to_what_it_opened_to(name):
    assert changes(of_file(name, (HERE / "files" / name).read_bytes()), FILES[name]) == {}


def test_every_page_every_file_and_both_languages_are_in_it():
    assert {link["page"] for link in LINKS} == PAGES
    assert set(FILES) == {path.name for path in (HERE / "files").iterdir()}
    assert {link["facts"]["stage.view"].split()[1] for link in LINKS} == {"en", "zh"}


def test_a_change_is_seen_and_rounding_is_none():
    assert changes({"loss": 0.1 + 0.2, "step": "c"}, {"loss": 0.3, "step": "c"}) == {}
    assert (
        changes(
            {"found": "a, b, c", "runs.0.en": "Adam · η = 0.1 · 2"}, {"found": "c, a", "runs.0.en": "adam · η = 0.1"}
        )
        == {}
    )
    assert set(changes({"found": "a"}, {"found": "a, b"})) == {"found"}
    assert set(changes({"runs.0.en": "Adam · η = 0.1"}, {"runs.0.en": "Adam · η = 0.2"})) == {"runs.0.en"}
    assert set(changes({"loss": 0.3 + 1e-11, "step": "a.1", "new": 1}, {"loss": 0.3, "step": "c"})) == {
        "loss", "step", "new",
    }  # fmt: skip
