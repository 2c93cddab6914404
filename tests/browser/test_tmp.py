import pytest, time
def run(page, keys, wait):
    page.locator(".st-key-step_first button").first.click()
    page.wait_for_function("document.querySelector('.st-key-step_position').innerText.startsWith('0 /')")
    page.wait_for_timeout(1500)
    page.locator(".st-key-step_next button").first.click()
    page.wait_for_function("document.querySelector('.st-key-step_position').innerText.startsWith('1 /')")
    if wait: page.wait_for_timeout(wait)
    for k in keys: page.keyboard.press(k)
    try:
        page.wait_for_function("document.querySelector('.st-key-equation').innerText.includes('Activation of layer 1')", timeout=6000); return "ok"
    except Exception: return "STUCK " + page.locator(".st-key-step_position").inner_text()[:8] + page.locator(".st-key-equation h4").inner_text()[:40]
def test_x(visit):
    page = visit(example="mazur")
    for keys in (["ArrowRight"], ["Space","ArrowRight"]):
        for wait in (0, 100, 300, 1000):
            print(keys, wait, [run(page, keys, wait) for _ in range(3)], flush=True)
def test_lang(visit):
    page = visit(example="mazur", step="bp2.1", lang="en")
    for i in range(12):
        w = ["中文","English"][i%2]
        page.locator(".st-key-lang button", has_text=w).click()
        page.wait_for_function("w => new URLSearchParams(location.search).get('lang') === w || document.body.innerText.includes('encountered an error')", arg=["zh","en"][i%2])
        if page.get_by_text("encountered an error").count(): print("CRASH at", i); break
    else: print("no crash")
