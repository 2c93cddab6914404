"""Optimizers: laws that turn parameters, gradient and memory into new parameters."""

from engine.optimizers.records import OPTIMIZERS
from engine.optimizers.update import COUNT, STEP, Optimizer, State, UpdateRule, as_rate, rate_of_each

__all__ = ["COUNT", "OPTIMIZERS", "STEP", "Optimizer", "State", "UpdateRule", "as_rate", "rate_of_each"]
