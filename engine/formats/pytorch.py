"""Files of `torch.save`: a `state_dict`, or a checkpoint with one in it, of any version of PyTorch."""

from engine.core import Text
from engine.formats.normalization import folded_by_names
from engine.formats.record import Contents, Format, contents_of
from engine.untrusted import PICKLE, ZIP, read_apart


def _torch(data: bytes) -> Contents:
    return folded_by_names(contents_of(*read_apart("pickled", data)))


TORCH = Format(
    "torch",
    Text("PyTorch state_dict", "PyTorch state_dict"),
    Text(
        "A state_dict saved by torch.save, or a checkpoint with one in it; nothing in the file is executed, and "
        "PyTorch is not needed.",
        "torch.save 保存的 state_dict，或含有它的检查点；不执行文件中的任何内容，也无需安装 PyTorch。",
    ),
    (".pt", ".pth", ".bin", ".ckpt", ".pth.tar"),
    _torch,
    lambda data: data.startswith(PICKLE) or (data.startswith(ZIP) and b"data.pkl" in data[:300]),
    order=3,
    in_order=True,
)
