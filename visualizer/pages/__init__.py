"""The pages: a folder each, with a script of the same name, and the folders that they share."""

from pathlib import Path
from urllib.parse import urlsplit

FOLDER = Path(__file__).parent


def script(page: str) -> Path:
    """Return the path of a page's script, wherever the app was started from."""
    return FOLDER / page / f"{page}.py"


def is_allowed(origin: str | None, host: str | None) -> bool:
    """Whether a page of this origin may open a websocket to this host, as Streamlit decides it for its own."""
    from streamlit.web.server.server_util import is_url_from_allowed_origins  # noqa: PLC0415  # only a server needs it
    from streamlit.web.server.starlette.starlette_websocket import is_host_allowed  # noqa: PLC0415

    if not is_host_allowed(host):
        return False
    if origin is None or urlsplit(origin).netloc == host:
        return True  # no browser, or the room's own page
    return is_url_from_allowed_origins(origin)
