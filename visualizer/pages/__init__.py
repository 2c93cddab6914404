"""The pages: one script each, and the modules that they share."""

from pathlib import Path

FOLDER = Path(__file__).parent


def script(page: str) -> Path:
    """Return the path of a page's script, wherever the app was started from."""
    return FOLDER / f"{page}.py"
