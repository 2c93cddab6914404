"""Files that the browser writes, read by programs that know nothing of it."""

import json
import re
import subprocess
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pytest
from PIL import Image

from tests.visualizer.stage.test_scripts import needs

WIDTH, HEIGHT = 160, 90
DURATIONS = (80, 1600, 20, 40)


@pytest.fixture(scope="module")
def pictures():
    """Noise in few colours, which fills the table of codes many times; a pixel more; the same; and many colours."""
    rng = np.random.default_rng(5)
    few = rng.integers(0, 256, (200, 3))[rng.integers(0, 200, HEIGHT * WIDTH)]
    changed = few.copy()
    changed[WIDTH * 40 + 7] = (1, 2, 3)
    smooth = np.stack([np.linspace(0, 255, HEIGHT * WIDTH), np.full(HEIGHT * WIDTH, 90), np.zeros(HEIGHT * WIDTH)], 1)
    return [few, changed, changed, np.where(rng.random((HEIGHT * WIDTH, 1)) < 0.5, smooth.astype(int), (255, 255, 255))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory, pictures):
    """The folder with the files."""
    needs(("node",))
    made = tmp_path_factory.mktemp("written")
    asked = {"width": WIDTH, "height": HEIGHT, "durations": DURATIONS, "pictures": [p.tolist() for p in pictures]}
    (made / "pictures.json").write_text(json.dumps(asked))
    subprocess.run(["node", str(Path(__file__).with_name("written.mjs")), str(made)], check=True, timeout=60)
    return made


def test_moving_pictures_have_every_pixel_up_to_256_colours_and_near_ones_beyond(folder, pictures):
    with Image.open(folder / "pictures.gif") as gif:
        assert (gif.n_frames, gif.size, gif.info["loop"]) == (len(pictures), (WIDTH, HEIGHT), 0)
        for i, (picture, duration) in enumerate(zip(pictures, DURATIONS, strict=True)):
            gif.seek(i)
            assert gif.info["duration"] == duration
            seen = np.asarray(gif.convert("RGB")).reshape(-1, 3).astype(int)
            if len(np.unique(picture, axis=0)) <= 256:
                assert np.array_equal(seen, picture)
            else:
                assert np.abs(seen - picture).max() <= 8
            if (picture == 255).all(1).any():
                assert (seen[(picture == 255).all(1)] == 255).all()


def test_an_archive_holds_every_picture(folder):
    with ZipFile(folder / "files.zip") as archive:
        assert archive.testzip() is None
        assert {info.filename: info.file_size for info in archive.infolist()} == {"001.png": 1000, "002.png": 70_000}


def test_pages_are_where_their_table_says(folder):
    pages = (folder / "pages.pdf").read_bytes()
    assert re.search(rb"/Count 3 ", pages)
    (start,) = re.findall(rb"startxref\n(\d+)\n%%EOF\n$", pages)
    assert pages[int(start) :].startswith(b"xref")
    places = [int(place) for place in re.findall(rb"(\d{10}) 00000 n ", pages)]
    assert len(places) == 2 + 3 * 3
    for number, place in enumerate(places, 1):
        assert pages[place:].startswith(f"{number} 0 obj\n".encode())
    for size, content in re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", pages, re.DOTALL):
        assert len(content) == int(size)


def elements(data, at=0):
    """The elements of Matroska in some bytes: id, where its content begins, and the content."""
    while at < len(data):
        wide = 9 - data[at].bit_length()
        name, at = data[at : at + wide].hex(), at + wide
        long = 9 - data[at].bit_length()
        size = int.from_bytes(data[at : at + long]) - (1 << 7 * long)
        at += long
        yield name, at, data[at : at + size]
        at += size


def test_a_video_says_how_long_it_is_and_where_one_can_begin(folder):
    video = (folder / "video.webm").read_bytes()
    (_, _, head), (_, begin, segment) = elements(video)
    assert b"webm" in head
    inside = list(elements(segment))
    assert [name for name, _, _ in inside] == ["1549a966", "1654ae6b", "1c53bb6b", "1f43b675", "1f43b675"]
    info = {name: content for name, _, content in elements(inside[0][2])}
    assert np.frombuffer(info["4489"], ">f8") == 4080
    cues = [{name: c for name, _, c in elements(cue)} for _, _, cue in elements(inside[2][2])]
    for cue, time in zip(cues, (0, 4000), strict=True):
        place = int.from_bytes({name: c for name, _, c in elements(cue["b7"])}["f1"])
        (_, _, cluster) = next(elements(segment, place))
        parts = list(elements(cluster))
        assert int.from_bytes(parts[0][2]) == int.from_bytes(cue["b3"]) == time
        assert parts[1][2][:4] == bytes([0x81, 0, 0, 0x80])
    assert begin
