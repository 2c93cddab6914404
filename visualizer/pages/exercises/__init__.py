"""Exercises page: tables to fill in, marked cell by cell."""

__all__ = []
