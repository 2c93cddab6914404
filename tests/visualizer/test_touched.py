from engine import Ref
from tests.together import together
from tests.visualizer.oracles import CASES, MODELS, hand_of, told
from visualizer.touched import Touched

cases = together(CASES)


def moments(name, grain):
    lecture = hand_of(MODELS[name], grain).lecture
    for position, told_here in enumerate(told(lecture.trace, grain)):
        yield Touched(lecture, lecture.moment(position)), told_here


@cases
def test_each_step_writes_what_becomes_known_and_nothing_else(name, grain):
    for touched, (known, new, _) in moments(name, grain):
        written = {(ref, indices) for ref, indices in known if touched.state((ref,), indices) == "write"}
        assert written == new


@cases
def test_each_step_reads_what_it_needs_and_nothing_else(name, grain):
    for touched, (known, _, needed) in moments(name, grain):
        read = {(ref, indices) for ref, indices in known if touched.state((ref,), indices) == "read"}
        assert read == needed, (touched.step.address, touched.unit)


def test_nothing_is_touched_before_the_first_step():
    touched, _ = next(moments("mazur", "layer"))
    assert touched.step is None
    assert touched.touches == frozenset()
    assert touched.state((Ref("W", 1),), (0, 0)) == ""


def test_what_is_read_and_written_through_one_item_counts_as_written():
    lecture = hand_of(MODELS["mazur"]).lecture
    touched = Touched(lecture, lecture.moment(lecture.position("a.1")))
    assert touched.state((Ref("z", 1),), (0,)) == "read"
    assert touched.state((Ref("a", 1), Ref("z", 1)), (0,)) == "write"
