"""Hostile files and links: good ones, ways to tamper with them, and the parsers that have to bear it.

A parser is one record. Whatever it is given, it has to end in a value, or in an `InputError` with a sentence in every
language, within time and memory that do not depend on what the input claims.
"""

import gzip
import io
import json
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from urllib.parse import parse_qsl, urlencode

import numpy as np

from engine import InputError, read_log, read_table
from engine.core import LANGUAGES, last_digit
from engine.data import DATASETS, OWN, columns_of, read_sheet, text_of
from engine.examples import EXAMPLES
from engine.images import read_images
from engine.images.idx import read_idx
from engine.settings import Model, Task, model_to_query, task_from_query, task_to_query
from engine.untrusted import printed_arrays
from tests.engine.images.test_digit_files import FILES as DIGITS
from tests.engine.untrusted.test_event_file import FILES as EVENTS
from tests.engine.weights import samples
from tests.engine.weights.brought import FILES
from tests.visualizer.exports.cases import model
from visualizer.address import opened, own_query, written
from visualizer.address.address import SHOWN
from visualizer.checking import read_claims
from visualizer.findings import findings_outside
from visualizer.lab import Lab, lab_from_file, lab_from_query, lab_to_file, outside_from_query
from visualizer.landscape import landscape_from_query, landscape_to_query
from visualizer.outside import curves_of, outside_from, outside_to
from visualizer.outside.curve import MOST_KEPT
from visualizer.points import drawn_task, points_of, read_points
from visualizer.state import Spec, View, from_file, importing, open_link, spec_to_query, to_file
from visualizer.writing import in_markdown

MAZUR = Model.of_example("mazur").trace()
_HOUSES = b'price,sqft\n"221,900","1,180.5"\n"180,000",770\n'
WORDS = (
    *(b"nan", b"inf", b"-1", b"1e999", b"1/0", b"1,5", b"null", b'"', b"\\u0000", b"%00", b"\x00", b"\xff\xfe", b"="),
    *(rb"\ud800", "\u202e".encode()),
    *(b"&", b"..", b"example", b"sizes", b"net", b"softmax", b"1024-1024-1024", b"1" + b"-1" * 13, "٣½²−".encode()),
    *map(str.encode, ("²", "１" * 9, "٣" * 5000, "1_0", "infinity", "0e400", "1,234", "1.234,5", "221,900", "−1,180")),
    *(b"![x](http://a.test/x)", b"[x](http://a.test)", b"$x$:red[y]<b>", b"# x", b"=HYPERLINK(1)", b"{0}", b"%s"),
    *(b"9" * 40, b"0" * 400, b"1" * 5000, b"[" * 3000, b"{" * 500, b"_" * 300, b"~" * 300, b"-" * 300),
)
APART = (
    "torch",
    "keras",
    "matlab",
    "ONNX of MatMul",
    "Theta in cells",
    "MATLAB 7.3",
    "legacy",
)  # the formats that are read in a process of their own
MANY = (b"0_", b"0~", b"v.0~", b"1-", b"1,", b"[],", b'{"parts":[]},', b"\n", b"( ", b"1,2\n", b'"1,234",', b"relu-")
MARKUP = re.compile(r"(?<!\\)(?:\\\\)*[*_`\[\]<>$~|]|:[a-z/]|^#")  # what would be drawn as something else
NUMBERS = (0, 1, -1, 127, 255, 2**15, 2**31 - 1, -(2**31), 2**62, -(2**63))


def _flip(data: bytearray, at: int, rng: random.Random) -> None:
    if data:
        data[at % len(data)] ^= 1 << rng.randrange(8)


def _set(data: bytearray, at: int, rng: random.Random) -> None:
    data[at : at + 1] = bytes([rng.choice((0, 1, 127, 128, 255, rng.randrange(256)))])


def _delete(data: bytearray, at: int, rng: random.Random) -> None:
    del data[at : at + _length(rng)]


def _repeat(data: bytearray, at: int, rng: random.Random) -> None:
    data[at:at] = data[at : at + _length(rng)] * rng.choice((1, 2, 50))


def _insert(data: bytearray, at: int, rng: random.Random) -> None:
    data[at:at] = rng.randbytes(_length(rng))


def _cut(data: bytearray, at: int, rng: random.Random) -> None:
    del data[at:]


def _count(data: bytearray, at: int, rng: random.Random) -> None:
    size = rng.choice((1, 2, 4, 8))
    data[at : at + size] = (rng.choice(NUMBERS) % 256**size).to_bytes(size, rng.choice(("little", "big")))


def _word(data: bytearray, at: int, rng: random.Random) -> None:
    data[at : at + rng.choice((0, _length(rng)))] = rng.choice(WORDS)


def _many(data: bytearray, at: int, rng: random.Random) -> None:
    data[at:at] = rng.choice(MANY) * rng.choice((1_000, 30_000, 200_000))


def _length(rng: random.Random) -> int:
    return rng.choice((1, 1, 2, 4, 8, rng.randrange(1, 64)))


DEEDS = (_flip, _set, _delete, _repeat, _insert, _cut, _count, _word, _word, _many)


def mutated(good: bytes, rng: random.Random) -> bytes:
    """Return bytes that have been tampered with in one place or a few."""
    data = bytearray(good)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        rng.choice(DEEDS)(data, rng.randrange(len(data) + 1), rng)
    return bytes(data)


def in_members(good: bytes, rng: random.Random) -> bytes:
    """Return an archive of which a member has been tampered with, its checksum correct again."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(members))
    members[name] = mutated(members[name], rng)
    if rng.random() < 0.2:
        members[rng.choice((f"{name}2", "data.pkl", "W9.npy", "../W.npy"))] = members.pop(name)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return held.getvalue()


def claiming(good: bytes, rng: random.Random) -> bytes:
    """Return an archive of which a member unpacks to more, or to less, than it claims."""
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    name = rng.choice(list(members))
    members[name] += bytes(rng.choice((0, 2**16, 2**22)))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
        places = {info.filename: info.header_offset for info in archive.infolist()}
    data, claimed = (
        bytearray(held.getvalue()),
        rng.choice((0, 1, 100, len(members[name]) - 1, 2**31)).to_bytes(4, "little"),
    )
    central = data.rindex(b"PK\x01\x02" if len(members) == 1 else name.encode()) - (0 if len(members) == 1 else 46)
    for at in (places[name] + 22, central + 24):
        data[at : at + 4] = claimed
    return bytes(data)


def in_header(good: bytes, rng: random.Random) -> bytes:
    """Return a safetensors file whose header has been tampered with, its length correct again."""
    size = int.from_bytes(good[:8], "little")
    header = mutated(good[8 : 8 + size], rng)
    return len(header).to_bytes(8, "little") + header + good[8 + size :]


def in_keys(good: bytes, rng: random.Random) -> bytes:
    """Return a state_dict with a key that is the longer to be hashed the deeper it is: twice as long each level."""
    return samples.nested_tuples(rng.randrange(1, 24))


def link(text: str) -> None:
    """Open a link; the state in it has to be of use, and to be the same once more."""
    spec, problems = open_link(dict(parse_qsl(text, keep_blank_values=True)), "en")
    spec.model.check()
    said(problems)
    again, more = open_link(spec_to_query(spec), "en")
    assert not more, more
    assert model_to_query(again.model) == model_to_query(spec.model)


def page_link(text: str) -> None:
    """Open the link of every page; the address of the page then has to open the same again."""
    query = dict(parse_qsl(text, keep_blank_values=True))
    for page in SHOWN:
        spec, own, problems = opened(page, query, "zh")
        said(problems)
        there, _ = written(page, spec, own_query(page, own, spec.model))
        again = opened(page, dict(parse_qsl(there, keep_blank_values=True)), "zh")
        assert not again[2], again[2]
        assert model_to_query(again[0].model) == model_to_query(spec.model)


def saved(text: str) -> None:
    """Open a saved state."""
    spec, problems = from_file(text, "zh")
    spec.model.check()
    said(problems)
    assert from_file(to_file(spec), "zh")[0].model == spec.model


def lab_link(text: str) -> None:
    """Open the link of a training."""
    task, plans, problems = lab_from_query(dict(parse_qsl(text, keep_blank_values=True)))
    said(problems)
    task.check()
    assert len(plans) <= 64
    "".join(plan.name for plan in plans).encode()  # or no page can show it


def lab_file(text: str) -> None:
    """Open saved runs."""
    task, _, problems = lab_from_file(text)
    said(problems)
    task.check()


def claims(text: str) -> None:
    """Read a reader's own values."""
    found, problems = read_claims(text, MAZUR, 1)
    said(problems)
    assert all(last_digit(claim.typed) > 0 for claim in found)


def site_link(text: str) -> None:
    """Open the link of a landscape."""
    settings, problems = landscape_from_query(dict(parse_qsl(text, keep_blank_values=True)), MAZUR.given)
    said(problems)
    assert landscape_from_query(landscape_to_query(settings), MAZUR.given) == (settings, [])


def log(data: bytes) -> None:
    """Read the log of another program, and all that is shown of it."""
    series = read_log(data).series
    curves, remarks = curves_of(series, [each.name for each in series])
    assert all(max(len(line.values) for line in curve.lines) <= MOST_KEPT + 1 for curve in curves)
    assert all(10 < len(words(lang)) < 1500 for words in remarks for lang in LANGUAGES)
    for curve in curves[:3]:
        findings_outside(curve)
        assert str(outside_from(outside_to(curve))) == str(curve)  # not a number is not equal to itself


def points(text: str) -> None:
    """Read the points that a browser sends, and make a task of them."""
    try:
        kind, sent = json.loads(text)
    except (ValueError, TypeError, RecursionError):
        kind, sent = "classes", text
    task = drawn_task(Task(), read_points(kind, sent))
    task.check()
    assert points_of(task) is not None


def outside_link(text: str) -> None:
    """Open the curves from outside in the link of a training."""
    curves, problems = outside_from_query(dict(parse_qsl(text, keep_blank_values=True)))
    said(problems)
    assert all(findings_outside(curve) is not None for curve in curves)
    "".join(curve.name for curve in curves).encode()


def said(problems: list[InputError]) -> None:
    """Check the sentences of errors."""
    for problem in problems:
        for lang in LANGUAGES:
            assert 10 < len(problem.sentence(lang)) < 1500
            assert "\n" not in problem.sentence(lang)
            assert not MARKUP.search(in_markdown(problem.sentence(lang)))


def weights_reader(ending: str) -> Callable[[bytes], None]:
    """Return a function that opens a file of weights, as far as the page does."""

    def read(data: bytes) -> None:
        made = importing.opened(f"net{ending}", data)
        importing.rows(made, "zh")
        if made.problem or made.readings is None:
            raise made.problem or AssertionError
        for chosen in range(len(made.readings.found)):
            assert made.with_reading(chosen).network().theta.size <= 250_000

    return read


@dataclass(frozen=True)
class Parser:
    """Parser under attack: good inputs, ways to tamper with them, and the function that reads them."""

    good: tuple[bytes, ...]
    read: Callable[[bytes], object]
    costly: bool = False  # it starts a process
    mutate: tuple[Callable[[bytes, random.Random], bytes], ...] = (mutated,)


_CLASSES = (
    "id,size,price,kind\n1,2,900,a\n2,,400,b\n3,5,100,c\n4,1,300,a\n5,6,800,b\n6,8,200,c\n",
    "sep=;\n# made\nx;z;y\n1,5;1;ja\n2,5;2;nein\n?;3;ja\n3;4;nein\n",
)
_LISTINGS = (
    b"W1 = array([[1, 2],\n  [3, 4]])\nyhat = [0.75, 0.77]",
    b"fc1.weight.grad = tensor([[0.5, 1.], [2., 3.]], requires_grad=True)\nw5 new 0.36",
)
_SHEETS = (
    b"4,2,setosa,virginica\n1,2,0\n3,4,1\n5,6,1\n7,8,0\n",
    "大小;颜色;种类\n1;3;甲\n2;4;乙\n3;5;甲\n".encode("gb18030"),
)


def sheet(data: bytes) -> None:
    """Take a file as the page does: as text, as columns, prepared, and as numbers."""
    text, _ = text_of(data, "table.csv")
    columns_of(read_sheet(data, "table.csv"))
    prepared_table(text)


def prepared_table(text: str) -> None:
    """Take a table as a training does, its classes and gaps prepared and its inputs standardised."""
    task = Task(data=OWN, rows=text, prepared=True, left_out="1", scaled=True, held=20)
    x, y = task.samples()
    assert np.isfinite(x).all()
    assert np.isfinite(y).all()
    assert len(x) == len(y) > 0
    assert task.ready is not None
    said([InputError(words, words, "") for words in task.ready.said])
    assert task_from_query(task_to_query(task), Task())[1] == []


def _text(read: Callable[[str], object]) -> Callable[[bytes], object]:
    return lambda data: read(data.decode("utf-8", "replace"))


def _specs() -> list[Spec]:
    states = [model(case) for case in range(6)]
    return [Spec(state, View(step="bp2.1", unfolded=(1, 1), digits=7)) for state in states]


def _links() -> tuple[bytes, ...]:
    links = [urlencode(spec_to_query(spec)) for spec in _specs()]
    return tuple(text.encode() for text in [*links, *(f"example={name}" for name in EXAMPLES), "lesson=lecture&stop=7"])


def _page_links() -> tuple[bytes, ...]:
    return (
        b"example=mazur&view=demon&neuron=1.2&dz=0.5&quantity=C@2&number=.29&without=runs",
        b"stage=example%3Dmazur%26step%3Dbp2.1&level=chain&seed=5&lang=zh",
        b"sizes=2-3-1&published=hagan&fault=uphill&section=losses&find=softmax",
    )


_LOGS = (
    b"epoch,loss,val_loss\n0,0.5,0.6\n1,0.4,\n2,nan,0.5\n",
    b"Wall time,Step,Value\n1.7e9,0,0.9\n1.7e9,10,0.8\n",
    b"{'loss': [0.5, 0.4], 'val_loss': [0.6, 0.5]}",
    b"0,35\n0,30\n0,28\n",
)


def _curves() -> tuple[bytes, ...]:
    logs = [read_log(data).series for data in _LOGS]
    curves = [outside_to(curve) for log in logs for curve in curves_of(log, [each.name for each in log])[0]]
    return (urlencode({"outside": json.dumps(curves)}).encode(),)


def _labs() -> tuple[bytes, ...]:
    drawn = (f"data={name}&hidden=4-3&activations=tanh-tanh-sigmoid&epochs=20".encode() for name in DATASETS)
    return (
        *drawn,
        b"data=own&rows=1,2,0%0A3,4,1&targets=3&optimizer=adam&schedule=cosine&regularizer=l1&clip=norm&held=20",
        b'data=xor&runs=[{"parts":[[0,{"epochs":"3"}],[2,{"eta":"0.1"}]],"loss":"0.25","name":"a"}]',
    )


def parsers() -> dict[str, Parser]:
    """Return all parsers whose packages are installed."""
    net = samples.network()
    made = {
        "link": Parser(_links(), _text(link)),
        "page link": Parser(_page_links(), _text(page_link)),
        "project": Parser(tuple(to_file(spec).encode() for spec in _specs()), _text(saved)),
        "training link": Parser(_labs(), _text(lab_link)),
        "training file": Parser(
            (lab_to_file(Lab().snapshot()).encode(), json.dumps(_runs()).encode()), _text(lab_file)
        ),
        "log": Parser((*_LOGS, *EVENTS.values()), log),
        "curves from outside": Parser(_curves(), _text(outside_link)),
        "points": Parser((b'["classes", [[0.5, -1, 0], [1e-3, 2, 1]]]', b'["curve", [[0, 1]]]'), _text(points)),
        "claims": Parser((b"z1 0.3775, 0.3925\na1_2 0.59\nC = 0.298371109\ndW1_12 1/3\n", *_LISTINGS), _text(claims)),
        "landscape link": Parser(
            (b"ground=beale&walkers=sgd-adam&rate=0.1&steps=50&first=w1.1.2&solid=1",), _text(site_link)
        ),
        "csv": Parser(
            (b"x1,x2,y\n0,0,0\n0,1,1\n1,0,1\n", b"1\t2\n3\t4\n", b'"a",b\n1,"2"\n', _HOUSES), _text(read_table)
        ),
    }
    made |= {
        "sheet": Parser((*_SHEETS, *(text.encode("utf-16") for text in _CLASSES)), sheet),
        "prepared table": Parser(tuple(text.encode() for text in _CLASSES), _text(prepared_table)),
    }
    ways = {"npz": (mutated, in_members, claiming), "safetensors": (mutated, in_header)}
    ways["torch"] = (mutated, mutated, in_members, in_members, claiming, in_keys)
    images, labels = (b"\0\0\x08\x03" + (2).to_bytes(4) * 3 + bytes(8)), (b"\0\0\x08\x01" + (2).to_bytes(4) + bytes(2))
    made["printed"] = Parser((b"W1 = tensor([[0.1, 0.2]])\nb1: [1, 2]", b"z1 1,5\t2"), _text(printed_arrays))
    made["idx"] = Parser((images, labels, gzip.compress(images, mtime=0)), lambda data: read_idx(data, "images"))
    for name in ("ONNX of MatMul", "Theta in cells", "MATLAB 7.3", "JSON of Nielsen", "printed by NumPy", "legacy"):
        file = FILES[name]
        if all(map(find_spec, file.needs)):
            made[name] = Parser((file.write(),), weights_reader(file.name), name in APART)
    for name in ("Keras", "CSV of Kaggle", "zip of IDX"):
        (good,) = DIGITS[name].values()
        made[name] = Parser((good,), lambda data: read_images({"digits": data}))
    for name, ending in samples.ENDINGS.items():
        if find_spec(samples.NEEDS[name]):
            good = [samples.WRITERS[name](net)]
            if name == "keras":
                good.append(samples.keras(net, compression="gzip", chunks=True, shuffle=True, fletcher32=True))
            made[name] = Parser(tuple(good), weights_reader(ending), name in APART, ways.get(name, (mutated,)))
    return made


def _runs() -> dict[str, object]:
    run = {"parts": [[0, {"epochs": "3"}], [2, {"eta": "0.1"}]], "loss": "0.25", "name": "a"}
    return {"format": "backprop-stage-runs", "version": 1, "task": {"data": "xor"}, "runs": [run]}


def borne(parser: Parser, data: bytes) -> bool:
    """Whether a parser made a value of its input; an `InputError` is checked, anything else comes through."""
    try:
        parser.read(data)
    except InputError as error:
        said([error])
        return False
    return True
