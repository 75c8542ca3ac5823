"""The files behind the gazetteer: tab-separated lexicons and Arrow columns."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray


def gazetteer_table(part: str) -> pa.Table:
    """Read a packaged table: `units`, `villages` or `former`."""
    with as_file(files("pipeline.lexicons").joinpath(f"gazetteer_{part}.parquet")) as path:
        return pq.ParquetFile(path).read()


@cache
def lexicon(name: str) -> tuple[tuple[str, ...], ...]:
    """Read a tab-separated lexicon file; lines that begin with `# ` are comments."""
    lines = files("pipeline.lexicons").joinpath(name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("# "))


class SortedNames:
    """A sorted Arrow string column with a short index: every 64th name."""

    _STEP = 64

    def __init__(self, column: pa.StringArray) -> None:
        self.column = column
        self._heads = [str(column[row].as_py()) for row in range(0, len(column), self._STEP)]

    def find(self, name: str) -> range:
        """Return the rows that hold the name."""
        first = max(bisect_left(self._heads, name) - 1, 0) * self._STEP
        last = bisect_right(self._heads, name) * self._STEP
        block: list[str] = self.column.slice(first, last - first).to_pylist()
        return range(first + bisect_left(block, name), first + bisect_right(block, name))


def integers(table: pa.Table, name: str) -> NDArray[np.unsignedinteger[Any]]:
    """View an integer column without null as numpy; `to_numpy` would import pandas, which takes a second."""
    column = table.column(name).combine_chunks()
    return np.frombuffer(column.buffers()[1], column.type.to_pandas_dtype(), len(column))
