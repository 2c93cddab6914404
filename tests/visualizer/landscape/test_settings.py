import pytest

from engine import InputError, Network
from engine.core import LANGUAGES
from visualizer.landscape import FIELDS, LandscapeSettings, landscape_from_query, landscape_to_query
from visualizer.landscape.settings import PLANES, place_name, places_of, read_place, with_click, write_place

NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
OTHER = LandscapeSettings(
    "beale", "weights", (1, 0, 1), (2, 0, None), 7, 2.0, 100, True, False, ("adamw", "nesterov"), 0.25, 50, True
)


@pytest.mark.parametrize("settings", [LandscapeSettings(), OTHER, LandscapeSettings(walkers=(), log=True)])
def test_an_address_brings_every_setting_back(settings):
    assert landscape_from_query(landscape_to_query(settings), NET) == (settings, [])


def test_the_usual_needs_no_address_and_all_fields_have_one():
    assert landscape_to_query(LandscapeSettings()) == {}
    assert set(landscape_to_query(OTHER)) == set(FIELDS) == set(vars(LandscapeSettings()))


@pytest.mark.parametrize(
    "query",
    [
        {"ground": "hill"},
        {"plane": "x"},
        {"first": "w1.0.2"},
        {"first": "w1.4.1"},
        {"second": "b3.1"},
        {"second": "b1"},
        {"directions": "-1"},
        {"reach": "3"},
        {"grid": "51"},
        {"solid": "yes"},
        {"walkers": "adam-x"},
        {"rate": "fast"},
        {"steps": "100000"},
    ],
)
def test_what_cannot_be_used_is_named_and_left_out(query):
    settings, (problem,) = landscape_from_query(query, NET)
    assert settings == LandscapeSettings()
    assert problem.sentence("en").startswith(next(iter(query)))
    assert problem.received in next(iter(query.values()))


@pytest.mark.parametrize(("place", "text", "name"), [((1, 2, 0), "w1.3.1", "w¹₃₁"), ((2, 0, None), "b2.1", "b²₁")])
def test_parameters_are_counted_from_one(place, text, name):
    assert (write_place(place), read_place(text), place_name(place)) == (text, place, name)


@pytest.mark.parametrize("text", ["", "w1.2", "b1.2.3", "w0.1.1", "1.1.1", "w1.1.99999"])
def test_what_is_no_parameter_is_told(text):
    with pytest.raises(InputError, match="parameter"):
        read_place(text)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (None, None),
        ((9, 0, 0), None),
        (None, (1, 0, 0)),
        ((1, 0, 1), None),
        ((2, 0, 2), (2, 0, 2)),
        ((2, 0, None),) * 2,
    ],
)
@pytest.mark.parametrize("net", [NET, Network.random((1, 1), ("linear",), seed=1)], ids=["2-3-1", "1-1"])
def test_there_are_always_two_different_parameters(net, first, second):
    places = places_of(LandscapeSettings(first=first, second=second), net)
    assert places[0] != places[1]
    for place in places:
        net.index(*place)


def test_a_click_moves_the_second_to_the_first_and_a_second_one_swaps():
    a, b, c = (1, 0, 0), (1, 0, 1), (2, 0, None)
    assert with_click((a, b), c) == (b, c)
    assert with_click((a, b), a) == with_click((a, b), b) == (b, a)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_plane_says_what_it_shows_and_hides(lang):
    for label, why in PLANES.values():
        assert label(lang)
        assert why(lang).endswith("." if lang == "en" else "。")
