"""Faults of published listings: the lines as they were printed, what is wrong with them, and the correct ones."""

from engine.faults.fault import Fault, Outcome
from engine.faults.listings import FAULTS

__all__ = ["FAULTS", "Fault", "Outcome"]
