"""The PyTorch script: executed, it comes to the engine's numbers."""

import pytest

from tests.visualizer.exports.cases import ALL, apart, bound, executed, lacks, made, subject_of
from visualizer.exports.script import parameters, running

_TORCH = {
    "W": "weight",
    "b": "bias",
    "gamma": "weight",
    "beta": "bias",
    "mean": "running_mean",
    "variance": "running_var",
}


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
