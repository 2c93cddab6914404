"""Codes, tokens, addresses and their picture."""

import re

import pytest

from visualizer.hall.link import address, is_code, is_token, new_code, new_token, qr_svg


def test_codes_are_codes_without_lookalikes_and_tokens_are_tokens():
    codes = {new_code() for _ in range(300)}
    assert all(map(is_code, codes))
    assert len(codes) > 290
    assert not set("".join(codes)) & set("01OIL")
    assert all(is_token(new_token()) for _ in range(50))
    assert len({new_token() for _ in range(50)}) == 50


@pytest.mark.parametrize("text", ["", "K7M2Q", "K7M2QXX", "k7m2qx", "K7M2Q0", "K7M2QI", "K7M2Q/", "K7M2QX\n"])
def test_what_is_no_code_is_none(text):
    assert not is_code(text)


@pytest.mark.parametrize("text", ["", "t" * 21, "t" * 23, "t" * 21 + "/", "t" * 22 + "\n"])
def test_what_is_no_token_is_none(text):
    assert not is_token(text)


@pytest.mark.parametrize(
    ("page", "base", "there"),
    [
        ("http://10.0.0.5:8501", "", "http://10.0.0.5:8501/hall/K7M2QX"),
        ("http://10.0.0.5:8501/?example=mazur", "", "http://10.0.0.5:8501/hall/K7M2QX"),
        ("https://example.edu/course/", "/course/", "https://example.edu/course/hall/K7M2QX"),
        ("", "", "/hall/K7M2QX"),
    ],
)
def test_the_address_is_on_the_server_that_gave_the_page(page, base, there):
    assert address(page, base, "K7M2QX") == there


def test_what_stands_in_a_link_is_no_markup():
    assert "<b>" not in qr_svg('http://x/"><b>')


def test_the_picture_is_one_drawing_that_scales():
    svg = qr_svg("http://10.0.0.5:8501/hall/K7M2QX")
    assert svg.count("<svg") == 1
    assert 'aria-label="http://10.0.0.5:8501/hall/K7M2QX"' in svg
    assert re.search(r'viewBox="0 0 (\d+) \1"', svg)
    assert svg != qr_svg("http://10.0.0.5:8501/hall/K7M2QY")
