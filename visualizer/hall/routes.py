"""Routes of the rooms: the follower's page, the parts of what is shown, scripts, and the websocket."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from engine.core import LANGUAGES
from visualizer.hall.broadcast import made
from visualizer.hall.hall import HALL
from visualizer.hall.link import is_code
from visualizer.hall.page import SCRIPTS, desk_page, door_page, follower_page, language
from visualizer.hall.shown import Shown
from visualizer.hall.sockets import Allowed, meeting
from visualizer.scene import gzipped_json
from visualizer.stage import script

_KEPT = {"Cache-Control": "private, max-age=3600"}
_NOT_KEPT = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}


def routes(base: str, is_allowed: Allowed) -> list[BaseRoute]:
    """Return the routes of the rooms, below the path that the server has for itself, for pages that are allowed."""
    under = f"/{base.strip('/')}" if base.strip("/") else ""
    return [
        Route(f"{under}/hall", _door),
        Route(f"{under}/hall/script/{{name}}.js", _script),
        Route(f"{under}/hall/{{code}}", _page(follower_page)),
        Route(f"{under}/hall/{{code}}/desk", _page(desk_page)),
        Route(f"{under}/hall/{{code}}/keyframes/{{edition:int}}/{{lang}}/{{at:int}}", _part(_keyframes)),
        Route(f"{under}/hall/{{code}}/body/{{edition:int}}/{{lang}}/{{at:int}}", _part(_body)),
        Route(f"{under}/hall/{{code}}/words/{{edition:int}}/{{lang}}/{{at:int}}", _part(_words)),
        WebSocketRoute(f"{under}/hall/{{code}}/ws", meeting(is_allowed)),
    ]


def _page(make: Callable[[str, str], str]) -> Callable[[Request], Any]:
    """Return the answer with a page; a code with small letters is one too, and any other text leads nowhere."""

    async def answer(request: Request) -> Response:
        code = request.path_params["code"].upper()
        lang = language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))
        if not is_code(code):
            return Response(status_code=404)
        return HTMLResponse(await made(make, code, lang), headers=_NOT_KEPT)

    return answer


async def _door(request: Request) -> Response:
    """Return the page on which a code is typed; a code leads to its room."""
    query = request.query_params
    code = query.get("code", "").strip().upper()
    lang = language(query.get("lang", ""), request.headers.get("accept-language", ""))
    if is_code(code):
        return RedirectResponse(f"hall/{code}?lang={lang}", 303, headers=_NOT_KEPT)
    return HTMLResponse(await made(door_page, lang, bool(code)), headers=_NOT_KEPT)


async def _script(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in SCRIPTS:
        return Response(status_code=404)
    return Response(await made(script, SCRIPTS[name]), media_type="text/javascript", headers=_KEPT)


def _part(make: Callable[[Shown, str, int], bytes]) -> Callable[[Request], Any]:
    """Return the answer with a part of the state that a room shows now; earlier ones are gone."""

    async def answer(request: Request) -> Response:
        asked = request.path_params
        room = HALL.find(asked["code"])
        if room is None or room.shown is None or room.edition != asked["edition"] or asked["lang"] not in LANGUAGES:
            return JSONResponse(None, 404)
        content = await made(make, room.shown, asked["lang"], asked["at"])
        headers = {"Content-Encoding": "gzip", **_KEPT}
        return Response(content, media_type="application/json", headers=headers)

    return answer


def _keyframes(shown: Shown, lang: str, at: int) -> bytes:
    return shown.keyframes(lang, at).packed


def _body(shown: Shown, lang: str, at: int) -> bytes:
    return gzipped_json(shown.body(lang, at))


def _words(shown: Shown, lang: str, at: int) -> bytes:
    return gzipped_json(shown.words(lang, at))
