import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import CLIPS, OPTIMIZERS
from engine.passes import trace
from tests.engine.oracles import draw_network

every_clip = pytest.mark.parametrize("clip", CLIPS.values(), ids=CLIPS)
G = np.array([3.0, -4.0, 0.0, 12.0])
X, Y = [[0.5, -1.0], [0.25, 2.0], [-0.75, 1.0]], [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
NET = draw_network(np.random.default_rng(1), (2, 3, 2), ("tanh", "linear"))
UPDATE = {"optimizer": "sgd", "learning_rate": 0.5}


@every_clip
def test_what_is_below_the_limit_stays(clip):
    assert_array_equal(clip.clipped(G, 20.0, np.array([13.0])), G)


def test_by_value_cuts_every_entry_and_by_norm_keeps_the_direction():
    assert_array_equal(CLIPS["value"].clipped(G, 3.5, np.array([13.0])), [3, -3.5, 0, 3.5])
    assert_allclose(CLIPS["norm"].clipped(G, 1.3, np.array([13.0])), G / 10, rtol=1e-6)


@every_clip
def test_a_record_carries_its_words(clip):
    assert CLIPS[clip.name] is clip
    assert "<dp>" in clip.tex
    assert clip.source or clip.name == "none"
    assert all(text(lang) for text in (clip.label, clip.why) for lang in ("en", "zh"))
    assert clip.why.en != clip.why.zh


@pytest.mark.parametrize("name", [name for name in CLIPS if name != "none"])
def test_a_trace_clips_before_it_updates(name):
    plain, t = trace(NET, X, Y), trace(NET, X, Y, **UPDATE, clip=name, clip_at=0.2)
    assert [step.address for step in t.steps] == [*(s.address for s in plain.steps), "clip", "update"]
    length = np.linalg.norm(plain.gradient)
    assert length > 0.2
    assert_allclose(t.value("norm"), length, rtol=1e-14)
    assert_array_equal(t.gradient, plain.gradient)
    assert_array_equal(t.clipped_gradient, CLIPS[name].clipped(plain.gradient, 0.2, t.value("norm")))
    assert_array_equal(t.value("cW", 1).ravel()[:2], t.clipped_gradient[:2])
    assert_array_equal(t.network.theta, OPTIMIZERS["sgd"].step(NET.theta, t.clipped_gradient, 0.5, None)[0])


def test_biases_that_are_not_trained_do_not_count_in_the_length():
    net = NET.with_train_bias(False)
    t = trace(net, X, Y, **UPDATE, clip="norm", clip_at=0.2)
    assert_allclose(t.value("norm"), np.sqrt(sum((t.value("dW", l) ** 2).sum() for l in (1, 2))), rtol=1e-14)
