"""The promises, measured one after the other: what is promised, the goal, and the last figure.

    python benchmarks/promises.py [--only NAME …] [--tables]

A promise is a record in `promise_list.py`. What is measured is kept in `docs/promises.json` with its date and machine,
and the tables of `docs/promises.md`, of the README and of their Chinese editions are written anew from both; with
`--tables` that is all. All of them are meant to take half an hour on two quiet cores, and each command is announced by
its number and the time. It ends with 1 where one that was measured is not kept.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.promise_list import PROMISES
from engine.core import Text

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "docs/promises.json"
BEGINS, ENDS = "<!-- promises -->\n", "<!-- end of promises -->"
HEAD = Text(
    "| what is promised | goal | measured |\n| --- | --- | --- |",
    "| 承诺 | 目标 | 实测 |\n| --- | --- | --- |",
)
WHOLE_HEAD = Text(
    "| what is promised | goal | measured | on | `python …` |\n| --- | --- | --- | --- | --- |",
    "| 承诺 | 目标 | 实测 | 日期 | `python …` |\n| --- | --- | --- | --- | --- |",
)
SIDES = {"at most": Text("at most", "不超过"), "at least": Text("at least", "不低于")}
YES, NO, NEVER = Text("kept", "已兑现"), Text("missed", "未兑现"), Text("not yet", "尚未测量")
MACHINE = Text("Measured on: {}.", "测量所用机器：{}。")
FILES = {
    "en": ("README.md", "docs/promises.md"),
    "zh": ("README.zh-CN.md", "docs/promises.zh-CN.md"),
}


def machine():
    """The processor and its cores, the system, and the Python."""
    try:
        said = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        said = ""
    name = re.search(r"model name\s*: (.*)", said)
    model = name[1].strip() if name else platform.machine()
    return f"{model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def measured(command, promises):
    """Run a command; give what is kept of each of its promises, by name."""
    done = subprocess.run([sys.executable, *command.split()], cwd=ROOT, capture_output=True, text=True, check=False)
    where = {"date": datetime.now(UTC).date().isoformat(), "machine": machine()}
    found = {promise.name: read(promise, done) | where for promise in promises}
    for name, row in found.items():
        print(f"    {name}: {row['figure']} {'kept' if row['kept'] else 'missed'}", flush=True)
    if not all(row["kept"] for row in found.values()):
        print(done.stdout[-1500:], done.stderr[-1500:])
    return found


def read(promise, done):
    """The figure in the output of a command, and whether the promise is kept."""
    figure = re.search(promise.figure, done.stdout) if promise.figure else None
    number = float(figure[1]) if figure else None
    return {"figure": number, "kept": promise.kept(number, done.returncode == 0)}


def goal(promise, lang):
    return "" if promise.goal is None else f"{SIDES[promise.side](lang)} {promise.goal:g}{promise.unit}"


def figure(promise, rows, lang):
    row = rows.get(promise.name)
    if row is None:
        return NEVER(lang)
    verdict = (YES if row["kept"] else NO)(lang)
    return (
        verdict if row["figure"] is None else f"{row['figure']:g}{promise.unit}" + (f" ({verdict})" * (not row["kept"]))
    )


def short_table(rows, lang):
    """The table of the README."""
    chosen = [promise for promise in PROMISES.values() if promise.in_readme]
    lines = [f"| {p.what(lang)} | {goal(p, lang)} | {figure(p, rows, lang)} |" for p in chosen]
    return "\n".join([HEAD(lang), *lines, ""])


def whole_table(rows, lang):
    """The table of all promises, and the machines on which they were measured."""
    dates = {name: row["date"] for name, row in rows.items()}
    lines = [
        f"| {p.what(lang)} | {goal(p, lang)} | {figure(p, rows, lang)} | {dates.get(p.name, '')} | `{p.command}` |"
        for p in PROMISES.values()
    ]
    machines = "; ".join(sorted({row["machine"] for row in rows.values()}))
    return "\n".join([WHOLE_HEAD(lang), *lines, "", MACHINE(lang).format(machines), ""])


def with_table(text, table):
    """A document with another table between its marks."""
    begin, end = text.index(BEGINS) + len(BEGINS), text.index(ENDS)
    return f"{text[:begin]}\n{table}\n{text[end:]}"


def documents():
    """The documents that have a table, as they should read: their texts by name."""
    rows = json.loads(KEPT.read_text("utf-8"))
    return {
        name: with_table((ROOT / name).read_text("utf-8"), table(rows, lang))
        for lang, names in FILES.items()
        for name, table in zip(names, (short_table, whole_table), strict=True)
    }


def write_tables():
    for name, text in documents().items():
        (ROOT / name).write_text(text, encoding="utf-8")


def settings():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--only", nargs="+", choices=PROMISES, metavar="NAME", default=list(PROMISES))
    asked.add_argument("--tables", action="store_true", help="measure nothing")
    return asked.parse_args()


def main():
    asked, well = settings(), True
    chosen = [] if asked.tables else [PROMISES[name] for name in PROMISES if name in asked.only]
    began, runs = time.monotonic(), defaultdict(list)
    for promise in chosen:
        runs[promise.command].append(promise)
    for number, (command, promises) in enumerate(runs.items(), 1):
        minutes = (time.monotonic() - began) / 60
        print(f"{number} of {len(runs)}, after {minutes:.1f} minutes: python {command}", flush=True)
        found = measured(command, promises)
        KEPT.write_text(json.dumps(json.loads(KEPT.read_text("utf-8")) | found, indent=1) + "\n", encoding="utf-8")
        well = well and all(row["kept"] for row in found.values())
        write_tables()
    write_tables()
    return well


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
