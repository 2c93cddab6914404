"""The child process of `apart`: reads its input with one of the readers, and writes arrays or a refusal.

    python -m engine.untrusted.child <reader> <seconds> [<library>]  < file  > names, or a refusal, and arrays

A line of JSON with what the reader tells, then each array as the length of its .npy file and the file. The library that
the reader needs is imported before time and memory are bounded: how long that takes and how large it is does not depend
on the file.
"""

import faulthandler
import io
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from engine.core import InputError
from engine.untrusted.apart import REFUSED
from engine.untrusted.archives import Arrays

_MORE_MEMORY = 2**30


def _bound_memory() -> None:
    """Limit the memory of the process to a bound beyond its present size, where the system can enforce it."""
    with suppress(ImportError, OSError, ValueError):  # Windows has no such limits, macOS does not keep them
        resource = import_module("resource")
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        most = pages * resource.getpagesize() + _MORE_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(arrays: Arrays, told: Mapping[str, Any]) -> Iterator[bytes]:
    yield json.dumps({"names": list(arrays), "told": told}).encode() + b"\n"
    for array in arrays.values():
        held = io.BytesIO()
        np.save(held, array, allow_pickle=False)
        yield len(held.getvalue()).to_bytes(8, "little") + held.getvalue()


def main() -> None:
    """Read the standard input, write the answer to the standard output."""
    name, seconds, *libraries = sys.argv[1:]
    reader = import_module(f"engine.untrusted.{name}")
    for library in libraries:
        import_module(library)
    _bound_memory()
    faulthandler.dump_traceback_later(float(seconds), exit=True)  # also while C code holds the interpreter's lock
    try:
        answer = _answer(*reader.contents_of(sys.stdin.buffer.read()))
    except InputError as error:
        answer = iter([json.dumps({REFUSED: [error.problem, error.allowed, error.got]}).encode()])
    except Exception as error:  # readers of two libraries, on files of strangers: each has errors of its own
        sys.exit(" ".join(str(error).split()) or type(error).__name__)
    for part in answer:
        sys.stdout.buffer.write(part)


if __name__ == "__main__":
    main()
