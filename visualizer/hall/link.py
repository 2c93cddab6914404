"""Link to a room: its code, its address, and both as a picture that a phone's camera reads."""

import re
from html import escape
from secrets import choice, token_urlsafe

import segno

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0 and O, no 1, I and L
_LENGTH = 6
CODE = f"[{_SIGNS}]{{{_LENGTH}}}"
_TOKEN = r"[\w-]{22}"  # 128 bits


def new_code() -> str:
    """Return a code to follow a room by."""
    return "".join(choice(_SIGNS) for _ in range(_LENGTH))


def new_token() -> str:
    """Return a token to lead a room by, of 128 bits."""
    return token_urlsafe(16)


def is_code(text: str) -> bool:
    """Whether a text could be the code of a room."""
    return re.fullmatch(CODE, text) is not None


def is_token(text: str) -> bool:
    """Whether a text could be the token of a room."""
    return re.fullmatch(_TOKEN, text) is not None


def address(page: str, base: str, code: str) -> str:
    """Return the address of a room on the server that has given a page.

    Examples
    --------
    >>> address("https://example.edu/course/train?x=1", "course", "K7M2QX")
    'https://example.edu/course/hall/K7M2QX'
    """
    host = re.match(r"https?://[^/?#]+", page)
    folder = f"/{base.strip('/')}" if base.strip("/") else ""
    return f"{host[0] if host else ''}{folder}/hall/{code}"


def qr_svg(link: str) -> str:
    """Return a link as a QR code in HTML, in black on white whatever stands around it."""
    made: str = segno.make(link, micro=False, error="m").svg_inline(scale=8, border=3, light="#fff", omitsize=True)
    return f'<div class="qr" role="img" aria-label="{escape(link)}">{made}</div>'
