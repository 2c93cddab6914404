import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InputError
from engine.settings import Task
from visualizer.digits import as_image, grid_of, read_drawing

SHAPES = [(8, 8), (28, 28), (5, 4), (32, 32)]


@pytest.mark.parametrize("picture", SHAPES)
def test_a_grid_has_whole_cells_for_each_pixel(picture):
    grid = grid_of(picture)
    assert [side % pixel for side, pixel in zip(grid, picture, strict=True)] == [0, 0]
    assert max(grid) <= 32


def test_a_drawing_is_read_row_by_row():
    drawn = read_drawing("00f0" + "8" * 4, (2, 4))
    assert drawn[0].tolist() == [0, 0, 1, 0]
    assert drawn[1].tolist() == [8 / 15] * 4


def is_drawing(text):
    return text is not None and len(text) == 6 and set(text) <= set("0123456789abcdef")


@given((st.text(max_size=20) | st.none()).filter(lambda text: not is_drawing(text)))
def test_what_is_no_drawing_is_told(text):
    with pytest.raises(InputError, match="not a valid drawing"):
        read_drawing(text, (2, 3))


def stroke(shape, top, left, height, width):
    drawn = np.zeros(shape)
    drawn[top : top + height, left : left + width] = 1
    return drawn


@pytest.mark.parametrize("picture", SHAPES)
def test_nothing_drawn_is_an_empty_image(picture):
    assert not as_image(np.zeros(grid_of(picture)), picture).any()


def test_a_small_image_fills_its_frame_wherever_it_was_drawn():
    places = [(1, 1), (10, 18), (15, 5)]
    images = [as_image(stroke((32, 32), *place, 16, 8), (8, 8)).reshape(8, 8) for place in places]
    for image in images:
        np.testing.assert_allclose(image, images[0], atol=1e-9)
        assert image[:, 3:5].min() > 0.7
        assert image[:, 0].max() == image[:, -1].max() == 0


def test_an_image_of_mnist_has_its_rim_and_rests_on_its_centre_of_mass():
    drawn = stroke((28, 28), 2, 3, 14, 3) + stroke((28, 28), 13, 6, 3, 8)
    image = as_image(drawn, (28, 28)).reshape(28, 28)
    rows = np.nonzero(image > 0.5)[0]
    assert np.ptp(rows) + 1 == pytest.approx(20, abs=1)
    middle = (np.indices(image.shape) * image).sum(axis=(1, 2)) / image.sum()
    np.testing.assert_allclose(middle, 13.5, atol=0.35)


def test_a_dot_stays_a_dot():
    image = as_image(stroke((32, 32), 5, 5, 2, 2), (8, 8))
    assert 0 < image.sum() < 4


def test_digits_drawn_elsewhere_and_smaller_are_still_read():
    task = Task().with_data("digits")
    *_, epoch = task.fit(task.network(), 0, 6, None)
    x, y = epoch.history.held_out
    small = np.zeros((len(x), 32, 32))
    small[:, 3:27, 5:29] = np.kron(x.reshape(-1, 8, 8), np.ones((3, 3)))
    images = np.array([as_image(drawn, (8, 8)) for drawn in small])
    assert (epoch.network.predict(images).argmax(axis=1) == y.argmax(axis=1)).mean() > 0.85
    assert (epoch.network.predict(small[:, ::4, ::4].reshape(-1, 64)).argmax(axis=1) == y.argmax(axis=1)).mean() < 0.6
