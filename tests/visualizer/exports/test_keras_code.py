"""The Keras script: executed, it comes to the engine's numbers, and its files are read back."""

import numpy as np
import pytest

from engine.core import LANGUAGES
from engine.weights import read_weights
from tests.visualizer.exports.cases import ALL, CASES, CODE, PLAIN, apart, bound, executed, lacks, made, subject_of
from visualizer.exports import EXPORTS
from visualizer.exports.keras_code import PRECISION
from visualizer.exports.script import parameters, running

_KERAS = {"W": 0, "b": 1, "gamma": 0, "beta": 1, "mean": 2, "variance": 3}


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
