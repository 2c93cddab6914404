"""The pages: one script each, and what they share."""

from pathlib import Path

FOLDER = Path(__file__).parent


def script(page: str) -> Path:
    """Return the script of a page, wherever the app was started from."""
    return FOLDER / f"{page}.py"
