"""Train page: loss curves that grow, and all that is looked at beside them."""

__all__ = []
