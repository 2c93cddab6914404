"""A moment of a training as a state of the stage: the network, the next batch, and the optimizer's memory."""

from dataclasses import replace

from engine.model import MOST_SAMPLES, Model
from engine.trial import Trial
from visualizer.view import Spec, View


def opened(trial: Trial, epoch: int, lang: str) -> tuple[Spec, int]:
    """Return what the stage shows of the first update after an epoch, and how many samples its batch has.

    The stage takes no more than 64 samples. After the last epoch it is the update that would come next.
    """
    task, network, state = trial.leg_at(epoch).task, trial.network_at(epoch), trial.state_at(epoch)
    rows = trial.batches(epoch + 1)[0]
    x, y = (values[rows[:MOST_SAMPLES]] for values in trial.data)
    drawn = Model.drawn(network.sizes, network.activations, task.init, task.seed)
    samples = {"x": tuple(map(tuple, x.tolist())), "y": tuple(map(tuple, y.tolist()))}
    memory = tuple((name, tuple(vector.ravel().tolist())) for name, vector in state.items())
    model = replace(drawn, loss=task.loss, optimizer=task.optimizer, eta=task.eta, **samples, state=memory or None)
    return Spec(model.edited(network), View(lang=lang)), len(rows)
