"""Registry entries as entries of the reference: a new one is on the page by itself, a new registry is one line."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from engine import OPTIMIZERS, Ref, Text
from engine.catalogue import Activation, Clip, Initializer, Loss, Regularizer, Schedule
from engine.equations import Rule, rules
from engine.landscape import Surface
from engine.mistakes import Mistake
from engine.optimizers import Optimizer
from engine.settings import Model
from engine.studies import first_difference
from visualizer.reference.curves import activation_figure, loss_figure, schedule_figure
from visualizer.reference.entry import Block, Entry, Formula, Picture, Words
from visualizer.writing import number, tex_general, tex_number

RULES = {name.lower(): rule for name, rule in vars(rules).items() if isinstance(rule, Rule)}
_BOOK = "Nielsen 2015, ch. 2"
_VALUE = re.compile(r"<([a-zA-Z_]+?)(_new)?([+-]?)>")
_OF_A_LAYER = {"-": "l-1", "+": "l+1", "": "l"}
_PARTS = {
    "{sigma}": r"\sigma",
    "{mean}": r"\frac{1}{m}{\textstyle\sum_x}\,",
    "{over_m}": r"\frac{1}{m}\,",
    "{sum}": r"{\textstyle\sum_x}\,",
    "{loss}": "C_x(<a>, y)",
    "{loss_z}": "C_x(<z>, y)",
    "{update}": r"<W_new> = <W> - \eta\,<dW>, \quad <b_new> = <b> - \eta\,<db>",
}
SGD = OPTIMIZERS["sgd"]
_BACK = re.compile(r"(.* = )\{vjp(?:_(a))?:(.*)\}")
_VICTIMS = ("mazur", "xor", "softmax_dead", "relu_softmax")  # examples in which every mistake changes something
_WRONGLY = Text("The wrong version:", "错误的做法：")
_SHORT = Text("{} (loss and activation match)", "{}（损失与激活函数匹配）")
_RATE = Text("Typical learning rate: η = {}.", "常用的学习率：η = {}。")
_CONSTANTS = Text("Constants: {}.", "常数：{}。")
_LOWEST = Text("Lowest at ({}, {}).", "最低点在 ({}, {})。")
_SOFTMAX = Text(
    "Shown for one of three neurons with the other two at z = 0. The slope is the diagonal of the Jacobian; the "
    "backward pass needs all of it.",
    "图中是三个神经元之一，另外两个固定在 z = 0。斜率是雅可比矩阵的对角线；反向传播要用整个矩阵。",
)
_WITH_SOFTMAX = Text("With softmax and its full Jacobian:", "若为 softmax，则用整个雅可比矩阵：")
_PAIR = Text("Paired with {} it simplifies, and this is what is executed:", "与 {} 配对时可以化简，实际执行的是：")


def entries(records: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Return an entry of the reference for each one of a registry, whatever its kind."""
    return tuple(entry(name, record) for name, record in records.items())


def entry(name: str, record: Any) -> Entry:
    """Return the reference's entry of a registry entry, by its kind; of an unknown kind, its words and formulas."""
    describe = _KINDS.get(type(record), _plain)
    title: Any = getattr(record, "label", None) or getattr(record, "title", Text(name, name))
    source = getattr(record, "source", "") or (_BOOK if isinstance(record, Rule) else "")
    opens = _STAGES.get(type(record), lambda _: {})(record)
    if isinstance(record, Rule):
        title = _named(record, name)
        opens |= {"loss": "binary_cross_entropy"} if name.endswith("_matched") else {}
    return Entry(name, title, tuple(describe(record)), source, opens)


def _named(rule: Rule, name: str) -> Text:
    """Return the name of an equation and its title."""
    title = rule.title.format(l="l")
    title = Text("{}: {}", "{}：{}").format(rule.name, title) if rule.name.startswith("BP") else title
    return _SHORT.format(title) if name.endswith("_matched") else title


def _plain(record: Any) -> Iterator[Block]:
    """Yield the sentence of a registry entry, and every formula it has."""
    for name in ("why", "text", "words"):
        if isinstance(said := getattr(record, name, None), Text):
            yield Words(said)
    for name in ("tex", "tex_df", "tex_value"):
        if formula := getattr(record, name, ""):
            yield Formula(general(formula))


def _rule(rule: Rule) -> Iterator[Block]:
    yield Words(rule.why)
    yield _equation(rule)
    if found := _BACK.fullmatch(rule.tex):
        head, _, upstream = found.groups()
        yield Words(_WITH_SOFTMAX)
        yield Formula(general(rf"{head}<jacobian>\,{upstream}", output=rule.key == "bp1"))


def _equation(rule: Rule) -> Formula:
    """Return an equation for element-wise activations."""
    output = rule.key in ("c", "bp1")
    if found := _BACK.fullmatch(rule.tex):
        head, at, upstream = found.groups()
        return Formula(general(rf"{head}{upstream} \odot \sigma'(<{at or 'z'}>)", output))
    return Formula(general(" ".join(rule.tex.replace("{delta}", r"<a> - <y>").split("\n")), output))


def _mistake(record: Mistake) -> Iterator[Block]:
    yield Words(record.why)
    wrong = [(rule, record.rule(rule)) for name, rule in RULES.items() if rule.phase != "update"]
    shown = [_equation(made) for rule, made in wrong if made.tex != rule.tex]
    laws = {parameter: record.law(parameter, SGD.tex) for parameter in "Wb"}
    shown += [
        Formula(general(rf"<{p}_new> = {law.replace('<dp>', f'<d{p}>').replace('<p>', f'<{p}>')}"))
        for p, law in laws.items()
        if law != SGD.tex
    ]
    if shown:
        yield Words(_WRONGLY)
        yield from dict.fromkeys(shown)


@cache
def _stage_of(record: Mistake) -> dict[str, str]:
    """Return the first step of an example that a mistake changes, in the names of a link."""
    for example in _VICTIMS:
        first = first_difference(Model.of_example(example), [record])
        if first:
            return {"example": example, "mistakes": record.name, "step": first.address}
    return {}


def _activation(record: Activation) -> Iterator[Block]:
    yield Picture(partial(activation_figure, record))
    yield Words(record.why)
    yield Formula(rf"f(z) = {record.tex}")
    yield Formula((r"f'(z) = " if record.elementwise else r"\frac{\partial a_j}{\partial z_k} = ") + record.tex_df)
    if not record.elementwise:
        yield Words(_SOFTMAX)


def _loss(record: Loss) -> Iterator[Block]:
    yield Picture(partial(loss_figure, record))
    yield Words(record.why)
    yield Formula(general(rf"C_x = {record.tex}", output=True))
    yield Formula(general(rf"<grad> = {record.tex_grad}", output=True))
    if record.matched:
        yield Words(_PAIR.format(record.matched.activation))
        yield Formula(general(rf"C_x = {record.matched.tex_value}", output=True))
        yield Formula(general(rf"<delta> = {record.matched.tex_delta}", output=True))


def _optimizer(record: Optimizer) -> Iterator[Block]:
    yield Words(record.why)
    for law in record.laws:
        left = r"\theta" if law.writes == "theta" else law.writes
        yield Formula(rf"{left} \leftarrow {of_parameter(law.tex)}")
    yield Words(_RATE.format(number(record.rate)))
    yield from _constants(record.constants)


def _schedule(record: Schedule) -> Iterator[Block]:
    yield Picture(partial(schedule_figure, record))
    yield Words(record.why)
    yield Formula(rf"\eta_t = {record.tex}")
    yield from _constants(record.constants)


def _clip(record: Clip) -> Iterator[Block]:
    yield Words(record.why)
    yield Formula(rf"g \leftarrow {of_parameter(record.tex)}")
    yield from _constants(record.constants)


def _regularizer(record: Regularizer) -> Iterator[Block]:
    yield Words(record.why)
    yield Formula(rf"\Omega(w) = {of_parameter(record.tex)}")
    yield Formula(rf"\Omega'(w) = {of_parameter(record.tex_slope)}")
    yield from _constants(record.constants)


def _surface(record: Surface) -> Iterator[Block]:
    yield Words(record.why)
    yield Formula(rf"f(x, y) = {record.tex}")
    yield Formula(rf"\nabla f = {record.tex_gradient}")
    yield Words(_LOWEST.format(*map(number, record.minimum)))


def _constants(constants: Mapping[str, float]) -> Iterator[Block]:
    """Yield the values of the constants in a formula, where it has any."""
    if constants:
        told = ", ".join(f"${letter} = {tex_number(value)}$" for letter, value in constants.items())
        yield Words(_CONSTANTS.format(told))


def _address(rule: Rule) -> str:
    """Return the address of a step with this rule, in a network of two layers."""
    layer = {"bp1": ".2", "bp2": ".1", "c": "", "update": ""}.get(rule.key, ".2")
    return rule.key + layer


def general(template: str, output: bool = False) -> str:
    """Return a template of the engine with its letters, for any layer l or for the output layer."""
    for part, filled in _PARTS.items():
        template = template.replace(part, filled)

    def letter(found: re.Match[str]) -> str:
        name = Ref(f"{found[1]}{found[2] or ''}", 0)
        if name.name in ("y", "C"):
            return name.name
        return tex_general(name).replace("^{l}", f"^{{{'L' if output else _OF_A_LAYER[found[3]]}}}")

    return _VALUE.sub(letter, template)


def of_parameter(law: str) -> str:
    """Return the law of an optimizer, or of a clip, for any parameter θ with the gradient g."""

    def letter(found: re.Match[str]) -> str:
        return {"p": r"\theta", "dp": "g", "norm": r"\lVert g \rVert"}.get(found[1], found[1])

    return _VALUE.sub(letter, law).replace("{t}", "t")


_STAGES: dict[type, Callable[[Any], dict[str, str]]] = {
    Rule: lambda rule: {"example": "mazur", "step": _address(rule)},
    Activation: lambda record: {"sizes": "2-3-2", "activations": f"{record.name}-linear", "step": "a.1"},
    Loss: lambda record: {
        "sizes": "2-2-2",
        "activations": f"tanh-{record.matched.activation if record.matched else 'linear'}",
        "loss": record.name,
        "step": "c",
    },
    Optimizer: lambda record: {
        "example": "mazur",
        "optimizer": record.name,
        "eta": str(record.rate),
        "iteration": "2",
        "step": "update",
    },
    Mistake: lambda record: dict(_stage_of(record)),
    Initializer: lambda record: {"sizes": "3-4-2", "init": record.name, "step": "z.1"},
}
_KINDS: dict[type, Callable[[Any], Iterator[Block]]] = {
    Rule: _rule,
    Activation: _activation,
    Loss: _loss,
    Optimizer: _optimizer,
    Schedule: _schedule,
    Clip: _clip,
    Regularizer: _regularizer,
    Surface: _surface,
    Mistake: _mistake,
}
