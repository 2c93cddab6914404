"""The numbers of a trace as they are drawn: of a batch, one sample's."""

from typing import Any

from engine import Ref, Trace


class Values:
    """The elements of a trace's values; `sample` is the one that is drawn, from 0."""

    def __init__(self, trace: Trace, sample: int = 0) -> None:
        self.trace, self.sample = trace, sample
        self._lists: dict[Ref, Any] = {}

    def at(self, ref: Ref, indices: tuple[int, ...] = ()) -> float:
        """Return one element; where a value has a column for each sample, that of the sample drawn."""
        if ref not in self._lists:
            self._lists[ref] = self.trace.value(*ref).tolist()  # lists, because single array entries are slow
        values = self._lists[ref]
        if not indices:
            return float(values)
        row = values[indices[0]]
        return float(row[indices[1] if len(indices) > 1 else 0 if len(row) == 1 else self.sample])
