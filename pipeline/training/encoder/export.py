"""Write a fine-tuned encoder as ONNX files that run without torch."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from pipeline.encoder.codes import MARKS
from pipeline.training.digests import write_meta
from pipeline.training.encoder.network import Heads, Reader

_OPSET = 17


class _One(torch.nn.Module):
    """A reader of one stretch at a time, without a batch."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, characters: torch.Tensor, marks: torch.Tensor) -> torch.Tensor:
        rows: torch.Tensor = self.reader(characters[None], marks[None])[0]
        return rows


def export(
    reader: Reader,
    heads: Heads,
    kinds: Sequence[str],
    decisions: Mapping[str, Sequence[str]],
    window: int,
    vocabulary: Path,
    out: Path,
) -> None:
    """Write `reader.onnx` (8-bit weights), `heads.onnx`, `vocabulary.txt` and `meta.json` into a folder."""
    out.mkdir(parents=True, exist_ok=True)
    length, asked = 24, 5
    codes, marks = torch.ones(length, dtype=torch.long), torch.zeros(length, MARKS, dtype=torch.long)
    write_small(
        _One(reader.eval()), (codes, marks), out / "reader.onnx", {"characters": 0, "marks": 0}, "read"
    )
    with torch.no_grad():
        read = _One(reader)(codes, marks)
    places, gaps = torch.zeros(asked, 4, dtype=torch.long), torch.zeros(asked, 2, dtype=torch.long)
    _onnx(
        heads.eval(), (read, places, gaps), out / "heads.onnx", {"read": 0, "places": 0, "gaps": 0}, "scores"
    )
    (out / "vocabulary.txt").write_bytes(vocabulary.read_bytes())
    told = {
        "marks": list(kinds),
        "decisions": {name: list(classes) for name, classes in decisions.items()},
        "window": window,
    }
    write_meta(out, ("heads.onnx", "reader.onnx", "vocabulary.txt"), told)


def write_small(
    network: torch.nn.Module, inputs: tuple[Any, ...], path: Path, free: Mapping[str, int], name: str
) -> None:
    """Write a network with its matrices in 8 bits; see `_onnx`."""
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / path.name
        _onnx(network, inputs, full, free, name)
        _in_eight_bits(full, path)


def _onnx(
    network: torch.nn.Module, inputs: tuple[Any, ...], path: Path, free: Mapping[str, int], name: str
) -> None:
    """Trace a network; the first side of every input named in `free` may have any length."""
    torch.onnx.export(
        network,
        inputs,
        str(path),
        input_names=list(free),
        output_names=[name],
        dynamic_axes={each: {side: f"{each}_{side}"} for each, side in free.items()},
        opset_version=_OPSET,
        dynamo=False,
    )


def _in_eight_bits(full: Path, small: Path) -> None:
    """Weights of the matrix products in 8 bits; everything is computed in 32."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        full, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"]
    )
