"""The mean of two fine-tunings that began at the same weights: as fast as one, and steadier on other texts.

Source of the method: Wortsman and others 2022, "Model soups" (arXiv 2203.05482).

    python -m pipeline.training.encoder.mean FIRST SECOND OUT
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import typer
from numpy.typing import NDArray

from pipeline.encoder.files import checked_meta
from pipeline.errors import ConfigError
from pipeline.training.digests import write_meta

_GRAPHS = ("heads.onnx", "reader.onnx")
# The names that onnxruntime gives to the parts of a matrix in 8 bits.
_WHOLE, _SCALE, _ZERO = "_quantized", "_scale", "_zero_point"
_Tensors = dict[str, NDArray[Any]]


def mean_of(first: Path, second: Path, out: Path) -> None:
    """Write the mean of two encoders' weights, with the files and the 8-bit matrices of the first.

    Raises:
        ConfigError: the two do not answer the same questions about the same marks.
    """
    told = {key: value for key, value in checked_meta(first).items() if key != "files"}
    other = {key: value for key, value in checked_meta(second).items() if key != "files"}
    if told != other:
        raise ConfigError(f"{first} and {second}: encoders of different marks or decisions have no mean")
    out.mkdir(parents=True, exist_ok=True)
    for name in _GRAPHS:
        _write_mean(first / name, second / name, out / name)
    shutil.copyfile(first / "vocabulary.txt", out / "vocabulary.txt")
    write_meta(out, (*_GRAPHS, "vocabulary.txt"), told)


def _write_mean(first: Path, second: Path, out: Path) -> None:
    import onnx
    from onnx import numpy_helper

    model = onnx.load(str(first))
    one, two = (
        {each.name: numpy_helper.to_array(each) for each in onnx.load(str(path)).graph.initializer}
        for path in (first, second)
    )
    changed = dict(_means(one, two))
    for each in model.graph.initializer:
        if each.name in changed:
            each.CopyFrom(numpy_helper.from_array(changed[each.name], each.name))
    onnx.save(model, str(out))


def _means(one: _Tensors, two: _Tensors) -> Iterator[tuple[str, NDArray[Any]]]:
    for name, tensor in one.items():
        if name.endswith(_WHOLE):
            base = name.removesuffix(_WHOLE)
            mean = ((_full(one, base) + _full(two, base)) / 2).astype(np.float32)
            parts = _in_eight_bits(mean, tensor, one[base + _SCALE], one[base + _ZERO])
            yield from zip((name, base + _SCALE, base + _ZERO), parts, strict=True)
        elif tensor.dtype == np.float32 and not name.endswith(_SCALE):
            yield name, ((tensor + two[name]) / 2).astype(np.float32)


def _full(tensors: _Tensors, base: str) -> NDArray[np.float32]:
    """A matrix in 32 bits."""
    whole, zero = tensors[base + _WHOLE].astype(np.float32), tensors[base + _ZERO].astype(np.float32)
    return np.asarray((whole - zero) * tensors[base + _SCALE], dtype=np.float32)


def _in_eight_bits(
    full: NDArray[np.float32], like: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """A matrix with its scale and zero point, signed and by column or unsigned and whole, as `like` is."""
    if like.dtype == np.int8:
        largest = np.abs(full).max(axis=0 if scale.size > 1 else None)
        steps = np.maximum(largest / 127, 1e-12).astype(np.float32).reshape(scale.shape)
        return np.round(full / steps).astype(np.int8), steps, np.zeros_like(zero)
    low, high = min(float(full.min()), 0.0), max(float(full.max()), 0.0)
    step = np.asarray((high - low) / 255, dtype=np.float32).reshape(scale.shape)
    middle = np.asarray(np.round(-low / step), dtype=zero.dtype).reshape(zero.shape)
    rows = np.clip(np.round(full / step) + middle.astype(np.float32), 0, 255)
    return rows.astype(like.dtype), step, middle


if __name__ == "__main__":
    typer.run(mean_of)
