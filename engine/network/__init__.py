"""Networks: layers in a stack, one vector of parameters, and what they predict."""

from engine.network.network import Network

__all__ = ["Network"]
