"""Two thousand files and links that mean harm: each ends in a value or in a sentence, soon and with little memory."""

import random
import resource
import time
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.spec import BODY, HEAD
from tests.hostile import borne, link, parsers

PARSERS = parsers()
CASES, SECONDS, MEGABYTES = 200, 2, 200


@pytest.mark.parametrize("name", PARSERS)
def test_what_has_been_tampered_with(name):
    parser, rng = PARSERS[name], random.Random(f"{name} 1")
    assert all(borne(parser, good) for good in parser.good[:3])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(CASES):
        bad = rng.choice(parser.mutate)(rng.choice(parser.good), rng)
        began = time.process_time()
        borne(parser, bad)
        assert time.process_time() - began < SECONDS, bad[:200]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEGABYTES * 1024


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from([*HEAD, *BODY, "step", "unfold", "lesson", "stop", "sample", "digits"]), st.text())
)
def test_links_of_anything(query):
    link(urlencode(query, errors="replace"))


@pytest.mark.parametrize("name", PARSERS)
def test_files_of_anything(name):
    @settings(max_examples=15)
    @given(st.binary(max_size=200))
    def read(data):
        borne(PARSERS[name], data)

    read()
