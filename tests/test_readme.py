"""The README: its commands are the ones that CI runs, and its code gives its results, in both languages."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest

from engine.examples import EXAMPLES
from engine.studies import MOST_RATES, MOST_SEEDS
from visualizer.address import opened
from visualizer.lab import lab_from_query
from visualizer.lessons import LESSONS
from visualizer.writing import PAGES

ROOT = Path(__file__).parent.parent
READMES = [ROOT / name for name in ("README.md", "README.zh-CN.md")]
ENGLISH = {
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "fifteen": 15,
    "forty": 40,
}
CHINESE = {"六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "十五": 15, "四十": 40}
FENCED = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)


def blocks(path, language):
    return [code for name, code in FENCED.findall(path.read_text(encoding="utf-8")) if name == language]


def test_both_readmes_give_the_same_two_commands():
    english, chinese = (blocks(path, "sh") for path in READMES)
    assert english == chinese
    assert len(english) == 2


def test_ci_runs_the_test_command_of_the_readme():
    assert blocks(READMES[0], "sh")[1] in (ROOT / ".ci/run").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_example_prints_what_its_comments_say(path):
    (code,) = blocks(path, "python")
    names = {}
    exec(code, names)
    t = names["t"]
    said = dict(re.findall(r"^(t\.\w+.*?|check.*?\.passed)\s+# (.*)$", code, re.MULTILINE))
    assert t.loss == pytest.approx(float(said["t.loss"]), rel=1e-15)
    assert np.allclose(t.value("delta", 2), eval(said['t.value("delta", 2)']), atol=5e-9)
    assert [step.address for step in t.steps] == re.search(r"# (z\.1 .*)", code)[1].split()


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_picture_is_there(path):
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", path.read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size for picture in pictures)


def number(word):
    """A number as a README writes it: as a word, which may have to be added above, or in digits."""
    return (ENGLISH | CHINESE).get(word.lower()) or int(word)


@pytest.mark.parametrize(
    ("path", "sentence", "numbers"),
    [
        (
            READMES[0],
            r"(\w+) lessons are included, one of them a (\w+)-minute lecture",
            (len(LESSONS), LESSONS["lecture"].minutes),
        ),
        (READMES[1], r"附带(\w+?)节讲解，其中一节是带课堂提问的(\w+?)分钟", (len(LESSONS), LESSONS["lecture"].minutes)),
        (READMES[0], r"(\w+) published examples", (len(EXAMPLES),)),
        (READMES[1], r"“算例”页：(\w+?)个已发表的算例", (len(EXAMPLES),)),
        (READMES[0], r"up to (\d+) seeds at up to (\d+) learning rates", (MOST_SEEDS, MOST_RATES)),
        (READMES[1], r"最多 (\d+) 个种子 × (\d+) 个学习率", (MOST_SEEDS, MOST_RATES)),
    ],
)
def test_what_is_counted_is_there(path, sentence, numbers):
    words = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))  # a sentence may stand in two lines
    (said,) = re.findall(sentence, words)
    assert tuple(map(number, [said] if isinstance(said, str) else said)) == numbers


@pytest.mark.parametrize(("path", "lang"), [(READMES[0], "en"), (READMES[1], "zh")], ids=["en", "zh"])
def test_every_page_has_its_row(path, lang):
    rows = re.findall(r"^\| ([^|]+?) \| [^|]+ \|$", path.read_text(encoding="utf-8"), re.MULTILINE)
    titles = [page(lang) for page in PAGES.values()]
    assert [row for row in rows if row in titles] == titles


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_link_opens_what_it_says(path):
    links = re.findall(r"`/?([a-z]*)\?([^`\s]+=[^`\s]+)`", path.read_text(encoding="utf-8"))
    assert {page for page, _ in links} == {"", "train", "landscape", "check", "examples", "reference", "exercises"}
    for page, text in links:
        query = dict(parse_qsl(text))
        assert opened(page or "stage", query, "en")[2] == []
        assert page != "train" or lab_from_query(query)[2] == []
