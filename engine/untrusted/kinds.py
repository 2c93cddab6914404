"""Kinds of files by their first bytes: what a file is, whatever its name says, in the words of a complaint."""

import re
import zlib
from codecs import getincrementaldecoder
from collections.abc import Callable

from engine.core import Text, echo
from engine.untrusted.archives import MOST_BYTES, too_large

GZIP, PICKLE, ZIP = b"\x1f\x8b", b"\x80", b"PK\x03\x04"
HDF5 = b"\x89HDF\r\n\x1a\n"
_GZIP_BITS = 31
_HEAD = 4096
_LIST = 4
_R_TABLE = "write.csv(x, “table.csv”, row.names = FALSE)"
_WEB = re.compile(rb"\s*(<!doctype html|<html|<table|<\?xml[^>]*>\s*<!doctype html)", re.IGNORECASE)
_PANDAS = "pandas.{}(…).to_csv(“table.csv”, index=False)"
_BEGINS = {  # what files begin with, what they are then, and what takes a table out of one
    b"%PDF": (Text("a PDF", "PDF 文件"), ""),
    b"\x89PNG": (Text("a PNG image", "PNG 图像"), ""),
    b"\xff\xd8\xff": (Text("a JPEG image", "JPEG 图像"), ""),
    b"GIF8": (Text("a GIF image", "GIF 图像"), ""),
    b"version https://git-lfs": (
        Text("a Git LFS pointer, not the file itself", "Git LFS 指针，而不是文件本身"),
        "git lfs pull",
    ),
    b"7z\xbc\xaf": (Text("a 7z archive", "7z 压缩包"), "7z x"),
    b"Rar!": (Text("a RAR archive", "RAR 压缩包"), "unrar x"),
    b"BZh": (Text("a bzip2 file", "bzip2 压缩文件"), "bunzip2"),
    b"\xfd7zXZ": (Text("an xz file", "xz 压缩文件"), "unxz"),
    b"\xd0\xcf\x11\xe0": (
        Text("an old Excel or Word file (.xls, .doc)", "旧版 Excel 或 Word 文件（.xls、.doc）"),
        _PANDAS.format("read_excel"),
    ),
    b"# Created by Octave": (Text("an Octave text file; save it with -v7", "Octave 的文本文件；请用 -v7 保存"), ""),
    b"PAR1": (Text("a Parquet file", "Parquet 文件"), _PANDAS.format("read_parquet")),
    b"ARROW1": (Text("an Arrow (Feather) file", "Arrow 文件（Feather）"), _PANDAS.format("read_feather")),
    b"SQLite format 3": (Text("an SQLite database", "SQLite 数据库"), _PANDAS.format("read_sql")),
    b"$FL2@": (Text("an SPSS file", "SPSS 文件"), _PANDAS.format("read_spss")),
    b"$FL3@": (Text("an SPSS file", "SPSS 文件"), _PANDAS.format("read_spss")),
    b"<stata_dta": (Text("a Stata file", "Stata 文件"), _PANDAS.format("read_stata")),
    b"HEADER RECORD*******": (Text("a SAS transport file", "SAS 传输文件"), _PANDAS.format("read_sas")),
    b"RDX": (Text("an R data file", "R 文件"), _R_TABLE),
    b"X\n\x00\x00\x00": (Text("an R data file", "R 文件"), _R_TABLE),
    b"\x1f\x8b": (Text("a gzip file", "gzip 文件"), ""),
    HDF5: (Text("an HDF5 file", "HDF5 文件"), _PANDAS.format("read_hdf")),
    b"\x93NUMPY": (Text("a .npy array", ".npy 数组"), "numpy.savetxt(“table.csv”, X, delimiter=“,”)"),
    b"MATLAB": (Text("a MATLAB file", "MATLAB 文件"), "writematrix(X, “table.csv”)"),
    b"\x00\x00\x08\x03": (Text("MNIST-style images (IDX)", "MNIST 类图像（IDX）"), ""),
    b"\x00\x00\x08\x01": (Text("MNIST-style labels (IDX)", "MNIST 类标签（IDX）"), ""),
    PICKLE: (
        Text(
            "a Python pickle, which cannot be opened without running code",
            "Python 的 pickle 文件，只有运行它才能打开",
        ),
        _PANDAS.format("read_pickle"),
    ),
}
_PATTERNS = (  # of texts and old files, likewise
    (_WEB, Text("a web page", "网页"), "pandas.read_html(…)[0].to_csv(“table.csv”, index=False)"),
    (re.compile(rb"[qrs][\x01\x02]\x01\x00"), *_BEGINS[b"<stata_dta"]),
    (re.compile(rb".{40}ASCII SPSS PORT FILE", re.DOTALL), *_BEGINS[b"$FL2@"]),
    (
        re.compile(rb"(?:%[^\n]*\n|\s)*+@relation", re.IGNORECASE),
        Text("a Weka (ARFF) file", "Weka 文件（ARFF）"),
        "java weka.core.converters.CSVSaver -i …",
    ),
    (
        re.compile(rb"(?:#[^\n]*\n|\s)*+[-+]?[\d.]+(?: +qid:\d+)?(?: +\d+:[-+.\deE]+)+\s"),
        Text("a LIBSVM (svmlight) file", "LIBSVM 文件（svmlight）"),
        "X, y = sklearn.datasets.load_svmlight_file(…); numpy.savetxt(“table.csv”, numpy.c_[X.toarray(), y])",
    ),
    (re.compile(rb"\s*structure\(list\("), Text("an R listing", "R 的清单"), _R_TABLE),
)
_EMPTY = Text("an empty file", "空文件")
_ZIP = Text("a zip archive of {}", "含 {} 的 zip 压缩包")
_NAMED = Text("{}: {}", "{}：{}")
_SPREADSHEET = Text("an OpenDocument spreadsheet (.ods)", "OpenDocument 电子表格（.ods）")
_EXCEL, _NPZ = Text("an Excel workbook", "Excel 工作簿"), Text("a NumPy archive (.npz)", "NumPy 压缩包（.npz）")
_TEXT, _UNKNOWN = Text("text: {}", "文本：{}"), Text("a file of unknown type", "未知类型的文件")


def kind_of(data: bytes, name: str = "") -> Text:
    r"""Kind of a file in a few words, as in "this is …", with its name in front where it has one.

    Examples
    --------
    >>> kind_of(b"<!DOCTYPE html><p>404").en, kind_of(b"a,b\n1,2", "t.csv").en
    ('a web page', 't.csv: text: a,b')
    """
    text = as_text(data[:_HEAD])
    known = told_by_beginning(data)
    kind = known or (_UNKNOWN if text is None else _TEXT.format(echo(text.strip().partition("\n")[0])[:30]))
    return _NAMED.format(name, kind) if name else kind


def told_by_beginning(data: bytes) -> Text | None:
    """Kind of a file by its first bytes; None for plain text, and for others that are not known."""
    if not data:
        return _EMPTY
    return _begun(data)[0]


def table_out_of(data: bytes) -> str:
    """Command that takes a table out of a file of this kind, in the program that can; "" where none is known."""
    return _begun(data)[1]


def _begun(data: bytes) -> tuple[Text | None, str]:
    """Kind of a file by its first bytes, and what takes a table out of it."""
    if data.startswith(ZIP):
        return _archive(data)
    found = [(words, way) for pattern, words, way in _PATTERNS if pattern.match(data[:_HEAD])]
    found += [held for start, held in _BEGINS.items() if data.startswith(start) or data[4:8] == start]
    return found[0] if found else (None, "")


def _archive(data: bytes) -> tuple[Text, str]:
    """Kind of a zip archive, by the names of its first members, and what takes a table out of it."""
    found = re.findall(rb"PK\x03\x04.{22}(..)..", data[: 2**20], re.DOTALL)
    starts = [at.end() for at in re.finditer(rb"PK\x03\x04.{26}", data[: 2**20], re.DOTALL)]
    members = [
        data[start : start + int.from_bytes(size, "little")].decode("utf-8", "replace")
        for start, size in zip(starts, found, strict=False)
    ]
    if any(name.startswith("xl/") for name in members):
        return _EXCEL, ""
    if members and all(name.endswith(".npy") for name in members):
        return _NPZ, _BEGINS[b"\x93NUMPY"][1]
    if b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in data[:200]:
        return _SPREADSHEET, _PANDAS.format("read_excel")
    return _ZIP.format(", ".join(echo(name) for name in members[:_LIST])), ""


def as_text(data: bytes) -> str | None:
    """Return bytes as text where they are one, be it cut off within a letter; None for others."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return None
    return None if any(ord(sign) < 32 and sign not in "\n\r\t\f\v" for sign in text[:_HEAD]) else text


def gunzipped(data: bytes, most: int = MOST_BYTES, error: Callable[[object], Exception] = too_large) -> bytes:
    """Return the content of a gzip file, as far as `most` bytes; beyond them the error about a file that is too large.

    Raises
    ------
    InputError
        Where there is more; `zlib.error` where it is damaged.
    """
    part = zlib.decompressobj(_GZIP_BITS)
    content = part.decompress(data, most)
    if part.unconsumed_tail:
        raise error(f"> {most:,} B")
    if not part.eof:
        raise zlib.error("unexpected end")
    return content
