from functools import cache
from itertools import pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InputError, Ref
from engine.equations import PHASES
from engine.settings import Model
from tests.together import together
from tests.visualizer.oracles import GRAINS, LARGE, MODELS, builder_of, told
from visualizer.lecture import GIVEN, GRANULARITIES

lectures = together(list(product(MODELS, GRAINS)))
all_lectures = together(list(product([*MODELS, *LARGE], GRAINS)))


@cache
def lecture_of(name, grain):
    return builder_of((MODELS | LARGE)[name], grain).lecture


@cache
def moments_of(name, grain):
    return told(lecture_of(name, grain).trace, grain)


@pytest.mark.parametrize(
    ("name", "counts"),
    [("mazur", (12, 25, 37)), ("relu_softmax", (12, 37, 71)), ("3-4-2", (12, 37, 71)), ("two_sigmoids", (12, 13, 15))],
)
def test_the_number_of_positions(name, counts):
    assert tuple(len(lecture_of(name, grain)) for grain in GRAINS) == counts


@lectures
def test_there_is_one_position_for_every_event(name, grain):
    assert len(lecture_of(name, grain)) == len(moments_of(name, grain)) - 1


def test_folded_units_are_one_step():
    lecture = lecture_of("784-128-128-10", "neuron")
    shown = [len(units) + (len(units) < n) for units, n in zip(lecture.shown, (784, 128, 128, 10), strict=True)]
    assert len(lecture) == 6 * sum(shown[1:]) + 1
    assert "z.1.rest" in [lecture.address(p) for p in range(len(lecture))]


@all_lectures
def test_every_position_has_an_address_of_its_own_and_comes_back_from_it(name, grain):
    lecture = lecture_of(name, grain)
    addresses = [lecture.address(p) for p in range(len(lecture) + 1)]
    assert len(set(addresses)) == len(addresses)
    assert [lecture.position(address) for address in addresses] == list(range(len(lecture) + 1))


@together([*MODELS, *LARGE])
def test_a_place_stays_when_the_grain_becomes_finer_and_coarse_again(name):
    for coarse, fine in permutations(GRAINS, 2):
        one, other = lecture_of(name, coarse), lecture_of(name, fine)
        for position in range(len(one) + 1):
            there = other.position(one.address(position))
            assert other.moment(there).step == one.moment(position).step
            if GRAINS.index(fine) > GRAINS.index(coarse):
                assert one.position(other.address(there)) == position


@together(list(MODELS))
def test_a_step_s_address_in_a_finer_grain_is_its_end(name):
    for grain in GRAINS:
        lecture = lecture_of(name, grain)
        for step in lecture.trace.steps:
            moment = lecture.moment(lecture.position(step.address))
            assert lecture.trace.steps[moment.step] is step
            assert moment.complete


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("0", (0, 0, 0)),
        ("bp1", (6, 15, 15)),
        ("bp2.1", (9, 23, 29)),
        ("bp2.1.3", (9, 22, 28)),
        ("bp4.2.1.3", (8, 18, 20)),
        ("update", (12, 37, 71)),
        ("7", (7, 7, 7)),
        ("99999", (12, 37, 71)),
        ("nothing.1", (None,) * 3),
        ("", (None,) * 3),
        ("-1", (None,) * 3),
        ("bp4.2.1.99", (8, 18, 21)),
    ],
)
def test_addresses_mean_these_positions(address, places):
    assert tuple(lecture_of("relu_softmax", grain).position(address) for grain in GRAINS) == places


@given(st.one_of(st.text(max_size=30), st.text("0123456789.abpzrestupdc-", max_size=14)), st.sampled_from(GRAINS))
def test_no_address_is_an_error(address, grain):
    lecture = lecture_of("relu_softmax", grain)
    position = lecture.position(address)
    assert position is None or 0 <= position <= len(lecture)


@all_lectures
def test_phases_follow_each_other_without_a_gap(name, grain):
    lecture = lecture_of(name, grain)
    phases = lecture.phases()
    assert [name for name, _, _ in phases] == list(PHASES)
    assert [p for _, first, last in phases for p in range(first, last + 1)] == list(range(1, len(lecture) + 1))
    for phase, first, last in phases:
        steps = {lecture.moment(p).step for p in range(first, last + 1)}
        assert {lecture.trace.steps[step].rule.phase for step in steps} == {phase}


@lectures
def test_what_has_happened_is_what_was_told(name, grain):
    lecture, moments = lecture_of(name, grain), moments_of(name, grain)
    everything = moments[-1][0]
    for position, (known, _, _) in enumerate(moments):
        moment = lecture.moment(position)
        assert {item for item in everything if lecture.happened(moment, *item)} == known


@all_lectures
def test_moments_go_on_one_unit_at_a_time(name, grain):
    lecture = lecture_of(name, grain)
    moments = [lecture.moment(p) for p in range(len(lecture) + 1)]
    assert moments[0] == GIVEN
    assert moments[-1].complete
    assert moments[-1].step == len(lecture.trace.steps) - 1
    for before, after in pairwise(moments):
        following = (after.step, after.done)
        assert following in ((before.step, before.done + 1), (before.step + 1, 1))
        assert before.complete == (after.step > before.step)


@pytest.mark.parametrize("grain", GRAINS)
def test_a_folded_unit_is_known_with_the_rest_of_its_layer(grain):
    lecture = lecture_of("784-128-128-10", grain)
    folded = next(j for j in range(128) if j not in lecture.shown[1])
    known = [lecture.happened(lecture.moment(p), Ref("z", 1), (folded,)) for p in range(len(lecture) + 1)]
    assert known == sorted(known)
    assert known.index(True) == lecture.position("z.1")


@pytest.mark.parametrize("grain", GRANULARITIES)
@pytest.mark.parametrize("other", GRANULARITIES)
def test_an_address_of_any_grain_is_one_and_the_next_unit_is_none(grain, other):
    model = Model.drawn((3, 2, 2), ("tanh", "sigmoid"), "normal", 1)
    lecture, said = builder_of(model, grain).lecture, builder_of(model, other).lecture
    for position in range(len(said) + 1):
        lecture.check(said.address(position))
    for address in ("c", "bp2", "z.2.2", "bp4.1.2.3", "update.1.2.4", "update.2.2.3", "0", str(len(lecture))):
        lecture.check(address)


@pytest.mark.parametrize("grain", GRANULARITIES)
@pytest.mark.parametrize(
    "address",
    [
        *("", "zzz", "bp9.1", "z.0", "z.3", "z.2.0", "z.2.3", "z.2.1.1", "c.1", "bp1.1", "bp2.2", "bp4.1.2.4"),
        *("bp4.1.2.3.1", "update.3", "update.1.2.5", "update.1.3", "bp2.1.", "bp2.1.x", "bp2.1.rest", "-1", "9999"),
        *("9" * 5000, "²", "z.²", "z.٣", "bp4.1.2.²", "z." + "1" * 5000, "bp4.1.1." + "1" * 5000),
    ],
)
def test_an_address_of_nothing_is_told_which_there_are(grain, address):
    lecture = builder_of(Model.drawn((3, 2, 2), ("tanh", "sigmoid"), "normal", 1), grain).lecture
    with pytest.raises(InputError, match=r"z\.1…z\.2, .*bp2\.1, update") as caught:
        lecture.check(address)
    assert f"0 to {len(lecture)}" in caught.value.allowed.en
    assert len(caught.value.sentence("zh")) < 300


@pytest.mark.parametrize(("address", "at"), [("9" * 5000, 12), ("٣", 3), ("²", None), ("bp4.1.²", 11)])
def test_what_looks_like_a_number_is_a_position_or_none(address, at):
    lecture = lecture_of("mazur", "layer")
    assert lecture.position(address) == at
