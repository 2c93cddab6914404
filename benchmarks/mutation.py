"""Mutants of the engine and of the pure part of the visualizer: how many of them the tests kill.

    python benchmarks/mutation.py [engine/equations visualizer/writing …] [--count 120] [--seed 1] [--minutes 60]

A mutant is a copy of the tree in which one token is another: a comparison, an operator, a number, a truth value, one
end of a slice, `min` for `max`. The tests that mirror its module are run first, then those of its folder (with `--wide`
then those of its package); what none of them notices has survived. `equivalent.toml` beside this file names
mutants that compute the same, each with its reason; they are not drawn. What runs for too long counts as killed. It
ends with 1 below a goal.
"""

import argparse
import ast
import os
import random
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOALS = {  # the first pattern that fits a module is its own
    "engine/equations/*": 1.0,
    "engine/catalogue/*": 1.0,
    "engine/optimizers/*": 1.0,
    "engine/*": 0.95,
    "visualizer/*": 0.9,
}
NOT_PURE = ("visualizer/pages/*", "visualizer/stage/*", "visualizer/__main__.py", "*/__init__.py")
PRELOADED = ("numpy", "sklearn.datasets", "networkx", "plotly.graph_objects", "hypothesis.strategies", "pytest")
OTHERS = {
    ast.Lt: ["<=", ">="], ast.LtE: ["<", ">"], ast.Gt: [">=", "<="], ast.GtE: [">", "<"], ast.Eq: ["!="],
    ast.NotEq: ["=="], ast.In: ["not in"], ast.NotIn: ["in"], ast.Is: ["is not"], ast.IsNot: ["is"],
    ast.Add: ["-"], ast.Sub: ["+"], ast.Mult: ["/"], ast.Div: ["*"], ast.FloorDiv: ["*"], ast.Mod: ["*"],
    ast.Pow: ["*"], ast.MatMult: ["*"], ast.BitAnd: ["|"], ast.And: ["or"], ast.Or: ["and"],
}  # fmt: skip
CALLED = {"min": "max", "max": "min", "any": "all", "all": "any"}
DECLARES = ("strict", "kw_only")  # words of a call that change nothing in a program that runs
OPERATOR = re.compile(rb"is\s+not\b|not\s+in\b|[<>=!]=|//|\*\*|[-+*/%@&<>]|\b(?:in|is|and|or)\b")
LONGEST = 300  # seconds that the tests of a mutant may take
KILLED, SURVIVED = "killed", "survived"


@dataclass(frozen=True)
class Mutant:
    """A module, the bytes of it that are replaced, and by what."""

    path: str
    start: int
    end: int
    token: bytes

    def source(self, root: Path) -> bytes:
        """The source of the module with this token."""
        before = (root / self.path).read_bytes()
        return before[: self.start] + self.token + before[self.end :]

    def lines(self, root: Path) -> tuple[int, str, str]:
        """The number of the line, and what stands in it before and after."""
        source = (root / self.path).read_bytes()
        number = source.count(b"\n", 0, self.start)
        now, then = (text.decode().splitlines()[number].strip() for text in (source, self.source(root)))
        return number + 1, now, then


class Finder(ast.NodeVisitor):
    """The tokens of a source that can be others."""

    def __init__(self, source: bytes):
        self.source, self.found = source, []
        self.starts = [0, *(match.end() for match in re.finditer(rb"\n", source))]
        self.visit(ast.parse(source))

    def span(self, node):
        begins = self.starts[node.lineno - 1] + node.col_offset
        return begins, self.starts[node.end_lineno - 1] + node.end_col_offset

    def between(self, left, right, operator):
        """Note the operator between two operands."""
        end, start = self.span(left)[1], self.span(right)[0]
        at = OPERATOR.search(re.sub(rb"#.*", lambda comment: b" " * len(comment[0]), self.source[end:start]))
        if at:
            self.found += [(end + at.start(), end + at.end(), token) for token in OTHERS.get(type(operator), ())]

    def visit_BinOp(self, node):
        self.between(node.left, node.right, node.op)
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.between(node.target, node.value, node.op)
        self.generic_visit(node)

    def visit_BoolOp(self, node):
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.between(left, right, node.op)
        self.generic_visit(node)

    def visit_Compare(self, node):
        for left, right, operator in zip([node.left, *node.comparators], node.comparators, node.ops, strict=False):
            self.between(left, right, operator)
        self.generic_visit(node)

    def visit_UnaryOp(self, node):
        if isinstance(node.op, ast.Not | ast.USub):
            start = self.span(node)[0]
            self.found.append((start, start + (4 if isinstance(node.op, ast.Not) else 1), b""))
        self.generic_visit(node)

    def visit_Constant(self, node):
        if isinstance(node.value, bool):
            self.found.append((*self.span(node), str(not node.value)))
        elif isinstance(node.value, int | float):
            self.found += [(*self.span(node), repr(node.value + by)) for by in (1, -1)]

    def visit_Slice(self, node):
        """Leave out one end."""
        self.found += [(*self.span(end), b"") for end in (node.lower, node.upper) if end]
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Name) and node.func.id in CALLED:
            self.found.append((*self.span(node.func), CALLED[node.func.id]))
        for part in (node.func, *node.args, *(word for word in node.keywords if word.arg not in DECLARES)):
            self.visit(part)

    def visit_FunctionDef(self, node):
        """Look at what a function computes, not at its annotations and decorators."""
        for part in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(part)

    def visit_ClassDef(self, node):
        for part in node.body:
            self.visit(part)

    def visit_AnnAssign(self, node):
        if node.value:
            self.visit(node.value)

    def visit_JoinedStr(self, node):
        """Leave the inside of an f-string alone: before Python 3.12 it has no place."""


def mutants(path, root=ROOT):
    """All mutants of a module that compile."""
    source = (root / path).read_bytes()
    found = [Mutant(path, *span, t if isinstance(t, bytes) else t.encode()) for *span, t in Finder(source).found]
    return [one for one in found if compiles(one.source(root))]


def compiles(source):
    try:
        compile(source, "mutant", "exec")
    except SyntaxError:
        return False
    return True


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


def tests_of(path, reasons, is_wide):
    """The tests to run, narrow to wide: those of the module, its examples, those of its folder and of its package."""
    module, (package, *_) = Path(path), Path(path).parts
    own = Path("tests", module.parent, f"test_{module.name}")
    other = [test for pattern, (_, test) in reasons.items() if fnmatch(path.removesuffix(".py"), pattern)]
    narrow = [own.as_posix()] if own.exists() else other
    wide = [f"tests/{package}"] if is_wide else []
    return [tuple(names) for names in (narrow, [path], [f"tests/{module.parent.as_posix()}"], wide) if names]


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
    os._exit(import_module("pytest").main([*options, *(name for name in names if Path(name).exists())]))


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
        found = outcome(mutant, tests_of(mutant.path, reasons, asked.wide), log)
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
        for name in PRELOADED:
            import_module(name)
        return report(list(try_all(asked, copy)))


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
