"""Fixtures of the page tests: every test opens the app afresh, without the work done once for a browser."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _opened_at_once(at_once):
    """The work done once for a browser, or for a server, is not done for any of these tests."""
