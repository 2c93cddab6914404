"""The picture of an exercise: what is given, and nothing that is asked for."""

from xml.etree import ElementTree

import pytest

from visualizer.exercises import LEVELS, exercise, picture
from visualizer.writing import number, palette


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ground", palette.GROUNDS)
def test_the_picture_shows_what_is_given_and_nothing_that_is_asked_for(level, ground):
    made = exercise(level, 4)
    drawn = picture(made.trace, ground)
    shown = [element.text for element in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    given = [*made.trace.given.theta]
    if made.trace.m == 1:  # of several samples no single one is drawn
        given += [*made.model.x[0], *made.model.y[0]]
    names = [text for text in shown if text[0] in "axyC"]
    assert sorted(text for text in shown if text not in names) == sorted(map(number, given))
    assert len(names) == sum(made.model.sizes) + made.model.sizes[-1] + 1
    assert palette.GROUNDS[ground].text in drawn
