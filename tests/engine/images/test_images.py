import gc
from collections import OrderedDict
from contextlib import suppress
from types import SimpleNamespace
from urllib.error import URLError

import numpy as np
import pytest
import sklearn.datasets
from numpy.testing import assert_allclose, assert_array_equal

from engine import InputError
from engine.images import PUBLISHED_SET, fetch_mnist, fetched_bytes, read_images
from engine.images.images import Shelf, images_of
from tests.engine.digit_files import drawn, idx, mnist_files


def test_four_files_are_a_set_with_a_test_set():
    images = read_images(mnist_files())
    (pixels, labels), (seen, _) = drawn(60), drawn(20, seed=1)
    assert images.shape == (8, 8)
    assert images.x.dtype == images.y.dtype == np.float32
    assert_allclose(images.x, pixels.reshape(60, 64) / 255, rtol=1e-6)
    assert_array_equal(images.y.argmax(axis=1), labels)
    assert (images.y.sum(axis=1) == 1).all()
    assert_allclose(images.test[0], seen.reshape(20, 64) / 255, rtol=1e-6)
    assert not images.x.flags.writeable
    assert not images.y.flags.writeable
    assert images.size == 4 * 80 * (64 + 10)


def test_two_files_do_without_a_test_set():
    images = read_images({name: file for name, file in mnist_files().items() if "train" in name})
    assert images.test is None


def changed(**parts):
    files = mnist_files()
    for name, content in parts.items():
        full = next(key for key in files if name.replace("_", "-") in key)
        files[full] = content
    return files


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "missing"),
        ({name: file for name, file in mnist_files().items() if "labels" in name}, "missing"),
        ({name: file for name, file in mnist_files().items() if name != "t10k-labels-idx1-ubyte"}, "missing"),
        (mnist_files() | {"more": idx([1, 2])}, "two files"),
        (changed(train_labels=idx([1, 2])), "numbers of labels and images"),
        (changed(t10k_images=idx(np.zeros((20, 4, 4)))), "a different size"),
        (changed(t10k_images=b"zip"), "t10k-images"),
    ],
)
def test_what_does_not_go_together_is_told(files, words):
    with pytest.raises(InputError, match=words) as raised:
        read_images(files)
    assert raised.value.sentence("zh").endswith("。")


def test_mnist_comes_from_openml_with_its_own_test_set(monkeypatch, tmp_path):
    pixels, labels = drawn(70)
    asked = {}

    def fetch(name, **settings):
        asked.update(settings, name=name)
        return SimpleNamespace(data=pixels.reshape(70, 64), target=labels.astype(str))

    monkeypatch.setattr(sklearn.datasets, "fetch_openml", fetch)
    images = fetch_mnist(str(tmp_path))
    assert (asked["name"], asked["version"], asked["data_home"]) == ("mnist_784", 1, str(tmp_path))
    assert (len(images.x), len(images.test[0]), images.shape) == (60, 10, (8, 8))
    assert_array_equal(images.test[1].argmax(axis=1), labels[60:])


@pytest.mark.parametrize("error", [URLError("no route"), TimeoutError("late"), ValueError("Dataset not found")])
def test_without_a_network_one_sentence_says_so(monkeypatch, error):
    def fetch(*_, **__):
        raise error

    monkeypatch.setattr(sklearn.datasets, "fetch_openml", fetch)
    with pytest.raises(
        InputError,
        match=(
            r"^MNIST could not be (?:fetched|downloaded) "
            r"from OpenML. .*IDX files; got: .+\.$"
        ),
    ):
        fetch_mnist()


def test_how_much_has_come_is_counted(tmp_path):
    assert fetched_bytes(str(tmp_path)) == 0
    (tmp_path / "openml" / "a").mkdir(parents=True)
    (tmp_path / "openml" / "a" / "data.gz").write_bytes(bytes(100))
    assert fetched_bytes(str(tmp_path)) == 100


def of(seed, count=20):
    return images_of(*drawn(count, seed=seed))


def test_a_shelf_knows_sets_by_what_is_in_them():
    shelf = Shelf()
    key = shelf.put(of(1))
    assert shelf.put(of(1)) == key != shelf.put(of(2))
    with_test = images_of(*drawn(20, seed=1), drawn(5))
    assert shelf.put(with_test) != key
    assert shelf.get(key) is shelf.get(key)
    assert shelf.has(key)


def test_a_shelf_keeps_the_published_set_and_the_latest_others():
    shelf = Shelf(most=2)
    shelf.put(of(0), PUBLISHED_SET)
    keys = [shelf.put(of(seed)) for seed in (1, 2, 3)]
    assert [shelf.has(key) for key in (PUBLISHED_SET, *keys)] == [True, False, True, True]
    with pytest.raises(InputError, match="not on this server"):
        shelf.get(keys[0])


def test_a_shelf_counts_what_is_still_looked_at():
    size = of(1).size
    shelf = Shelf(most=1, most_bytes=int(2.5 * size))
    views = [shelf.get(shelf.put(of(seed))).x[:3] for seed in (1, 2)]
    with pytest.raises(InputError, match="cannot hold any more images"):
        shelf.put(of(3))
    del views
    gc.collect()
    assert shelf.has(shelf.put(of(3)))


class Leaving(OrderedDict):
    """Shelf whose entries are gone as soon as somebody has asked whether they are there."""

    def __contains__(self, key):
        return self.pop(key, None) is not None


def test_a_set_that_makes_room_while_it_is_looked_for_is_missing_and_nothing_worse():
    shelf = Shelf()
    key = shelf.put(images_of(*drawn(4)))
    shelf._kept = Leaving(shelf._kept)
    with suppress(InputError):
        shelf.get(key)
    assert shelf.has(key)  # and is gone by now
    assert shelf.find(key) is None
    with pytest.raises(InputError):
        shelf.get(key)
