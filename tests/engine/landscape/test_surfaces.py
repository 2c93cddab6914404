import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, SCHEDULES, SURFACES, InputError, walk
from engine.passes.autograd import by_torch
from tests.engine.oracles import difference, in_torch

every_surface = pytest.mark.parametrize("surface", SURFACES.values(), ids=SURFACES)


@every_surface
def test_the_gradient_is_the_slope(surface):
    for point in np.random.default_rng(1).uniform(-1.5, 1.5, (10, 2)):
        numeric = difference(lambda p: surface.f(*p), point)
        assert_allclose(surface.gradient(*point), numeric, rtol=1e-6, atol=1e-6)


@every_surface
def test_the_minimum_is_one_and_lies_in_the_picture(surface):
    assert surface.f(*surface.minimum) == 0
    assert_array_equal(surface.gradient(*surface.minimum), (0, 0))
    x, y = np.meshgrid(np.linspace(*surface.x, 101), np.linspace(*surface.y, 101))
    assert surface.f(x, y).shape == (101, 101)
    assert (surface.f(x, y) >= 0).all()
    for point in (surface.minimum, surface.start):
        assert all(low <= at <= high for at, (low, high) in zip(point, (surface.x, surface.y), strict=True))


@every_surface
def test_a_record_carries_its_words(surface):
    assert SURFACES[surface.name] is surface
    assert surface.source
    assert surface.tex
    assert surface.tex_gradient
    assert all(text(lang) for text in (surface.label, surface.why) for lang in ("en", "zh"))
    assert surface.why.en != surface.why.zh


@pytest.mark.parametrize(("name", "height"), [("bowl", 5.5), ("rosenbrock", 401.0), ("beale", 126.453125)])
def test_known_heights(name, height):
    point = {"bowl": (1.0, 1.0), "rosenbrock": (0.0, 2.0), "beale": (1.0, 2.0)}[name]
    assert SURFACES[name].f(*point) == pytest.approx(height)


@every_surface
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_a_walk_is_the_steps_of_the_optimizer(surface, optimizer):
    way = walk(surface.name, optimizer, 0.001, steps=20)
    point, state = np.array(surface.start), None
    for seen, height in zip(way.points, way.heights, strict=True):
        assert_array_equal(seen, point)
        assert height == pytest.approx(surface.f(*point), rel=1e-13)  # powers of arrays may end in another digit
        point, state = OPTIMIZERS[optimizer].step(point, np.array(surface.gradient(*point)), 0.001, state)
    assert len(way.points) == 21
    assert way.heights[-1] < way.heights[0]


@every_surface
def test_gradient_descent_gets_there_with_the_surfaces_own_rate(surface):
    end = walk(surface.name, steps=30_000).points[-1]
    assert_allclose(end, surface.minimum, atol=1e-2)


@every_surface
def test_a_walk_that_is_thrown_out_ends_with_finite_numbers(surface):
    way = walk(surface.name, "sgd", 1e3, steps=500)
    assert len(way.points) < 501
    assert np.isfinite(way.points).all()
    assert np.isfinite(way.heights).all()


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_walk_follows_a_schedule(schedule):
    way = walk("bowl", "sgd", 0.05, steps=10, schedule=schedule)
    gradient = np.array([SURFACES["bowl"].gradient(*point) for point in way.points[:-1]])
    rates = np.array([[0.05 * SCHEDULES[schedule].factor(t, 10)] for t in range(10)])
    assert_allclose(np.diff(way.points, axis=0), -rates * gradient, rtol=1e-9, atol=1e-14)


@every_surface
@pytest.mark.parametrize("optimizer", in_torch(OPTIMIZERS))
def test_the_walk_is_that_of_torch(surface, optimizer):
    torch = pytest.importorskip("torch", reason="PyTorch is the oracle of this test")
    point = torch.tensor(surface.start, dtype=torch.float64, requires_grad=True)
    theirs = by_torch(OPTIMIZERS[optimizer], parameters=[point], rate=1e-3)
    way = walk(surface.name, optimizer, 1e-3, steps=50)
    for seen in way.points:
        assert_allclose(seen, point.detach().numpy(), rtol=1e-9)
        theirs.zero_grad()
        surface.f(*point).backward()
        theirs.step()


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"surface": "hill"}, "surface"),
        ({"surface": "bowl", "optimizer": "sdg"}, "optimizer"),
        ({"surface": "bowl", "schedule": "slow"}, "schedule"),
        ({"surface": "bowl", "learning_rate": -1}, "learning rate"),
        ({"surface": "bowl", "steps": 0}, "steps"),
        ({"surface": "bowl", "start": [1]}, "start"),
        ({"surface": "bowl", "start": [1, np.inf]}, "start"),
    ],
    ids=str,
)
def test_wrong_settings_are_told(settings, words):
    with pytest.raises(InputError, match=words):
        walk(**settings)
