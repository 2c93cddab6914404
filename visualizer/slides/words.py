"""Words of a slide that stand in place of those of its step: a question with its choices, code, or nothing."""

from html import escape

from visualizer.slides.record import Stop
from visualizer.writing import phrase_html

_PLACES = ("badge", "title", "why", "symbols", "numbers", "worked", "wrong")


def slide_words(stop: Stop, lang: str, asks: bool = True) -> dict[str, str]:
    """Return the words of a slide by their place, none where the equation of its step is shown.

    Where it `asks`, a question is among them; else its place is empty, for a page that asks it elsewhere.
    """
    nothing = dict.fromkeys(_PLACES, "")
    if stop.ask and asks:
        choices = "".join(f"<li>{phrase_html(choice(lang))}</li>" for choice in stop.ask.choices)
        question = f"<p><strong>{phrase_html(stop.ask.question(lang))}</strong></p>"
        return nothing | {"badge": "?", "symbols": f"{question}<ol>{choices}</ol>"}
    if stop.code:
        return nothing | {"symbols": f"<pre>{escape(stop.code.strip())}</pre>"}
    return {} if stop.equation and not stop.ask else nothing
