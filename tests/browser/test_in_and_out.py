"""Weights come in from a file, and what goes out is opened again where it belongs."""

import xml.etree.ElementTree as ET
from urllib.parse import parse_qs

import numpy as np
import pytest

from engine import Network

pytestmark = pytest.mark.browser
NET = Network.random((2, 3, 2), ("tanh", "sigmoid"), seed=11)


def saved(page, button, folder):
    """The file that a button gives."""
    with page.expect_download() as download:
        page.locator(button).first.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_weights_from_a_file_are_stepped_through_and_taken_away_again(visit, chromium, tmp_path):
    from playwright.sync_api import expect  # noqa: PLC0415

    arrays = {f"{name}{l}": getattr(layer, name) for l, layer in enumerate(NET.layers, 1) for name in "Wb"}
    np.savez(tmp_path / "net.npz", **arrays)
    np.savez(tmp_path / "square.npz", W1=np.eye(2))
    np.savez(tmp_path / "refused.npz", **{"conv.weight": np.ones((2, 2, 2))})
    page = visit(example="mazur", lang="en")
    page.locator(".st-key-files button").first.click()
    files, warning = page.locator(".st-key-open_file input"), page.get_by_test_id("stAlert")
    files.set_input_files(tmp_path / "square.npz")
    page.locator(".st-key-import_way input").click()
    page.get_by_role("option").nth(1).click()
    expect(page.locator(".st-key-import_take button")).to_be_enabled()
    files.set_input_files(tmp_path / "refused.npz")
    expect(warning).to_contain_text("conv, convolution (weight 2×2×2)")
    files.set_input_files(tmp_path / "net.npz")
    expect(page.get_by_test_id("stDataFrame")).to_be_visible()
    expect(warning).to_have_count(0)
    page.locator(".st-key-import_take button").click()
    position = page.locator(".st-key-step_position")
    page.wait_for_selector('.st-key-network_chart [data-choose="a.1.3"]', state="attached")  # a third hidden neuron
    page.keyboard.press("ArrowRight")
    expect(position).to_contain_text("1 / 12")
    page.wait_for_function("location.search.includes('net=') && location.search.includes('step=z.1')")
    numbers = parse_qs(page.evaluate("location.search.slice(1)"))["net"][0].split("_")
    assert np.array_equal([float(number) for number in numbers], NET.theta)

    page.locator(".st-key-exports button").first.click()
    drawing = ET.parse(saved(page, "[data-kind=svg]", tmp_path)).getroot()
    words = {text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")}
    assert {"0.05", "0.1"} <= words
    assert not any("var(" in node.get("style", "") for node in drawing.iter())
    png = saved(page, "[data-kind=png]", tmp_path).read_bytes()
    width, height = (int.from_bytes(png[at : at + 4]) for at in (16, 20))
    assert (png[:4], width, height) == (b"\x89PNG", 3 * float(drawing.get("width")), 3 * float(drawing.get("height")))

    solution = saved(page, ".st-key-export_solution_html button", tmp_path)
    alone = chromium.new_context(offline=True, viewport={"width": 800, "height": 900})
    reader = alone.new_page()
    reader.goto(solution.as_uri())
    heights = reader.evaluate(
        "[...document.querySelectorAll('math')].map((math) => math.getBoundingClientRect().height)"
    )
    assert len(heights) > 40
    assert min(heights) > 10
    assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth")
    alone.close()
