"""Untrusted files and texts: archives unpacked within bounds, libraries in a process of their own, printed arrays."""

from engine.untrusted.apart import read_apart
from engine.untrusted.archives import (
    MOST_ARRAYS,
    MOST_BYTES,
    MOST_NUMBERS,
    SIZE_CAP,
    Arrays,
    check_numbers,
    check_type,
    read_npy,
    too_large,
    unzipped,
)
from engine.untrusted.event_file import MOST_SCALARS, Scalar, is_event_file, read_events
from engine.untrusted.json_text import parsed
from engine.untrusted.kinds import GZIP, HDF5, PICKLE, ZIP, as_text, gunzipped, kind_of, table_out_of, told_by_beginning
from engine.untrusted.printed import NUMBER, Printed, printed_arrays, without_wrappers
from engine.untrusted.workbook import MOST_COLUMNS

__all__ = [
    "GZIP",
    "HDF5",
    "MOST_ARRAYS",
    "MOST_BYTES",
    "MOST_COLUMNS",
    "MOST_NUMBERS",
    "MOST_SCALARS",
    "NUMBER",
    "PICKLE",
    "SIZE_CAP",
    "ZIP",
    "Arrays",
    "Printed",
    "Scalar",
    "as_text",
    "check_numbers",
    "check_type",
    "gunzipped",
    "is_event_file",
    "kind_of",
    "parsed",
    "printed_arrays",
    "read_apart",
    "read_events",
    "read_npy",
    "table_out_of",
    "told_by_beginning",
    "too_large",
    "unzipped",
    "without_wrappers",
]
