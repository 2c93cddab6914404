import gzip
import io
import struct
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from engine import InputError
from engine.images import MOST_IMAGES
from engine.images.idx import read_idx
from tests.engine.digit_files import idx
from tests.pace import paces

IMAGES = np.random.default_rng(0).integers(0, 256, (5, 4, 3), dtype=np.uint8)
LABELS = np.array([3, 1, 4, 1, 5], np.uint8)


def packed(content):
    held = io.BytesIO()
    with gzip.GzipFile(fileobj=held, mode="wb", mtime=0) as file:
        file.write(content)
    return held.getvalue()


@pytest.mark.parametrize("values", [IMAGES, LABELS], ids=["images", "labels"])
@pytest.mark.parametrize("pack", [bytes, packed], ids=["plain", "gzipped"])
def test_what_was_written_is_read(values, pack):
    assert_array_equal(read_idx(pack(idx(values)), "file"), values)


def head(magic, *sizes):
    return struct.pack(f">{1 + len(sizes)}I", magic, *sizes)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is truncated"),
        (b"\0\0\x08", "is truncated"),
        (head(0x803, 5, 4), "is truncated"),
        (head(0x802, 5, 4) + bytes(20), "not an IDX file"),
        (head(0xD03, 5, 4, 3) + bytes(60), "not an IDX file"),
        (b"x,y\n1,2\n", "not an IDX file"),
        (idx(IMAGES)[:-1], "does not match its header"),
        (idx(IMAGES) + b"\0", "got: more"),
        (head(0x801, 0), "invalid size"),
        (head(0x801, MOST_IMAGES + 1), "invalid size"),
        (head(0x803, 2**32 - 1, 2**32 - 1, 2**32 - 1), "invalid size"),
        (head(0x803, 1, 33, 1), "invalid size"),
        (head(0x803, 1, 0, 8), "invalid size"),
        (packed(idx(IMAGES))[:-9], "cannot be decompressed"),
        (packed(idx(IMAGES))[:-5] + b"abcde", "cannot be decompressed"),
        (b"\x1f\x8bnonsense", "cannot be decompressed"),
        (packed(b""), "is truncated"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(content, words):
    with pytest.raises(InputError, match=words) as raised:
        read_idx(content, "the file")
    assert "the file" in raised.value.sentence("zh")


def memory_of(read):
    """The largest memory while reading something that has to fail, in bytes; and the error's words."""
    tracemalloc.start()
    try:
        with pytest.raises(InputError) as raised:
            read()
        return tracemalloc.get_traced_memory()[1], str(raised.value)
    finally:
        tracemalloc.stop()


def test_a_bomb_is_not_unpacked():
    bomb = packed(idx(IMAGES) + bytes(20_000_000))
    most, said = memory_of(lambda: read_idx(bomb, "bomb"))
    assert "does not match its header" in said
    assert most < 1_000_000


def test_a_file_of_several_parts_is_one_file():
    content = idx(IMAGES)
    assert_array_equal(read_idx(packed(content[:9]) + packed(b"") + packed(content[9:]) + bytes(7), "file"), IMAGES)
    with pytest.raises(InputError, match="cannot be decompressed"):
        read_idx(packed(content) + b"and more", "file")


@pytest.mark.parametrize(
    "content",
    [
        packed(b"") * 200_000,
        packed(b"") * 200_000 + packed(idx(IMAGES)),
        b"\x1f\x8b\x08\x08" + bytes(6) + b"n" * 30_000_000,
    ],
    ids=["empty parts", "empty parts before images", "a name without an end"],
)
def test_work_does_not_grow_with_what_is_no_image(content):
    found = []
    assert paces(lambda: found.append(memory_of(lambda: read_idx(content, "file")))) < 10
    assert found[0][0] < 1_000_000


@settings(max_examples=150)
@given(st.binary(max_size=80) | st.builds(lambda content: head(0x803, 2, 2, 2) + content, st.binary(max_size=12)))
def test_any_bytes_end_in_an_array_or_a_sentence(content):
    for given_bytes in (content, packed(content), packed(idx(IMAGES))[: len(content)]):
        with suppress(InputError):
            assert read_idx(given_bytes, "any").dtype == np.uint8
