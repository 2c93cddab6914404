"""A setting has one place: in a copy of the tree two files get gradient noise, and all that lists settings shows it.

Two more get another end of a training, a loss above which it is given up.
"""

import pytest

from tests.trees import copied, failures

EDITS = {  # before each of these lines stand the others
    "engine/options/options.py": {
        "    training: bool = True\n": "    gradient_noise: float = 0.0\n",
        "\n\nclass PassOptions": "    gradient_noise: float\n",
        '        Field("training", _read_mode': """
        amount(
            "gradient_noise",
            Text("this strength of the noise does not work", "噪声强度无效"),
            Text("gradient noise s", "梯度噪声 s"),
            said=Text("gradient noise s = {}", "梯度噪声 s = {}"),
            letter="s",
            midway=True,
        ),
""",
    },
    "engine/options/gradient_rules.py": {
        "\n\nclass Transform(": r"""
NOISY = Rule(
    "noise",
    "noise",
    "backward",
    r"<nW> = <dW> + s\, <eW>",
    ("dW", "db", "dgamma", "dbeta", "eW", "eb", "egamma", "ebeta"),
    ("nW", "nb", "ngamma", "nbeta"),
    (Operation("noisy", ("g", "gradient_noise", "noise"), lambda g, s, noise: g + s * noise),),
    Text("Noise on the gradient", "梯度噪声"),
    Text("It shakes the step out of narrow places.", "它把步子从狭窄处抖出来。"),
)
""",
        ")\nDRAWN = ": """    Transform(
        "gradient_noise",
        "noisy",
        "n",
        NOISY,
        draws=("noise", "e", lambda rng, shape: rng.standard_normal(shape)),
        elsewhere=Equivalents("{gradient}.add_({gradient_noise} * {drawn})", ""),
    ),
""",
    },
    "engine/options/stopping.py": {
        "    min_improvement: float\n": "    highest_loss: float | None\n",
        "    min_improvement: float = 1e-4\n": "    highest_loss: float | None = None\n",
        '    number(\n        "min_improvement"': """
    optional(
        number(
            "highest_loss",
            Text("highest loss", "最高损失"),
            said=Text("highest loss {}", "最高损失 {}"),
            about=Text("The training is given up once its loss is above this.", "损失一旦高于此值，就放弃训练。"),
            check=lambda value, *_: as_number(_TARGET, value),
            where=TRAINING,
            midway=True,
        ),
        Text("no highest loss", "无最高损失"),
    ),
""",
    },
    "engine/training/early.py": {
        "\n\nclass StopWatch": '\nREASONS = np.append(REASONS, "given up")\n',
        "\n    def reasons(": "        self._highest = np.inf if rules.highest_loss is None else rules.highest_loss\n",
        "        return np.maximum(late": "        late = np.where(losses > self._highest, 3, late)\n",
    },
}
IN_A_PASS = """
m = replace(Model.of_example("mazur"), gradient_noise=0.25)
t = m.trace()
assert "noise" in [step.address for step in t.steps]
np.testing.assert_array_equal(t.value("nW", 1), t.value("dW", 1) + 0.25 * t.value("eW", 1))
np.testing.assert_allclose(t.value("W_new", 1), t.value("W", 1) - 0.5 * t.value("nW", 1))
others = {}, {"iteration": 2}, {"masks": (5, 1, 0)}
noises = [replace(m, **change).trace().value("eW", 1).tolist() for change in others]
assert noises[0] == t.value("eW", 1).tolist() and len({str(noise) for noise in noises}) == 3
assert replace(m, iteration=30).edited(replace(m, iteration=30).trace().given).trace().loss == m_at(30)
for lang in ("en", "zh"):
    builder = scene_builder(t, "layer", lang)
    assert all(builder.scene(position).alt for position in range(len(builder.lecture) + 1))
(step,) = [step for step in t.steps if step.address == "noise"]
assert symbolic(t, step).count(r"+ s\\,") == 1
assert numeric(t, step).count(r"+ 0.25\\cdot") == 1
"""
IN_A_TRAINING = """
x, y = [[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]
net, network = Task().network(), Task().network()
settings = {"gradient_noise": 0.5, "clip": "norm", "regularizer": "l2", "seed": 3}
history = train(net, x, y, epochs=5, **settings)
for epoch in range(1, 6):
    given = {name: settings[name] for name in settings if name != "seed"}
    network = trace(network, x, y, optimizer="sgd", learning_rate=0.1, mask_seed=(3, epoch, 0), **given).network
np.testing.assert_allclose(history.network.theta, network.theta, rtol=1e-12)
np.testing.assert_array_equal(history.network_at(3).theta, train(net, x, y, epochs=3, **settings).network.theta)
np.testing.assert_allclose(sweep([net], x, y, epochs=5, **settings).networks[0].theta, network.theta, rtol=1e-12)
assert (train(net, x, y, epochs=5, **settings | {"seed": 4}).network.theta != network.theta).any()
ended = train(net, x, y, epochs=5, highest_loss=0.0)
assert (len(ended.loss), ended.stopped) == (1, "given up")
assert sweep([net], x, y, epochs=5, highest_loss=0.0).stopped == ("given up",)
driver = RunDriver(Task(highest_loss=0.0, epochs=5))
while driver.advance(10):
    pass
assert (driver.trial.epochs, driver.trial.stopped) == (1, "given up")
"""
IN_LINKS_AND_NAMES = """
m, task = replace(Model.of_example("mazur"), gradient_noise=0.25), Task(gradient_noise=0.5, highest_loss=2.0)
assert model_to_query(m) == {"example": "mazur", "gradient_noise": "0.25"}
assert model_from_query(model_to_query(m)) == (m, [])
assert model_from_query(model_to_whole_query(m))[0].gradient_noise == 0.25
assert task_to(task) == {"gradient_noise": "0.5", "highest_loss": "2"}
assert task_from(task_to(task)) == (task, [])
assert task_from({"gradient_noise": "-1"})[1][0].sentence("zh")
assert task_from({"highest_loss": "much"})[1][0].sentence("zh")
assert differences([Task(), task]) == ("highest_loss", "gradient_noise")
assert settings_words({"gradient_noise": 0.5}, "en") == "gradient noise s = 0.5"
assert settings_words({"gradient_noise": 0.5}, "zh") == "梯度噪声 s = 0.5"
assert "gradient noise s = 0.25" in line_of(m.trace(), "en")
assert settings_words({"highest_loss": None}, "zh") == "无最高损失"
assert {"gradient_noise", "highest_loss"} <= set(MIDWAY)
"""
IN_EXPORTS = """
m = replace(Model.of_example("mazur"), gradient_noise=0.25, regularizer="l2", clip="norm")
subject = Subject(Spec(m, View(step="noise")))
names = {}
with contextlib.redirect_stdout(io.StringIO()):
    exec(EXPORTS["numpy"].make(subject), names)
np.testing.assert_allclose(names["W1_new"], m.trace().value("W_new", 1), rtol=1e-13)
code = EXPORTS["torch"].make(subject)
assert "layers[0].weight.grad.add_(0.25 * eW1)" in code
try:
    import torch
except ImportError:
    pass
else:
    with contextlib.redirect_stdout(io.StringIO()):
        exec(code, names)
    moved = names["layers"][0].weight.detach().numpy()
    np.testing.assert_allclose(moved, m.trace().value("W_new", 1), rtol=1e-12)
try:
    EXPORTS["keras"].make(subject)
except InputError as refused:
    assert "no counterpart for gradient noise" in str(refused)
else:
    raise AssertionError("Keras has no place for it")
told = [EXPORTS[name].make(subject) for name in ("numpy", "torch", "html", "solution_md")]
assert all("gradient noise s = 0.25" in made for made in told)
"""
ON_THE_PAGES = """
rule = NOISY.why
found = [entry for entry in entries("settings") if entry.name == "gradient_noise"]
assert found and rule.en.casefold() in found[0].words()
stage = visit(example="mazur", gradient_noise="0.25", step="noise")
assert any(rule.en in text for text in texts(stage))
stage.session_state.settings = True
checked(stage.run())
assert {"gradient_noise", "masks"} <= {field.key for field in stage.text_input}
trained = {field.key for field in visit("train", gradient_noise="0.5").text_input}
assert {"train_gradient_noise", "train_highest_loss"} <= trained
assert {"highest_loss_of_training", "gradient_noise"} <= {entry.name for entry in entries("settings")}
"""
HEAD = """
import contextlib, io
from dataclasses import replace
import numpy as np
from engine import InputError, sweep, trace, train
from engine.settings.fields import MIDWAY
from engine.options.gradient_rules import NOISY
from engine.settings.model import Model
from engine.settings.spec import model_from_query, model_to_query, model_to_whole_query
from engine.settings import Task, differences
from engine.studies import RunDriver
from engine.settings.task_query import task_from_query as task_from, task_to_query as task_to
from tests.pages.app import checked, texts, visit
from visualizer.equations.equation import numeric, symbolic
from visualizer.exports import EXPORTS, Subject
from visualizer.reference import entries
from visualizer.runs.runs import settings_words
from visualizer.scene.scene import scene_builder
from visualizer.state.view import Spec, View
from visualizer.writing.words import settings_words as line_of


def m_at(iteration):
    return replace(Model.of_example("mazur"), gradient_noise=0.25, iteration=iteration).trace().loss


"""
LOOKED_AT = {
    "a pass": IN_A_PASS,
    "a training": IN_A_TRAINING,
    "links and names": IN_LINKS_AND_NAMES,
    "exports": IN_EXPORTS,
    "pages": ON_THE_PAGES,
}


@pytest.fixture(scope="module")
def failed(tmp_path_factory):
    """Failures by their place, in a tree with a setting more."""
    root = copied(tmp_path_factory.mktemp("tree"))
    for name, edits in EDITS.items():
        source = (root / name).read_text(encoding="utf-8")
        for line, more in edits.items():
            assert source.count(line) == 1, line
            source = source.replace(line, more + line)
        (root / name).write_text(source, encoding="utf-8")
    return failures(root, HEAD, LOOKED_AT)


@pytest.mark.parametrize("place", LOOKED_AT)
def test_it_is_wherever_settings_are(failed, place):
    assert place not in failed, failed[place]
