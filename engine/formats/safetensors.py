"""Files of safetensors, half and bfloat16 numbers among them."""

from importlib import import_module

import numpy as np

from engine.core import Text
from engine.formats.normalization import folded_by_names
from engine.formats.record import Contents, Format
from engine.untrusted import too_large

_LONGEST_HEADER = 2**20
_SHORT = "BF16"  # NumPy has no such numbers: they are the upper halves of float32
_TYPES = {
    "F64": "<f8",
    "F32": "<f4",
    "F16": "<f2",
    _SHORT: "<u2",
    "I64": "<i8",
    "I32": "<i4",
    "I16": "<i2",
    "I8": "<i1",
    "U64": "<u8",
    "U32": "<u4",
    "U16": "<u2",
    "U8": "<u1",
    "BOOL": "?",
    "C64": "<c8",
}


def _safetensors(data: bytes) -> Contents:
    """Read tensors, which stand in the order of the alphabet: the library that writes such files sorts them."""
    tensors = import_module("safetensors").deserialize
    if int.from_bytes(data[:8], "little") > _LONGEST_HEADER:
        raise too_large(f"{int.from_bytes(data[:8], 'little'):,} B")
    arrays = {}
    for name, tensor in tensors(data):
        numbers = np.frombuffer(tensor["data"], _TYPES[tensor["dtype"]])
        short = tensor["dtype"] == _SHORT
        arrays[name] = ((numbers.astype(np.uint32) << 16).view(np.float32) if short else numbers).reshape(
            tensor["shape"]
        )
    return folded_by_names(Contents(arrays))


SAFETENSORS = Format(
    "safetensors",
    Text("safetensors", "safetensors"),
    Text("Weights under PyTorch's names: 0.weight, 0.bias …", "以 PyTorch 名称保存的权重：0.weight、0.bias……"),
    (".safetensors",),
    _safetensors,
    lambda data: data[8:9] == b"{" and 2 <= int.from_bytes(data[:8], "little") <= len(data) - 8,
    order=2,
    needs="safetensors",
)
