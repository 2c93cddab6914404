"""Numbers of one's own: edited in the middle of a lecture, taken back, handed on as a link or as a file."""

import pytest

from tests.browser.steps import CHART, MAZUR, edge, press, to_agree, to_agree_somewhere
from tests.visualizer.oracles import builder_of
from visualizer.state import choices, with_value

pytestmark = pytest.mark.browser
FIELD = ".st-key-edit_value input"
IDS = "(nodes) => [...new Set(nodes.map((node) => node.dataset.choose))]"
NO_CLIPBOARD = "Object.defineProperty(Navigator.prototype, 'clipboard', { get: () => undefined })"


def edited(builder, element, value):
    """The scene builder after an element has got another value."""
    choice = choices(builder.drawing)[element]
    return builder_of(with_value(MAZUR, builder.trace, choice, 0, value), builder.lecture.granularity)


def marked(page, state):
    return set(page.locator(f"{CHART} .{state}").evaluate_all(IDS))


def edit(page, element, text, before):
    """Choose the number on an edge and replace it."""
    edge(page, element).click()
    field = page.locator(FIELD).first
    field.wait_for()
    assert field.input_value() == before
    field.fill(text)
    press(page, "ArrowLeft", "ArrowRight", "Home", "End")  # they belong to the field while it is typed in
    press(page, "Enter")


def test_an_edit_in_the_middle_of_the_backward_pass_marks_what_depends_on_it_and_is_taken_back(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    after = edited(builder, "W.2.1.1", 1 / 3)
    numbers = [{item.id: look[1] for item, look in made.scene(9).looks.items()} for made in (builder, after)]
    differ = {name for name, text in numbers[0].items() if text != numbers[1][name]}
    page = visit(example="mazur", step="bp2.1")
    to_agree(page, builder, 9)
    edit(page, "W.2.1.1", "1/3", "0.4")
    to_agree(page, after, 9)
    assert marked(page, "changed") == differ
    assert {"C", "W.2.1.1", "a.2.1", "a.1.2"} <= differ
    assert {"a.0.1", "y.1", "W.1.1.1", "b.1.1"}.isdisjoint(differ)
    field = page.locator(FIELD).first
    for keys, back, text in (("Control+z", builder, "0.4"), ("Control+Shift+Z", after, "0.3333333333333333")):
        press(page, keys)
        to_agree(page, back, 9)
        expect(field).to_have_value(text)
        assert marked(page, "changed") == differ
    press(page, "ArrowRight")
    to_agree(page, after, 10)
    assert marked(page, "changed") == set()
    page.locator(".st-key-undo button").first.click()
    to_agree(page, builder, 9)  # as it was when the number was typed


def test_a_cell_of_a_matrix_chooses_what_it_stands_for(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(example="mazur", step="z.2")
    to_agree(page, builder, 3)
    for text, name in (("0.55", "W.2.2.2"), ("0.4", "W.2.1.1"), ("0.5969", "a.1.2"), ("1.225", "a.2.2")):
        page.locator(".st-key-equation .bmatrix mn").get_by_text(text, exact=True).first.click()
        expect(page.locator(f'{CHART} .chosen[data-choose="{name}"]')).not_to_have_count(0)
        assert marked(page, "chosen") == {name}
    press(page, "ArrowRight")
    to_agree(page, builder, 4)


def test_the_share_button_copies_the_link_or_shows_it(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder = builder_of(MAZUR)
    page = visit(example="mazur", step="c", settings={"permissions": ["clipboard-read", "clipboard-write"]})
    to_agree(page, builder, 5)
    page.locator(f"{CHART} .share").click()
    expect(page.locator(f"{CHART} .said")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page = visit(page.url, script=NO_CLIPBOARD)
    to_agree(page, builder, 5)
    page.locator(f"{CHART} .share").click()
    link = page.locator(f"{CHART} .link")
    expect(link).to_have_value(page.url)
    assert link.evaluate("(field) => field.value.slice(field.selectionStart, field.selectionEnd)") == page.url
    press(page, "ArrowRight")  # it is nothing to type in
    expect(link).to_be_hidden()
    to_agree(page, builder, 6)


def test_a_saved_file_opens_the_same_numbers_at_the_same_step(visit, tmp_path):
    builder = builder_of(MAZUR, "neuron")
    after = edited(builder, "W.1.2.1", -0.75)
    page = visit(example="mazur", granularity="neuron", step="bp4.2.1")
    there = builder.lecture.position("bp4.2.1")
    to_agree(page, builder, there)
    edit(page, "W.1.2.1", "-0,75", "0.25")
    press(page, "ArrowRight")  # at once: the field has given the keys back
    there += 1
    to_agree(page, after, there)
    page.locator(".st-key-files button").first.click()
    with page.expect_download() as download:
        page.locator(".st-key-save_file button").first.click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    other = visit(example="xor", lang="en")
    other.locator(".st-key-files button").first.click()
    other.locator(".st-key-open_file input").set_input_files(path)
    to_agree(other, after, there)
    assert to_agree_somewhere(other) == to_agree_somewhere(page, 0)


def test_a_fold_is_opened_page_by_page_and_closed_again(visit):
    page = visit(sizes="784-128-128-10", activations="relu-relu-softmax", step="z.2")
    model, _ = to_agree_somewhere(page)
    for layer, pages in ((2, 4), (3, 1)):
        for unfolded in (*((layer, number) for number in range(1, pages + 1)), None):
            page.locator(f'{CHART} g.fold[data-unfold="{layer}"] .shape').click()
            to_agree(page, builder_of(model, unfolded=unfolded), 3)
        assert "unfold" not in page.url


def test_a_field_that_is_drawn_late_on_a_slow_line_holds_its_value(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    builder, late = builder_of(MAZUR), []

    def hold(asked):
        late.append(asked)

    page = visit(example="mazur", step="bp1.2")
    page.route("**/Slider.*", hold)
    edge(page, "W.1.1.1").click()
    page.locator(FIELD).first.fill("rubbish")
    press(page, "Enter")  # the picture that says what the slider holds is followed by one that need not
    page.get_by_text("this is not a number").wait_for()
    assert late
    for asked in late:
        asked.continue_()
    expect(page.locator("[class*=st-key-edit_drag] input")).to_have_value("0.15")
    press(page, "ArrowRight")  # tells the server what all fields hold
    to_agree(page, builder, 7)
