"""Published worked examples: the network, the data, what was printed, and why some of it is wrong.

One registry entry each, in a file for each source, found by that file alone. What was printed says where, and stands
there as printed, digits included; other numbers are reference values. Whether one is correct is computed, never typed.
"""

from engine.published import Example
from engine.registry import records

EXAMPLES = records(__name__, __path__, Example)
