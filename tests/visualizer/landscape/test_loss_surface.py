from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine import OPTIMIZERS, InputError
from engine.landscape import SURFACES, walk
from engine.passes import trace
from engine.settings import Task
from tests.visualizer.trials import SPIRAL, run, trial_of
from visualizer.landscape import LandscapeSettings, Origin, known_surface, network_surface
from visualizer.landscape.loss_surface import MOST_POINTS
from visualizer.landscape.settings import PLANES
from visualizer.runs import NamedRun


def of(name, **settings):
    trial = trial_of(name)
    return computed(network_surface(LandscapeSettings(grid=25, **settings), Origin(trial.task, (NamedRun("", trial),))))


def computed(surface):
    while surface.running:
        surface.advance()
    return surface


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("name", ["spiral", "softmax", "sine", "table", "changed"])
def test_heights_are_costs_of_the_networks_at_their_places(name, plane):
    made, trial = of(name, plane=plane), trial_of(name)
    for i, j in ((0, 0), (3, 20), (24, 24)):
        network = made.plane.network(made.x[i] - made.corner[0], made.y[j] - made.corner[1])
        assert made.cost[j, i] == pytest.approx(trace(network, *trial.data, trial.task.loss).loss, rel=1e-9)
        assert_allclose(made.place(network), [made.x[i], made.y[j]], atol=1e-9)


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("name", ["spiral", "long", "diverged"])
def test_the_path_is_that_of_the_run_and_lies_on_the_picture(name, plane):
    made, trial = of(name, plane=plane), trial_of(name)
    (path,) = made.paths
    assert_array_equal(path.heights, trial.loss[path.at])
    assert np.isfinite(path.points).all()
    assert_allclose(path.points[-1], made.here, atol=1e-6 * np.abs(path.points).max())
    for values, axis in zip(path.points.T, (made.x, made.y), strict=True):
        assert axis[0] <= values.min() <= values.max() <= axis[-1]
    assert 0 <= made.share <= 1


def test_axes_of_two_parameters_say_their_values():
    made, trial = of("spiral", plane="weights", first=(2, 3, 1), second=(1, 0, None)), trial_of("spiral")
    network = trial.network_at(7)
    assert_allclose(made.place(network), [network.layers[1].W[3, 1], network.theta[network.index(1, 0, None)]])
    assert [name("en") for name in made.names] == ["w²₄₂", "b¹₁"]


def test_principal_directions_hold_more_of_the_path_than_random_ones():
    assert of("spiral", plane="principal").share > 0.9 > of("spiral", plane="random").share


def test_runs_from_the_same_start_share_the_picture():
    looked, shown = NamedRun("", trial_of("long")), {"grid": 25, "plane": "principal"}
    other = NamedRun("other", run(Task(epochs=300, optimizer="adam")), 3)
    stranger, hidden = NamedRun("", run(Task(epochs=5, seed=2))), NamedRun("", other.trial, hidden=True)
    runs = (stranger, other, hidden, looked)
    made = network_surface(LandscapeSettings(**shown), Origin(looked.trial.task, runs))
    assert [(path.label("en"), path.colour) for path in made.paths][1:] == [("other", 3)]
    assert made.paths[1].at[-1] <= 300
    assert_allclose(made.paths[1].points[0], made.paths[0].points[0])
    assert_array_equal(made.paths[1].heights, other.trial.loss[made.paths[1].at])


def test_before_training_there_is_a_plane_but_no_principal_one():
    made = computed(network_surface(LandscapeSettings(grid=25), Origin(SPIRAL)))
    x, y = SPIRAL.samples()
    middle = trace(SPIRAL.network(), x, y, SPIRAL.loss).loss
    assert (made.paths, made.cost[12, 12]) == ([], pytest.approx(middle))
    with pytest.raises(InputError, match="plane"):
        network_surface(LandscapeSettings(plane="principal"), Origin(SPIRAL))


def test_it_is_computed_in_portions_and_stops_when_told_to():
    made = network_surface(LandscapeSettings(grid=100), Origin(SPIRAL))
    made.advance()
    assert 0 < made.done < 1
    assert np.isnan(made.cost).mean() == pytest.approx(1 - made.done)
    made.cancelled, done = True, made.done
    made.advance()
    assert (made.running, made.done) == (False, done)
    made.cancelled = False
    assert np.isfinite(computed(made).cost).all()


def test_threads_that_overlap_compute_each_portion_once():
    made, alone = (network_surface(LandscapeSettings(grid=100), Origin(SPIRAL)) for _ in range(2))
    with ThreadPoolExecutor(4) as threads:
        for done in [threads.submit(computed, made) for _ in range(4)]:
            done.result()
    assert made.done == 1
    assert_array_equal(made.cost, computed(alone).cost)


@pytest.mark.parametrize("reach", [0.5, 2.0])
def test_reach_and_grid_stretch_the_axes(reach):
    usual, other = of("sine"), network_surface(LandscapeSettings(grid=50, reach=reach), Origin(*_sine()))
    assert np.ptp(other.x) == pytest.approx(reach * np.ptp(usual.x))
    assert other.cost.shape == (50, 50)


def _sine():
    return trial_of("sine").task, (NamedRun("", trial_of("sine")),)


@pytest.mark.parametrize("name", SURFACES)
def test_a_test_surface_has_its_heights_and_the_walks_over_it(name):
    made, ground = known_surface(LandscapeSettings(name, walkers=tuple(OPTIMIZERS), grid=25)), SURFACES[name]
    assert made.cost[3, 20] == pytest.approx(ground.f(made.x[20], made.y[3]), rel=1e-13)  # a power of one number
    for path, optimizer in zip(made.paths, OPTIMIZERS, strict=True):
        assert_array_equal(path.points[0], ground.start)
        assert_allclose(path.heights, ground.f(*path.points.T), rtol=1e-13)
        assert path.at[-1] == 200, optimizer
        assert np.isfinite(path.heights).all()
    assert_array_equal(made.paths[0].points, walk(name, steps=200).points)


def test_a_rate_holds_for_all_and_what_diverges_says_so():
    made = known_surface(LandscapeSettings("rosenbrock", walkers=("adam", "sgd"), rate=0.5, steps=1000))
    adam, sgd = made.paths
    assert_array_equal(adam.points, walk("rosenbrock", "adam", 0.5, 1000).points[adam.at])
    assert (adam.at[-1], len(adam.at) <= MOST_POINTS + 1) == (1000, True)
    assert f"diverged at step {sgd.at[-1] + 1}" in sgd.label("en")
    assert "发散" in sgd.label("zh")


def test_heights_between_the_points_are_as_drawn():
    made = known_surface(LandscapeSettings("bowl", grid=100))
    points = np.array([[1.234, -0.5], [0.1, 2.2], [-5, -2.5], [5, 2.5]])
    assert_allclose(made.on_the_ground(points), SURFACES["bowl"].f(*points.T), rtol=0.01, atol=0.01)


def test_steep_ones_are_drawn_logarithmically():
    assert [known_surface(LandscapeSettings(name)).is_steep for name in ("bowl", "beale")] == [False, True]
