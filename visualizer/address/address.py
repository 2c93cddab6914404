"""The address of a page: the model and view of the stage, and parameters of the page's own.

The names of the stage stand in the address of every page. A page with a name of its own that is also one of these has
them apart: as one value, `stage`, which is left out while the stage shows what it shows anyway.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from engine import InputError, Text
from engine.core import Field, echo, lookup, names, parse_number, parse_whole, read_fields
from engine.examples import EXAMPLES
from engine.faults import FAULTS
from engine.settings import BODY, DEFAULT_EXAMPLE, HEAD, Model, changed_names
from engine.settings import FIELDS as OF_TRAINING
from visualizer.checking import VIEWS, claims_by_name
from visualizer.exercises import IN_CODE, LARGEST_SEED, LEVELS
from visualizer.landscape import FIELDS as OF_LANDSCAPE
from visualizer.reference import SECTIONS
from visualizer.runs import FIELDS as OF_LOOK
from visualizer.state import (
    LEFT_OUT,
    LONGEST_LINK,
    NAMES,
    Spec,
    View,
    open_link,
    spec_to_query,
    told_left_out,
    unknown_in,
    view_to_query,
)
from visualizer.teaching import OWN as OWN_LESSON
from visualizer.writing import PAGES

APART = "stage"
ON_STAGE = "stage"  # the choice of no published example
LARGEST_NUDGE, LONGEST_NUMBER, LONGEST_SEARCH, MOST_NEURONS = 4, 40, 80, 60
_NUMBERS = ("net", "state", "x", "y")  # of a state: all that can make it too long
_SELDOM = {*HEAD, *BODY, OWN_LESSON, "beside"}  # what no step changes
_MOST_NUMBERS = LONGEST_LINK // 2  # each has a digit and a sign behind it
_USUAL = Spec(Model.of_example(DEFAULT_EXAMPLE), View())
LEFT_OUT_WORDS = {
    "net": Text("the weights and biases", "权重与偏置"),
    "state": Text("the optimizer's state", "优化器的状态"),
    "x": Text("the inputs", "输入"),
    "y": Text("the targets", "目标"),
    "runs": Text("the runs", "各次训练"),
    "rows": Text("the table", "数据表"),
    "beside": Text("the network kept for comparison", "用于对照的网络"),
    "outside": Text("the external curves", "外部曲线"),
    OWN_LESSON: Text("the lesson", "讲解"),
    APART: Text("the current network", "“逐步演示”中的内容"),
}
_CUT = (
    Text("this address could not hold {}: other values are shown instead", "这个地址放不下{}，现在显示的是其他内容"),
    Text("a saved file, or an address of at most {} characters", "保存的文件，或不超过 {} 个字符的地址").format(
        LONGEST_LINK
    ),
)
_MOST_TOLD, _LONGEST_NAME = 20, 16


class Shown(NamedTuple):
    """Parameter of a page's address: one thing that the page shows.

    Attributes
    ----------
    read : callable
        read(text, model): the value; it raises `InputError` where the page has no such thing for this model.
    usual : callable
        usual(model): the text of what is shown unless the address says something else.
    always : bool
        Whether the address says it also where it is the usual.
    """

    read: Callable[[str, Model], Any]
    usual: Callable[[Model], str]
    always: bool = False


def _choice(what: Text, offered: Callable[[Model], Iterable[str]], always: bool = False) -> Shown:
    """Return a parameter whose value is one of a list, of which the first is the usual."""

    def read(text: str, model: Model) -> str:
        return lookup(what, {name: name for name in offered(model)}, text, _MOST_TOLD)

    return Shown(read, lambda model: next(iter(offered(model))), always)


def _typed(read: Callable[[str], Any], usual: str, always: bool = False) -> Shown:
    return Shown(lambda text, model: read(text), lambda model: usual, always)


def _at_most(longest: int) -> Callable[[str], str]:
    """Return a reader of texts of limited length."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise InputError(Text("this is too long", "太长"), Text("{} characters", "{} 个字符").format(longest), text)
        return text

    return read


def _read_nudge(text: str) -> float:
    nudge = parse_number(text)
    if abs(nudge) > LARGEST_NUDGE:
        allowed = Text("a number from −{0} to {0}", "−{0} 到 {0} 的数").format(LARGEST_NUDGE)
        raise InputError(Text("this is too large", "太大"), allowed, text)
    return nudge


def _neurons(model: Model) -> list[str]:
    """Return the first neurons of a network, which have a demon each."""
    named = (f"{layer}.{j}" for layer, size in enumerate(model.sizes[1:], 1) for j in range(1, size + 1))
    return list(islice(named, MOST_NEURONS))


def _published(model: Model) -> list[str]:
    """Names of the examples and of the network on the stage; first the one that is there anyway."""
    return list(dict.fromkeys((model.example or ON_STAGE, *EXAMPLES, ON_STAGE)))


SHOWN: Mapping[str, Mapping[str, Shown]] = {  # by page and name; no two pages have one in common
    "check": {
        "view": _choice(Text("view", "视图"), lambda model: VIEWS, always=True),
        "quantity": _choice(Text("quantity", "量"), lambda model: claims_by_name(model.trace(), model.iteration)),
        "number": _typed(_at_most(LONGEST_NUMBER), ""),
        "neuron": _choice(Text("neuron", "神经元"), _neurons),
        "dz": _typed(_read_nudge, "1"),
    },
    "examples": {
        "published": _choice(Text("example", "算例"), _published),
        "fault": _choice(Text("fault", "错误"), lambda model: FAULTS),
    },
    "exercises": {
        "level": _choice(Text("exercise type", "题型"), lambda model: (*LEVELS, IN_CODE), always=True),
        "seed": _typed(lambda text: parse_whole(text, 1, LARGEST_SEED), "1", always=True),
    },
    "reference": {
        "section": _choice(Text("section", "章节"), lambda model: SECTIONS, always=True),
        "find": _typed(_at_most(LONGEST_SEARCH), ""),
    },
}
RECORDS = {name: record for page in SHOWN.values() for name, record in page.items()}
_OF_LAB = (*OF_TRAINING, *OF_LOOK, "runs", "outside", "experiment")
OWN = {page: tuple(SHOWN.get(page, ())) for page in PAGES}  # the names that a page has of its own
OWN |= {"train": _OF_LAB, "landscape": (*_OF_LAB, *OF_LANDSCAPE)}


def has_apart(page: str) -> bool:
    """Whether a page needs the parameter `stage`, because names of its own are also those of the stage."""
    return not set(OWN[page]).isdisjoint(NAMES)


def opened(page: str, query: Mapping[str, str], lang: str) -> tuple[Spec, dict[str, str], list[InputError]]:
    """Return the state that a page's address describes, the page's own parameters, and errors about the rest.

    The page's own parameters are text, as in the address. The Train and Landscape pages read theirs themselves.
    """
    own = {name: text for name, text in query.items() if name in OWN[page]}
    rest = {name: text for name, text in query.items() if name not in (*own, LEFT_OUT)}
    unknown: list[InputError] = []
    if has_apart(page):
        unknown = unknown_in(rest, (APART, "lang"))
        lang_said = {name: text for name, text in rest.items() if name == "lang"}
        rest = dict(parse_qsl(rest.get(APART, ""), keep_blank_values=True)) | lang_said
    spec, problems = open_link(rest, lang)
    own = _readable(page, own, spec.model, problems)
    return spec, own, [*problems, *unknown, *_left_out_of(query)]


def _left_out_of(query: Mapping[str, str]) -> list[InputError]:
    """Return an error about the names that an address was too long for when it was written."""
    words = left_out_words(name[:_LONGEST_NAME] for name in query.get(LEFT_OUT, "").split("-")[:_MOST_TOLD] if name)
    problem, allowed = _CUT
    return [InputError(problem.format(words), allowed, query[LEFT_OUT])] if words.en else []


def _readable(page: str, own: Mapping[str, str], model: Model, problems: list[InputError]) -> dict[str, str]:
    """Return the parameters of a page that this model allows, and add to `problems` the others."""
    records = SHOWN.get(page, {})
    fields = {name: Field(name, _reader(record, model)) for name, record in records.items()}
    return {name: own[name] for name in read_fields(fields, own, problems)}


def _reader(record: Shown, model: Model) -> Callable[[str], Any]:
    return lambda text: record.read(text, model)


def current(name: str, own: Mapping[str, str], model: Model) -> Any:
    """Return the value of a parameter: the chosen one, or the usual where this model does not allow it."""
    record = RECORDS[name]
    try:
        return record.read(own[name], model)
    except (KeyError, InputError):
        return record.read(record.usual(model), model)


def own_query(page: str, own: Mapping[str, str], model: Model) -> dict[str, str]:
    """Return the page's own part of the query of its address."""
    chosen = _readable(page, own, model, [])
    return {
        name: chosen[name] if name in chosen else record.usual(model)
        for name, record in SHOWN.get(page, {}).items()
        if record.always or (name in chosen and chosen[name] != record.usual(model))
    }


def written(page: str, spec: Spec, own: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """Return the query string of a page, and the names left out where it would be too long; it lists them too."""
    for query in _queries(page, spec, own):
        text = urlencode(query)
        if len(text) <= LONGEST_LINK:
            break
    return text, tuple(query[LEFT_OUT].split("-")) if LEFT_OUT in query else ()


def in_two(query: str) -> tuple[str, str]:
    """Return the parts of the query string of the stage: of what no step changes, and of all that one does."""
    parts: tuple[list[str], list[str]] = [], []
    for part in query.split("&"):
        parts[part.partition("=")[0] not in _SELDOM].append(part)
    return "&".join(parts[0]), "&".join(parts[1])


def _queries(page: str, spec: Spec, own: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the queries of an address, from the longest to shorter ones."""
    beside = ["beside"] if spec.view.beside else []
    longest = [*([OWN_LESSON] if spec.view.own else []), *beside]  # of the view
    changed = [name for name in changed_names(spec.model) if name in _NUMBERS]
    model = spec.model
    numbers = (model.net or (), *model.x, *model.y, *(part for _, part in model.state or ()))
    if sum(map(len, numbers)) <= _MOST_NUMBERS:
        yield _query(page, spec_to_query(spec), own, [])
        if spec.view.own:
            yield from _queries_of_lesson(page, spec, own)
        if beside:
            yield _query(page, spec_to_query(spec, longest), own, longest)
    yield _query(page, spec_to_query(spec, (*_NUMBERS, *longest)), own, [*changed, *longest])
    yield _query(page, {"lang": spec.view.lang}, own, [APART])


def _queries_of_lesson(page: str, spec: Spec, own: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Yield the queries of one's own lesson: without the numbers that its stop has anyway, then without the lesson."""
    of_stop = view_to_query(spec.view)
    opened, problems = open_link(of_stop, spec.view.lang)
    if not problems and spec == opened._replace(view=replace(opened.view, chosen=spec.view.chosen)):
        yield _query(page, of_stop, own, [])
    yield _query(page, spec_to_query(spec, (OWN_LESSON,)), own, [OWN_LESSON])


def _query(page: str, on_stage: dict[str, str], own: Mapping[str, str], left_out: list[str]) -> dict[str, str]:
    """Return the query of a page for the state of the stage, some of which is left out."""
    on_stage, lang = _without(on_stage, "lang"), on_stage["lang"]
    if has_apart(page):
        is_usual = on_stage == _without(spec_to_query(_USUAL), "lang") or not on_stage
        on_stage = {} if is_usual else {APART: urlencode(on_stage)}
    left_out = [*filter(None, [own.get(LEFT_OUT)]), *left_out]
    return on_stage | _without(own, LEFT_OUT) | told_left_out(left_out) | {"lang": lang}


def left_out_words(left_out: Iterable[str]) -> Text:
    """Return the words for names that were left out; a name from a link is its own word."""
    return Text(", ", "、").join(LEFT_OUT_WORDS.get(name, names([echo(name)])) for name in left_out)


def _without(query: Mapping[str, str], left_out: str) -> dict[str, str]:
    return {name: text for name, text in query.items() if name != left_out}
