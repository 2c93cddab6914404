"""Text from outside, by link, file or keyboard, is shown as it is written on every page, and is never markup."""

import ast
import io
import json
from pathlib import Path

import numpy as np
import pytest

from engine import Text
from engine.settings import BODY, HEAD
from engine.settings import FIELDS as TASK
from tests.engine.weights.samples import ARRAYS
from tests.pages.app import APP, checked, press, session, visit
from tests.pages.training import finish, trained, type_into
from visualizer.landscape import FIELDS as SITE
from visualizer.pages.session import state as _state
from visualizer.slides import Ask, Lesson, Stop
from visualizer.teaching import OWN, packed
from visualizer.writing import PAGES, in_markdown

MARKUP = "![x](http://a.test/x)[y](http://a.test)$z$:red[q]<b>"
AS_MARKDOWN = {"body", "label", "help", "text", "content", "caption"}  # fields that Streamlit draws as Markdown
VIEW = ("step", "granularity", "sample", "unfold", "digits", "lesson", "stop", "pixels", "level", "section", "find")
QUERY = dict.fromkeys((*HEAD, *BODY, *TASK, *SITE, *VIEW, "experiment", "runs"), MARKUP)
SINKS = {
    "markdown",
    "toast",
    "caption",
    "warning",
    "info",
    "error",
    "success",
    "button",
    "progress",
    "popover",
    "expander",
}


def written(node):
    """The texts that a page gives to be drawn as Markdown."""
    for child in getattr(node, "children", {}).values():
        yield from written(child)
    yield from _texts(getattr(node, "proto", None))


def _texts(message):
    for field, value in message.ListFields() if hasattr(message, "ListFields") else ():
        if isinstance(value, str):
            yield from [value] if field.name in AS_MARKDOWN else []
        elif not isinstance(value, bytes | int | float):
            for each in value if hasattr(value, "__iter__") else [value]:
                yield from _texts(each)


def seen(app):
    """The texts drawn as Markdown; none of them is the markup that came from outside."""
    drawn = list(written(app._tree))
    assert len(drawn) > 5
    assert not [text for text in drawn if MARKUP[:12] in text or "<b>" in text or "$z$" in text]
    return drawn


@pytest.mark.parametrize("page", PAGES)
def test_a_link_full_of_markup_is_no_markup(page):
    drawn = seen(visit(page, **QUERY))
    assert any(in_markdown(MARKUP) in text for text in drawn)


@pytest.mark.parametrize(("rows", "targets"), [(f"{MARKUP},b\nx,1", ""), (f"a,b\n{MARKUP},1", ""), ("1,2", MARKUP)])
def test_columns_and_cells_of_a_table_are_no_markup(rows, targets):
    app = visit("train", data="own", rows=rows, targets=targets)
    assert any(in_markdown(MARKUP) in text for text in seen(app))


def test_the_name_of_a_run_is_no_markup():
    runs = [{"parts": [[0, {"epochs": "3"}]], "name": MARKUP, "loss": "7"}]
    app = visit("train", runs=json.dumps(runs), epochs="3")
    for _ in range(20):
        if not session(app).lab.snapshot().playing:
            break
        checked(app.run())
    assert session(app).lab.snapshot().strays
    assert any(in_markdown(MARKUP) in text for text in seen(checked(app.run())))
    (chart,) = (c.proto for c in app.get("plotly_chart") if "loss_curves" in c.proto.id)
    assert "<b>" not in chart.spec
    assert "&lt;b&gt;" in chart.spec
    app.switch_page("landscape/landscape.py")
    assert any(in_markdown(MARKUP) in text for text in seen(checked(app.run())))


def _opened(app, *folders):
    for folder in folders:
        app.session_state[folder] = True
        checked(app.run())
    return app


TAGS = MARKUP.replace("$z$", "")  # a formula is one in a note


def test_the_words_of_a_lesson_are_no_markup_but_what_a_note_marks():
    words = Text(TAGS, TAGS)
    stop = Stop({"example": "mazur", "step": "z.1"}, words, ask=Ask(words, (words, words), 0), name="a", part=words)
    lesson = Lesson(OWN, words, words, 3, (stop, Stop({"step": "c"}, words, name="b")))
    app = visit(lesson=OWN, own=packed(lesson), lang="en")
    label = in_markdown(TAGS)
    assert sum(label in text for text in seen(app)) == 5  # place, question, two answers, note
    press(app, "lesson_edit")
    assert sum(label in text for text in seen(app)) == 1  # the name of the lesson
    assert sum(label in text for text in seen(_opened(app, "maker_slides", "lessons"))) == 4
    press(app, "maker_slide_a")
    seen(_opened(app, "maker_ask"))
    assert label in app.selectbox(key="maker_right_a").options


def test_columns_and_classes_of_a_prepared_table_are_no_markup():
    rows = f"{MARKUP},b,kind\n" + "".join(f"{i},{i * i},{MARKUP if i % 2 else 'x'}\n" for i in range(6))
    app = visit("train", data="own", rows=rows, prepared="1")
    assert any(in_markdown(MARKUP[:20]) in text for text in seen(app))


def test_the_names_of_logs_and_of_the_series_in_them_are_no_markup():
    app = visit("train", epochs="3")
    checked(app.button_group(key="train_view_all").set_value("outside").run())
    (files,) = (each for each in app.file_uploader if each.key.startswith("outside_files"))
    held = f"#,{MARKUP},loss\n".encode() + b"".join(b"%d,%d,0.5\n" % (i, i) for i in range(4))
    checked(files.upload(f"{MARKUP}.csv", held).run())
    assert any(in_markdown(f"{MARKUP}.csv") in text for text in seen(app))
    press(app, "outside_add")
    seen(app)


def test_the_names_of_two_runs_beside_each_other_are_no_markup():
    app = trained(epochs="3")
    press(app, "train_keep")
    finish(press(type_into(app, eta="0.7"), "train_play"))
    lab = session(app).lab
    for run in lab.snapshot().runs:
        lab.alter(run.colour, name=MARKUP)
    checked(app.button_group(key="train_view_all").set_value("pair").run())
    assert sum(in_markdown(MARKUP) in text for text in seen(app)) >= 2


def _npz(**arrays):
    held = io.BytesIO()
    np.savez(held, **arrays)
    return held.getvalue()


def _uploaded(name, content):
    app = _opened(visit(), "files")
    return checked(app.file_uploader(key="open_file").upload(name, content).run())


@pytest.mark.parametrize(
    "content",
    [
        b"rubbish",
        _npz(**{f"{MARKUP.replace('/', '_')}.weight": np.ones((2, 2, 2))}),
        _npz(W1=np.ones((2, 2)), b1=[1, 1]),
    ],
    ids=["rubbish", "names in it", "good"],
)
def test_names_of_a_file_and_in_it_are_no_markup(content):
    app = _uploaded(f"{MARKUP}.npz", content)
    assert session(app).imported or session(app).problems
    assert app.warning or any(in_markdown(f"{MARKUP}.npz") in text for text in seen(app))
    seen(app)


def test_names_of_arrays_in_a_remark_are_no_markup():
    pytest.importorskip("torch")
    name = MARKUP[:24].replace("/", "_").replace(".", "_")
    arrays = {f"{name}.weight_g": np.ones((3, 1)), f"{name}.weight_v": np.ones((3, 2)), f"{name}.bias": np.ones(3)}
    app = _uploaded("net.pt", ARRAYS["torch"](arrays))
    assert any(in_markdown(f"{name}.weight") in text for text in seen(app))


def test_what_is_typed_is_no_markup():
    app = visit("examples")
    app.text_area(key="claims").set_value(f"{MARKUP} 1")
    press(app, "compare")
    assert any(in_markdown(MARKUP[:20]) in text for text in seen(app))
    app = visit("exercises")
    checked(next(field for field in app.text_input if field.key.startswith("cell_")).set_value(MARKUP).run())
    assert any(in_markdown(MARKUP) in text for text in seen(app))


PAGE_FILES = [APP, *sorted(Path(_state.__file__).parents[1].glob("**/*.py"))]


@pytest.mark.parametrize("path", PAGE_FILES, ids=lambda path: path.name)
def test_no_page_draws_a_complaint_other_than_as_it_is_written(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if isinstance(call.func, ast.Attribute) and call.func.attr in SINKS:
            assert not _outside(call), f"{path.name}:{call.lineno}: {ast.unparse(call)}"
    for name in ("Text", "Mark"):  # words that are kept, to be drawn later
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == name:
                assert not _outside(call), f"{path.name}:{call.lineno}: {ast.unparse(call)}"


def _outside(node):
    """Whether words from outside are in an expression other than through the function that escapes plain text."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == in_markdown.__name__:
        return False
    if isinstance(node, ast.Attribute) and node.attr in ("sentence", "received"):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("labels", "complaint"):
        return True
    return any(map(_outside, ast.iter_child_nodes(node)))
