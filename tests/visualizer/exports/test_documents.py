"""The worked solution in three formats and two languages: complete, well formed, and LaTeX that compiles."""

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from itertools import cycle

import pytest

from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.settings import Model
from tests.pages.app import CHINESE
from tests.visualizer.exports.cases import CASES, DIVERGED, model, subject_of
from visualizer.exports import EXPORTS
from visualizer.exports.solution import solution

LARGE = Model.drawn((30, 12, 4), ("relu", "softmax"), "xavier_uniform", 1)
STATES = {f"case {i}": model(i) for i in CASES} | {"large": LARGE, "diverged": DIVERGED}
STATES |= {name: Model.of_example(name) for name in ("mazur", "relu_softmax", "xor")}


class Nesting(HTMLParser):
    """Complains about an element that is not closed where it should be."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@pytest.mark.parametrize(("name", "lang"), list(zip(STATES, cycle(LANGUAGES), strict=False)))
def test_each_document_is_well_formed(name, lang):
    subject = subject_of(STATES[name], lang=lang)
    formulas = sum(block.kind == "formula" for block in solution(subject))
    html, latex, markdown = (EXPORTS[f"solution_{kind}"].make(subject) for kind in ("html", "tex", "md"))
    reader = Nesting()
    reader.feed(html)
    assert (reader.open, html.count("<math")) == ([], formulas)
    assert not re.search(r"https?://(?!www\.w3\.org/)|<script|\\[a-z]+|⟨", html)
    body = re.sub(r"\\[\\{}]", "", latex)
    assert body.count("{") == body.count("}")
    assert latex.count(r"\left") - latex.count(r"\leftarrow") == latex.count(r"\right")
    assert latex.count(r"\begin{") == latex.count(r"\end{")
    assert latex.count("\\formula{") == formulas
    assert markdown.count("$$\n") == 2 * formulas
    for text in (html, latex, markdown):
        assert bool(CHINESE.search(text)) == (lang == "zh")


@pytest.mark.skipif(not shutil.which("xelatex"), reason="no LaTeX is installed")
@pytest.mark.parametrize(("name", "lang"), [("mazur", "en"), ("case 7", "zh")])
def test_latex_compiles_with_every_sign(name, lang, tmp_path):
    state = replace(STATES[name], iteration=2)
    (tmp_path / "solution.tex").write_text(EXPORTS["solution_tex"].make(subject_of(state, lang=lang)), encoding="utf-8")
    command = ["xelatex", "-interaction=nonstopmode", "-halt-on-error", "solution.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=120)
    log = (tmp_path / "solution.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-2000:]
    assert "Missing character" not in log
    assert (tmp_path / "solution.pdf").stat().st_size > 10_000


def test_every_sign_of_every_text_is_known_to_latex():
    """Signs that its fonts lack would be left out of the document without a word."""
    for name in [*STATES, *EXAMPLES]:
        latex = EXPORTS["solution_tex"].make(subject_of(STATES.get(name) or Model.of_example(name)))
        assert re.findall(r"[^\x00-\x7f–—’“”…]", latex) == []
