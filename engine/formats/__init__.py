"""Formats of files of weights: a record each, in a file of its own, with the reader that makes named arrays of bytes.

No reader unpickles what a file asks for, or allocates what it merely claims. The package that a reader needs is
imported when a file of that kind is opened, and not before.
"""

from engine.core import records
from engine.formats.record import Contents, Format

FORMATS = records(__name__, __path__, Format)

__all__ = ["FORMATS", "Contents", "Format"]
