import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from engine import OPTIMIZERS
from tests.browser.steps import press, to_rest
from visualizer.writing import PAGES

pytestmark = pytest.mark.browser
SPIRAL = {"data": "spiral", "size": "60", "hidden": "8", "activations": "tanh-sigmoid", "loss": "binary_cross_entropy"}
CURVES = ".st-key-loss_chart .js-plotly-plot"
READY = ".st-key-train_controls"
LINES = f"""() => document.querySelector("{CURVES}")?.data?.filter((line) => line.mode?.startsWith("lines"))
  ?.map((line) => [line.name, line.x.length, Array.from(line.y).at(-1)])"""
EPOCH = ".st-key-train_slider input"


def train(visit, link="", **query):
    page = visit(link, path="train", ready=READY, **query)
    to_rest(page)
    return page


def lines(page, count):
    """The name, the number of points and the last loss of each curve, once there are so many."""
    page.wait_for_function(f"(count) => ({LINES})()?.length === count", arg=count)
    return page.evaluate(LINES)


def said(page):
    """The query of the Train page's address."""
    return dict(parse_qsl(urlsplit(page.evaluate("location.href")).query))


def runs(page, count):
    """The runs that the address holds, once they are so many and stand still."""
    page.wait_for_function(
        """(count) => {
          const runs = JSON.parse(new URLSearchParams(location.search).get("runs") ?? "[]");
          return runs.length === count && runs.every((run) => "loss" in run);
        }""",
        arg=count,
    )
    to_rest(page)
    return json.loads(said(page)["runs"])


def button(page, name):
    return page.locator(f".st-key-{name} button").first


def type_into(page, name, text):
    field = page.locator(f".st-key-train_{name} input")
    field.fill(text)
    field.press("Enter")


def look_at(page, epoch):
    """Bring the slider of the epochs to a place from its left end, with the keyboard alone."""
    page.locator(EPOCH).focus()
    press(page, "Home", *["ArrowRight"] * epoch)
    page.wait_for_function(
        f"""(epoch) => document.querySelector("{CURVES}")?.layout?.shapes.at(-1).x0 === epoch""", arg=epoch
    )
    to_rest(page)


def menu(page, name):
    page.locator(".st-key-menu a", has_text=PAGES[name].en).click()


def test_a_run_is_paused_changed_compared_opened_on_the_stage_and_still_there(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    page = train(visit, **SPIRAL, epochs="100000", eta="0.1")
    button(page, "train_play").click()
    expect(page.locator(".st-key-train_progress")).to_contain_text("left")
    button(page, "train_pause").click()
    (paused,) = runs(page, 1)
    done = int(paused["parts"][0][1]["epochs"])
    type_into(page, "eta", "0.5")
    type_into(page, "epochs", str(done + 40))
    expect(page.locator(".st-key-train_progress")).to_contain_text(f"of {done + 40:,}")
    button(page, "train_play").click()
    page.wait_for_function("""() => (new URLSearchParams(location.search).get("runs") ?? "").includes('"eta":"0.5"')""")
    (changed,) = runs(page, 1)
    assert [part[0] for part in changed["parts"]] == [0, done]
    button(page, "train_keep").click()
    expect(page.locator(".st-key-train_progress")).to_contain_text("Ready")
    type_into(page, "epochs", "30")
    page.locator(".st-key-train_view button", has_text="Compare").click()
    button(page, "family_optimizers").click()
    kept = runs(page, 1 + len(OPTIMIZERS))
    curves = lines(page, len(kept))
    look_at(page, 15)
    page.locator(".st-key-lang button", has_text="中文").click()
    expect(button(page, "train_open")).to_contain_text("在“逐步演示”中打开")
    expect(page.locator(EPOCH)).to_have_value("15")
    page.locator(".st-key-lang button", has_text="English").click()
    expect(button(page, "train_open")).to_contain_text("Open in Step through")
    for back in (lambda: menu(page, "train"), page.go_back):
        button(page, "train_open").click()
        page.wait_for_selector(".st-key-network_chart svg.stage[aria-label]")
        step_on(page)
        back()
        page.wait_for_selector(READY)
        assert lines(page, len(kept)) == curves
        assert runs(page, len(kept)) == kept
        expect(page.locator(EPOCH)).to_have_value("15")


@pytest.mark.parametrize(
    ("through", "shown"),
    [("stage", ".st-key-network_chart svg.stage[aria-label]"), ("reference", ".st-key-find input")],
)
def test_runs_are_still_there_after_another_page_was_loaded_anew(visit, through, shown):
    page = train(visit, **SPIRAL, epochs="30")
    button(page, "train_play").click()
    kept = runs(page, 1)
    menu(page, through)
    page.wait_for_selector(shown)
    to_rest(page)
    page.reload()
    page.wait_for_selector(shown)
    to_rest(page)
    page.wait_for_timeout(500)  # the browser hands over what it has kept after the page is there
    to_rest(page)
    menu(page, "train")
    page.wait_for_selector(READY)
    assert [run["parts"] for run in runs(page, 1)] == [run["parts"] for run in kept]


def step_on(page):
    """Press → on the stage, and see the first value of the forward pass."""
    from playwright.sync_api import expect  # noqa: PLC0415

    expect(page.locator(".st-key-step_position")).to_contain_text("0 / ")
    to_rest(page)
    press(page, "ArrowRight")
    expect(page.locator(".st-key-step_position")).to_contain_text("1 / ")
    page.wait_for_selector(".st-key-equation annotation", state="attached")  # it comes after the position
    to_rest(page)


def test_two_readers_do_not_see_each_others_runs_and_a_link_brings_them(visit):
    from playwright.sync_api import expect  # noqa: PLC0415

    one, other = train(visit, **SPIRAL, epochs="200"), train(visit)
    button(one, "train_play").click()
    button(other, "train_one").click()
    (first,), (second,) = runs(one, 1), runs(other, 1)
    assert first["loss"] != second["loss"]
    curve = lines(one, 1)
    again = train(visit, one.evaluate("location.href"))
    assert lines(again, 1) == curve
    assert runs(again, 1) == [first]
    expect(other.locator(".st-key-train_progress")).to_contain_text("epoch 1 of")
