"""Mutants of the engine and of the pure part of the visualizer: how many of them the tests kill.

    python benchmarks/mutation.py [engine/equations visualizer/writing …] [--count 120] [--seed 1] [--minutes 60]

A mutant is a copy of the tree in which one token is another: a comparison, an operator, a number, a truth value, one
end of a slice, `min` for `max`. The test that mirrors its module is run first, then those that the import graph leads
to; what none of them notices has survived. `equivalent.toml` beside this file names mutants that compute the same, each
with its reason; they are not drawn. What does not come to an end counts as killed. It ends with 1 below a goal.
"""

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
import tomllib
from collections import Counter
from contextlib import contextmanager
from fnmatch import fnmatch
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mutants import mutants
from benchmarks.mutated import Tests
from benchmarks.near_tests import near_tests

ROOT = Path(__file__).parents[1]
GOALS = {  # the first pattern that fits a module is its own
    "engine/equations/*": 1.0,
    "engine/catalogue/*": 1.0,
    "engine/optimizers/*": 1.0,
    "engine/*": 0.95,
    "visualizer/*": 0.9,
}
NOT_PURE = ("visualizer/pages/*", "visualizer/stage/*", "visualizer/__main__.py", "*/__init__.py")
PRELOADED = (
    "numpy",
    "sklearn.datasets",
    "networkx",
    "plotly.graph_objects",
    "hypothesis.strategies",
    "pytest",
    "torch",
)
KILLED, SURVIVED = "killed", "survived"


def equivalents(root=ROOT):
    """The mutants that compute the same, and why: by module, line before and line after."""
    rows = tomllib.loads((root / "benchmarks/equivalent.toml").read_text("utf-8"))
    return {(path, now, then): reason for path, found in rows.items() for now, then, reason in found["same"]}


def modules(folders, root=ROOT):
    """The modules below some folders, or with some paths, whose tests need no page."""
    paths = sorted(
        p.relative_to(root).as_posix() for top in ("engine", "visualizer") for p in root.glob(f"{top}/**/*.py")
    )
    chosen = [path for path in paths if any(f"{path}/".startswith(f"{folder.rstrip('/')}/") for folder in folders)]
    return [path for path in chosen if not any(fnmatch(path, pattern) for pattern in NOT_PURE)]


def drawn(asked, root=ROOT):
    """The mutants to try, and among how many they are."""
    named = equivalents(root)
    every = [one for path in modules(asked.folders, root) for one in mutants(path, root)]
    order = random.Random(asked.seed).sample(every, len(every))
    fit = (one for one in order if one.compiles(root) and (one.path, *one.lines(root)[1:]) not in named)
    return list(islice(fit, asked.count)), len(every)


@contextmanager
def put_in(mutant):
    """Have a mutant in place of its module."""
    module = Path(mutant.path)
    before = module.read_bytes()
    try:
        module.write_bytes(mutant.source(Path()))
        shutil.rmtree(module.parent / "__pycache__", ignore_errors=True)  # what it keeps has the same second and size
        yield
    finally:
        module.write_bytes(before)
        shutil.rmtree(module.parent / "__pycache__", ignore_errors=True)


def fails(mutant, names, tests, root):
    """The test that a mutant fails, empty if there is none: in a copy of a process first, then in one of its own."""
    if found := tests.failed(names, mutant):
        return found
    for some in filter(None, (names[:2], names[2:])):  # most are killed by their own test
        with put_in(mutant):
            own = Tests(some, root, str(root / "log"), is_bounded=True)
            found = own.unfit or own.failed(some)
            own.close()
        if found:
            break
    return found


def sound(test, tests):
    """End where a test that a mutant failed fails without it too."""
    if "::" in test and tests.failed([test]):
        sys.exit(f"{test} fails without a mutant")


def goal_of(path):
    return next(pattern for pattern in GOALS if fnmatch(path, pattern))


def report(found):
    """Print a row for each folder and for each goal; return whether all goals are reached."""
    for title, group in (("folder", lambda path: Path(path).parent.as_posix()), ("goal", goal_of)):
        counts = Counter((group(mutant.path), state) for mutant, state in found)
        for name in sorted({name for name, _ in counts}):
            killed, survived = counts[name, KILLED], counts[name, SURVIVED]
            wanted = f", at least {GOALS[name]:.0%} wanted" if title == "goal" else ""
            print(f"{title} {name}: {killed} of {killed + survived} killed, {killed / (killed + survived):.0%}{wanted}")
    reached = [counts[name, KILLED] >= GOALS[name] * (counts[name, KILLED] + counts[name, SURVIVED]) for name in GOALS]
    return all(reached)


def try_all(asked, root):
    """Try mutants in a copy of the tree until there is none left or no time; yield each with what became of it."""
    end = time.monotonic() + 60 * asked.minutes
    reasons = import_module("tests.test_architecture").WITHOUT_OWN_TEST
    chosen, every = drawn(asked, root)
    print(f"{len(chosen)} of {every} mutants, seed {asked.seed}", flush=True)
    near = {mutant.path: near_tests(mutant.path, root, reasons)[: asked.near] for mutant in chosen}
    tests = Tests(list(dict.fromkeys(name for names in near.values() for name in names)), root, str(root / "tests.log"))
    if tests.unfit:
        sys.exit(f"the tests cannot be imported:\n{(root / 'tests.log').read_text('utf-8')[-3000:]}")
    for number, mutant in enumerate(chosen):
        if time.monotonic() > end:
            print(f"{asked.minutes:g} minutes are over after {number}")
            break
        test = fails(mutant, near[mutant.path], tests, root)
        sound(test, tests)
        if not test or asked.each:
            show(mutant, test, root)
        yield mutant, KILLED if test else SURVIVED
    tests.close()


def show(mutant, test, root):
    number, now, then = mutant.lines(root)
    print(f"{f'killed by {test}' if test else SURVIVED}: {mutant.path}:{number}\n    {now}\n    {then}", flush=True)


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folders", nargs="*", default=["engine", "visualizer"], help="folders or files, all if none")
    asked.add_argument("--count", type=int, default=120)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--nice", type=int, default=10, help="how far others go before")
    asked.add_argument("--near", type=int, help="so many files of tests for a module, and not all that are near")
    asked.add_argument("--each", action="store_true", help="print those that are killed too")
    return asked.parse_args()


def main():
    asked = settings()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy
    os.nice(asked.nice)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "tree").resolve()
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "build"))
        os.chdir(copy)
        sys.path.insert(0, str(copy))
        for name in filter(lambda name: find_spec(name.partition(".")[0]), PRELOADED):
            import_module(name)
        return report(list(try_all(asked, copy)))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
