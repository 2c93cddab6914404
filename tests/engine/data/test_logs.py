"""Logs as programs write them, most of them by the library itself, and as people paste them."""

import json

import numpy as np
import pytest

from engine import InputError, read_log
from engine.core import AmbiguousError
from engine.data import logs
from tests.engine.untrusted.test_event_file import FILES as EVENTS

pd = pytest.importorskip("pandas")
LOSS, HELD = [0.5, 0.25, 0.125, 0.1], [0.6, 0.4, 0.3, 0.35]
KERAS = pd.DataFrame({"epoch": range(4), "accuracy": [0.5, 0.6, 0.7, 0.8], "loss": LOSS, "val_loss": HELD})
LIGHTNING = pd.DataFrame(
    {
        "epoch": [0, 0, 0, 1, 1, 1],
        "step": [9, 19, 19, 29, 39, 39],
        "train_loss": [0.5, 0.25, None, 0.125, 0.1, None],
        "val_loss": [None, None, 0.6, None, None, 0.4],
    }
)
WANDB = pd.DataFrame(
    {"Step": range(4), "brave-sky-1 - loss": LOSS, "brave-sky-1 - loss__MIN": LOSS, "brave-sky-1 - loss__MAX": LOSS}
)
STATE = {  # trainer_state.json of Hugging Face
    "best_metric": None,
    "epoch": 2.0,
    "log_history": [
        {"epoch": 0.5, "grad_norm": 1.5, "learning_rate": 2e-05, "loss": 0.5, "step": 10},
        {"epoch": 1.0, "eval_loss": 0.6, "eval_runtime": 1.2, "step": 20},
        {"epoch": 1.5, "grad_norm": 1.1, "learning_rate": 1e-05, "loss": 0.25, "step": 30},
        {"epoch": 2.0, "eval_loss": 0.4, "eval_runtime": 1.1, "step": 40},
        {"epoch": 2.0, "step": 40, "total_flos": 4219318272.0, "train_loss": 0.375, "train_runtime": 8.5},
    ],
    "stateful_callbacks": {"TrainerControl": {"args": {"should_log": True}}},
}
OF_KERAS = {"loss": ("epoch", [0, 1, 2, 3], LOSS), "val_loss": ("epoch", [0, 1, 2, 3], HELD)}
TENSORBOARD = pd.DataFrame({"Wall time": np.arange(4) + 1.7e9, "Step": [0, 10, 20, 30], "Value": LOSS})


def frame(table, **how):
    return table.to_csv(index=False, **how).encode()


FOUND = {  # what is read: the log, and for each series its places and values
    "Keras": (frame(KERAS), {"loss": ("epoch", range(4), LOSS), "val_loss": ("epoch", range(4), HELD)}),
    "as TSV": (frame(KERAS, sep="\t"), {"loss": ("epoch", range(4), LOSS)}),
    "as UTF-16": (KERAS.to_csv(index=False).encode("utf-16"), {"loss": ("epoch", range(4), LOSS)}),
    "with an index": (KERAS.to_csv().encode(), {"loss": ("epoch", range(4), LOSS)}),
    "decimal commas": (frame(KERAS, sep=";", decimal=","), {"loss": ("epoch", range(4), LOSS)}),
    "Lightning": (
        frame(LIGHTNING),
        {"train_loss": ("update", [9, 19, 29, 39], LOSS), "val_loss": ("update", [19, 39], HELD[:2])},
    ),
    "Weights & Biases": (frame(WANDB, quoting=1), {"brave-sky-1 - loss": ("update", range(4), LOSS)}),
    "TensorBoard's CSV": (frame(TENSORBOARD), {"Value": ("update", [0, 10, 20, 30], LOSS)}),
    "upside down": (frame(KERAS[::-1]), {"loss": ("epoch", range(4), LOSS)}),
    "Chinese": ("轮次,损失\n1,0.5\n2,0.25\n".encode("gbk"), {"损失": ("epoch", [1, 2], LOSS[:2])}),
    "history of Keras": (
        str({"loss": LOSS, "val_loss": HELD}).encode(),
        {"loss": ("epoch", [1, 2, 3, 4], LOSS), "val_loss": ("epoch", [1, 2, 3, 4], HELD)},
    ),
    "JSON": (json.dumps({"loss": LOSS}).encode(), {"loss": ("epoch", [1, 2, 3, 4], LOSS)}),
    "objects": (KERAS.to_json(orient="records").encode(), OF_KERAS),
    "an object a line": (KERAS.to_json(orient="records", lines=True).encode(), OF_KERAS),
    "lists by name": (json.dumps(KERAS.to_dict("list")).encode(), OF_KERAS),
    "gaps": (
        LIGHTNING.to_json(orient="records").encode(),
        {"train_loss": ("update", [9, 19, 29, 39], LOSS), "val_loss": ("update", [19, 39], HELD[:2])},
    ),
    "one in another": (
        json.dumps([{"epoch": i, "train": {"loss": loss}} for i, loss in enumerate(LOSS)]).encode(),
        {"train/loss": ("epoch", range(4), LOSS)},
    ),
    "Hugging Face": (
        json.dumps(STATE, indent=2).encode(),
        {"loss": ("update", [10, 30], LOSS[:2]), "eval_loss": ("update", [20, 40], HELD[:2])},
    ),
    "TensorBoard's JSON": (TENSORBOARD.to_json(orient="values").encode(), {"Value": ("update", [0, 10, 20, 30], LOSS)}),
    "not finite in JSON": (b'[{"loss": 0.5}, {"loss": 0.25}, {"loss": NaN}]', {"loss": ("epoch", [1, 2, 3], None)}),
    "NumPy": (f"losses = {np.array(LOSS)!r}".encode(), {"losses": ("epoch", [1, 2, 3, 4], LOSS)}),
    "a list": (str(LOSS).encode(), {"1": ("epoch", [1, 2, 3, 4], LOSS)}),
    "a column": ("\n".join(map(str, LOSS)).encode(), {"1": ("epoch", [1, 2, 3, 4], LOSS)}),
    "a column with commas": (b"0,5\n0,25\n0,125\n0,1", {"1": ("epoch", [1, 2, 3, 4], LOSS)}),
    "a row": (b"0.5, 0.25, 0.125, 0.1", {"1": ("epoch", [1, 2, 3, 4], LOSS)}),
    "a named column with commas": (
        b"val_loss\r\n0,5\r\n0,25\r\n0,125\r\n0,1",
        {"val_loss": ("epoch", [1, 2, 3, 4], LOSS)},
    ),
    "one that would count": ("损失\n1,5\n2,25\n".encode(), {"损失": ("epoch", [1, 2], [1.5, 2.25])}),
    "two names over pairs": (b"epoch,loss\n1,5\n2,4", {"loss": ("epoch", [1, 2], [5, 4])}),
    "pairs": (b"1,5\n2,4\n3,3", {"2": ("epoch", [1, 2, 3], [5, 4, 3])}),
    "tensorboardX": (EVENTS["tensorboardX"], {"loss/train": ("update", range(0, 60, 10), None)}),
    "TensorBoard": (EVENTS["tensorboard"], {"epoch_loss": ("epoch", range(7), None)}),
}


@pytest.mark.parametrize(("data", "expected"), FOUND.values(), ids=FOUND)
def test_series_of_a_log(data, expected):
    series = {each.name: each for each in read_log(data).series}
    assert expected.keys() <= series.keys()
    for name, (axis, places, values) in expected.items():
        assert series[name].places[axis].tolist() == [*map(float, places)]
        assert values is None or series[name].values.tolist() == values


def test_what_counts_or_tells_the_time_is_no_series():
    names = {name: {each.name for each in read_log(data).series} for name, (data, _) in FOUND.items()}
    assert names["Keras"] == {"accuracy", "loss", "val_loss"}
    assert names["TensorBoard's CSV"] == {"Value"}
    assert names["Weights & Biases"] == {"brave-sky-1 - loss"}


def test_both_counts_of_a_log_are_kept():
    train, held = read_log(frame(LIGHTNING)).series
    assert train.places["epoch"].tolist() == [0, 0, 1, 1]
    assert held.places["epoch"].tolist() == [0, 1]


def test_a_number_that_is_none_ends_a_curve_and_is_a_gap_within_it():
    (loss,) = read_log(b"epoch,loss\n0,0.5\n1,nan\n2,0.4\n3,nan\n4,inf\n").series
    assert loss.places["epoch"].tolist() == [0, 2, 3, 4]
    assert np.isnan(loss.values[2])
    assert np.isinf(loss.values[3])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is not a table"),
        (b"hello", "no rows below its header"),
        (b"0.5", "no curve found"),
        (b"name,colour\na,red\nb,blue", "no curve found"),
        (b"epoch\n1\n2\n", "no curve found"),
        (b"%PDF-1.4 abc", "is not a table"),
        (b"a;b\n1,234;1,234\n2,345;2,345\n", "read in two ways"),
        (b"[0.5, 0.4, ..., 0.1]", "left out when this was printed"),
        (b"[1, 2]" * 1_001, "too many curves"),
        (b"{'loss': [0.5, 1e999]}", "no(t a)? number.*1e999"),
        (b"[0.5, 0." + b"1" * 70 + b"]", "no(t a)? number"),
        (b"1\n" * (logs.MOST_LOGGED + 1), "too long"),
        (b"1" * (logs.MOST_LOG_BYTES + 1), "too long"),
        (b'{"epoch": 1, "loss": 0.5}', "is not a table"),
        (b'[{"loss": "low"}, {"loss": "lower"}]', "no curve found"),
        (b'[{"loss": true}, {"loss": false}]', "no curve found"),
        (json.dumps([{f"{i} {j}": 0 for j in range(9)} for i in range(99)]).encode(), "too much in it"),
        (json.dumps({str(i): [0] * 4600 for i in range(450)}, separators=(",", ":")).encode(), "too much in it"),
        (b"[" * 10**5, "no rows below its header"),
    ],
)
def test_what_is_no_log_is_told(data, problem):
    with pytest.raises(InputError, match=problem):
        read_log(data)


def test_a_last_line_that_is_still_being_written_is_left_out_and_told():
    log = read_log(b'{"step": 1, "loss": 0.5}\n{"step": 2, "loss": 0.25}\n{"step": 3, "lo')
    (loss,) = log.series
    assert loss.places["update"].tolist() == [1, 2]
    assert [words.en for words in log.said] == ["The last line is cut off and was ignored."]


def test_the_longest_log_is_read():
    rows = "\n".join(f"{i},{1 / (i + 1):.6f}" for i in range(logs.MOST_LOGGED - 2))
    (loss,) = read_log(f"step,loss\n{rows}\n".encode()).series
    assert len(loss.values) == logs.MOST_LOGGED - 2


@pytest.mark.parametrize("name", ["", "loss\n"])
def test_a_number_with_two_readings_in_a_column_is_a_question(name):
    with pytest.raises(AmbiguousError, match="got: 1,234") as caught:
        read_log(f"{name}1,234\n1,100\n1,050\n".encode())
    assert caught.value.readings == {"point": 1234, "comma": 1.234}
