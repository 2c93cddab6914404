"""Opening an epoch of a run on the stage: the network, the next batch, masks, and the optimizer's state."""

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine import InputError, Text
from engine.settings import MOST_SAMPLES, SHARED, Model, Task
from engine.studies import RunRecord
from visualizer.state.view import Spec, View

Rows = tuple[NDArray, NDArray]
_FIRST_BATCH = 0
_CUT = Text("Only the first {} samples of this batch of {} are shown.", "只显示这一批 {1} 个样本中的前 {0} 个。")
_OTHER_BATCH = Text(
    "Means, variances and masks are therefore computed from these samples, not those of the training run.",
    "因此均值、方差与掩码属于这些样本，而不是训练时的。",
)


def from_epoch(trial: RunRecord, epoch: int, lang: str) -> tuple[Spec, int]:
    """Return the state of the stage at the first update after an epoch, and the number of samples in its batch.

    The stage takes no more than 64 samples. After the last epoch it is the update that would come next.
    """
    rows = trial.batches(epoch + 1)[_FIRST_BATCH]
    x, y = (values[rows[:MOST_SAMPLES]] for values in trial.data_at(epoch))
    return _spec(trial, epoch, (x, y), lang), len(rows)


def from_image(trial: RunRecord, epoch: int, image: ArrayLike, label: int, lang: str) -> Spec:
    """Return the state of the stage with the network of an epoch and one image, whose target is `label`.

    A single image is no batch: the layers are in inference mode.
    """
    y = np.zeros((1, trial.data[1].shape[1]))
    y[0, label] = 1
    spec = _spec(trial, epoch, (np.atleast_2d(image), y), lang)
    has_modes = spec.model.batch_norm or spec.model.dropout > 0
    return spec._replace(model=spec.model.with_options(training=not has_modes))


def _spec(trial: RunRecord, epoch: int, rows: Rows, lang: str) -> Spec:
    """Return a state with the network, the settings and the optimizer's state of an epoch, and rows of x and y."""
    (x, y), task, network, state = rows, trial.segment_at(epoch).task, trial.network_at(epoch), trial.state_at(epoch)
    drawn = Model.drawn(network.sizes, network.activations, task.init, task.seed)
    samples: dict[str, Any] = {"x": tuple(map(tuple, x.tolist())), "y": tuple(map(tuple, y.tolist()))}
    memory = tuple((name, tuple(vector.ravel().tolist())) for name, vector in state.items())
    settings: dict[str, Any] = {name: getattr(task, name) for name in SHARED} | {"eta": task.rate(epoch + 1)}
    settings["masks"] = (task.order, epoch + 1, _FIRST_BATCH)
    model = replace(drawn, **settings, **samples, state=memory or None)
    return Spec(model.edited(network), View(lang=lang, pixels=task.picture[1] if task.picture else 0))


def started(task: Task, model: Model) -> Task:
    """Return the task that starts from the network on the stage, as its present iteration finds it.

    Raises
    ------
    InputError
        Where the network does not fit the data of the task.
    """
    network = model.trace().given
    hidden, activations = network.sizes[1:-1], network.activations
    plain = task.drawn(hidden=hidden, activations=activations, batch_norm=False)
    if plain.sizes != network.sizes:
        inputs, *_, outputs = plain.sizes
        allowed = Text("{} inputs and {} outputs for these data", "这些数据需 {} 个输入与 {} 个输出")
        problem = Text("the network in Step through does not fit", "“逐步演示”中的网络不匹配")
        raise InputError(problem, allowed.format(inputs, outputs), "-".join(map(str, network.sizes)))
    made = replace(plain, loss=model.loss, net=tuple(network.theta.tolist()))
    made.check()
    return made


def left_out(task: Task, size: int) -> tuple[Text, ...]:
    """Return remarks on a batch of so many samples where the stage does not show all of it."""
    if size <= MOST_SAMPLES:
        return ()
    of_batch = task.batch_norm or task.dropout > 0
    return (_CUT.format(MOST_SAMPLES, size), *([_OTHER_BATCH] if of_batch else []))
