"""Examples page: stated beside computed."""

__all__ = []
