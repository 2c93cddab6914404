"""Data: drawn sets, tables, images, batches, and the samples of a training."""

from engine.data.batches import Batches, hold_out
from engine.data.datasets import DATASETS, MOST_SAMPLES
from engine.data.idx import MOST_IMAGES, MOST_SIDE
from engine.data.images import PUBLISHED_SET, SHELF, fetch_mnist, fetched_bytes, read_images
from engine.data.logs import EPOCH, MOST_LOG_BYTES, UPDATE, Log, Series, read_log
from engine.data.preparing import Prepared, columns_of, prepared, usual_target
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
    "MOST_IMAGES",
    "MOST_LOG_BYTES",
    "MOST_SAMPLES",
    "MOST_SIDE",
    "OWN",
    "PUBLISHED_SET",
    "SHELF",
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
    "fetch_mnist",
    "fetched_bytes",
    "hold_out",
    "own_samples",
    "own_sheet",
    "prepared",
    "read_images",
    "read_log",
    "read_sheet",
    "read_table",
    "shelved_samples",
    "text_of",
    "usual_target",
]
