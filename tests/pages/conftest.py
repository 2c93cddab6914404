"""Every test opens the app afresh; what Streamlit and the app do once for a browser need not be done each time."""

from functools import cache

import pytest
from streamlit.components.v2 import manifest_scanner

from visualizer.stage import component


@pytest.fixture(scope="session", autouse=True)
def _opened_at_once():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(component, "LEAD", 0)
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        yield
