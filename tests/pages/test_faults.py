"""Mistakes to be found in code, on the page of the exercises."""

from itertools import cycle

import pytest

from engine.core import LANGUAGES
from engine.faults import FAULTS
from tests.pages.app import address, checked, field, press, shown, visit, warnings

NUMBERS = list(zip(FAULTS, range(1, len(FAULTS) + 1), cycle(LANGUAGES)))


def page(number, lang):
    return visit("exercises", level="code", seed=str(number), lang=lang)


@pytest.mark.parametrize(("name", "number", "lang"), NUMBERS)
def test_the_wrong_line_is_found_and_only_then_explained(name, number, lang):
    app, fault = page(number, lang), FAULTS[name]
    assert "\n".join(fault.lines) in [code.value for code in app.code]
    assert fault.why(lang) not in shown(app)
    (fine, *_) = (line for line in range(1, len(fault.lines) + 1) if line not in fault.wrong)
    press(app, f"line_{name}_{fine}")
    assert app.button(key=f"line_{name}_{fine}").label.startswith("✗")
    assert fault.why(lang) not in shown(app)
    press(app, f"line_{name}_{fault.wrong[0]}")
    assert app.button(key=f"line_{name}_{fault.wrong[0]}").label.startswith("✓")
    assert fault.why(lang) in shown(app)
    assert fault.mended in [code.value for code in app.code]


def test_the_answer_is_shown_when_asked_for():
    app = page(1, "en")
    checked(app.toggle(key="answer_output_product").set_value(True).run())
    assert FAULTS["output_product"].why.en in shown(app)


def test_a_listing_is_chosen_and_a_type_again():
    app = page(1, "en")
    checked(field(app, "button_group", "fault").set_value("uphill").run())
    assert address(app) == {"level": "code", "seed": str(list(FAULTS).index("uphill") + 1), "lang": "en"}
    checked(field(app, "button_group", "level").set_value("relu").run())
    assert address(app)["level"] == "relu"
    assert warnings(app) == []


def test_a_number_beyond_the_last_listing_begins_again():
    assert FAULTS["output_product"].task.en in shown(page(len(FAULTS) + 1, "en"))
