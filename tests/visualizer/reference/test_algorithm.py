"""The flow chart of the algorithm."""

import re

import pytest

from engine.core import LANGUAGES
from visualizer.reference.algorithm import STAGES, flow_chart


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_flow_chart_has_every_step_in_the_order_of_the_algorithm(lang):
    drawn = flow_chart(lang)
    places = [drawn.index(stage.title(lang)) for stage in STAGES]
    assert places == sorted(places)
    assert drawn.count("↓") == len(STAGES)
    assert drawn.count("<div") == drawn.count("</div>")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_boxes_and_arrows_take_turns_in_rows_of_their_own(lang):
    rows = {int(row): what for row, what in re.findall(r"grid-area: (\d+) / 1;[^>]*>(↓|<b>)", flow_chart(lang))}
    assert [rows[row] for row in sorted(rows)] == ["<b>", "↓"] * len(STAGES) + ["<b>"]
    assert sorted(rows) == list(range(1, 2 * len(STAGES) + 2))
