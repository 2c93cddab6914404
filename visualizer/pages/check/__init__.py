"""Check page: the gradient check, the demon, and why a number differs."""

__all__ = []
