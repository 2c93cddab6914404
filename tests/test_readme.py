"""The front door: its commands are the ones that CI runs, and its code does what it says, in both languages."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import numpy as np
import pytest

from visualizer.address import opened
from visualizer.lab_link import lab_from_query

ROOT = Path(__file__).parent.parent
READMES = [ROOT / name for name in ("README.md", "README.zh-CN.md")]
FENCED = re.compile(r"```(\w*)\n(.*?)```", re.S)


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
    said = dict(re.findall(r"^(t\.\w+.*?|check.*?\.passed)\s+# (.*)$", code, re.M))
    assert repr(t.loss) == said["t.loss"]
    assert np.allclose(t.value("delta", 2), eval(said['t.value("delta", 2)']), atol=5e-9)
    assert [step.address for step in t.steps] == re.search(r"# (z\.1 .*)", code)[1].split()


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_picture_is_there(path):
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", path.read_text(encoding="utf-8"))
    assert pictures
    assert all((ROOT / picture).stat().st_size for picture in pictures)


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_link_opens_what_it_says(path):
    links = re.findall(r"`/?([a-z]*)\?([^`\s]+=[^`\s]+)`", path.read_text(encoding="utf-8"))
    assert {page for page, _ in links} == {"", "train", "landscape", "check", "examples", "reference", "exercises"}
    for page, text in links:
        query = dict(parse_qsl(text))
        assert opened(page or "stage", query, "en")[2] == []
        assert page != "train" or lab_from_query(query)[2] == []
