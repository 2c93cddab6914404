"""Prepared experiments: trainings to compare, and their stories; the tests repeat every figure."""

from engine.registry import records
from visualizer.experiments.record import Experiment

__all__ = ["EXPERIMENTS", "Experiment"]

EXPERIMENTS = records(__name__, __path__, Experiment)
