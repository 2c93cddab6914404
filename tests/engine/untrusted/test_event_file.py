"""Event files, as tensorboardX and TensorBoard's own writer have left them in `events/`, and damaged ones."""

import struct
from pathlib import Path

import pytest

from engine import InputError
from engine.untrusted import event_file, is_event_file, read_events

FILES = {
    name: (Path(__file__).parent / "events" / f"{name}.tfevents").read_bytes()
    for name in ("tensorboardX", "tensorboard")
}
HALVES = [1 / (i + 1) for i in range(6)]


def single(value):
    """Return a number as a float of 32 bits."""
    return struct.unpack("<f", struct.pack("<f", value))[0]


def record(message, size=None):
    length = struct.pack("<Q", len(message) if size is None else size)
    return length + event_file._checksum(length) + message + event_file._checksum(message)


def test_scalars_that_are_written_as_numbers():
    found = read_events(FILES["tensorboardX"])
    assert {(each.tag, each.step, each.value) for each in found} == {
        *(("loss/train", 10 * i, single(value)) for i, value in enumerate(HALVES)),
        *(("loss/val", 10 * i, single(1.2 * value)) for i, value in enumerate(HALVES)),
    }


def test_scalars_that_are_written_as_tensors_of_either_precision():
    *found, last = read_events(FILES["tensorboard"])
    assert [each[:3] for each in found] == [("epoch_loss", i, single(0.5 * value)) for i, value in enumerate(HALVES)]
    assert (last.tag, last.step, last.value != last.value) == ("epoch_loss", 6, True)


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_a_file_that_is_still_being_written_has_what_is_complete(data):
    whole = read_events(data)
    for end in range(len(data)):
        found = read_events(data[:end])
        assert [str(each) for each in found] == [str(each) for each in whole[: len(found)]]
    assert is_event_file(data)


@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_every_bit_that_is_wrong_is_noticed(data):
    for at in range(0, len(data), 7):
        wrong = bytearray(data)
        wrong[at] ^= 16
        with pytest.raises(InputError, match="event file is damaged"):
            read_events(bytes(wrong))


def test_no_length_is_believed_and_no_more_is_kept_than_fits(monkeypatch):
    assert read_events(record(b"", size=2**60)) == []
    with pytest.raises(InputError, match="damaged"):
        read_events(record(b"\x2a\xff\xff\xff\xff\x0f"))  # a summary that claims 4 GB
    monkeypatch.setattr(event_file, "MOST_SCALARS", 3)
    with pytest.raises(InputError, match="too much"):
        read_events(FILES["tensorboard"])


def test_negative_steps_and_tensors_of_other_types():
    value = b"\x0a\x01a\x15\x00\x00\x80\x3f"
    minus = b"\x10" + b"\xff" * 9 + b"\x01"
    message = minus + b"\x2a" + bytes([len(value) + 2]) + b"\x0a" + bytes([len(value)]) + value
    assert read_events(record(message)) == [("a", -1, 1.0)]
    whole = b"\x08\x03\x22\x04\x01\x00\x00\x00"  # a whole number of 4 bytes
    value = b"\x0a\x01a\x42" + bytes([len(whole)]) + whole
    message = b"\x2a" + bytes([len(value) + 2]) + b"\x0a" + bytes([len(value)]) + value
    assert read_events(record(message)) == []
