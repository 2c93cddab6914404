from engine import Ref
from tests.together import together
from tests.visualizer.oracles import CASES, MODELS, builder_of, told
from visualizer.equations import Access

cases = together(CASES)


def moments(name, grain):
    lecture = builder_of(MODELS[name], grain).lecture
    for position, told_here in enumerate(told(lecture.trace, grain)):
        yield Access(lecture, lecture.moment(position)), told_here


@cases
def test_each_step_writes_what_becomes_known_and_nothing_else(name, grain):
    for access, (known, new, _) in moments(name, grain):
        written = {(ref, indices) for ref, indices in known if access.state((ref,), indices) == "write"}
        assert written == new


@cases
def test_each_step_reads_what_it_needs_and_nothing_else(name, grain):
    for access, (known, _, needed) in moments(name, grain):
        read = {(ref, indices) for ref, indices in known if access.state((ref,), indices) == "read"}
        assert read == needed, (access.step.address, access.unit)


def test_nothing_is_touched_before_the_first_step():
    access, _ = next(moments("mazur", "layer"))
    assert access.step is None
    assert access.touches == frozenset()
    assert access.state((Ref("W", 1),), (0, 0)) == ""


def test_what_is_read_and_written_through_one_item_counts_as_written():
    lecture = builder_of(MODELS["mazur"]).lecture
    access = Access(lecture, lecture.moment(lecture.position("a.1")))
    assert access.state((Ref("z", 1),), (0,)) == "read"
    assert access.state((Ref("a", 1), Ref("z", 1)), (0,)) == "write"
