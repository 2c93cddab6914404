"""Kinds of findings: in which order they come, and how each is meant."""

from engine import Text
from visualizer.findings import ALARM, FINDINGS, GOOD, NOTE
from visualizer.findings.record import Finding, Kind


def test_a_kind_without_an_order_comes_last_and_the_others_in_theirs():
    orders = [kind.order for kind in FINDINGS.values()]
    assert orders == sorted(set(orders))
    assert Kind("late", iter).order > max(orders)


def test_a_finding_is_an_alarm_without_a_cause_unless_it_says_otherwise():
    finding = Finding("toy", Text("Toy.", "玩具。"), 0, 1)
    assert (finding.tone, finding.cause, finding.apart, finding.tries) == (ALARM, "", None, ())
    assert len({ALARM, GOOD, NOTE}) == 3
