"""Stage page: one pass, step by step, on the network as a graph."""

__all__ = []
