"""Processor time of calls, beside the time that this machine takes to read plain JSON."""

import json
import time

_PLAIN = "[" + "0," * 1_000_000 + "0]"


def seconds(call):
    """Processor time that a call takes."""
    began = time.process_time()
    call()
    return time.process_time() - began


def pace():
    """The processor time of reading two megabytes of plain JSON."""
    return seconds(lambda: json.loads(_PLAIN))


def paces(call):
    """Processor time of a call, as a multiple of that."""
    return seconds(call) / pace()
