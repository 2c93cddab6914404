"""Settings of all tests: one thread for each worker; hypothesis measures no time, as first passes compile."""

import gc
import os
import sys
from functools import cache
from string import printable

import pytest
from _pytest.doctest import DoctestModule
from hypothesis import settings

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before anything imports NumPy or PyTorch
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a dozen processes would compile the app and its tests anew
sys.dont_write_bytecode = False

settings.register_profile("stage", deadline=None, database=None, print_blob=True)
settings.load_profile("stage")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Share the tests out by file, which works out once what its tests have in common; one process has all journeys.

    They come first, because they take longest; a second server and a second browser would only get in their way.
    """
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415  # nobody else needs it

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return "journeys" if file.startswith("tests/browser/") else file

    config.option.loadscopereorder = False  # by their number, most first
    return ByFile(config, log)


def pytest_make_parametrize_id(val, argname):
    """Name bytes that do not print after their argument: an id with a time of day in it is another in each process."""
    return argname if isinstance(val, bytes) and val.translate(None, printable.encode()) else None


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Look for examples in the docstrings of the product only: each file of tests would be gone through twice."""
    return [found for found in (yield) if not isinstance(found, DoctestModule)]


@cache
def _give_way():
    os.nice(10)


def pytest_runtest_setup(item):
    """Let the journeys, which wait for a browser, go before all that the other processes have to do."""
    if hasattr(item.config, "workerinput") and hasattr(os, "nice") and not item.nodeid.startswith("tests/browser/"):
        _give_way()


@pytest.fixture(scope="session")
def at_once():
    """The app as its pages are tested: without the work that is done once for a browser or for a server.

    Scripts are compiled once, nobody waits for a browser, and no thread collects garbage: whenever the process of the
    tests waits, it would look through all that they have imported.
    """
    from streamlit.components.v2 import manifest_scanner  # noqa: PLC0415  # most tests do without Streamlit
    from streamlit.runtime.scriptrunner import script_cache  # noqa: PLC0415
    from streamlit.testing.v1 import app_test, local_script_runner  # noqa: PLC0415

    from visualizer.pages import session  # noqa: PLC0415
    from visualizer.stage import component  # noqa: PLC0415

    scripts, look_for_the_end = script_cache.ScriptCache(), local_script_runner.require_widgets_deltas

    def until_the_end(runner, timeout):
        """Sleep until the script ends; Streamlit looks every millisecond, which takes the interpreter from it."""
        runner._script_thread.join(timeout)
        look_for_the_end(runner, timeout)

    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: scripts)
        patch.setattr(local_script_runner, "require_widgets_deltas", until_the_end)
        patch.setattr(component, "LEAD", 0)
        patch.setattr(session, "keep_clean", lambda: None)
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield


def pytest_collection_finish():
    """Move the imports of all tests out of garbage collection, which Streamlit runs in full after every script."""
    gc.collect()
    gc.freeze()
