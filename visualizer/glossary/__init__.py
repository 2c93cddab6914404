"""Glossary: the technical terms, one name a thing in each language, and the words that must not stand for them."""

from visualizer.glossary.learning import OF_LEARNING
from visualizer.glossary.network import OF_NETWORKS
from visualizer.glossary.program import OF_PROGRAM
from visualizer.glossary.term import Term

TERMS = {term.name: term for term in (*OF_NETWORKS, *OF_LEARNING, *OF_PROGRAM)}

__all__ = ["TERMS", "Term"]
