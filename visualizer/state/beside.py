"""The network that stands beside the present one on the stage, as a link in the link."""

from urllib.parse import parse_qsl, urlencode

from engine import InputError, Text
from engine.core import echo
from engine.settings import BODY, HEAD, Model, model_from_query, model_to_query

LONGEST_BESIDE, _MOST_NAMES = 8_000, 60
_PROBLEM = Text("the network kept for comparison cannot be read", "无法读取用于对照的网络")
_ALLOWED = Text("what the page itself has written", "页面自己写出的内容")


def beside_of(model: Model) -> str:
    """Return the text by which an address holds a second network."""
    return urlencode(model_to_query(model))


def read_beside(text: str) -> str:
    """Return the text of a second network as a page writes it; empty where there is none.

    Raises
    ------
    InputError
        Where it is none.
    """
    return beside_of(model_beside(text)) if text else ""


def model_beside(text: str) -> Model:
    """Return the second network in a text; raises as `read_beside`."""
    try:
        query = dict(parse_qsl(text[: LONGEST_BESIDE + 1], keep_blank_values=True, max_num_fields=_MOST_NAMES))
    except ValueError:
        query = {}
    model, problems = model_from_query(query)
    unknown = [name for name in query if name not in {*HEAD, *BODY}]  # of rubbish else the usual network is made
    if not query or len(text) > LONGEST_BESIDE or problems or unknown:
        raise InputError(_PROBLEM, _ALLOWED, problems[0].received if problems else echo(text))
    return model
