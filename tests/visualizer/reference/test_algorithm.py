"""The flow chart of the algorithm."""

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
