"""Exported code is run, and gives the numbers of the engine."""

import ast
from dataclasses import MISSING, fields, replace

import numpy as np
import pytest

from engine import ACTIVATIONS, CLIPS, LOSSES, OPTIMIZERS, REGULARIZERS, InputError
from engine.catalogue import Activation, Clip, Loss, Regularizer
from engine.core import LANGUAGES, NOWHERE
from engine.core.interop import LIBRARIES
from engine.examples import EXAMPLES
from engine.mistakes import MISTAKES
from engine.optimizers import Optimizer
from engine.program import program
from engine.settings import Model
from engine.weights import read_weights
from tests.visualizer.exports.cases import ALL, CASES, DIVERGED, apart, bound, executed, lacks, made, subject_of
from visualizer.exports import EXPORTS
from visualizer.exports.keras_code import PRECISION, VARIANCES
from visualizer.exports.script import BIASES, MASKS, parameters, running

_TORCH = {
    "W": "weight",
    "b": "bias",
    "gamma": "weight",
    "beta": "bias",
    "mean": "running_mean",
    "variance": "running_var",
}
_KERAS = {"W": 0, "b": 1, "gamma": 0, "beta": 1, "mean": 2, "variance": 3}
PLAIN = Model.drawn((3, 4, 2), ("sigmoid", "sigmoid"), "xavier_uniform", 1)
CODE = [name for name, record in EXPORTS.items() if record.group == "code"]


@pytest.mark.parametrize("record", [Activation, Loss, Optimizer, Regularizer, Clip])
def test_no_record_can_forget_to_say_how_it_is_written_elsewhere(record):
    (said,) = (field for field in fields(record) if field.name == "elsewhere")
    assert (said.default, said.default_factory) == (MISSING, MISSING)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("registry", "name"),
    [(ACTIVATIONS, "tanh"), (LOSSES, "quadratic"), (OPTIMIZERS, "adam"), (REGULARIZERS, "l1"), (CLIPS, "norm")],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_a_library_does_not_have_is_told_instead_of_code(registry, name, library, monkeypatch):
    monkeypatch.setitem(registry, name, replace(registry[name], elsewhere=NOWHERE))
    monkeypatch.setattr(program, "_cached", program.Program)  # those that are kept have the whole record
    model = Model.drawn((2, 2, 1), ("tanh", "linear"), "normal", 1)
    subject = subject_of(replace(model, loss="quadratic", optimizer="adam", regularizer="l1", clip="norm"))
    with pytest.raises(InputError, match=f"{LIBRARIES[library]} has no counterpart") as told:
        EXPORTS[library].make(subject)
    assert registry[name].label.zh in told.value.sentence("zh")
    ast.parse(EXPORTS["numpy"].make(subject))


@pytest.mark.parametrize(("case", "layers"), ALL)
def test_numpy(case, layers):
    subject = subject_of(made(case, layers), step="bp4.1")
    trace = subject.trace
    names, said = executed("numpy", subject)
    for step in trace.steps:
        for name, l in step.writes if step.layer and step.rule.phase != "cost" else ():
            plain = name.removesuffix("_new")
            theirs = names[f"{plain}{l}{name[len(plain) :]}"]
            assert apart(trace.value(name, l), theirs) <= bound(trace, name, l, 1e-14, 1e-11)
    for name, l in parameters(trace):
        assert apart(trace.value(f"{name}_new", l), names[f"{name}{l}_new"]) <= bound(trace, name, l, 1e-14, 1e-6)
        assert f"{name}{l} becomes" in said
    assert names["C"] == pytest.approx(trace.loss, rel=1e-14)
    assert str(trace.value("dW", 1).tolist()[0][0])[:12] in said.split("dW1 =")[1]


def test_numpy_prints_what_a_step_of_normalization_wrote():
    subject = subject_of(made(0, "norm"), step="running.2")
    names, said = executed("numpy", subject)
    for name in ("mean2_new", "variance2_new"):
        assert f"{name} = {names[name].tolist()}" in said


@pytest.mark.parametrize("example", EXAMPLES)
def test_numpy_on_every_example(example):
    subject = subject_of(Model.of_example(example))
    names, _ = executed("numpy", subject)
    last = len(subject.spec.model.activations)
    assert apart(subject.trace.value("W_new", last), names[f"W{last}_new"]) <= 1e-14


@pytest.mark.parametrize("right", [PLAIN, made(1, "norm and dropout")], ids=["plain", "norm and dropout"])
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_on_purpose_is_not_handed_on(mistake, right):
    wrong = replace(right, mistakes=(mistake,))
    wrong.check()
    names, _ = executed("numpy", subject_of(wrong))
    assert apart(right.trace().value("W_new", 1), names["W1_new"]) <= 1e-14


@pytest.mark.parametrize(("case", "layers"), [each for each in ALL if not lacks("torch", made(*each))])
def test_pytorch(case, layers):
    pytest.importorskip("torch")
    subject = subject_of(made(case, layers))
    trace = subject.trace
    names, _ = executed("torch", subject)
    names["torch"].set_default_dtype(names["torch"].float32)
    assert names["C"].item() == pytest.approx(trace.loss, rel=1e-12)
    for name, l in (*parameters(trace), *running(trace)):
        ours = trace.value(f"{name}_new", l)
        theirs = getattr(names["layers" if name in "Wb" else "norms"][l - 1], _TORCH[name]).detach().numpy()
        assert apart(ours if name == "W" else ours[:, 0], theirs) <= bound(trace, name, l, 1e-12, 1e-6)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Keras' own
def test_keras_and_its_weights_come_back(tmp_path, monkeypatch):
    """One test, because Keras takes seconds to be imported; on PyTorch it multiplies in float32."""
    pytest.importorskip("torch")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    for case, layers in [
        each for each in (*ALL[: len(CASES)], *ALL[len(CASES) :: 3]) if not lacks("keras", made(*each))
    ]:
        subject = subject_of(made(case, layers))
        names, said = executed("keras", subject)
        keras.config.set_floatx("float32")
        keras.config.set_dtype_policy("float32")
        trace = subject.trace
        for name, l in (*parameters(trace), *running(trace)):
            theirs = names["layers" if name in "Wb" else "norms"][l - 1].get_weights()[_KERAS[name]]
            away = apart(trace.value(f"{name}_new", l), theirs.T if name == "W" else theirs[:, None])
            assert away <= bound(trace, name, l, 1e-4, np.inf), (case, layers, name, l)
        assert float(said.split()[2]) == pytest.approx(trace.cost, rel=1e-6)
        if not layers:
            names["model"].save_weights(tmp_path / "net.weights.h5")
            read = read_weights(tmp_path / "net.weights.h5").network(subject.spec.model.activations)
            for layer, theirs in zip(read.layers, names["layers"], strict=True):
                W, b = theirs.get_weights()
                assert np.array_equal(layer.W, W.T)
                assert np.array_equal(layer.b[:, 0], b)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_double_precision_is_promised_only_with_what_it_depends_on(name, lang):
    code = EXPORTS[name].make(subject_of(PLAIN, lang=lang))
    comment = "\n".join(f"# {line}" for line in PRECISION(lang).splitlines())
    assert (f"{comment}\nkeras.config.set_floatx" in code) == (name == "keras")
    assert ("float64" in code) == (name in ("keras", "torch"))


def test_on_pytorch_keras_multiplies_in_single_precision_as_the_script_says(monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.setenv("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras")
    one = keras.ops.convert_to_tensor(np.ones((1, 1)))
    assert (one.dtype, keras.ops.matmul(one, one).dtype) == (torch.float64, torch.float32)
    assert "float32" in PRECISION.en


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_a_diverged_network_is_written_too(name, lang):
    code = EXPORTS[name].make(subject_of(DIVERGED, lang=lang))
    assert "from math import inf, nan" in code
    ast.parse(code)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CODE)
def test_what_a_library_would_do_otherwise_is_said(name, lang):
    of_norms = {BIASES, *([VARIANCES] if name == "keras" else ())}
    expected = {None: set(), "norm": of_norms, "dropout": {MASKS}, "norm and dropout": {MASKS, *of_norms}}
    for layers, notes in {**expected, "inference": set()}.items():
        code = EXPORTS[name].make(subject_of(made(0, layers), lang=lang))
        assert {
            note for note in (MASKS, BIASES, VARIANCES) if note(lang) in ast.get_docstring(ast.parse(code))
        } == notes
