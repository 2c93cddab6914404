"""The head of the stage: an example or a network of one's own, and its settings."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

import streamlit as st

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, InputError, Text
from engine.core import Field, parse_number, parse_whole, write_number
from engine.examples import EXAMPLES
from engine.options import MODES, is_drawn, techniques
from engine.settings import BODY, LARGEST_SEED, OF_NETWORK, Model, read_sizes, write_sizes
from visualizer.pages.hall import draw_open
from visualizer.pages.session import session, state
from visualizer.pages.shared import (
    draw_keep,
    draw_notes,
    mistakes_field,
    part,
    pick_field,
    select_field,
    text_field,
    value_field,
)
from visualizer.pages.stage.exports import draw_exports
from visualizer.pages.stage.files import draw_files
from visualizer.pages.stage.lessons import draw_menu
from visualizer.runs import FIELD_LABELS
from visualizer.state import DIGITS_ALLOWED

OWN = "own"
_OWN = Text("My own network", "自定义网络")
_KEPT = [field.attribute for name, field in BODY.items() if name not in OF_NETWORK]  # with other sizes
_NORM_TIP = Text(
    "Applies to all hidden layers. Needs a batch: if there is only one sample, more are added.",
    "作用于全部隐藏层。需要一个小批量：若只有一个样本，会自动补充。",
)
_MASKS_TIP = Text(
    "One seed, or seed-epoch-batch as used in training. Each iteration counts as a new epoch.",
    "填一个种子，或按训练中的写法填“种子-轮次-小批量”。每次迭代算作新的一轮。",
)


class _Label(NamedTuple):
    """Entry of a select box of the network's settings, with the label that the box needs."""

    label: Text


MODE_LABELS = {
    "training": _Label(Text("Training mode (batch statistics, dropout on)", "训练：用本批统计，做 dropout")),
    "inference": _Label(Text("Inference mode (running averages, dropout off)", "推理：用移动平均，不做 dropout")),
}
Change = Callable[[Model, Any], Model]


def draw_head() -> None:
    """Draw the choice of an example or of a network of one's own, and its settings."""
    with st.container(horizontal=True, vertical_alignment="center"):
        names = {name: state.say(example.label) for name, example in EXAMPLES.items()} | {OWN: state.say(_OWN)}
        look, now = {"label_visibility": "collapsed", "width": 320}, state.model().example or OWN
        pick_field(st.selectbox, "example", Text("Example", "算例"), names, now, _set_example, **look)
        label = state.say(Text("Network and settings", "网络与设置"))
        settings = st.popover(label, key="settings", on_change="rerun")
        if settings.open:
            with settings:
                _draw_settings()
        draw_menu()
        draw_files()
        draw_exports()
        draw_open()
        draw_keep()
        if len(state.model().x) > 1:
            shown, words = Text("Sample shown", "显示的样本"), state.say(Text("sample {}", "样本 {}"))
            labels = {number: words.format(number) for number in range(1, len(state.model().x) + 1)}
            look = {"label_visibility": "collapsed", "width": 140}
            pick_field(st.selectbox, "sample", shown, labels, state.view().sample, _set_sample, **look)


def _set_example(name: str) -> None:
    if name == OWN:
        state.compute(_own(state.model()), "example", "net")
    else:
        state.compute(Model.of_example(name), step="0")


def _set_sample(sample: int) -> None:
    state.update_view(sample=sample)


def _own(model: Model) -> Model:
    """Return the network as one's own, with all its numbers."""
    network = model.trace().given
    return replace(model, example=None, iteration=1).edited(network)


def _draw_settings() -> None:
    draw_notes(session().notes)
    model = state.model()
    sizes = Text("Layer sizes (inputs first)", "各层大小（先写输入）")
    text_field("sizes", sizes, model.sizes, _changing(_with_sizes, "sizes", "activations"), read_sizes, write_sizes)
    with part():
        for l, name in enumerate(model.activations):
            label = Text("Activation, layer {}", "第 {} 层激活函数").format(l + 1)
            take = _changing(partial(_with_activation, layer=l), "activations")
            select_field(f"activation_{l + 1}", label, ACTIVATIONS, name, take)
    allowed = {n: r for n, r in LOSSES.items() if not r.matched or r.matched.activation == model.activations[-1]}
    select_field(
        "loss", Text("Loss", "损失函数"), allowed, model.loss, _changing(lambda m, name: replace(m, loss=name), "loss")
    )
    _number("eta", Text("Learning rate η", "学习率 η"), model)
    _draw_techniques(model)
    with part():
        _draw_modes(model)
    with part():
        if not model.example:
            names = Text("Initializer", "初始化方法")
            select_field("init", names, INITIALIZERS, model.init, _changing(_redrawn("init"), "init"))
            text_field("seed", Text("Seed", "随机种子"), model.seed, _changing(_redrawn("seed"), "seed"), _seed)
    mistakes_field("mistakes", model.mistakes, _changing(_with("mistakes"), "mistakes"))
    label = Text("Train the biases", "训练偏置")
    value_field(st.checkbox, "train_bias", label, model.train_bias, _changing(_with("train_bias"), "train_bias"))
    label, (least, most) = Text("Significant digits in equations", "公式中的有效数字位数"), DIGITS_ALLOWED
    value_field(st.slider, "digits", label, state.view().digits, _set_digits, min_value=least, max_value=most)


def _number(name: str, label: Text, model: Model) -> None:
    """Draw the field of a setting that is a number."""
    text_field(name, label, getattr(model, name), _changing(_with(name), name), parse_number, write_number)


def _draw_techniques(model: Model) -> None:
    """Draw the optimizer, the penalty and the clipping with their strengths, and the modes of layers."""
    select_field(
        "optimizer", FIELD_LABELS["optimizer"], OPTIMIZERS, model.optimizer, _changing(_with_optimizer, "optimizer")
    )
    with st.container(key="techniques"):
        for field, amounts in techniques():
            _draw_field(field, model)
            with part():
                for amount in amounts if model.options.uses(field.attribute) else ():
                    _draw_field(amount, model)


def _draw_field(field: Field, model: Model) -> None:
    """Draw the field of a setting of the network: a list of records, or a text."""
    name, value = field.attribute, getattr(model, field.attribute)
    take = _changing(_with(name), name)
    if field.registry:
        select_field(name, field.label, field.registry, value, take)
    else:
        text_field(name, field.label, value, take, field.read, field.write)


def _draw_modes(model: Model) -> None:
    """Draw batch normalization and dropout of the hidden layers, the seed of what is random, and the layers' mode."""
    hidden = len(model.sizes) > 2
    if hidden:
        norm = _changing(lambda m, on: m.with_settings(batch_norm=on), "batch_norm")
        look = {"help": state.say(_NORM_TIP)}
        value_field(st.checkbox, "batch_norm", FIELD_LABELS["batch_norm"], model.batch_norm, norm, **look)
        _number("dropout", FIELD_LABELS["dropout"], model)
    if (hidden and model.dropout) or is_drawn(model.options):
        take, masks = _changing(_with("masks"), "masks"), BODY["masks"]
        text_field("masks", masks.label, model.masks, take, masks.read, masks.write, help=state.say(_MASKS_TIP))
    if hidden and (model.batch_norm or model.dropout):
        mode = next(name for name, on in MODES.items() if on == model.training)
        take = _changing(lambda m, n: m.with_settings(training=MODES[n]), "training")
        select_field("mode", BODY["mode"].label, MODE_LABELS, mode, take)


def _with_optimizer(model: Model, name: str) -> Model:
    """Return the model with another optimizer, its usual rate and an empty state."""
    return replace(model, optimizer=name, eta=OPTIMIZERS[name].rate, state=None)


def _with(field: str) -> Change:
    """Return a function that replaces one setting."""
    return lambda model, value: replace(model, **{field: value})


def _set_digits(digits: int) -> None:
    state.update_view(digits=digits)


def _changing(change: Change, *asked: str) -> Callable[[Any], None]:
    """Return a callback for a setting: `change` makes a new model of the present one and the chosen value.

    Which fields of the model that is, is `asked`.
    """

    def take(value: Any) -> None:
        changed = change(state.model(), value)
        changed.check()
        state.compute(changed, *asked)

    return take


def _seed(typed: str) -> int:
    return parse_whole(typed, 0, LARGEST_SEED)


def _redrawn(field: str) -> Change:
    """Return a function that draws a new network by one setting, the data and the loss staying."""

    def change(model: Model, value: Any) -> Model:
        return replace(model, net=None, iteration=1, **{field: value})

    return change


def _with_sizes(model: Model, sizes: tuple[int, ...]) -> Model:
    """Return a drawn network of these sizes; hidden layers keep their activation as far as there are as many."""
    *hidden, output = model.activations
    hidden = [*hidden, *[hidden[-1] if hidden else "sigmoid"] * len(sizes)][: len(sizes) - 2]
    drawn = Model.drawn(sizes, (*hidden, output), model.init, model.seed)
    return _with_fitting_loss(drawn.with_settings(**{name: getattr(model, name) for name in _KEPT}))


def _with_activation(model: Model, name: str, layer: int) -> Model:
    """Return the network with another activation in one layer; a loss that no longer fits gives way."""
    names = tuple(name if l == layer else old for l, old in enumerate(model.activations))
    own = _own(model) if model.example else model
    return _with_fitting_loss(replace(own, activations=names))


def _with_fitting_loss(model: Model) -> Model:
    """Return the model with its loss, or with another one where that does not go with its output and its targets."""
    try:
        model.check()
    except InputError:
        return replace(model, loss=Model.drawn(model.sizes, model.activations, "zeros", 0).loss)
    return model
