"""Cases that belong together as one test, which reports each that fails."""

import pytest


def together(groups):
    """Parametrise a test by groups of cases, a dict of lists of its arguments: a test costs more than most cases do."""

    def of_groups(test):
        @pytest.mark.parametrize("group", groups)
        def of_all(group):
            failed = {case: error for case in groups[group] if (error := _failed(test, case))}
            assert not failed, "\n\n".join(f"{case}: {error}" for case, error in failed.items())

        of_all.__name__, of_all.__doc__ = test.__name__, test.__doc__
        return of_all

    return of_groups


def _failed(test, case):
    """The assertion error of a test for a case; None where it passes."""
    try:
        test(*case)
    except AssertionError as error:
        return error
    return None
