"""Routes of the rooms over http: pages, scripts, and the parts of what is shown now."""

import json
from gzip import decompress
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.visualizer.hall.rooms import shown
from tests.visualizer.hall.serving import served
from visualizer.hall.page import SCRIPTS
from visualizer.stage import script


def get(host, path, **headers):
    """Ask for a path; give status, headers and body."""
    try:
        with urlopen(Request(f"http://{host}{path}", headers=headers), timeout=20) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.parametrize("path", ["/hall/{}", "/hall/{}/desk"])
def test_a_page_is_there_whether_the_room_is_open_or_not(host, led, path):
    for code in (led.code, led.code.lower(), "ABCDEF"):
        status, headers, body = get(host, path.format(code), **{"Accept-Language": "zh-CN"})
        assert status == 200
        assert 'lang="zh-CN"' in body.decode()
        assert headers["Cache-Control"] == "no-store"
        assert led.token not in body.decode()


@pytest.mark.parametrize(
    "path", ["/hall/ABC", "/hall/%3Cscript%3E", "/hall/ABCDEF/keyframes/1/en/0", "/hall/script/keys.js"]
)
def test_nothing_else_is_there(host, path):
    assert get(host, path)[0] == 404


@pytest.mark.parametrize("base", ["", "course"])
def test_a_code_that_is_typed_leads_to_its_room(base):
    with served(base) as host:
        door = f"/{base}/hall" if base else "/hall"
        status, _, body = get(host, f"{door}?lang=zh")
        assert (status, 'name="code"' in body.decode(), 'role="alert"' in body.decode()) == (200, True, False)
        with urlopen(f"http://{host}{door}?code=k7m2qx&lang=zh", timeout=20) as answer:
            assert answer.url == f"http://{host}{door}/K7M2QX?lang=zh"
        for wrong in ("ABC", "%3Cb%3E", "//evil.example", "K7M2Q0"):
            status, _, body = get(host, f"{door}?code={wrong}")
            assert (status, 'role="alert"' in body.decode(), "<b>" in body.decode()) == (200, True, False)


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_files_of_their_own(host, name):
    status, headers, body = get(host, f"/hall/script/{name}.js")
    assert (status, body.decode()) == (200, script(SCRIPTS[name]))
    assert headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("part", ["keyframes", "body", "words"])
def test_parts_are_those_of_what_is_shown_now(host, led, part):
    path = f"/hall/{led.code}/{part}"
    status, headers, body = get(host, f"{path}/{led.edition}/zh/0")
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    told = json.loads(decompress(body))
    expected = {
        "keyframes": lambda: json.loads(decompress(led.shown.keyframes("zh", 0).packed)),
        "body": lambda: led.shown.body("zh", 0),
        "words": lambda: led.shown.words("zh", 0),
    }[part]()
    assert told == expected
    led.show(shown(weight=0.5))
    for wrong in (f"{led.edition - 1}/zh/0", f"{led.edition}/xx/0", f"{led.edition}/zh/-1", "x/zh/0"):
        assert get(host, f"{path}/{wrong}")[0] == 404


@pytest.mark.parametrize("base", ["course", "/course/"])
def test_the_rooms_are_below_the_path_of_the_server(base):
    with served(base) as host:
        assert get(host, "/course/hall/ABCDEF")[0] == 200
        assert get(host, "/hall/ABCDEF")[0] == 404
