"""MNIST for the Train page: fetched from OpenML, once for the whole server, or read from the reader's own files."""

import time
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import Any

import streamlit as st

from engine import InputError, Text
from engine.core import passage
from engine.images import PUBLISHED_SET as PUBLISHED
from engine.images import SHELF, fetch_mnist, fetched_bytes, read_images
from engine.settings import MNIST
from visualizer.lab import Snapshot
from visualizer.pages.session import change, lab, session, state, widget_value

_EVERY, _MEGABYTE, _WHOLE = 0.5, 1_000_000, 15_000_000  # the last: about how much comes from OpenML, in bytes
_MOST_MEGABYTES = 80
_SAY = Text(
    "70,000 digits of 28 × 28 pixels, 10,000 of them a test set. Download them from OpenML once (about 15 MB), or "
    "read them from your own files, EMNIST's letters too: IDX, mnist.npz, CSV, gzipped or in a zip.",
    "70,000 个 28 × 28 像素的数字，其中 10,000 个为测试集。可从 OpenML 下载一次（约 15 MB），或从自己的文件读取"
    "（EMNIST 字母亦可）：IDX、mnist.npz、CSV，可为 gzip 压缩或放在 zip 中。",
)
_FETCH, _USE = Text("Download MNIST", "下载 MNIST"), Text("Use MNIST", "使用 MNIST")
_FILES = Text("or your own files", "或选择自己的文件")
_COMING = Text("{:.1f} MB, {:.0f} s", "{:.1f} MB，{:.0f} 秒")
_CLOSE = Text("Keep the current data", "保留当前数据")


@dataclass
class _Job:
    """Job of fetching MNIST; one for all sessions, which begin it under a lock: nothing is fetched twice at once."""

    lock: Lock = field(default_factory=Lock)
    thread: Thread | None = None
    error: InputError | None = None
    began: float = 0.0
    before: int = 0

    @property
    def running(self) -> bool:
        return self.thread is not None and self.thread.is_alive()

    def start(self) -> None:
        with self.lock:
            if self.running:
                return
            self.error, self.began, self.before = None, time.monotonic(), fetched_bytes()
            self.thread = Thread(target=self._fetch, daemon=True)
            self.thread.start()

    def _fetch(self) -> None:
        try:
            SHELF.put(fetch_mnist(), PUBLISHED)
        except InputError as error:
            self.error = error


@st.cache_resource
def _job() -> _Job:
    return _Job()


def choose_images() -> None:
    """Take MNIST where it is here, else ask for its source."""
    if SHELF.has(PUBLISHED):
        change(lambda task: task.with_data(MNIST))
    else:
        session().train.asks = True


def draw_images(now: Snapshot) -> None:
    """Draw the sources of image files, while one is asked for or images are trained on."""
    asks = session().train.asks
    if not asks and now.task.data != MNIST:
        return
    with st.container(key="train_images", border=asks):
        if asks:
            st.caption(state.say(_SAY))
        if session().train.fetches:
            st.fragment(_follow, run_every=_EVERY)()
        elif asks or now.task.images != PUBLISHED:
            st.button(state.say(_USE if SHELF.has(PUBLISHED) else _FETCH), "images_fetch", on_click=_fetch)
        held = SHELF.find(now.task.images) if now.task.data == MNIST else None
        if held and held.said:
            st.caption(passage(state.view().lang, held.said))
        label, most = state.say(_FILES), _MOST_MEGABYTES
        key = f"images_files_{now.edition}"
        st.file_uploader(label, None, True, key, on_change=_take_files, args=(key,), max_upload_size=most)
        if asks:
            st.button(state.say(_CLOSE), "images_close", on_click=_close, type="tertiary")


def _close() -> None:
    train = session().train
    train.asks = train.fetches = False


def _fetch() -> None:
    if SHELF.has(PUBLISHED):
        _take(PUBLISHED)
    else:
        _job().start()
        session().train.fetches = True


def _follow() -> None:
    """Draw the progress of fetching, and take what has arrived."""
    job = _job()
    if job.running:
        got = max(0, fetched_bytes() - job.before)
        words = state.say(_COMING, got / _MEGABYTE, time.monotonic() - job.began)
        st.progress(min(0.95, got / _WHOLE), words)
        return
    session().train.fetches = False
    if job.error:
        state.complain(job.error)
    else:
        _take(PUBLISHED)
    st.rerun()


def _take(key: str) -> None:
    """Train on a set that is on the shelf."""
    state.act(lab().change, lambda task: replace(task.with_data(MNIST), images=key))
    if not session().problems:
        _close()


def _take_files(key: str) -> None:
    state.act(_read, widget_value(key))


def _read(held: list[Any] | None) -> None:
    """Train on the images in files; nothing where they were removed."""
    if held:
        _take(SHELF.put(read_images({file.name: file.getvalue() for file in held})))
