"""Exercises page: tables to fill in, marked cell by cell, and mistakes to be found in code."""

__all__ = []
