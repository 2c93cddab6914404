"""Data: drawn sets, tables, logs, batches, and the samples of a training."""

from engine.data.batches import Batches, hold_out
from engine.data.columns import columns_of, usual_target
from engine.data.datasets import DATASETS, MOST_SAMPLES
from engine.data.logs import EPOCH, MOST_LOG_BYTES, UPDATE, Log, Series, read_log
from engine.data.preparing import Prepared, prepared
from engine.data.samples import (
    DATA,
    MNIST,
    OWN,
    Own,
    Rows,
    drawn_samples,
    own_samples,
    own_sheet,
    shelved_samples,
)
from engine.data.sheets import Sheet, read_sheet
from engine.data.table import DECIMAL_SIGN, MOST_CHARACTERS, SIZE_CAP, read_table
from engine.data.table_texts import text_of

__all__ = [
    "DATA",
    "DATASETS",
    "DECIMAL_SIGN",
    "EPOCH",
    "MNIST",
    "MOST_CHARACTERS",
    "MOST_LOG_BYTES",
    "MOST_SAMPLES",
    "OWN",
    "SIZE_CAP",
    "UPDATE",
    "Batches",
    "Log",
    "Own",
    "Prepared",
    "Rows",
    "Series",
    "Sheet",
    "columns_of",
    "drawn_samples",
    "hold_out",
    "own_samples",
    "own_sheet",
    "prepared",
    "read_log",
    "read_sheet",
    "read_table",
    "shelved_samples",
    "text_of",
    "usual_target",
]
