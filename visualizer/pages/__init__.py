"""The pages: a folder each, with a script of the same name, and the folders that they share."""

from pathlib import Path

FOLDER = Path(__file__).parent


def script(page: str) -> Path:
    """Return the path of a page's script, wherever the app was started from."""
    return FOLDER / page / f"{page}.py"
