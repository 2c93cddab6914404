"""Bytes that a step sends to the browser: all of it, the position, the equation and the arithmetic."""

import time
from dataclasses import replace

import pytest

from engine.settings import model_to_query
from tests.browser.steps import to_agree, to_rest
from tests.visualizer.oracles import builder_of
from visualizer.state import open_link

pytestmark = pytest.mark.browser
MOST = 8 * 1024
LARGE = {"sizes": "8-16-16-4", "activations": "tanh-tanh-softmax", "seed": "1"}


def watch(page, received):
    def listen(socket):
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.on("websocket", listen)


def to_be_quiet(page, received, took=0.0):
    """Wait until nothing has been received for as long as the step took: on a busy machine its end comes late."""
    before = None
    while before != len(received):
        before = len(received)
        page.wait_for_timeout(max(200, 1000 * took))


def with_own_weights(query):
    """The query of the same network with weights of a reader's own, about as many digits as an address holds."""
    model = open_link(query, "en")[0].model
    own = replace(model, net=tuple((model.network().theta / 3).round(10).tolist()))
    return model_to_query(own)


@pytest.mark.parametrize(
    ("way", "network"), [("key", LARGE), ("click", with_own_weights(LARGE))], ids=["key", "click, own weights"]
)
def test_no_step_sends_more_than_eight_kibibytes(visit, reader, way, network):
    received = []
    reader.on("page", lambda page: watch(page, received))
    page = visit(**network)
    model = open_link(network, "en")[0].model
    builder = builder_of(model)
    to_agree(page, builder, 0)
    took = 1.0
    for position in range(1, len(builder.lecture) + 1):
        to_rest(page)
        to_be_quiet(page, received, took)
        received.clear()
        began = time.monotonic()
        if way == "key":
            page.keyboard.press("ArrowRight")
        else:
            page.locator(".st-key-step_next button").first.click()
        to_agree(page, builder, position)
        took = time.monotonic() - began
        to_be_quiet(page, received, took)
        assert 0 < sum(received) <= MOST, position
