"""Reader of Excel's workbooks, by openpyxl: only in a process of its own. The first sheet that has rows is taken."""

import io
from importlib import import_module
from typing import Any

from engine.untrusted.archives import Arrays, too_large, unzipped

MOST_ROWS, MOST_COLUMNS, _LONGEST = 20_000, 2_000, 200


def contents_of(data: bytes) -> tuple[Arrays, dict[str, Any]]:
    """Return no arrays, and the cells of a sheet as texts, row by row."""
    unzipped(data)  # which bounds what a library would unpack
    book = import_module("openpyxl").load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows: list[list[str]] = []
        for row in sheet.iter_rows(values_only=True):
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise too_large(".xlsx")
            rows.append([_written(cell) for cell in row])
        if any(cell for row in rows for cell in row):
            return {}, {"rows": rows}
    return {}, {"rows": []}


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)[:_LONGEST]
