"""The app as a command: `backprop-stage`, or `python -m visualizer`; its options are those of `streamlit run`."""

import sys
from importlib.metadata import distribution
from pathlib import Path

_ROOT = Path(__file__).parents[1]


def app() -> Path:
    """Return the path of the script that Streamlit runs, of this checkout or as installed; settings lie beside it."""
    if (_ROOT / "pyproject.toml").exists():
        return _ROOT / "app.py"
    (found,) = (file for file in distribution("backprop-stage").files or () if file.name == "app.py")
    return Path(str(found.locate())).resolve()


def main() -> None:
    """Start the app."""
    from streamlit.web import cli  # noqa: PLC0415  # only the app needs it

    sys.argv[:] = ["streamlit", "run", str(app()), *sys.argv[1:]]
    cli.main()


if __name__ == "__main__":
    main()
