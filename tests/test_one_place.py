"""One place to add a thing: in a copy of the tree one entry of each kind is added, and seen wherever its kind is."""

import re

import pytest

from tests.trees import copied, run_in

ENTRY = re.compile(r"^    for \w+ in \(\n|^\w+ = \{  # in the order of the menu.*\n", re.MULTILINE)
RECORDS = {  # put first into the registry of that file
    "engine/catalogue/activations.py": """
        Activation(
            "softsign", Text("soft sign", "软符号"),
            r"\\frac{z}{1+\\lvert z \\rvert}", r"\\frac{1}{(1+\\lvert z \\rvert)^2}",
            Text("Saturates slowly.", "饱和得很慢。"),
            f=lambda z: z / (1 + np.abs(z)), vjp=lambda z, a, g: g / np.square(1 + np.abs(z)),
            source="Toy 2026", elsewhere=Equivalents("Softsign()", '"softsign"'),
        ),
""",
    "engine/catalogue/losses.py": """
        Loss(
            "huber", Text("Huber loss", "Huber 损失"),
            r"\\operatorname{huber}(<a>-<y>)", r"\\operatorname{huber}(<a>-<y>)",
            r"\\operatorname{clip}(<a>-<y>)", Text("Large errors pull no harder.", "大误差的拉力不再增大。"),
            value=lambda a, y: np.minimum(np.abs(a - y), 1) * (np.abs(a - y) - 0.5 * np.minimum(np.abs(a - y), 1)),
            grad=lambda a, y: np.maximum(np.minimum(a - y, 1), -1),
            source="Toy 2026", elsewhere=Equivalents('F.huber_loss(a, y, reduction="sum") / len(y)', "toy(y, a)"),
        ),
""",
    "engine/optimizers/records.py": """
        Optimizer(
            "signs", Text("sign descent", "符号下降"), Text("Steps of one length.", "步长都一样。"), "Toy 2026", 0.01,
            (UpdateRule("theta", ("theta", "g", "rate"), r"<p> - \\eta\\, \\operatorname{sign}(<dp>)",
                 lambda theta, g, rate: theta - rate * np.sign(g)),),
            elsewhere=Equivalents("", ""),
        ),
""",
    "engine/catalogue/schedules.py": """
        Schedule("fall", Text("straight fall", "直线下降"), Text("Down.", "下降。"), "Toy 2026", r"\\eta (1 - t/T)",
                 lambda t, T: 1 - t / T),
""",
    "engine/catalogue/initializers.py": """
        Initializer("lecun_normal", Text("LeCun normal", "LeCun 正态"), r"w \\sim \\mathcal{N}(0, 1/n_{in})",
                    Text("Keeps the variance.", "保持方差。"),
                    lambda rng, n_out, n_in: _normal(rng, n_out, n_in, (1 / n_in) ** 0.5)),
""",
    "engine/mistakes/registry.py": """
        Mistake("twice", Text("a step twice as long", "步长加倍"), Text("One η is enough.", "只乘一次 η。"),
                rate=lambda rate: 2 * rate),
""",
    "visualizer/exercises/levels.py": """
        Level("toy_level", 99, Text("a toy level", "玩具题型"), Text("A toy.", "玩具。"), (((1, 1), ("linear",)),)),
""",
    "visualizer/writing/words.py": """
    "toy": Text("Toy page", "玩具页"),
""",
}
FILES = {  # found by their file alone
    "engine/examples/toy.py": """
from engine.network.network import Network
from engine.examples.published import Example
from engine.core.text import Text

TOY = Example("toy", Text("a toy", "玩具"), Text("nobody", "无"), Network.random((2, 1), ("softsign",)),
              ((1.0, 2.0),), ((0.5,),), "huber", "signs", 0.1)
""",
    "visualizer/lessons/toy.py": """
from engine import Text
from visualizer.slides import Lesson, Stop

TOY = Lesson("toy", Text("toy lesson", "玩具课"), Text("nobody", "无"), 1,
             (Stop({"example": "toy", "step": "bp1.1"}, Text("Look.", "看。")),), order=0)
""",
    "visualizer/experiments/toy.py": """
from engine import Text
from engine.settings.task import Task
from visualizer.experiments.record import Experiment

TOY = Experiment("toy", Text("toy experiment", "玩具实验"), *[Text("Toy.", "玩具。")] * 3,
                 (Task(optimizer="signs", schedule="fall", init="lecun_normal", epochs=3),), order=0)
""",
    "visualizer/exports/toy.py": """
from engine import Text
from visualizer.exports.subject import Export

TOY = Export("toy", "numbers", Text("Toy", "玩具"), Text("A toy.", "玩具。"), "toy.txt", "text/plain",
             lambda subject: subject.title)
""",
    "engine/formats/toy.py": """
import numpy as np
from engine.core.text import Text
from engine.formats.record import Contents, Format

TOY = Format("toy", Text("toy weights", "玩具权重"), Text("From a toy.", "来自玩具。"), (".toy",),
             lambda data: Contents({"W": np.frombuffer(data[3:], np.uint8).reshape(1, -1)}, layout="out_in"),
             lambda data: data.startswith(b"TOY"), order=99)
""",
    "visualizer/rendering/toy.py": """
from engine import Text
from visualizer.rendering.record import Rendering

TOY = Rendering("toy", Text("Toy pictures", "玩具图"), Text("A toy.", "玩具。"), "toy", "toy")
""",
    "visualizer/stage/files/toy.js": "globalThis.rendering = { toy: true };\n",
    "visualizer/pages/toy/toy.py": """
import plotly.graph_objects as go
import streamlit as st
from visualizer.pages.session import state

st.plotly_chart(go.Figure(go.Bar(y=state.trace().value("a", 1)[:, 0])))
""",
    "visualizer/findings/toy.py": """
from engine import Text
from visualizer.findings.record import Finding, Kind

TOY = Kind("toy", lambda evidence: iter([Finding("toy", Text("Toy.", "玩具。"), 0, evidence.last)]))
""",
}
LOOKED_AT = """
import contextlib, io
from dataclasses import replace
import numpy as np
from engine import *
from engine.examples import EXAMPLES
from engine.settings.model import Model
from engine.settings.spec import model_from_query, model_to_query
from engine.settings.task_query import task_from_query as task_from, task_to_query as task_to
from engine.studies.trial import RunDriver
from tests.pages.app import texts, visit
from visualizer.equations.arithmetic import Element, arithmetic
from visualizer.equations.equation import numeric, symbolic
from visualizer.experiments import EXPERIMENTS
from visualizer.exports import EXPORTS, Subject
from visualizer.exercises import exercise
from visualizer.findings import FINDINGS, findings
from visualizer.lessons import LESSONS
from visualizer.reference import SECTIONS, entries
from visualizer.rendering import RENDERINGS, rendering_html
from visualizer.scene.scene import scene_builder
from visualizer.state.importing import ENDINGS
from visualizer.state.view import Spec, View

added = {"activations": "softsign", "losses": "huber", "optimizers": "signs", "schedules": "fall",
         "initializers": "lecun_normal"}
registries = dict(zip(added, (ACTIVATIONS, LOSSES, OPTIMIZERS, SCHEDULES, INITIALIZERS)))
for section, name in added.items():
    label = registries[section][name].label
    assert any(label.en in entry.title.en for entry in entries(section)), section

model = Model.of_example("toy")
t = model.trace()
assert (t.given.activations, t.loss_name, t.update.optimizer.name) == (("softsign",), "huber", "signs")
assert model_from_query(model_to_query(model)) == (model, [])
assert check_gradients(t.given, model.x, model.y, t.loss_name).passed
builder = scene_builder(t, "layer", "zh")
for step, position in zip(t.steps, range(1, len(builder.lecture) + 1), strict=True):
    assert builder.scene(position).alt and symbolic(t, step) and numeric(t, step)
    ref = step.writes[0]
    assert arithmetic(t, step, Element(ref, () if step.rule.phase == "cost" else (0, 0) if "W" in ref.name else (0,)))

subject, names = Subject(Spec(model, View())), {}
with contextlib.redirect_stdout(io.StringIO()):
    exec(EXPORTS["numpy"].make(subject), names)
assert np.allclose(names["W1_new"], t.value("W_new", 1), rtol=1e-13)
wrong = replace(model, mistakes=("twice",))
assert np.allclose(wrong.trace().value("W_new", 1), 2 * t.value("W_new", 1) - t.value("W", 1))
assert model_from_query(model_to_query(wrong)) == (wrong, [])
assert any("a step twice as long" in entry.words() for section in SECTIONS for entry in entries(section))

made = exercise("toy_level", 1)
assert made.level.label.en == "a toy level" and len(made.cells()) == len(made.trace.steps)
assert list(FORMATS)[-1] == "toy" and read_weights(b"TOY" + bytes((1, 2))).sizes == (2, 1) and "toy" in ENDINGS
assert "rendering = { toy: true }" in rendering_html(subject, RENDERINGS["toy"], "step")
for library in ("torch", "keras"):
    try:
        EXPORTS[library].make(subject)
    except InputError as refused:
        assert "has no counterpart for sign descent" in str(refused)
    else:
        raise AssertionError("there is no such optimizer")
assert EXPORTS["toy"].make(subject)

(task,) = EXPERIMENTS["toy"].tasks
assert task_from(task_to(task)) == (task, [])
training = RunDriver(task)
while training.advance(10):
    pass
assert list(FINDINGS)[-1] == "toy" and findings(training.trial)[-1].kind == "toy"

assert next(iter(LESSONS)) == next(iter(EXPERIMENTS)) == "toy"
def offered(page):
    return {option for box in page.selectbox for option in box.options}


toy = visit("toy", example="toy", lang="zh")
assert len(toy.get("plotly_chart")) == 1 and "玩具页" in [link.proto.label for link in toy.get("page_link")]
assert "a toy level" in str(visit("exercises", level="toy_level").main)
assert EXAMPLES["toy"].label.en in offered(visit(example="toy", step="bp1.1"))
assert {registries[section][name].label.en for section, name in added.items()} <= offered(visit("train"))
assert "Look." in "".join(texts(visit(lesson="toy", stop="1")))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """The tree with one more registry entry of each kind."""
    root = copied(tmp_path_factory.mktemp("tree"))
    for name, record in RECORDS.items():
        source = (root / name).read_text(encoding="utf-8")
        with_it, places = ENTRY.subn(lambda found, record=record: found[0] + record, source)
        assert places == 1
        (root / name).write_text(with_it, encoding="utf-8")
    for name, source in FILES.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(source, encoding="utf-8")
    return root


def test_each_is_seen_wherever_its_kind_is(copy):
    run_in(copy, LOOKED_AT)
