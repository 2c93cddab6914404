"""Prepared experiments: trainings to compare, and their stories; the tests repeat every figure."""

from engine.core import records
from visualizer.experiments.record import Experiment, Figure

EXPERIMENTS = records(__name__, __path__, Experiment)

__all__ = ["EXPERIMENTS", "Experiment", "Figure"]
