from io import StringIO

import pandas as pd
import pytest

from engine.core import LANGUAGES
from visualizer.exercises import LEVELS, all_cells, exercise, marked, marks_csv
from visualizer.exercises.marks import VERDICTS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", LEVELS)
def test_a_table_of_marks_has_a_row_for_each_cell_with_its_verdict_and_cause(level, lang):
    made = exercise(level, 3)
    cells = all_cells(made)
    first, second, *_ = cells
    typed = {first: repr(-made.value(cells[first])), second: repr(made.value(cells[second]))}
    marks = marked(made, typed)
    rows = pd.read_csv(StringIO(marks_csv(made, typed, marks, lang)), keep_default_na=False)
    assert rows.iloc[:, 2].tolist() == [cell.name for cell in cells.values()]
    assert rows.iloc[:2, 4].tolist() == [VERDICTS[marks[key].verdict](lang) for key in typed]
    assert rows.iloc[0, 5] == marks[first].cause(lang)
    assert set(rows.iloc[2:, 3]) == {""}
    assert set(rows.iloc[:, 1]) == {made.seed}
