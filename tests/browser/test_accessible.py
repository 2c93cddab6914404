"""Every page, popover and mode read by axe-core, the languages in turn, light and dark."""

import json
import os
import shutil
import subprocess
from itertools import cycle

import pytest

from engine.core import LANGUAGES
from tests.browser.steps import READY, press, to_rest
from tests.pages.app import in_turn

pytestmark = pytest.mark.browser
AXE = "axe-core@4.14.1"
ENOUGH = 120  # seconds to fetch it
FOUND = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))])"""
PLACES = cycle([(700, 400), (702, 402)])
FOLDERS = {"": ("settings", "lessons", "files", "exports"), "train": ("experiments", "train_files")}


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """The script of axe-core, from npm; where it cannot be had, only the machine that checks everything fails."""
    at = tmp_path_factory.mktemp("axe")
    if shutil.which("npm"):
        asked = ["npm", "install", "--silent", "--no-audit", "--prefix", str(at), AXE]
        subprocess.run(asked, timeout=ENOUGH, check=False, capture_output=True)
    script = at / "node_modules/axe-core/axe.min.js"
    if script.exists():
        return script.read_text(encoding="utf-8")
    if os.environ.get("CI") == "true":
        pytest.fail(f"not to be had: {AXE}")
    return pytest.skip(f"not to be had: {AXE}")


def found(page, axe):
    """All that is serious or critical on a page as it stands, on a light and on a dark ground."""
    page.evaluate(axe)
    complaints = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_function(
            "dark => matchMedia('(prefers-color-scheme: dark)').matches === dark", arg=scheme == "dark"
        )
        if page.locator('[data-testid="stApp"]').count():  # a follower's page has none
            to_rest(page)
        page.mouse.move(*next(PLACES))  # what comes with the pointer is there
        page.wait_for_function("document.getAnimations().every(({ playState }) => playState !== 'running')")
        complaints += [(scheme, *one) for one in page.evaluate(FOUND)]
    return json.dumps(complaints, indent=1)


@pytest.mark.parametrize(("name", "lang"), in_turn(READY))
def test_nothing_on_a_page_keeps_anybody_out(name, lang, visit, axe):
    path = "" if name == "stage" else name
    page = visit(path=path, ready=READY[name], lang=lang)
    to_rest(page)
    assert found(page, axe) == "[]"
    for folder in FOLDERS.get(path, ()):
        page.locator(f".st-key-{folder} button").first.click()
        to_rest(page)
        page.locator('[data-testid="stPopoverBody"]').wait_for()
        assert found(page, axe) == "[]", folder
        press(page, "Escape")


def test_nothing_in_a_presented_lesson_keeps_anybody_out(visit, axe):
    page = visit(lesson="four_equations.3", lang="zh")
    to_rest(page)
    press(page, "p")
    page.locator("[data-presenting]").wait_for(state="attached")
    assert found(page, axe) == "[]"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_in_a_room_keeps_anybody_out(lang, visit, axe):
    lecturer = visit(lang=lang)
    to_rest(lecturer)
    lecturer.locator(".st-key-hall_open button").first.click()
    lecturer.locator(".st-key-hall_qr .qr").wait_for()
    assert found(lecturer, axe) == "[]"
    press(lecturer, "Escape")
    link = lecturer.locator(".st-key-hall_link a").get_attribute("href")
    follower = visit(f"{link}?lang={lang}", ready="html[data-position]", settings={"bypass_csp": True})
    lecturer.locator(".st-key-hall_ask button").first.click()
    lecturer.locator(".st-key-hall_ask_choice button").first.click()
    lecturer.locator(".st-key-hall_reveal button").first.wait_for()
    follower.locator(".ask [data-option]").first.click()
    assert found(lecturer, axe) == "[]"
    assert found(follower, axe) == "[]"
    lecturer.locator(".st-key-hall_reveal button").first.click()
    follower.locator(".ask .answer strong").wait_for()
    assert found(follower, axe) == "[]"
    desk = visit(f"{link}/desk?lang={lang}", ready=".clock", settings={"bypass_csp": True})
    assert found(desk, axe) == "[]"


def test_what_keeps_people_out_is_seen(visit, axe):
    page = visit(lang="en")
    page.evaluate("""document.body.append(Object.assign(document.createElement("img"), { src: "data:," }))""")
    assert "image-alt" in found(page, axe)
