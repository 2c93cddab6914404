"""Examples page: stated beside computed, and faults to be found."""

__all__ = []
