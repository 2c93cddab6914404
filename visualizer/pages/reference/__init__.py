"""Reference page: sections of entries, and a search over them."""

__all__ = []
