"""Two thousand files and links that mean harm: each ends in a value or in a sentence, soon and with little memory."""

import json
import random
import resource
from functools import partial
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import InputError
from engine.core import last_digit
from engine.settings import BODY, HEAD, Model
from engine.settings import FIELDS as TASK
from tests.hostile import MAZUR, borne, lab_link, link, parsers, prepared_table, said
from tests.pace import pace, paces, seconds
from visualizer.checking import read_claims
from visualizer.lab import lab_from_file
from visualizer.landscape import FIELDS as SITE
from visualizer.landscape import landscape_from_query
from visualizer.state import from_file

PARSERS = parsers()
CASES, FEW, MEGABYTES = 90, 6, 200
_SOON, _BORNE = 10, 50  # at most so many times as long as plain JSON; reading all that is too much took 150


@pytest.mark.parametrize("name", PARSERS)
def test_what_has_been_tampered_with(name):
    parser, rng = PARSERS[name], random.Random(f"{name} 1")
    assert all(borne(parser, good) for good in parser.good[:3])
    before, slowest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, (0.0, b"")
    for _ in range(FEW if parser.costly else CASES):
        bad = rng.choice(parser.mutate)(rng.choice(parser.good), rng)
        slowest = max(slowest, (seconds(partial(borne, parser, bad)), bad[:200]))
    assert slowest[0] < _BORNE * pace(), slowest[1]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from([*HEAD, *BODY, "step", "unfold", "lesson", "stop", "sample", "digits"]), st.text())
)
def test_links_of_anything(query):
    link(urlencode(query, errors="replace"))


@pytest.mark.parametrize("name", PARSERS)
def test_files_of_anything(name):
    @settings(max_examples=2 if PARSERS[name].costly else 15)
    @given(st.binary(max_size=200))
    def read(data):
        borne(PARSERS[name], data)

    read()


DIGITS = ("²", "٣", "１", "½", "1_0", "0x1", "infinity", "1e5000", "0e400", "1" * 5000, "٣" * 5000, "²" * 5000)
WORST_DIGITS = ("²", "٣", "1" * 5000)
FORMS = (
    "{0}",
    "-{0}",
    "{0}-{0}",
    "2-{0}-1",
    "{0}_{0}",
    "{0}.{0}",
    "w{0}.1.1",
    "b1.{0}",
    "v.{0}~t.{0}",
    "{0}/{0}",
    "{0},{0}",
)
IN_LINKS = {
    "stage": ({*HEAD, *BODY, "step", "unfold", "lesson", "stop", "sample", "digits", "pixels", "lang"}, {}, link),
    "training": (set(TASK), {"data": "own", "rows": "1,2,0\n0,1,1", "targets": "3"}, lab_link),
    "landscape": (set(SITE), {}, lambda text: said(landscape_from_query(dict(parse_qsl(text)), MAZUR.given)[1])),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("reader", IN_LINKS)
def test_what_looks_like_digits_is_read_or_told_in_every_place_of_a_link(reader, form):
    parameters, good, read = IN_LINKS[reader]
    for name in parameters:
        for digits in DIGITS if form == "{0}" else WORST_DIGITS:
            read(urlencode(good | {name: form.format(digits)}))


NAMES = ("z{0} 1", "z1_{0} 1", "W1_{0},{0} 1", "C@{0} 1", "C {0}", "w{0} 1", "W[{0}][{0}] 1", "θ{0}: [[1]]")
NAMES += (
    "fc{0}.weight = [[1]]",
    "layers.{0}.bias.grad 1",
    "dense_{0}/kernel: [1]",
    "{0}.weight 1\n{0}.bias 1",
    "W1 [{0}]",
)


@pytest.mark.parametrize("digits", DIGITS)
@pytest.mark.parametrize("name", NAMES)
def test_what_looks_like_digits_is_read_or_told_in_a_readers_own_values(name, digits):
    claims, problems = read_claims(name.format(digits), MAZUR, 1)
    assert claims or problems
    said(problems)
    assert all(np.isfinite(float(claim.typed)) and last_digit(claim.typed) > 0 for claim in claims)


def _project(**settings):
    return partial(from_file, json.dumps({"format": "backprop-stage", "version": 1, **settings}), "en")


def _runs(runs=(), **task):
    held = {"format": "backprop-stage-runs", "version": 1, "task": task, "runs": list(runs)}
    return partial(lab_from_file, json.dumps(held))


def _own(rows, **more):
    return _runs(data="own", rows=rows, **more)


def _sheet(text):
    return partial(prepared_table, text)


_MANY = 2_000_000
TOO_MUCH = {
    "numbers": lambda: _project(net="0_" * _MANY),
    "numbers of a state": lambda: _project(state="v." + "0_" * _MANY),
    "parts of a state": lambda: _project(state="v.0~" * _MANY),
    "long parts of a state": lambda: _project(state="~".join(["v" + ".0_" + "0_" * 240_000] * 16)),
    "masks": lambda: _project(masks="0-" * _MANY),
    "rows": lambda: _project(x="0~" * _MANY),
    "columns": lambda: _project(x="0_" * _MANY),
    "sizes": lambda: _project(sizes="1-" * _MANY),
    "activations": lambda: _project(sizes="2-2-1", activations="relu-" * _MANY),
    "mistakes": lambda: _project(mistakes="half-" * _MANY),
    "names": lambda: _project(**{f"k{i}": "" for i in range(400_000)}),
    "lists": lambda: partial(from_file, "[" + "[]," * _MANY + "[]]", "en"),
    "more than a file may have": lambda: partial(from_file, " " * 10_000_000 + "{}", "en"),
    "runs": lambda: _runs([{"parts": []}] * 400_000),
    "parts of a run": lambda: _runs([{"parts": [[0, {}]] * 400_000}]),
    "layers of a task": lambda: _runs(hidden="1-" * _MANY),
    "lines of a table": lambda: _own("\n" * 4_900_000),
    "rows of a table": lambda: _own("1,2\n" * 1_200_000),
    "columns of a table": lambda: _own("1," * _MANY),
    "targets": lambda: _own("1,2\n3,4", targets="1," * _MANY),
    "lines of a sheet": lambda: _sheet("\n" * 4_900_000),
    "rows of a sheet": lambda: _sheet("1,2\n" * 1_200_000),
    "columns of a sheet": lambda: _sheet("1," * _MANY),
    "cells of a sheet": lambda: _sheet((",".join("1" * 1_900) + "\n") * 600),
    "what is drawn in a sheet": lambda: _sheet("|" * 4_900_000),
    "empty columns of a sheet": lambda: _sheet(("1" + "," * 1_900 + "\n") * 500),
    "walkers": lambda: partial(landscape_from_query, {"walkers": "sgd-" * _MANY}, MAZUR.given),
    "brackets of a claim": lambda: partial(read_claims, "a" + "( " * _MANY, Model.of_example("mazur").trace(), 1),
    "brackets of a short claim": lambda: partial(read_claims, "a" + "( " * 3_900, Model.of_example("mazur").trace(), 1),
}


def answered(read):
    """Result of a call, or the complaint that it ends with."""
    try:
        return read()
    except InputError as error:
        return [[error]]


@pytest.mark.parametrize("what", TOO_MUCH)
def test_what_is_too_much_is_counted_and_not_read(what):
    read, found = TOO_MUCH[what](), []
    assert paces(lambda: found.extend(answered(read))) < _SOON
    *_, problems = found
    assert problems
    said(problems)


def test_many_changes_of_large_runs_are_read_soon():
    task = {"hidden": "400-400", "activations": "relu-relu-sigmoid", "data": "moons", "size": "2000"}
    runs = [{"parts": [[0, task], *([i, {"eta": f"0.{i}"}] for i in range(1, 100))]} for _ in range(8)]
    assert len(_runs(runs)()[1]) == 8
    assert paces(_runs(runs)) < _BORNE
    runs[0]["parts"][1][1]["seed"] = "2"  # a training that goes on has no other network
    assert [problem.problem.en for problem in _runs(runs)()[2]] == ["runs: cannot be read"]
