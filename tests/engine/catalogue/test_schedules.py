import re
from math import ceil

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import SCHEDULES, InputError, Network, fit, train
from engine.catalogue.schedules import LAST_PART
from engine.training import sweep

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)
NET = Network.random((2, 3, 1), ("tanh", "sigmoid"), seed=1)
XOR = np.array([[0, 0], [0, 1], [1, 0], [1, 1.0]]), np.array([0, 1, 1, 0.0])


@every_schedule
@pytest.mark.parametrize("T", [1, 2, 3, 10, 1000])
def test_a_rate_is_never_negative_and_never_above_the_one_asked_for(schedule, T):
    factors = [schedule.factor(t, T) for t in range(T)]
    assert min(factors) >= 0
    assert max(factors) <= 1 + 1e-15
    assert max(factors) > 0.5


@every_schedule
def test_a_record_carries_its_words_and_its_letters(schedule):
    assert SCHEDULES[schedule.name] is schedule
    assert schedule.source
    assert r"\eta" in schedule.tex
    words = re.sub(r"\\begin|\\end|cases|\\(?!gamma)[a-z]+", " ", schedule.tex)
    letters = set(re.findall(r"\\gamma|[a-z]", words.replace("_", "")))
    assert letters - {"t", "s"} == set(schedule.constants)
    assert all(text(lang) for text in (schedule.label, schedule.why) for lang in ("en", "zh"))
    assert schedule.why.en != schedule.why.zh


@every_schedule
@pytest.mark.parametrize("trained", [True, False], ids=["biases trained", "biases kept"])
@pytest.mark.parametrize("batch", [None, 3])
def test_training_takes_every_epoch_with_the_rate_of_its_factor(schedule, batch, trained):
    net, state, losses = NET.with_train_bias(trained), None, []
    settings = {"optimizer": "momentum", "batch_size": batch}
    for t in range(12):
        rate = 0.5 * schedule.factor(t, 12)
        one = train(net, *XOR, learning_rate=rate, epochs=1, start=t, state=state, **settings)
        net, state = one.network, one.state
        losses.append(one.loss[0])
    whole = train(NET.with_train_bias(trained), *XOR, learning_rate=0.5, epochs=12, schedule=schedule.name, **settings)
    assert_allclose(whole.loss, losses, rtol=1e-12)
    assert_allclose(whole.network.theta, net.theta, rtol=1e-12)


@every_schedule
def test_every_moment_is_replayed_with_its_rate(schedule):
    seen = {e.number: e.network.theta for e in fit(NET, *XOR, epochs=200, batch_size=2, schedule=schedule.name)}
    history = train(NET, *XOR, epochs=200, batch_size=2, schedule=schedule.name)
    for epoch in (1, 77, 133, 200):
        assert_array_equal(history.network_at(epoch).theta, seen[epoch])


@every_schedule
def test_a_sweep_follows_it_with_every_rate(schedule):
    nets = [NET, NET.with_bias(1, 0, 0.5)]
    runs = sweep(nets, *XOR, learning_rate=[0.1, 1.0], epochs=9, schedule=schedule.name)
    for k, rate in enumerate([0.1, 1.0]):
        alone = train(nets[k], *XOR, learning_rate=rate, epochs=9, schedule=schedule.name)
        assert_allclose(runs.loss[k], alone.loss, rtol=1e-12)
        assert_array_equal(runs.history(k).loss, alone.loss)


def test_a_training_that_goes_on_takes_up_the_curve_where_it_is():
    whole = train(NET, *XOR, epochs=10, schedule="cosine")
    rest = train(whole.network_at(6), *XOR, epochs=4, start=6, schedule="cosine")
    assert_array_equal(rest.network.theta, whole.network.theta)


def test_a_run_that_diverges_is_examined_with_the_rate_of_its_last_epoch():
    net = Network.random((1, 1), ("linear",), seed=1)
    history = train(net, [[1.0], [2.0]], [[1.0], [2.0]], learning_rate=1e3, epochs=400, schedule="warmup")
    assert history.stopped == "diverged"
    assert history.divergence.epoch == history.epochs


def test_an_unknown_schedule_is_told():
    for call in (train, sweep):
        with pytest.raises(InputError, match="schedule"):
            call(NET if call is train else [NET], *XOR, schedule="linear")


def their_rates(name, T):
    torch = pytest.importorskip("torch", reason="PyTorch is the oracle of this test")
    lr = torch.optim.lr_scheduler
    warm = ceil(0.1 * T)
    known = {
        "constant": lambda o: lr.ConstantLR(o, factor=1),
        "step": lambda o: lr.StepLR(o, step_size=ceil(T / 3), gamma=0.1),
        "exponential": lambda o: lr.ExponentialLR(o, gamma=0.01 ** (1 / T)),
        "cosine": lambda o: lr.CosineAnnealingLR(o, T_max=T),
        "inverse_time": lambda o: lr.LambdaLR(o, lambda t: 1 / (1 + 10 * t / T)),
        "one_cycle": lambda o: lr.OneCycleLR(o, max_lr=0.2, total_steps=T, cycle_momentum=False, final_div_factor=1e4),
        "warmup": lambda o: lr.LinearLR(o, start_factor=1 / warm, total_iters=warm - 1),
    }
    make = known.get(name) or pytest.fail(f"say here which scheduler of PyTorch is {name}")
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.2)
    scheduler, rates = make(optimizer), []
    for t in range(T):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if t < T - 1:
            scheduler.step()
    return rates


@every_schedule
@pytest.mark.parametrize("T", [20, 50, 77, 200])
def test_the_rates_are_those_of_torch(schedule, T):
    ours = [0.2 * schedule.factor(t, T) for t in range(T)]
    assert_allclose(ours, their_rates(schedule.name, T), rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("T", [2, 3, 4, 5, 30])
def test_one_cycle_ends_with_its_last_part_however_short_it_is(T):
    cycle = SCHEDULES["one_cycle"]
    assert cycle.factor(T - 1, T) == pytest.approx(1 / LAST_PART)
    assert min(cycle.factor(t, T) for t in range(T)) == cycle.factor(T - 1, T)


@pytest.mark.parametrize("T", [1, 2, 3])
def test_one_cycle_too_short_to_rise_begins_at_its_top(T):
    assert SCHEDULES["one_cycle"].factor(0, T) == pytest.approx(1)
