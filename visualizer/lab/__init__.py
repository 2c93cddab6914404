"""Lab of the Train page: settings, runs and the queue, as a value and as a link."""

from visualizer.lab.lab import Lab
from visualizer.lab.lab_link import (
    experiment_in,
    experiment_of,
    lab_from_file,
    lab_from_query,
    lab_to_file,
    lab_to_query,
    plans_of,
)
from visualizer.lab.outside_link import outside_from_file, outside_from_query
from visualizer.lab.plans import LONGEST_NAME, OF_TABLE, QueuedRun, Snapshot

__all__ = [
    "LONGEST_NAME",
    "OF_TABLE",
    "Lab",
    "QueuedRun",
    "Snapshot",
    "experiment_in",
    "experiment_of",
    "lab_from_file",
    "lab_from_query",
    "lab_to_file",
    "lab_to_query",
    "outside_from_file",
    "outside_from_query",
    "plans_of",
]
