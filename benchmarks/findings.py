"""The findings about trainings whose cause is known: what they name, beside what it is.

    python benchmarks/findings.py [--all]

Counted are the trainings of `tests/visualizer/findings/known_apart.py`, which were kept apart while the rules were
written; with `--all` also those of `known.py` and `known_more.py`, which were not. A cause is named by a finding, or
by the trainings that *Try to find out* runs where no finding names one. Precision is the share of named causes that
are true, recall that of known ones that are named.
"""

import time
from collections import Counter
from pathlib import Path
from sys import argv, path

path.insert(0, str(Path(__file__).parents[1]))
from tests.visualizer.findings.known import Known, named, scored
from tests.visualizer.findings.known_apart import apart
from tests.visualizer.findings.known_first import RECORDS
from tests.visualizer.findings.known_more import MORE


def main() -> None:
    chosen = [*RECORDS, *MORE, *apart()] if "--all" in argv else list(apart())
    began = time.perf_counter()
    found = {known.name: named(known) for known in chosen}
    table(chosen, found)
    for known in chosen:
        if known.cause not in (found[known.name] or {"none"}) or found[known.name] - {known.cause, *known.also}:
            print(f"  {known.cause:12} {known.name}: named {', '.join(sorted(found[known.name])) or 'none'}")
    precision, recall = scored(chosen, found)
    print(
        f"{len(chosen)} trainings: precision {precision:.2f}, recall {recall:.2f}; {time.perf_counter() - began:.0f} s"
    )


def table(chosen: list[Known], found: dict[str, set[str]]) -> None:
    """Print the number of times that each cause was named, a row for each that is known."""
    pairs = Counter((known.cause, name) for known in chosen for name in found[known.name] or {"none"})
    rows, columns = sorted({known.cause for known in chosen}), sorted({name for _, name in pairs})
    print(f"{'is, named':13}" + "".join(f"{name:>13}" for name in columns))
    for row in rows:
        print(f"{row:13}" + "".join(f"{pairs[row, column] or '·':>13}" for column in columns))


if __name__ == "__main__":
    main()
