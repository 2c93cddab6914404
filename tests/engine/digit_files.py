"""Small image files, as the tests need them."""

import struct

import numpy as np

from engine.images import SHELF, read_images


def idx(values):
    """The content of an IDX file."""
    values = np.asarray(values, np.uint8)
    magic = 0x803 if values.ndim == 3 else 0x801
    return struct.pack(f">{1 + values.ndim}I", magic, *values.shape) + values.tobytes()


def drawn(count, side=8, seed=0):
    """Images of two bright pixels on a dark ground, in a place for each digit, with noise; and their labels."""
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(count) % 10)
    pixels = rng.integers(0, 60, (count, side, side))
    pixels[np.arange(count), labels % side, labels // side] = 250
    pixels[np.arange(count), labels % side, labels // side + 2] = 250
    return pixels.astype(np.uint8), labels.astype(np.uint8)


def mnist_files(train=60, test=20, side=8, seed=0):
    """Four files by the names that MNIST's have."""
    found: dict[str, bytes] = {}
    for part, count, number in (("train", train, seed), ("t10k", test, seed + 1)):
        pixels, labels = drawn(count, side, number)
        found |= {f"{part}-images-idx3-ubyte": idx(pixels), f"{part}-labels-idx1-ubyte": idx(labels)}
    return found


def shelve(**sizes):
    """The key of such a set, on the shelf."""
    return SHELF.put(read_images(mnist_files(**sizes)))
