"""Published worked examples: the network, the data, what was printed, and why some of it is wrong.

One registry entry each, in a file for each source, found by that file alone. What was printed says where, and stands
there as printed, digits included; other numbers are reference values. Whether one is correct is computed, never typed.
"""

from engine.core import records
from engine.examples.published import Entry, Example, Stated

EXAMPLES = records(__name__, __path__, Example)

__all__ = ["EXAMPLES", "Entry", "Stated"]
