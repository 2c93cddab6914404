import base64
import math

import numpy as np

from tests.visualizer.browser_numbers import written_by_the_browser
from visualizer.lecture import WAYS, Placeholder, as_rules, beside, filled
from visualizer.writing import RULES, channels, moved, number, palette, stroke_width

THICK, COUNT = 7.0, 100_000
SPECIAL = [0.0, -0.0, 1.0, -1.0, math.inf, -math.inf, math.nan, 5e-324, 2.2e-308, 1.7e308, 0.1 + 0.2]


def drawn_numbers():
    """Rows of three numbers: one, another one beside it, and the largest of a scale."""
    rng = np.random.default_rng(0)
    few, size = COUNT // 5, 10.0 ** rng.integers(-6, 8, COUNT // 5)
    middles = (2 * rng.integers(-4000, 4000, few) + 1) / 2.0 ** rng.integers(1, 12, few)  # binaries hold these
    decimals = np.round(rng.uniform(-2, 2, few), 3) * size
    nines = rng.choice([-1, 1], few) * size * (1 - 10.0 ** -rng.integers(2, 16, few))
    plain = rng.normal(size=few) * size
    any_bits = rng.integers(0, 2**64, few, dtype=np.uint64).view(np.float64)
    one = np.concatenate((middles, decimals, nines, plain, any_bits))
    near = one * (1 + rng.choice([-1, 1], COUNT) * 10.0 ** -rng.integers(0, 18, COUNT))
    other = np.where(rng.random(COUNT) < 0.1, one, near)
    rows = np.stack((one, other, np.abs(one) * rng.uniform(0.5, 4, COUNT)), axis=1)
    special = [(a, b, c) for a in SPECIAL for b in SPECIAL for c in (0.0, 1.0, 5e-324, 1.7e308)]
    return np.concatenate((np.array(special), rows))


def assert_alike(rows, ways):
    """Assert that the browser writes rows of numbers as Python does, in these ways."""
    values = base64.b64encode(rows.astype("<f8").tobytes()).decode()
    sent = {"rules": RULES | as_rules(), "ways": ways, "count": len(rows), "values": values}
    found, places = written_by_the_browser(written=sent)["written"], [Placeholder(way, (0, 1)) for way in ways]
    nearly = 0
    for row, (texts, wrong, colour, width) in zip(rows.tolist(), found, strict=True):
        at = row.__getitem__
        assert texts == [filled(place, at) for place in places], row
        assert wrong == [list(beside(place, 1, at) or ()) for place in places[1:]], row
        pairs = zip(channels(colour), channels(palette.diverging(row[0], row[2])), strict=True)
        off = max(abs(a - b) for a, b in pairs)
        assert off <= 1, row
        nearly += off  # two libraries may differ in the last bit of a power
        assert width == stroke_width(row[0], row[2], THICK), row
    assert nearly <= max(1, len(rows) / 10_000)


def test_the_browser_writes_every_number_as_python_does():
    with np.errstate(all="ignore"):
        rows = drawn_numbers()
    assert len(rows) > COUNT
    assert_alike(rows, ["circle"])
    assert_alike(rows[::20], list(WAYS))


def test_of_a_number_in_the_middle_the_even_neighbour_is_written():
    assert [number(value, 2) for value in (0.125, 0.375, 2.25, 2.75)] == ["0.12", "0.38", "2.2", "2.8"]


def test_a_new_number_is_told_from_the_old_by_its_digits_or_an_arrow():
    assert moved(0.3001, 0.3, 8) == "0.3001"
    assert moved(0.300000001, 0.3, 8) == "0.3↑"
    assert moved(0.299999999, 0.3, 8) == "0.3↓"


def test_a_line_is_thin_for_nothing_and_thick_for_what_is_largest_or_not_finite():
    found = [stroke_width(value, 2.0, THICK) for value in (0.0, 1.0, -2.0, 5.0, math.inf, math.nan)]
    assert found == [1.4, 4.2, 7.0, 7.0, 7.0, 7.0]
    assert stroke_width(1.0, 0.0, THICK) == 1.4
