"""Cases that belong together as one test, which reports each that fails."""

import pytest


def together(cases):
    """Make one test of a list of cases, or one of each group in a dict of such lists: a test costs more than a case.

    A case is a tuple of arguments, or the only one. A function gives a list that takes work: each process collects
    all tests, and one runs this one.
    """

    def of_cases(test):
        def of_all():
            _hold(test, cases() if callable(cases) else cases)

        @pytest.mark.parametrize("group", cases)
        def of_group(group):
            _hold(test, cases[group])

        made = of_group if isinstance(cases, dict) else of_all
        made.__name__, made.__doc__ = test.__name__, test.__doc__
        return made

    return of_cases


def _hold(test, cases):
    failed = [(case, error) for case in cases if (error := _failed(test, case if isinstance(case, tuple) else (case,)))]
    assert not failed, "\n\n".join(f"{case}: {error}" for case, error in failed)


def _failed(test, case):
    """The assertion error of a test for a case; None where it passes."""
    try:
        test(*case)
    except AssertionError as error:
        return error
    return None
