"""Prepared openings: trainings to lay over each other, and what they tell; the tests repeat every figure."""

from visualizer.experiments.learning import LEARNING
from visualizer.experiments.record import Experiment
from visualizer.experiments.techniques import TECHNIQUES

EXPERIMENTS = {experiment.name: experiment for experiment in (*LEARNING, *TECHNIQUES)}
__all__ = ["EXPERIMENTS", "Experiment"]
