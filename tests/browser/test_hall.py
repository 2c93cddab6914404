"""A class in a room: browsers that follow a lecturer, look around, answer, and outlive what happens to servers."""

import json
import re
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from engine.core import LANGUAGES
from engine.examples import EXAMPLES
from engine.settings import Model
from tests.browser.cable import cable
from tests.browser.server import before, free_port, serve
from tests.browser.steps import CHART, MAZUR, builder_of, press, to_agree, to_rest
from visualizer.exports import moment_numbers
from visualizer.hall import KINDS
from visualizer.lessons import LESSONS

pytestmark = pytest.mark.browser
PICTURE = f"{CHART} svg.stage"
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CHINESE = {"locale": "zh-CN", "color_scheme": "dark"}
USUAL = {"locale": "en-US", "viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"}
SHADOW = "[...document.querySelectorAll('.st-key-hall_lead *')].map((node) => node.shadowRoot).find(Boolean)"
# where the stroke begins, as shares of the way from the first input to the last target and from there to the cost
UNDER_INK = """() => {
  const inside = document.querySelectorAll(".st-key-network_chart, .st-key-network_chart *");
  const roots = [...inside].map((node) => node.shadowRoot);
  const svg = roots.map((node) => node?.querySelector("svg.stage")).find(Boolean);
  const at = (id) => svg.querySelector(`.node[data-choose="${id}"]`).transform.baseVal[0].matrix;
  const [x, y] = svg.querySelector(".ink polyline").getAttribute("points").split(/[ ,]/).map(Number);
  const [first, last] = [at("a.0.1"), at("a.0.2")];
  return [(x - first.e) / (at("C").e - first.e), (y - first.f) / (last.f - first.f)];
}"""
AWAY = 20_000  # ms without a network
HERE = f"(count) => {SHADOW}?.querySelector('.people')?.textContent.startsWith(`${{count}} `)"
SIDEWAYS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def browsers(chromium):
    """Open a page in a browser of its own; an error in one of its scripts fails the test."""
    opened, complaints = [], []

    def open_page(link, **settings):
        context = chromium.new_context(**{**USUAL, **settings})
        context.set_default_timeout(30_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(link)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []


def lead(browsers, address, query="example=mazur&lang=en", **settings):
    """Open a room; give the lecturer's page and the address to follow it."""
    page = browsers(f"{address}/?{query}", **settings)
    page.wait_for_selector(f"{PICTURE}[aria-label]")
    to_rest(page)
    page.locator(".st-key-hall_open button").first.click()
    page.wait_for_selector(".st-key-hall_qr .qr svg")
    page.keyboard.press("Escape")
    page.wait_for_selector(".st-key-hall_qr", state="detached")
    return page, page.locator(".st-key-hall_link a").get_attribute("href")


def follow(browsers, link, **settings):
    page = browsers(link, **settings)
    page.wait_for_selector("html[data-position][data-following='true']")
    return page


def to_show(page, position, model=MAZUR, granularity="layer", following=True):
    """Wait until a follower's picture and equation are those of a position, in its language."""
    from playwright.sync_api import expect  # noqa: PLC0415

    lang = "zh" if page.locator("html").get_attribute("lang").startswith("zh") else "en"
    builder = builder_of(model, granularity, lang)
    root = page.locator("html")
    expect(root).to_have_attribute("data-position", f"{position} / {len(builder.lecture)}")
    expect(root).to_have_attribute("data-following", str(following).lower())
    expect(page.locator(PICTURE)).to_have_attribute("aria-label", builder.scene(position).alt)
    if position:
        step = builder.trace.steps[builder.lecture.moment(position).step]
        expect(page.locator(".st-key-equation h2")).to_contain_text(step.rule.title.format(l=step.layer)(lang))
        numbers, worked = (re.sub(r"<[^>]*>", "", html) for html in moment_numbers(builder, position, 4))
        expect(page.locator(".numbers")).to_have_text(numbers)
        expect(page.locator(".st-key-arithmetic")).to_have_text(worked)


def ask(page, kind):
    page.locator(".st-key-hall_ask button").first.click()
    page.locator(f".st-key-hall_ask_{kind} button").first.click()


def test_five_browsers_follow_every_step_and_one_looks_around(browsers, address):
    lecturer, link = lead(browsers, address)
    phone, chinese, plain, wide = (
        follow(browsers, link, **settings)
        for settings in (PHONE, CHINESE, {}, {"viewport": {"width": 1920, "height": 1080}})
    )
    wanderer = follow(browsers, link)
    all_five = [phone, chinese, plain, wide, wanderer]
    lecturer.wait_for_function(HERE, arg=5)
    for position in range(1, 13):
        press(lecturer, "ArrowRight")
        for page in all_five:
            to_show(page, position)
    typed = browsers(link.rsplit("/", 1)[0])
    typed.locator("#code").fill(link.rsplit("/", 1)[1].lower())
    typed.keyboard.press("Enter")
    to_show(typed, 12)
    press(wanderer, "ArrowLeft", "ArrowLeft")
    to_show(wanderer, 10, following=False)
    press(lecturer, "Home")
    for page in all_five[:-1]:
        to_show(page, 0)
    to_show(wanderer, 10, following=False)
    wanderer.locator(".follow").click()
    to_show(wanderer, 0)
    press(lecturer, "ArrowRight")
    for page in all_five:
        to_show(page, 1)
        assert page.evaluate(SIDEWAYS)


def test_edits_grains_examples_and_iterations_follow(browsers, address):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address)
    chinese, plain = follow(browsers, link, **CHINESE), follow(browsers, link)
    press(lecturer, "ArrowRight")
    lecturer.locator(f'{CHART} g.tag[data-choose="W.1.1.1"] rect').click()
    field = lecturer.locator("[class*=st-key-edit_value] input")
    field.fill("0.5")
    field.press("Enter")
    edited = MAZUR.edited(MAZUR.trace().given.with_weight(1, 0, 0, 0.5))
    for page in (chinese, plain):
        to_show(page, 1, edited)
    press(lecturer, "3", "ArrowRight")
    for page in (chinese, plain):
        expect(page.locator("html")).to_have_attribute("data-position", re.compile(r"^\d+ / 37$"))
        assert page.locator("html").get_attribute("data-following") == "true"
    lecturer.locator("[class*=st-key-example] input").click()
    lecturer.get_by_role("option", name=EXAMPLES["xor"].label("en")).click()
    xor = builder_of(Model.of_example("xor"), "weight")
    for page in (chinese, plain):
        expect(page.locator("html")).to_have_attribute("data-position", f"0 / {len(xor.lecture)}")
    expect(plain.locator(PICTURE)).to_have_attribute("aria-label", xor.scene(0).alt)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lesson_and_its_presentation_follow(browsers, address, lang):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address, "lesson=mazur&stop=2&lang=en")
    page = follow(browsers, f"{link}?lang={lang}")
    stops = LESSONS["mazur"].stops
    expect(page.locator(".note")).to_have_text(stops[1].note(lang))
    press(lecturer, "ArrowRight")
    expect(page.locator(".note")).to_have_text(stops[2].note(lang))
    press(lecturer, "p")
    page.wait_for_selector("html[data-presenting]")
    expect(page.locator("header")).to_be_visible()
    press(lecturer, "p")
    page.wait_for_selector("html:not([data-presenting])")


@pytest.mark.parametrize("kind", KINDS)
def test_a_class_is_asked_answers_and_hears_how_close_it_was(browsers, address, kind):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address)
    chinese, phone = follow(browsers, link, **CHINESE), follow(browsers, link, **PHONE)
    press(lecturer, "ArrowRight")
    to_show(phone, 1)
    ask(lecturer, kind)
    for page, choice in ((chinese, 0), (phone, -1)):
        expect(page.locator(".ask")).to_be_visible()
        if kind == "number":
            page.locator(".ask input").fill("<b>0.5933</b>" if choice else "0.5933")
            page.locator(".ask input").press("Enter")
        elif kind == "edge":
            page.locator(f'{CHART} g.tag[data-choose="W.1.1.{1 - choice}"] rect').dispatch_event("click")
        else:
            page.locator(".ask [data-option]").nth(choice).click()
        expect(page.locator(".taken")).not_to_have_text("")
    press(phone, "ArrowRight")  # a question hides what comes
    if kind == "number":
        expect(phone.locator("html")).to_have_attribute("data-position", "1 / 12")
    lecturer.locator(".st-key-hall_answers button").first.click()
    lecturer.wait_for_selector(".st-key-hall_histogram svg.main-svg")
    lecturer.locator(".st-key-hall_reveal button").first.click()
    for page in (chinese, phone):
        expect(page.locator(".ask .answer strong")).to_have_count(1)
        assert page.locator(".ask b").count() == 0
    lecturer.locator(".st-key-hall_withdraw button").first.click()
    for page in (chinese, phone):
        expect(page.locator(".ask")).to_be_hidden()


SLOW_ANSWERS = """() => {
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (text) {
    setTimeout(() => send.call(this, text), text.includes("answer") ? 2500 : 0);
  };
}"""


def test_an_answer_on_a_slow_line_that_comes_after_the_reveal_is_refused_in_one_sentence(browsers, address):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address)
    page = follow(browsers, link, **CHINESE)
    ask(lecturer, "choice")
    page.locator(".ask [data-option]").first.wait_for()
    page.evaluate(SLOW_ANSWERS)
    page.locator(".ask [data-option]").first.click()
    lecturer.locator(".st-key-hall_reveal button").first.click()
    expect(page.locator(".ask .answer strong")).to_be_visible()
    expect(page.locator(".taken")).to_contain_text("回答来得太迟")
    expect(page.locator(".taken")).to_be_visible()
    expect(page.locator(".ask form")).to_be_hidden()
    expect(lecturer.locator(".st-key-hall_question")).to_contain_text("0 of 0 correct")


def test_going_on_reveals_and_an_edit_puts_away(browsers, address):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address)
    page = follow(browsers, link)
    ask(lecturer, "sign")
    page.locator(".ask [data-option]").first.click()
    expect(page.locator(".taken")).not_to_have_text("")
    press(lecturer, "ArrowRight")
    expect(page.locator(".ask .answer .is-right")).to_have_count(1)
    expect(lecturer.locator(".st-key-hall_question")).to_contain_text("1 of 1 correct")
    lecturer.locator(".st-key-hall_withdraw button").first.click()
    expect(lecturer.locator(".st-key-hall_question")).to_have_count(0)
    ask(lecturer, "number")
    expect(page.locator(".ask")).to_be_visible()
    expect(lecturer.locator(".st-key-hall_question")).to_be_visible()
    lecturer.locator(f'{CHART} g.tag[data-choose="W.1.1.1"] rect').click()
    field = lecturer.locator("[class*=st-key-edit_value] input")
    field.fill("0.5")
    field.press("Enter")
    expect(page.locator(".ask")).to_be_hidden()
    expect(lecturer.locator(".st-key-hall_question")).to_have_count(0)


def test_pointer_pen_and_the_second_window(browsers, address):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address, "lesson=mazur&stop=2&lang=en")
    page = follow(browsers, link)
    box = lecturer.locator(PICTURE).bounding_box()
    lecturer.mouse.move(box["x"] + 200, box["y"] + 150)
    lecturer.mouse.move(box["x"] + 210, box["y"] + 150)
    expect(page.locator(f"{PICTURE} .pointer circle")).to_have_count(1)
    where = lecturer.url
    lecturer.keyboard.press("d")
    lecturer.mouse.down()
    lecturer.mouse.move(box["x"] + 300, box["y"] + 250, steps=5)
    lecturer.mouse.up()
    for one in (lecturer, page):
        expect(one.locator(f"{PICTURE} .ink polyline")).to_have_count(1)
    assert lecturer.url == where
    middles = {one: one.evaluate(UNDER_INK) for one in (lecturer, page)}
    assert middles[lecturer] == pytest.approx(middles[page], abs=0.01)
    lecturer.keyboard.press("p")  # another proportion of the drawing
    lecturer.wait_for_selector("html[data-presenting]", state="attached")
    expect(lecturer.locator(f"{PICTURE} .ink polyline")).to_have_count(1)
    assert lecturer.evaluate(UNDER_INK) == pytest.approx(middles[page], abs=0.01)
    lecturer.keyboard.press("p")
    lecturer.wait_for_selector("html:not([data-presenting])", state="attached")
    with lecturer.context.expect_page() as opening:
        lecturer.evaluate(f"{SHADOW}.querySelector('.desk').click()")
    desk = opening.value
    expect(desk.locator(".note div")).to_have_text(LESSONS["mazur"].stops[1].note("en"))
    expect(desk.locator(".following div")).to_have_text(LESSONS["mazur"].stops[2].note("en"))
    expect(desk.locator(".people")).to_have_text("1 here")
    assert "#" not in desk.url
    desk.locator('[data-kind="sign"]').click()
    expect(page.locator(".ask .question")).to_be_visible()
    expect(lecturer.locator(".st-key-hall_question")).to_be_visible()
    desk.locator(".reveal").click()
    expect(page.locator(".ask .answer strong")).to_be_visible()
    desk.locator(".withdraw").click()
    expect(page.locator(".ask")).to_be_hidden()
    expect(lecturer.locator(".st-key-hall_question")).to_have_count(0)
    lecturer.keyboard.press("x")
    for one in (lecturer, page):
        expect(one.locator(f"{PICTURE} .ink polyline")).to_have_count(0)
    lecturer.keyboard.press("ArrowRight")
    expect(desk.locator(".note div")).to_have_text(LESSONS["mazur"].stops[2].note("en"))


def test_the_newest_window_leads_and_the_older_one_says_so_and_takes_it_back(browsers, address):
    from playwright.sync_api import expect  # noqa: PLC0415

    lecturer, link = lead(browsers, address)
    page = follow(browsers, link)
    kept = lecturer.evaluate("sessionStorage.getItem('backprop-drafts')")
    other = lecturer.context.new_page()  # as a browser duplicates one
    other.add_init_script(f"sessionStorage.setItem('backprop-drafts', {json.dumps(kept)})")
    other.goto(lecturer.url)
    other.wait_for_selector(f"{PICTURE}[aria-label]")
    to_rest(other)
    expect(lecturer.locator(".elsewhere")).to_have_text("Another window of yours leads the room.")
    expect(other.locator(".elsewhere")).to_be_hidden()
    press(other, "ArrowRight")
    to_show(page, 1)
    press(lecturer, "ArrowRight", "ArrowRight", "ArrowRight")
    to_agree(lecturer, builder_of(MAZUR), 3)
    to_show(page, 1)
    lecturer.locator(".take").click()
    to_show(page, 3)
    expect(other.locator(".take")).to_be_visible()
    press(lecturer, "ArrowRight")
    to_show(page, 4)


def test_a_reload_of_the_lecturer_and_a_time_without_network_lose_nothing(browsers, address):
    lecturer, link = lead(browsers, address)
    with cable(urlsplit(address).port) as wire:
        page = follow(browsers, link)
        absent = follow(browsers, link.replace(urlsplit(link).netloc, f"127.0.0.1:{wire.address_port}"), **CHINESE)
        press(lecturer, "ArrowRight", "ArrowRight")
        to_show(absent, 2)
        to_agree(lecturer, builder_of(MAZUR), 2)  # also its address, from which it is loaded anew
        wire.pull()
        lecturer.reload()
        to_agree(lecturer, builder_of(MAZUR), 2)
        assert lecturer.locator(".st-key-hall_link a").get_attribute("href") == link
        press(lecturer, "ArrowRight")
        to_show(page, 3)
        absent.wait_for_timeout(AWAY)
        assert absent.locator("html").get_attribute("data-position") == "2 / 12"
        wire.plug()
        to_show(absent, 3)
        press(lecturer, "ArrowRight")
        for one in (page, absent):
            to_show(one, 4)


@contextmanager
def running(port, folder, log):
    with serve(log, port, folder):
        yield


@pytest.mark.parametrize("folder", ["", "course"])
def test_followers_wait_for_a_server_that_is_started_anew(browsers, tmp_path, folder):
    port, log = free_port(), tmp_path / "log"
    with before(port, folder, tmp_path) as proxied:
        address = proxied.rstrip("/")
        with running(port, folder, log):
            lecturer, link = lead(browsers, address)
            page = follow(browsers, link)
            press(lecturer, "ArrowRight", "ArrowRight")
            to_show(page, 2)
            to_agree(lecturer, builder_of(MAZUR), 2)
        page.wait_for_selector("html[data-connected='false']")
        with running(port, folder, log):
            page.wait_for_selector("html[data-connected='true']")
            to_agree(lecturer, builder_of(MAZUR), 2)
            to_show(page, 2)
            press(lecturer, "ArrowRight")
            to_show(page, 3)
    assert "Traceback" not in log.read_text(encoding="utf-8")
