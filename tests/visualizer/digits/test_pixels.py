import base64
import re
import struct
import zlib

import numpy as np
import pytest

from engine import Network
from engine.core import LANGUAGES
from engine.passes import trace
from visualizer.digits import Tile, ink, stage_tiles, tiles_html
from visualizer.digits.pixels import largest, signed
from visualizer.writing import GROUNDS, palette


def colours(source):
    """The colours of a picture, row by row, read from its file."""
    content = base64.b64decode(source.removeprefix("data:image/png;base64,"))
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, held = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        assert struct.unpack(">I", content[at + 8 + length : at + 12 + length]) == (zlib.crc32(kind + held),)
        chunks[kind], at = held, at + 12 + length
    columns, rows = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert tuple(chunks[b"IHDR"][8:]) == (8, 3, 0, 0, 0)  # a byte for each pixel, its place in the palette
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(rows, columns + 1)
    assert (lines[:, 0] == 0).all()
    named = np.frombuffer(chunks[b"PLTE"], np.uint8).reshape(-1, 3)
    return [["#" + bytes(named[level]).hex() for level in line] for line in lines[:, 1:]]


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_ink_lies_on_paper_row_by_row(ground):
    drawn = colours(ink([0, 1, 0, 0, 0.5, 2], (2, 3), ground))
    paper, full = ground.background, ground.text
    assert drawn[0] == [paper, full, paper]
    assert drawn[1][::2] == [paper, full]
    assert drawn[1][1] not in (paper, full)


def test_signed_values_have_the_colours_that_they_have_everywhere():
    (drawn,) = colours(signed([-2.0, 2.0, 0.5, np.nan, np.inf], (1, 5), 2.0))
    assert [drawn[0], drawn[1], drawn[4]] == [palette.NEGATIVE, palette.POSITIVE, palette.POSITIVE]
    assert drawn[2] not in (palette.POSITIVE, palette.ZERO)
    assert colours(signed([-np.inf], (1, 1), 2.0)) == [[palette.NEGATIVE]]
    (nothing,) = colours(signed(np.zeros(3), (1, 3), 0.0))
    assert len(set(nothing)) == 1


def test_the_largest_is_that_of_finite_values():
    assert largest([-3, 2, np.inf, np.nan]) == 3
    assert largest([np.nan]) == largest([]) == 0


def test_words_are_no_html():
    page = tiles_html([Tile("data:x", 'a "b" <c>', "<i>")], "large")
    assert "<c>" not in page
    assert "<i>" not in page
    assert page.count("<img") == page.count("alt=") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_gradient_is_shown_once_it_is_known(lang):
    kept = trace(Network.random((6, 4, 2), ("tanh", "softmax"), seed=2), np.eye(6)[:2], np.eye(2), "cross_entropy")
    ground = GROUNDS["light"]
    given, hidden = stage_tiles(kept, 1, 3, False, lang, ground)
    again, shown = stage_tiles(kept, 1, 3, True, lang, ground)
    assert given == again
    assert (hidden.source, hidden.alt) == ("", "")
    assert [line.count(ground.text) for line in colours(given.source)] == [1, 0]
    slopes = kept.input_gradient[:, 1]
    most = int(np.abs(slopes).argmax())
    drawn = colours(shown.source)[most // 3][most % 3]
    assert drawn == (palette.POSITIVE if slopes[most] > 0 else palette.NEGATIVE)
    assert re.search(r"\d", shown.caption)


def test_a_picture_has_sixty_four_levels_from_end_to_end():
    ground = GROUNDS["light"]
    (drawn,) = colours(ink(np.arange(64) / 63, (1, 64), ground))
    assert drawn == [palette.mix(ground.background, ground.text, k / 63) for k in range(64)]
    (drawn,) = colours(signed(np.arange(64) * 2 / 63 - 1, (1, 64), 1.0))
    assert drawn == [palette.diverging(2 * k / 63 - 1, 1) for k in range(64)]


@pytest.mark.parametrize(("value", "level"), [(0.0079, 0), (0.008, 1), (0.992, 62), (0.9922, 63), (-0.1, 0), (1.5, 63)])
def test_a_value_has_the_nearest_level(value, level):
    ground = GROUNDS["light"]
    assert colours(ink([value], (1, 1), ground)) == [[palette.mix(ground.background, ground.text, level / 63)]]
