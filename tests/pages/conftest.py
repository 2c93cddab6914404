"""Fixtures of the page tests: every test opens the app afresh, without the work done once for a browser."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner import script_cache
from streamlit.testing.v1 import app_test, local_script_runner

from visualizer.stage import component


@pytest.fixture(scope="session", autouse=True)
def _opened_at_once():
    scripts = script_cache.ScriptCache()
    with pytest.MonkeyPatch.context() as patch:
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: scripts)
        patch.setattr(component, "LEAD", 0)
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
