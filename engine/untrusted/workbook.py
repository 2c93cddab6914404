"""Reader of Excel's workbooks, by openpyxl: only in a process of its own. The first sheet that has rows is taken."""

import io
from importlib import import_module
from typing import Any

from engine.core import InputError, Text
from engine.untrusted.archives import Arrays, too_large, unzipped

_NOT_COMPUTED = Text("the formula in cell {} has no value", "单元格 {} 的公式没有计算结果")
_COMPUTED = Text(
    "a workbook that Excel or LibreOffice has saved, which compute formulas, or CSV",
    "由 Excel 或 LibreOffice（会计算公式）保存的工作簿，或 CSV",
)
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
            _check_formulas(data, sheet.title)
            return {}, {"rows": rows}
    return {}, {"rows": []}


def _check_formulas(data: bytes, title: str) -> None:
    """Raise `InputError` for a formula without a value, as programs write it that do not compute."""
    books = [
        import_module("openpyxl").load_workbook(io.BytesIO(data), read_only=True, data_only=v) for v in (True, False)
    ]
    for values, formulas in zip(*(book[title].iter_rows() for book in books), strict=False):
        for value, formula in zip(values, formulas, strict=False):
            if value.value is None and formula.value is not None:
                raise InputError(_NOT_COMPUTED.format(formula.coordinate), _COMPUTED, formula.value)


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    return repr(cell).removesuffix(".0") if isinstance(cell, float) else str(cell)[:_LONGEST]
