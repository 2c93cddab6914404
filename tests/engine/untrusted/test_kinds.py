"""Kinds of files, told by their first bytes in both languages."""

import gzip
import io
import zipfile

import pytest

from engine import InputError
from engine.untrusted import as_text, gunzipped, kind_of


def zipped(*names):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "an empty file"),
        (b" <!doctype HTML><p>", "a web page"),
        (b"%PDF-1.4", "a PDF"),
        (b"version https://git-lfs.github.com/spec/v1", "Git LFS pointer"),
        (gzip.compress(b"x", mtime=0), "a gzip file"),
        (zipped("xl/workbook.xml"), "an Excel workbook"),
        (zipped("W.npy", "b.npy"), "a NumPy archive"),
        (zipped("train.csv", "test.csv"), "a zip archive of train.csv, test.csv"),
        (b"\x80\x04K\x01.", "a Python pickle"),
        (b"a,b\n1,2", "text: a,b"),
        (bytes(99), "file of unknown type"),
    ],
)
def test_what_a_file_is(data, told):
    assert told in kind_of(data).en
    assert kind_of(data).zh != kind_of(data).en


def test_a_text_is_told_from_bytes():
    assert as_text("Größe".encode("utf-16")) == "Größe"
    assert as_text("数".encode() * 2000 + b"\xe6") == "数" * 2000
    assert as_text(b"\xff\x00\x01abc") is None
    assert as_text(b"a\x00b") is None


def test_a_gzip_file_is_unpacked_as_far_as_it_may_be():
    assert gunzipped(gzip.compress(b"x" * 100)) == b"x" * 100
    with pytest.raises(InputError, match="too large"):
        gunzipped(gzip.compress(bytes(1000)), 999)
