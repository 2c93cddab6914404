"""Texts of tables: the text in a file of any usual encoding, unpacked, or what the file is instead, and a way out."""

import codecs
import csv
import io
import re
import zipfile
import zlib
from importlib import import_module

from engine.core import InputError, Text
from engine.data.table import SIZE_CAP, TOO_LARGE
from engine.untrusted import (
    GZIP,
    MOST_BYTES,
    ZIP,
    as_text,
    gunzipped,
    kind_of,
    read_apart,
    table_out_of,
    told_by_beginning,
    unzipped,
)

_ENCODINGS = ["gb18030", "cp1252", "big5", "cp932", "cp1251"]  # beside Unicode
_UNMARKED = ("utf-16-le", "utf-16-be")  # as some programs write them, without a mark at the beginning
_PANDAS = "pandas.{}(…).to_csv(“table.csv”, index=False)"
_OTHER_TEXTS = (  # a table in none of them is read here; what it is, and what takes a table out of it
    (re.compile(r"\ufeff?\s*<\?xml"), "XML", _PANDAS.format("read_xml")),
    (re.compile(r"\ufeff?\s*(?:\{\s*\"|\[\s*\{)"), "JSON", _PANDAS.format("read_json")),
    (re.compile(r"\s*[A-Za-z]\w{0,30}\s*=\s*\[[^\[\]]{1,10000}\];?\s*$"), "MATLAB", "writematrix(X, “table.csv”)"),
)
NO_TABLE = Text("this file is not a table", "这个文件不是表格")
_TOO_WIDE = Text("this table has too many columns", "表格的列太多")
TABLES = Text("CSV, TSV or XLSX: rows that all have the same number of cells", "CSV、TSV 或 XLSX：每行列数相同")
_BY = Text("{}, for example from {}", "{}，可由此得到：{}")
_ENCODED = Text("The text was read as {}.", "文本按 {} 编码读取。")
_IN_ZIP = (".csv", ".tsv", ".txt", ".data", ".xlsx")


def text_of(data: bytes, name: str = "") -> tuple[str, tuple[Text, ...]]:
    """Text of the table in a file, that of a workbook parted by tabs, and a remark where it is not in Unicode.

    Raises
    ------
    InputError
        Where it is none, with what it is instead, and with what takes a table out of it where that is known.
    """
    if len(data) > MOST_BYTES:
        raise too_large(f"{len(data):,} B")
    data = _unpacked(data)
    if not (data.startswith(ZIP) and b"xl/" in data):
        return _decoded(data, name)
    held = io.StringIO()
    csv.writer(held, delimiter="\t", lineterminator="\n").writerows(_of_workbook(data))
    return held.getvalue(), ()


def too_large(received: object) -> InputError:
    """Return the error about a table that is too large."""
    return InputError(TOO_LARGE, SIZE_CAP, received)


def too_wide(most: int, received: object) -> InputError:
    """Return the error about a table of too many columns."""
    return InputError(_TOO_WIDE, Text("at most {}", "至多 {} 列").format(most), received)


def no_table(received: object, way: str = "") -> InputError:
    """Return the error about what is no table, with the way in which another program takes one out of it."""
    return InputError(NO_TABLE, _BY.format(TABLES, way) if way else TABLES, received)


def _unpacked(data: bytes) -> bytes:
    """Return a table that is gzipped, or the only one in a zip archive; any other file as it is."""
    try:
        if data.startswith(GZIP):
            return gunzipped(data, error=too_large)
        if data.startswith(ZIP) and b"xl/" not in data:
            tables = [held for name, held in unzipped(data).items() if name.lower().endswith(_IN_ZIP)]
            return tables[0] if len(tables) == 1 else data
    except InputError as error:
        raise too_large(error.got) from None
    except (zlib.error, zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError, EOFError, ValueError):
        pass  # which is told as what it begins like
    return data


def _of_workbook(data: bytes) -> list[list[str]]:
    try:
        return read_apart("workbook", data, "openpyxl")[1]["rows"]
    except ImportError:
        install = Text(
            "after “pip install openpyxl”, or the table as CSV", "先执行“pip install openpyxl”，或另存为 CSV"
        )
        raise InputError(
            Text("reading Excel files requires the package openpyxl", "读取 Excel 需要软件包 openpyxl"),
            install,
            ".xlsx",
        ) from None
    except InputError:
        raise
    except ValueError as error:
        raise no_table(error) from None


def _decoded(data: bytes, name: str) -> tuple[str, tuple[Text, ...]]:
    """Return bytes as text, and a remark where the encoding is none of Unicode."""
    if told_by_beginning(data):
        raise no_table(kind_of(data, name), table_out_of(data))
    text = as_text(data)
    if text is None and b"\0" in data[:400]:
        text = _unmarked(data)
    if text is not None:
        for pattern, kind, way in _OTHER_TEXTS:
            if pattern.match(text):
                raise no_table(f"{name}: {kind}".removeprefix(": "), way)
        return text.lstrip("\ufeff"), ()
    found = import_module("charset_normalizer").from_bytes(data[:200_000], cp_isolation=_ENCODINGS).best()
    if found is None or b"\0" in data[:1000]:
        raise no_table(kind_of(data, name))
    label = {"gb18030": "GBK", "cp1252": "Latin-1", "cp932": "Shift-JIS"}.get(found.encoding, found.encoding)
    return data.decode(found.encoding, "replace"), (_ENCODED.format(label),)


def _unmarked(data: bytes) -> str | None:
    """Return bytes as the text that they are in UTF-16 without a mark, or in UTF-32; None where they are neither."""
    marked = data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE))
    for encoding in ["utf-32"] if marked else _UNMARKED:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (
            sum(sign.isascii() and (sign.isprintable() or sign in "\t\r\n") for sign in text[:200])
            > len(text[:200]) / 2
        ):
            return text
    return None
