"""Mutants put into a process that runs, so that tests are imported once; each gets a copy of it.

What a function computes is in its code, and another code can be put in its place. What a module computes while it is
imported (tables, defaults, bodies of classes) cannot: `swaps` gives nothing then, and the mutant needs a process of its
own, with its source on the disk.
"""

import gc
import inspect
import json
import os
import resource
import time
from collections import defaultdict
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, FunctionType

LONGEST = 90  # seconds of the processor, after which a mutant counts as killed: it does not come to an end
ENOUGH = 12  # seconds of the processor, after which no further test of a mutant begins
SLOW = 0.5  # seconds of the processor, from which on a test is run after the others of its mutant
MOST_MEMORY = 6 * 2**30
OPTIONS = (
    *("-q", "-p", "no:cacheprovider", "-n0", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
    *("--hypothesis-seed=0", "-m", "not browser"),
)


def _plain(code: CodeType) -> tuple:
    """The instructions and constants of a code, without the places of its tokens."""
    consts = [_plain(const) if isinstance(const, CodeType) else repr(const) for const in code.co_consts]
    return code.co_code, code.co_names, code.co_varnames, code.co_freevars, code.co_exceptiontable, consts


def _inner(code):
    return [const for const in code.co_consts if isinstance(const, CodeType)]


def _pairs(before, after):
    """The outermost functions that are others, or nothing where what stands around them is too."""
    if before.co_flags & inspect.CO_OPTIMIZED:
        return [(before, after)] if _plain(before) != _plain(after) else []
    if _plain(before)[0] != _plain(after)[0] or len(_inner(before)) != len(_inner(after)):
        raise LookupError
    rest = [[repr(c) for c in code.co_consts if not isinstance(c, CodeType)] for code in (before, after)]
    if rest[0] != rest[1]:
        raise LookupError
    return [pair for two in zip(_inner(before), _inner(after), strict=True) for pair in _pairs(*two)]


def functions() -> dict[tuple[str, int], list[FunctionType]]:
    """All functions of this process, by file and line."""
    gc.unfreeze()
    found = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType:  # to ask `isinstance` wakes what is loaded when it is asked for
            found[one.__code__.co_filename, one.__code__.co_firstlineno].append(one)
    return found


def swaps(mutant, root, alive) -> list[tuple[FunctionType, CodeType]]:
    """The functions of this process that are others in a mutant, each with its code there; none if there is no way."""
    name = str(root / mutant.path)
    before, after = (
        compile(source, name, "exec", dont_inherit=True)
        for source in ((root / mutant.path).read_bytes(), mutant.source(root))
    )
    try:
        pairs = _pairs(before, after)
    except LookupError:
        return []
    return [
        (function, now)
        for was, now in pairs
        for function in alive[name, was.co_firstlineno]
        if function.__code__ == was and function.__code__.co_linetable == was.co_linetable
    ]


def run_items(session, items):
    """Run tests until one fails or it is enough; give the first that failed, and the slow ones."""
    slow = []
    for item, following in zip(items, [*items[1:], None], strict=True):
        began = time.process_time()
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if time.process_time() - began > SLOW:
            slow.append(item.nodeid)
        if session.testsfailed:
            return item.nodeid, slow
        if time.process_time() > ENOUGH:
            break
    return "", slow


class Loop:
    """Loop of tests that takes what to try from a connection, and tries each in a copy of this process."""

    def __init__(self, connection, root):
        self.connection, self.root, self.slow = connection, root, set()

    def pytest_runtestloop(self, session):
        if session.testsfailed:  # a test could not be imported
            self.connection.send("the import")
            return True
        alive, items = functions(), defaultdict(list)
        for item in session.items:
            for name in (item.nodeid, item.nodeid.partition("::")[0]):
                items[name].append(item)
        self.connection.send("")
        while asked := self.connection.recv():
            mutant, names = asked
            chosen = sorted((i for name in names for i in items[name]), key=lambda item: item.nodeid in self.slow)
            swapped = swaps(mutant, self.root, alive) if mutant else []
            self.connection.send(None if mutant and not swapped else self.in_a_copy(session, chosen, swapped))
        return True

    def in_a_copy(self, session, items, swapped):
        """The test that fails in a copy of this process with other codes in its functions."""
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _bounded()
            for function, code in swapped:
                function.__code__ = code
            os.write(writing, json.dumps(run_items(session, items)).encode())
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading, "rb") as said:
            told = said.read()
        os.waitpid(child, 0)
        failed, slow = json.loads(told) if told else ("no end", ())
        self.slow.update(slow)
        return failed


def _bounded():
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _serve(names, connection, root, log, is_bounded):
    """Run pytest over some files, with its output in a file."""
    if is_bounded:
        _bounded()
    for stream, mode in ((0, os.O_RDONLY), (1, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)):
        os.dup2(os.open(log if stream else os.devnull, mode, 0o600), stream)
    os.dup2(1, 2)
    import_module("pytest").main([*OPTIONS, *names], plugins=[Loop(connection, root)])
    os._exit(0)


class Tests:
    """Tests of some files, imported in a process that has the libraries already and nothing of the project."""

    def __init__(self, names: list[str], root: Path, log: str, is_bounded=False):
        context = get_context("fork")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(names, theirs, root, log, is_bounded))
        self.process.start()
        theirs.close()
        self.unfit = self.hear()

    def hear(self):
        """The answer of the process, or that it ended without one."""
        try:
            return self.connection.recv()
        except EOFError:
            return "the import"

    def failed(self, names: list[str], mutant=None) -> str | None:
        """The first of some tests that fails, empty if none does; None if the mutant needs a process of its own."""
        self.connection.send((mutant, names))
        return self.hear()

    def close(self):
        if not self.unfit:
            self.connection.send(None)
        self.process.join()
