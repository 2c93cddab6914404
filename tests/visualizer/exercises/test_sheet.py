import re
from html.parser import HTMLParser

import pytest

from engine.core import LANGUAGES, TAGS
from visualizer.exercises import CHECK, LEVELS, Nudged, all_cells, exercise, sheet_html, sheets_html
from visualizer.writing import number, palette

SHEETS = [(level, lang, solved) for level in LEVELS for lang in LANGUAGES for solved in (False, True)]
every_sheet = pytest.mark.parametrize(("level", "lang", "solved"), SHEETS)


class Page(HTMLParser):
    """The elements of a page, its nesting checked."""

    def __init__(self, text):
        super().__init__()
        self.open, self.elements = [], []
        self.feed(text)
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))
        if tag not in ("meta", "link"):
            self.open.append(self.elements[-1])

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for element in self.open:
            element[2].append(data)

    def texts(self, tag, **attributes):
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}.items()
        return ["".join(text) for name, has, text in self.elements if name == tag and wanted <= has.items()]


def value_of(made, cell):
    return cell.value if isinstance(cell, Nudged) else made.value(cell)


@every_sheet
def test_a_sheet_has_a_place_for_every_number_and_fills_it_in_a_solution_only(level, lang, solved):
    made = exercise(level, 3)
    page = Page(sheet_html(made, lang, solved))
    cells = list(all_cells(made).values())
    boxes = [text.split() for text in page.texts("div", class_="cell")]
    assert len(boxes) == len(cells)
    for cell, box in zip(cells, boxes, strict=True):
        assert box[-1].endswith(number(value_of(made, cell), 6)) == solved or not solved
    filled = [text for text in page.texts("span") if text]
    worked = [text for text in page.texts("div", class_="worked") if text]
    assert len(worked) == (len(made.cells()) + 1 if solved else 0)
    numbers = [number(value_of(made, cell), 6) for cell in cells]
    assert [text for text in filled if text in numbers] == (numbers if solved else [])


@every_sheet
def test_a_sheet_speaks_its_language_and_shows_the_steps_in_order(level, lang, solved):
    made = exercise(level, 2)
    text = sheet_html(made, lang, solved)
    page = Page(text)
    assert page.texts("html", lang=TAGS[lang])
    titles = [step.rule.title.format(l=step.layer)(lang) for step, _ in made.cells()]
    heads = page.texts("h2")[1:]
    assert CHECK(lang) in heads.pop()
    assert len(heads) == len(titles)
    assert not [words for words in page.texts("mtext") if words.startswith("\\")]  # TeX that MathML does not know
    assert all(title in head for title, head in zip(titles, heads, strict=True))
    assert bool(re.search("[\u4e00-\u9fff]", "".join(page.texts("body")))) == (lang == "zh")


@pytest.mark.parametrize("solved", [False, True])
def test_nothing_in_a_sheet_comes_from_elsewhere(solved):
    page = Page(sheet_html(exercise("sigmoid", 1), "en", solved))
    assert not [has for _, has, _ in page.elements if {"src", "srcset", "action"} & has.keys()]
    assert [has["href"] for _, has, _ in page.elements if "href" in has] == ["data:,"]
    (policy,) = [has["content"] for _, has, _ in page.elements if has.get("http-equiv")]
    assert "default-src 'none'" in policy
    (style,) = page.texts("style")
    assert "$" not in style
    assert set(re.findall(r"#[0-9a-f]{6}", style)) <= {
        palette.ZERO,
        palette.READ,
        palette.WRITE,
        *palette.GROUNDS["light"],
        *palette.GROUNDS["dark"],
    }


@pytest.mark.parametrize("solved", [False, True])
def test_the_sheets_of_a_class_are_one_file_with_an_exercise_each(solved):
    page = Page(sheets_html([exercise("relu", seed) for seed in range(4, 9)], "en", solved))
    titles = page.texts("h1")
    assert len(page.texts("article")) == len(titles) == 5
    assert [re.search(r"\d+", title)[0] for title in titles] == [str(seed) for seed in range(4, 9)]
