"""Mutants of the engine and of the pure part of the visualizer: how many of them the tests kill.

    python benchmarks/mutation.py [engine/equations visualizer/writing …] [--count 120] [--seed 1] [--minutes 60]

A mutant is a copy of the tree in which one token is another: a comparison, an operator, a number, a truth value, one
end of a slice, `min` for `max`. The tests that mirror its module are run first, then those of its folder (with `--wide`
then those of its package); what none of them notices has survived. `equivalent.toml` beside this file names
mutants that compute the same, each with its reason; they are not drawn. What runs for too long counts as killed. It
ends with 1 below a goal.
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
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.mutants import mutants

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
LONGEST = 300  # seconds that the tests of a mutant may take
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
    """The mutants to try."""
    named = equivalents(root)
    every = [one for path in modules(asked.folders, root) for one in mutants(path, root)]
    kept = [one for one in every if (one.path, *one.lines(root)[1:]) not in named]
    return random.Random(asked.seed).sample(kept, min(asked.count, len(kept))), len(every)


def named_tests(path, reasons, is_wide):
    """The tests to run, narrow to wide: those of the module, its examples, those of its folder and of its package."""
    module, (package, *_) = Path(path), Path(path).parts
    own = Path("tests", module.parent, f"test_{module.name}")
    other = [test for pattern, (_, test) in reasons.items() if fnmatch(path.removesuffix(".py"), pattern)]
    narrow = [own.as_posix()] if own.exists() else other
    folder = f"tests/{module.parent.as_posix()}"
    found = (narrow, [path], [folder], [f"tests/{package}"] if is_wide else [])
    there = (tuple(name for name in names if Path(ROOT, name).exists()) for names in found)
    return [names for names in there if names]


def run_tests(names, log):
    """End this process with what pytest says of some tests."""
    for stream, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)):
        os.dup2(os.open(log if stream else os.devnull, mode, 0o600), stream)
    os.dup2(1, 2)
    options = (
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n0",
        "-W",
        "ignore::pytest.PytestAssertRewriteWarning",
        "--hypothesis-seed=0",
        "-m",
        "not browser",
    )
    os._exit(import_module("pytest").main([*options, *names]))


def passes(names, log):
    """Whether some tests pass, in a process that has the libraries already and nothing of the project."""
    tests = get_context("fork").Process(target=run_tests, args=(names, log))
    tests.start()
    tests.join(LONGEST)
    if tests.is_alive():
        tests.kill()
        tests.join()
    return tests.exitcode in (0, 5)  # 5: no test there


@cache
def sound(names, log):
    """Some tests that pass without a mutant; it is the end where they do not."""
    if not passes(names, log):
        sys.exit(f"{' '.join(names)}: the tests fail without a mutant:\n{Path(log).read_text('utf-8')[-2000:]}")
    return names


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


def outcome(mutant, tests, log):
    """Whether a mutant is killed by some tests."""
    for names in tests:
        sound(names, log)
        with put_in(mutant):
            if not passes(names, log):
                return KILLED
    return SURVIVED


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
    end, log = time.monotonic() + 60 * asked.minutes, str(root / "log")
    reasons = import_module("tests.test_architecture").WITHOUT_OWN_TEST
    chosen, every = drawn(asked, root)
    print(f"{len(chosen)} of {every} mutants, seed {asked.seed}", flush=True)
    for mutant in chosen:
        if time.monotonic() > end:
            print(f"{asked.minutes:g} minutes are over")
            return
        found = outcome(mutant, named_tests(mutant.path, reasons, asked.wide), log)
        number, now, then = mutant.lines(root)
        if found == SURVIVED or asked.each:
            print(f"{found}: {mutant.path}:{number}\n    {now}\n    {then}", flush=True)
        yield mutant, found


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("folders", nargs="*", default=["engine", "visualizer"], help="folders or files, all if none")
    asked.add_argument("--count", type=int, default=120)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--minutes", type=float, default=60)
    asked.add_argument("--wide", action="store_true", help="try survivors with all tests of their package too")
    asked.add_argument("--each", action="store_true", help="print those that are killed too")
    return asked.parse_args()


def main():
    asked = settings()
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # before NumPy
    os.nice(10)
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
