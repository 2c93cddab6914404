"""Settings: the model of a pass and the task of a training as values, and their links."""

from engine.settings.beside import differences, losses_for, with_activation, with_output
from engine.settings.field_texts import LARGEST_SEED, read_sizes, write_sizes
from engine.settings.fields import DECIMAL_LABELS, MIDWAY, OF_NETWORK, OF_PASS, OF_TRAINING, ROWS, SHARED, in_short
from engine.settings.model import MOST_SAMPLES, Model, Rows
from engine.settings.model_cache import cached_by_model
from engine.settings.spec import (
    BODY,
    DEFAULT_EXAMPLE,
    HEAD,
    changed_names,
    model_from_query,
    model_to_query,
    model_to_whole_query,
)
from engine.settings.task import MNIST, MOST_EPOCHS, OWN, Task
from engine.settings.task_query import FIELDS, task_from_query, task_to_query, task_to_whole_query

__all__ = [
    "BODY",
    "DECIMAL_LABELS",
    "DEFAULT_EXAMPLE",
    "FIELDS",
    "HEAD",
    "LARGEST_SEED",
    "MIDWAY",
    "MNIST",
    "MOST_EPOCHS",
    "MOST_SAMPLES",
    "OF_NETWORK",
    "OF_PASS",
    "OF_TRAINING",
    "OWN",
    "ROWS",
    "SHARED",
    "Model",
    "Rows",
    "Task",
    "cached_by_model",
    "changed_names",
    "differences",
    "in_short",
    "losses_for",
    "model_from_query",
    "model_to_query",
    "model_to_whole_query",
    "read_sizes",
    "task_from_query",
    "task_to_query",
    "task_to_whole_query",
    "with_activation",
    "with_output",
    "write_sizes",
]
