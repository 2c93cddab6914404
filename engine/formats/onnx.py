"""ONNX graphs that are chains of dense layers, with their activations."""

from engine.core import Text
from engine.formats.record import Contents, Format, contents_of
from engine.untrusted import read_apart


def _onnx(data: bytes) -> Contents:
    return contents_of(*read_apart("onnx_graph", data, "onnx"))


ONNX = Format(
    "onnx",
    Text("ONNX", "ONNX"),
    Text(
        "A chain of dense layers with its activations, as torch.onnx.export and skl2onnx write it.",
        "由全连接层组成的链及其激活函数，由 torch.onnx.export、skl2onnx 等导出。",
    ),
    (".onnx",),
    _onnx,
    lambda data: data[:1] == b"\x08" and data[1:2] < b"\x20" and data[2:3] in (b"\x12", b"\x1a", b":", b"B"),
    order=6,
    needs="onnx",
    in_order=True,
)
