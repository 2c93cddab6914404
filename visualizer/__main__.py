"""The app as a command: `backprop-stage`, or `python -m visualizer`; its options are those of `streamlit run`.

Left to itself the server listens on this machine only. With `--share` it listens on every address of the machine, for a
class, and opens no browser.
"""

import sys
from importlib.metadata import distribution
from pathlib import Path

_ROOT = Path(__file__).parents[1]
SHARE = "--share"
_SHARED = ("--server.address", "0.0.0.0", "--server.headless", "true")  # on purpose, and only when asked  # nosec B104


def app() -> Path:
    """Return the path of the script that Streamlit runs, of this checkout or as installed; settings lie beside it."""
    if (_ROOT / "pyproject.toml").exists():
        return _ROOT / "app.py"
    (found,) = (file for file in distribution("backprop-stage").files or () if file.name == "app.py")
    return Path(str(found.locate())).resolve()


def streamlit_arguments(asked: list[str]) -> list[str]:
    """Return the command line of Streamlit for what stood behind the name of the command."""
    shared = _SHARED if SHARE in asked else ()
    return ["streamlit", "run", str(app()), *shared, *(option for option in asked if option != SHARE)]


def main() -> None:
    """Start the app."""
    from streamlit.web import cli  # noqa: PLC0415  # only the app needs it

    sys.argv[:] = streamlit_arguments(sys.argv[1:])
    cli.main()


if __name__ == "__main__":
    main()
