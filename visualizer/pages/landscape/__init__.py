"""Landscape page: the cost over a plane, and the paths on it."""

__all__ = []
