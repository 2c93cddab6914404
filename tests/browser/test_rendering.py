"""Moving pictures and pages that the browser writes, opened by other programs, and its own player."""

import io
import re
from base64 import b64decode, b64encode
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.browser.steps import press, to_agree, to_rest
from tests.visualizer.oracles import MODELS, builder_of
from visualizer.rendering import RENDERINGS

pytestmark = pytest.mark.browser
PLAYER = """async (source) => {
  const video = document.createElement("video");
  video.src = source;
  await new Promise((done, failed) => {
    [video.onloadeddata, video.onerror] = [done, () => failed(video.error.message)];
  });
  video.currentTime = video.duration - 0.2;
  await new Promise((done) => (video.onseeked = done));
  const { videoWidth: width, videoHeight: height } = video;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(video, 0, 0);
  return [video.duration, canvas.toDataURL().split(",")[1]];
}"""
NEAR = 6  # of 255: how far a picture of few colours, or of a video, is from another on average
GIF_SPEED = "localStorage.setItem('backprop-stage', JSON.stringify({ speed: 4 }))"


def saved(page, name, span):
    """The file of a rendering of a span, made with the menu of the exports."""
    page.locator(".renderings select").select_option(span)
    with page.expect_download() as download:
        page.locator(f'.renderings [data-rendering="{name}"]').click()
    assert download.value.suggested_filename == f"backprop-stage-{span}.{RENDERINGS[name].file}"
    return download.value.path().read_bytes()


def opened(visit, **query):
    page = visit(**query, script=GIF_SPEED, settings={"accept_downloads": True})
    page.locator(".st-key-exports button").first.click()
    page.locator(".renderings [data-rendering]").first.wait_for()
    return page


def distance(one, other):
    """Distance of two pictures on average, of 255."""
    small = [image.convert("RGB").resize((480, 270), Image.Resampling.BOX) for image in (one, other)]
    pairs = zip(*(image.tobytes() for image in small), strict=True)
    return sum(abs(a - b) for a, b in pairs) / len(small[0].tobytes())


def stills(page, span):
    """The pictures of a span, from the archive."""
    archive = ZipFile(io.BytesIO(saved(page, "png", span)))
    assert archive.testzip() is None
    return [Image.open(io.BytesIO(archive.read(name))) for name in archive.namelist()]


def test_a_step_as_moving_pictures_ends_with_the_picture_of_the_step(visit):
    page = opened(visit, example="mazur", step="bp2.1")
    (still,) = stills(page, "step")
    gif = Image.open(io.BytesIO(saved(page, "gif", "step")))
    assert gif.n_frames > 10
    frames = []
    for i in range(gif.n_frames):
        gif.seek(i)
        frames.append((gif.info["duration"], gif.convert("RGB")))
    assert all(duration >= 20 for duration, _ in frames)
    assert distance(frames[-1][1], still) < NEAR
    assert all(distance(frame, still) > 0 for _, frame in frames[:-1])
    video = b64encode(saved(page, "webm", "step")).decode()
    seconds, picture = page.evaluate(PLAYER, f"data:video/webm;base64,{video}")
    assert sum(duration for duration, _ in frames) / 1000 == pytest.approx(seconds, abs=0.3)
    assert distance(Image.open(io.BytesIO(b64decode(picture))), still) < NEAR


def test_an_iteration_as_pages_has_one_for_each_step(visit):
    page = opened(visit, example="mazur", step="bp2.1", lang="zh")
    pages = saved(page, "pdf", "iteration")
    last = len(builder_of(MODELS["mazur"]).lecture)
    assert pages.startswith(b"%PDF-1.4")
    assert len(re.findall(rb"/Type /Page\b", pages)) == last + 1
    places = re.findall(rb"(\d{10}) 00000 n", pages)
    for number, place in enumerate(places, 1):
        assert pages[int(place) :].startswith(f"{number} 0 obj".encode())
    pictures = stills(page, "iteration")
    assert len(pictures) == last + 1
    assert len({picture.tobytes() for picture in pictures}) == last + 1


def test_who_cancels_has_no_file_and_goes_on(visit):
    page = opened(visit, example="mazur", step="bp2.1")
    page.locator(".renderings select").select_option("iteration")
    files = []
    page.on("download", lambda file: files.append(file.suggested_filename))
    page.locator('.renderings [data-rendering="webm"]').click()
    panel = page.locator("#backprop-rendering")
    panel.get_by_role("progressbar").wait_for()
    press(page, "ArrowRight")
    to_agree(page, builder_of(MODELS["mazur"]), 10)
    panel.get_by_role("button", name="Cancel").click()
    panel.get_by_text("Cancelled.").wait_for()
    panel.get_by_role("button", name="Close").click()
    panel.wait_for(state="detached")
    assert files == []
    assert page.locator("iframe[aria-hidden]").count() == 0
    to_rest(page)
