import json
import re
from html.parser import HTMLParser

import pytest

from engine import Dense, InputError, Network
from engine.core import LANGUAGES, TAGS
from engine.passes import trace
from tests.visualizer.oracles import GRAINS, LARGE, MODELS, builder_of
from visualizer.equations import symbolic, why
from visualizer.exports import export, stage_html
from visualizer.exports.export import MOST_POSITIONS
from visualizer.lecture import GRANULARITIES
from visualizer.scene import all_keyframes, scene_builder
from visualizer.stage import script
from visualizer.writing import TRANSPORT, mathml, palette


class Page(HTMLParser):
    """A page as a browser parses it: its elements with their attributes, and the text of each."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in ("meta", "link", "input"):
            self.open.append(self.elements[-1])

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if self.open:
            self.open[-1][2].append(data)

    def texts(self, tag, **attributes):
        wanted = attributes.items()
        return ["".join(text) for name, has, text in self.elements if name == tag and wanted <= has.items()]


def lecture(text):
    (content,) = Page(text).texts("script", type="application/json")
    return json.loads(content)


@pytest.mark.parametrize("grain", GRAINS)
@pytest.mark.parametrize("name", ["mazur", "softmax inside", "three samples"])
def test_a_page_holds_the_keyframes_and_the_words_of_every_position(name, grain):
    builder = builder_of(MODELS[name], grain)
    held = lecture(stage_html(builder))
    keyframes = all_keyframes(builder.plan)
    made = json.loads(json.dumps(keyframes.data))
    assert {key: held["keyframes"][key] for key in made} == made
    assert held["numbers"]["values"] == keyframes.numbers(builder.values)
    assert held["numbers"]["keyframes"] == held["keyframes"]["id"]
    assert len(held["moments"]) == len(builder.lecture) + 1
    for position, (step, numbers, worked, equation) in enumerate(held["moments"]):
        at = builder.lecture.moment(position).step
        assert step == at + 1
        assert bool(numbers and worked) == (position > 0)
        shown = {item.id for item in builder.items} | {""}
        assert {cell for matrix in equation["cells"] for row in matrix.split("|") for cell in row.split(" ")} <= shown
        if position:
            rule, layer = builder.trace.steps[at].rule, builder.trace.steps[at].layer
            words = held["steps"][step]
            assert (words["title"], words["why"]) == (
                rule.title.format(l=layer)("en"),
                why(builder.trace, builder.trace.steps[at])("en"),
            )
            assert words["symbols"] == mathml(symbolic(builder.trace, builder.trace.steps[at]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_are_the_reader_s(lang):
    builder = builder_of(MODELS["mazur"], lang=lang)
    text = stage_html(builder)
    page, held = Page(text), lecture(text)
    assert page.texts("html", lang=TAGS[lang])
    assert page.texts("button", type="button")[:4] == [label(lang) for label, _ in TRANSPORT.values()]
    assert [entry["text"] for entry in held["keyframes"]["legend"]] == [
        entry["text"] for entry in builder.plan.legend()
    ]
    assert held["steps"][9]["why"] == why(builder.trace, builder.trace.steps[8])(lang)


def test_nothing_in_a_page_comes_from_elsewhere():
    text = stage_html(builder_of(MODELS["mazur"]))
    page = Page(text)
    assert not [attrs for _, attrs, _ in page.elements if {"src", "srcset", "action"} & attrs.keys()]
    assert [attrs["href"] for _, attrs, _ in page.elements if "href" in attrs] == ["data:,"]
    assert not re.search(r"@import|url\(|(?<!:)//(?!www\.w3\.org)\w", "".join(page.texts("style")))
    assert set(re.findall(r"https?://[\w.]+", text)) == {"http://www.w3.org"}  # the name of SVG
    (policy,) = [attrs["content"] for _, attrs, _ in page.elements if attrs.get("http-equiv")]
    assert "default-src 'none'" in policy


def test_the_script_and_the_styles_are_the_stage_s_own():
    page = Page(stage_html(builder_of(MODELS["mazur"])))
    (held,) = page.texts("script", type="module")
    assert held.strip() == script("files/export").strip()
    styles = "".join(page.texts("style"))
    assert "$" not in styles
    assert palette.READ in styles
    assert all(colour in styles for ground in palette.GROUNDS.values() for colour in ground)


@pytest.mark.parametrize("evil", ["</script><b id=x>", "<!-- <script>", '"><b id=x>', "a & b", "$title"])
def test_no_words_can_leave_their_place(evil, monkeypatch):
    builder = builder_of(MODELS["mazur"])
    monkeypatch.setattr(export, "GIVEN_WHY", lambda _lang: evil)
    text = stage_html(builder, evil)
    page = Page(text)
    assert not [attrs for _, attrs, _ in page.elements if attrs.get("id") == "x"]
    assert len(page.texts("script")) == 2
    assert page.texts("title")[0] == page.texts("h1")[0].strip() == evil
    assert lecture(text)["steps"][0]["why"] == evil


@pytest.mark.parametrize("evil", ["// </script>", "'</SCRIPT>'", "`<!--`"])
def test_a_script_cannot_end_its_element(evil):
    safe = export.as_script(evil)
    assert not re.search("</script|<!--", safe, re.IGNORECASE)
    assert safe.replace("<\\", "<") == evil


def test_a_grain_too_fine_for_one_file_gives_way_and_the_page_says_so():
    builder = builder_of(LARGE["8-16-16-4"], "weight")
    coarser = builder_of(LARGE["8-16-16-4"], "neuron")
    assert len(builder.lecture) > MOST_POSITIONS >= len(coarser.lecture)
    text = stage_html(builder)
    assert lecture(text)["keyframes"]["last"] == len(coarser.lecture)
    (settings,) = [text for text in Page(text).texts("p") if "η" in text]
    for word in (GRANULARITIES["neuron"]("en"), GRANULARITIES["weight"]("en"), len(builder.lecture), MOST_POSITIONS):
        assert str(word) in settings


def test_a_lecture_that_is_too_long_by_layers_is_refused():
    deep = Network(Dense([[0.5]], [0.1], "tanh") for _ in range(MOST_POSITIONS // 5 + 1))
    builder = scene_builder(trace(deep, [0.1], [0.2]), "neuron", "en")
    with pytest.raises(InputError, match=f"at most {MOST_POSITIONS}"):
        stage_html(builder)


def test_a_pass_without_an_update_has_a_page_too():
    net = Network((Dense([[0.5]], [0.1], "tanh"),))
    text = stage_html(scene_builder(trace(net, [0.1], [0.2]), "layer", "en"))
    assert lecture(text)["keyframes"]["last"] == 6  # z, a, C, BP1, BP3, BP4
