"""Files of digits in every way in which they are handed on: each gives the same pixels and labels."""

import gzip
import io
import pickle
import zipfile

import numpy as np
import pytest

from engine import InputError
from engine.images import read_images

rng = np.random.default_rng(3)
PIXELS, LABELS = rng.integers(0, 256, (6, 28, 28), np.uint8), np.array([3, 0, 9, 1, 1, 7], np.uint8)
PIXELS[:, 0, 0] = PIXELS[:, -1, -1] = 0
IMAGES = b"\0\0\x08\x03" + b"".join(n.to_bytes(4, "big") for n in PIXELS.shape) + PIXELS.tobytes()
NAMED = b"\0\0\x08\x01" + len(LABELS).to_bytes(4, "big") + LABELS.tobytes()


def npz(**arrays):
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def csv(last=False, header=False, between="\n"):
    rows = np.column_stack([PIXELS.reshape(6, -1), LABELS] if last else [LABELS, PIXELS.reshape(6, -1)])
    names = ["label", *(f"pixel{i}" for i in range(784))]
    lines = [",".join(names[::-1] if last else names)] if header else []
    return between.join([*lines, *(",".join(map(str, row)) for row in rows)]).encode()


def zipped(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


FILES = {
    "IDX": {"train-images-idx3-ubyte": IMAGES, "train-labels-idx1-ubyte": NAMED},
    "gzipped": {"i.gz": gzip.compress(IMAGES), "l.gz": gzip.compress(NAMED)},
    "gzipped twice": {"i.gz": gzip.compress(gzip.compress(IMAGES)), "l.gz": gzip.compress(NAMED)},
    "Keras": {"mnist.npz": npz(x_train=PIXELS, y_train=LABELS, x_test=PIXELS[:2], y_test=LABELS[:2])},
    "CSV": {"mnist_train.csv": csv()},
    "CSV of Kaggle": {"train.csv": csv(header=True)},
    "CSV of Windows": {"train.csv": csv(header=True, between="\r\n")},
    "label last": {"train.csv": csv(last=True)},
    "label last with a header": {"train.csv": csv(last=True, header=True)},
    "CSV gzipped": {"train.csv.gz": gzip.compress(csv())},
    "zip of IDX": {"archive.zip": zipped(images=IMAGES, labels=NAMED, t10k_images=IMAGES, t10k_labels=NAMED)},
    "zip of CSV": {"archive.zip": zipped(**{"mnist_train.csv": csv(), "mnist_test.csv": csv(header=True)})},
    "two CSV": {"mnist_train.csv": csv(), "mnist_test.csv": csv()},
}


@pytest.mark.parametrize("name", FILES)
def test_digits_come_in(name):
    images = read_images(FILES[name])
    assert images.shape == (28, 28)
    assert np.array_equal(np.rint(images.x * 255), PIXELS.reshape(6, -1))
    assert images.y.argmax(axis=1).tolist() == LABELS.tolist()
    assert (images.test is not None) == (name in ("Keras", "zip of IDX", "zip of CSV", "two CSV"))


LETTERS = np.array([1, 26, 3, 8, 8, 20], np.uint8)
MAP = b"".join(b"%d %d %d\n" % (i, 64 + i, 96 + i) for i in range(1, 27))
BALANCED = b"".join(b"%d %d\r\n" % (i, ord(c)) for i, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabdefghnqrt"))


def idx_of(labels):
    return b"\0\0\x08\x01" + len(labels).to_bytes(4, "big") + labels.tobytes()


def emnist(kind, labels, mapped=b""):
    files = {f"emnist-{kind}-train-images-idx3-ubyte.gz": gzip.compress(IMAGES)}
    files |= {f"emnist-{kind}-train-labels-idx1-ubyte.gz": gzip.compress(idx_of(labels))}
    return files | ({f"emnist-{kind}-mapping.txt": mapped} if mapped else {})


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (emnist("letters", LETTERS), "AZCHHT"),
        (emnist("letters", LETTERS, MAP), "AZCHHT"),
        ({"archive.zip": zipped(**emnist("letters", LETTERS, MAP))}, "AZCHHT"),
        (emnist("balanced", LETTERS + 20, BALANCED), "LtNSSf"),
        (emnist("balanced", LETTERS + 20), "LtNSSf"),
        (emnist("byclass", LETTERS + 35), "azchht"),
    ],
)
def test_letters_come_in_upright_with_their_names(files, names):
    images = read_images(files)
    assert "".join(images.names[k] for k in images.y.argmax(axis=1)) == names
    assert np.array_equal(np.rint(images.x * 255), PIXELS.swapaxes(1, 2).reshape(6, -1))
    assert "upright" in images.said[0].en


def test_letters_of_another_source_are_named_by_a_map_or_by_their_labels():
    files = {"i": IMAGES, "l": idx_of(LETTERS)}
    plain, named = read_images(files), read_images(files | {"map.txt": MAP})
    assert (plain.names, named.names[:2], named.said) == (("1", "3", "8", "20", "26"), ("A", "B"), ())
    assert np.array_equal(named.x, plain.x)
    with pytest.raises(InputError, match=r"no names.*got: 26"):
        read_images(files | {"map.txt": MAP.replace(b"26 90 122\n", b"")})
    many = np.arange(70, dtype=np.uint8)
    images = IMAGES[:4] + len(many).to_bytes(4, "big") + IMAGES[8:16] + bytes(len(many) * 784)
    with pytest.raises(InputError, match=r"at most 62 classes.*got: 70 classes"):
        read_images({"i": images, "l": idx_of(many)})


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"mnist.pkl.gz": gzip.compress(pickle.dumps([1]))}, r"is a pickle.*np\.savez"),
        ({"a.gz": b"<!DOCTYPE html><p>404</p>"}, "got: a web page"),
        ({"a.png": b"\x89PNG\r\n\x1a\n"}, "got: a PNG image"),
        ({"iris.csv": b"a,b,c\n1,2,3"}, "784 pixels.*got: 3 columns"),
        ({"test.csv": b",".join([b"0"] * 784)}, "got: 784 columns"),
        ({"x.csv": csv().rpartition(b",")[0] + b",999"}, "got: .*999"),
        ({"x.csv": csv().replace(b"\n", b"\n1,", 1)}, "whole numbers from 0 to 255"),
        ({"w.npz": npz(W1=np.ones((2, 2)))}, r"got: W1 2×2"),
        ({"a.zip": b"PK\x03\x04" + bytes(40)}, "no images of digits"),
        ({"a": b""}, "got: an empty file"),
    ],
)
def test_what_else_it_is_is_told_in_one_sentence(files, told):
    with pytest.raises(InputError, match=told) as error:
        read_images(files)
    assert error.value.sentence("zh") != error.value.sentence("en")


def test_a_large_table_of_digits_is_bounded():
    line = b",".join([b"1"] * 785) + b"\n"
    with pytest.raises(InputError, match="too large"):
        read_images({"x.csv.gz": gzip.compress(line * 110_000, 1)})
