"""Files and links that mean harm, in large numbers, through every parser.

    python benchmarks/hostile.py [how many in all, 100,000 unless given] [seed]

Each has to end in a value or in a sentence. For every parser it prints how many were read, how many answered with a
sentence, the longest time one took, by how much the memory of the process has grown, and the most of it by one of
them; at the end, the slowest and the largest of all. These two of every parser, and what ends otherwise, are kept in a
folder, to be looked at. Each parser runs in a process of its own, so that one that dies takes no other along.
"""

import json
import os
import random
import resource
import tempfile
import time
import traceback
from multiprocessing import get_context
from pathlib import Path
from sys import argv, path

path.insert(0, str(Path(__file__).parents[1]))
from tests.hostile import borne, parsers

COUNT = int(argv[1]) if len(argv) > 1 else 100_000
SEED = argv[2] if len(argv) > 2 else "1"
MOST_PROCESSES = 500  # of a reader that starts one for each file
KEPT = Path(tempfile.gettempdir()) / "hostile"


def peak() -> int:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def attack(name: str, count: int, report: Path) -> None:
    parser, rng = parsers()[name], random.Random(f"{name} {SEED}")
    last = KEPT / f"{name.replace(' ', '-')}.last"
    for good in parser.good:
        borne(parser, good)
    before, read, slowest, largest, failed = peak(), 0, 0.0, 0, {}
    for i in range(count):
        bad = rng.choice(parser.mutate)(rng.choice(parser.good), rng)
        last.write_bytes(bad)  # where the process dies, this is what killed it
        began, held = time.process_time(), peak()
        try:
            read += borne(parser, bad)
        except BaseException as error:
            said = "".join(traceback.format_exception(error)[-2:])
            if said not in failed:
                failed[said] = i
                last.with_suffix(f".{i}").write_bytes(bad)
        took, grown = time.process_time() - began, peak() - held
        for worse, kind in ((took > slowest, "slowest"), (grown > largest, "largest")):
            if worse:
                last.with_suffix(f".{kind}").write_bytes(bad)
        slowest, largest = max(slowest, took), max(largest, grown)
    result = {"read": read, "slowest": slowest, "largest": largest, "grown": peak() - before, "failed": failed}
    report.write_text(json.dumps(result), encoding="utf-8")


def main() -> None:
    KEPT.mkdir(exist_ok=True)
    names = list(parsers())
    cheap = [name for name in names if not parsers()[name].costly]
    began, done, worst = time.perf_counter(), 0, {"slowest": (0.0, ""), "largest": (0, "")}
    for name in names:
        share = COUNT // len(cheap) if name in cheap else min(MOST_PROCESSES, COUNT)
        done += share
        report = KEPT / "report.json"
        report.unlink(missing_ok=True)
        process = get_context("spawn").Process(target=attack, args=(name, share, report))
        process.start()
        process.join()
        if not report.exists():
            print(f"{name:14} DIED with exit code {process.exitcode}; see {KEPT}")
            continue
        got = json.loads(report.read_text(encoding="utf-8"))
        print(
            f"{name:14} {share:6} tampered with: {got['read']:6} read, {share - got['read']:6} answered with a "
            f"sentence; slowest {got['slowest']:.2f} s, memory +{got['grown']} MB, by one +{got['largest']} MB, "
            f"other ends: {len(got['failed'])}"
        )
        worst = {kind: max(worst[kind], (got[kind], name)) for kind in worst}
        for said, i in got["failed"].items():
            print(f"    {i}: {said.strip().splitlines()[-1][:200]}")
    print("slowest {:.2f} s: {}; largest +{} MB: {}".format(*worst["slowest"], *worst["largest"]))
    print(f"{done} in {time.perf_counter() - began:.0f} s on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
