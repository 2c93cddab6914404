"""Texts of tables: every encoding, what is unpacked, and ways out of what is no text."""

import codecs
import gzip

import pytest

from engine import InputError
from engine.core import LANGUAGES
from engine.data import text_of

TABLE = "height,kind\n1.5,a\n2.5,b\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_read_with_a_mark_and_without(encoding):
    assert text_of(TABLE.encode(encoding)) == (TABLE, ())
    assert text_of(gzip.compress(TABLE.encode(encoding))) == (TABLE, ())


def test_bytes_that_are_no_text_are_not_guessed():
    for data in (codecs.BOM_UTF32_LE + b"\xff" * 8, bytes(range(256)) * 2, b"r\x03\x01\x05" + bytes(90)):
        with pytest.raises(InputError, match="is not a table"):
            text_of(data)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_way_out_is_told_in_both_languages(lang):
    with pytest.raises(InputError) as told:
        text_of(b"PAR1" + bytes(90), "t.parquet")
    sentence = told.value.sentence(lang)
    assert "pandas.read_parquet(…).to_csv(" in sentence
    assert {"en": "t.parquet: a Parquet file", "zh": "t.parquet：Parquet 文件"}[lang] in sentence
