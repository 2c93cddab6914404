"""Networks that scikit-learn, PyTorch and Keras have trained give the same predictions here as there."""

import numpy as np
import pytest
from sklearn import neural_network

from engine import ACTIVATIONS, InputError
from engine.passes import trace
from engine.passes.autograd import by_torch
from engine.weights import weights_of
from tests.engine.oracles import in_torch

X = np.random.default_rng(2).normal(size=(40, 3))
LABELS = (X.sum(axis=1) > 0) + (X[:, 0] > 1) * 1


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("activation", ["identity", "logistic", "tanh", "relu"])
@pytest.mark.parametrize(
    ("kind", "target", "loss"),
    [
        ("MLPClassifier", LABELS, "cross_entropy"),
        ("MLPClassifier", LABELS > 0, "binary_cross_entropy"),
        ("MLPRegressor", X.sum(axis=1), "quadratic"),
        ("MLPRegressor", X[:, :2] ** 2, "mse"),
    ],
)
def test_scikit_learn(activation, kind, target, loss):
    model = getattr(neural_network, kind)(
        hidden_layer_sizes=(5, 4), activation=activation, max_iter=20, random_state=1
    ).fit(X, target)
    weights = weights_of(model)
    said = model.predict_proba(X) if kind == "MLPClassifier" else model.predict(X)
    ours = weights.network().predict(X)
    assert weights.loss == loss
    assert np.abs(ours - np.reshape(said[:, -ours.shape[1] :] if said.ndim > 1 else said, ours.shape)).max() <= 1e-12


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", in_torch(ACTIVATIONS))
def test_a_sequential_of_pytorch_with_every_activation(name, dtype):
    torch = pytest.importorskip("torch")
    nn = torch.nn
    torch.manual_seed(1)
    model = nn.Sequential(
        nn.Flatten(), nn.Linear(3, 6), by_torch(ACTIVATIONS[name]), nn.Dropout(0.2), nn.Linear(6, 2, bias=False)
    ).eval()
    model = model.to(getattr(torch, dtype))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    x = torch.tensor(X, dtype=getattr(torch, dtype))
    for _ in range(3):
        optimizer.zero_grad()
        model(x).square().mean().backward()
        optimizer.step()
    weights = weights_of(model, nn.MSELoss())
    assert (weights.activations, weights.loss) == ((name, "linear"), "mse")
    network = weights.network()
    assert network.architecture.dtype == dtype
    tolerance = 1e-6 if dtype == "float32" else 1e-12
    assert np.abs(network.predict(x.numpy()) - model(x).detach().numpy()).max() <= tolerance
    assert len(trace(network, X[0], [1, 0], "mse").steps) == 11


def test_the_softplus_that_pytorch_makes_unless_told_otherwise_is_read_too():
    nn = pytest.importorskip("torch").nn
    assert weights_of(nn.Sequential(nn.Linear(3, 2), nn.Softplus())).activations == ("softplus",)


@pytest.mark.parametrize(
    ("loss", "output", "name"),
    [
        ("CrossEntropyLoss()", "softmax", "cross_entropy"),
        ("CrossEntropyLoss(label_smoothing=0.1)", "softmax", None),
        ("CrossEntropyLoss(reduction='sum')", "softmax", None),
        ("BCEWithLogitsLoss()", "sigmoid", None),  # the mean over two outputs
        ("MSELoss()", "linear", "mse"),
        ("HuberLoss()", "linear", None),
        (None, "linear", None),
    ],
)
def test_what_a_loss_of_pytorch_tells(loss, output, name):
    nn = pytest.importorskip("torch").nn
    given = loss and eval(f"nn.{loss}", {"nn": nn})
    weights = weights_of(nn.Sequential(nn.Linear(3, 4), nn.ReLU(inplace=True), nn.Linear(4, 2)), given)
    assert (weights.activations, weights.loss) == (("relu", output), name)


@pytest.mark.parametrize("kind", ["complex64", "complex128"])
def test_complex_weights_of_pytorch_are_no_real_ones(kind):
    torch = pytest.importorskip("torch")
    model = torch.nn.Sequential(torch.nn.Linear(2, 1, dtype=getattr(torch, kind)))
    with pytest.raises(InputError, match="not numeric"):
        weights_of(model).network()


def test_what_has_no_counterpart_is_named():
    nn = pytest.importorskip("torch").nn
    modules = nn.Conv2d(1, 2, 3), nn.GELU(), nn.LeakyReLU(0.3), nn.BatchNorm1d(4), nn.LSTM(2, 2), nn.Linear(4, 4)
    with pytest.raises(InputError) as told:
        weights_of(nn.Sequential(*modules))
    for name in ("0 (Conv2d", "1 (GELU", "2 (LeakyReLU", "3 (BatchNorm1d", "4 (LSTM"):
        assert name in str(told.value)
    assert "Linear" not in str(told.value)


def test_other_models_are_answered_with_those_that_are_known():
    for model, told in (
        (neural_network.MLPClassifier(), "not been fitted"),
        ({}, "MLPClassifier or MLPRegressor"),
        (None, "NoneType"),
    ):
        with pytest.raises(InputError, match=told):
            weights_of(model)
