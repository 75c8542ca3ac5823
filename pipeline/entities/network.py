"""The network: embeddings of characters and character pairs, lexicon columns, dilated convolutions, scores.

A thinc model from a `Batch` to scores, one row a character, one column a tag; the transitions between tags
are parameters of it too, learnt by the loss of `crf`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import LayerNorm, Linear, Maxout, Model, NumpyOps, Relu, chain

from pipeline.entities.features import Batch

Matrix = NDArray[np.float32]

_ALTERNATE = np.uint32(0x9E3779B1)


def build_network(
    width: int,
    char_width: int,
    gram_width: int,
    char_rows: int,
    gram_rows: int,
    reaches: Sequence[int],
    pieces: int,
    dropout: float,
    seed: int,
) -> Model[Batch, Matrix]:
    """Build the network, uninitialised.

    Args:
        width: columns of the hidden layers.
        char_width: columns of a character's embedding.
        gram_width: columns of a character pair's embedding, seen once to the left and once to the right.
        char_rows: rows of the character table.
        gram_rows: rows of the table of character pairs.
        reaches: distance to the two neighbours that each convolution sees, one a layer.
        pieces: pieces of the maxout units; 1 for rectified units.
        dropout: share of the units dropped in training.
        seed: start of all randomness.
    """
    mix = _normed(width, None, pieces)
    blocks = [_normed(width, 3 * width, pieces) for _ in reaches]
    network: Model[Batch, Matrix] = Model(
        "char_tagger",
        _forward,
        init=_initialise,
        layers=[mix, *blocks, Linear(nI=width)],
        params={"chars": None, "grams": None, "transitions": None},
        dims={"nO": None, "columns": None},
        attrs={
            "sizes": (char_rows, char_width, gram_rows, gram_width),
            "reaches": tuple(reaches),
            "dropout": dropout,
            "seed": seed,
            "rng": np.random.default_rng(seed),
        },
    )
    # Measured here: numpy's OpenBLAS multiplies these matrices three times as fast as thinc's BLIS.
    ops = NumpyOps(use_blis=False)
    for node in network.walk():
        node.ops = ops
    return network


def _normed(width: int, inputs: int | None, pieces: int) -> Any:
    unit = Maxout(nO=width, nI=inputs, nP=pieces) if pieces > 1 else Relu(nO=width, nI=inputs)
    return chain(unit, LayerNorm(nI=width))


def _initialise(network: Any, X: Any = None, Y: Any = None) -> None:  # noqa: ARG001, N803
    char_rows, char_width, gram_rows, gram_width = network.attrs["sizes"]
    rng = np.random.default_rng(network.attrs["seed"])
    network.set_param("chars", _table(rng, char_rows, char_width))
    network.set_param("grams", _table(rng, gram_rows, gram_width))
    tags = network.get_dim("nO")
    network.set_param("transitions", np.zeros((tags, tags), dtype=np.float32))
    network.layers[0].layers[0].set_dim("nI", char_width + 2 * gram_width + network.get_dim("columns"))
    network.layers[-1].set_dim("nO", tags)
    state = np.random.get_state()
    np.random.seed(network.attrs["seed"])  # thinc's initialisers draw from the global generator
    for layer in network.layers:
        layer.initialize()
    np.random.set_state(state)


def _table(rng: np.random.Generator, rows: int, width: int) -> Matrix:
    return rng.uniform(-0.1, 0.1, (rows, width)).astype(np.float32)


def _forward(network: Any, batch: Batch, is_train: bool) -> tuple[Matrix, Callable[[Matrix], None]]:
    if not is_train:
        return _infer(network, batch), _no_backprop
    drop = _Dropper(network, is_train)
    embedded, embedded_back = _embed(network, batch, drop)
    mix, *blocks, output = network.layers
    hidden, mix_back = mix(embedded, is_train)
    backs = []
    for reach, block in zip(network.attrs["reaches"], blocks, strict=True):
        hidden = hidden * batch.mask
        grown, block_back = block(_windows(hidden, reach), is_train)
        grown, keep = drop(grown, network.attrs["dropout"])
        hidden = hidden + grown
        backs.append((reach, block_back, keep))
    scores, output_back = output(hidden, is_train)

    def backprop(d_scores: Matrix) -> None:
        d_hidden = output_back(d_scores)
        for reach, block_back, keep in reversed(backs):
            d_grown = d_hidden if keep is None else d_hidden * keep
            d_hidden = (d_hidden + _windows_back(block_back(d_grown), reach)) * batch.mask
        embedded_back(mix_back(d_hidden))

    return scores, backprop


def _infer(network: Any, batch: Batch) -> Matrix:
    """Do what `_forward` does, with the same arrays for every layer: less than half the time."""
    mix, *blocks, output = network.layers
    rows, width = len(batch.mask), output.get_dim("nI")
    grams = _summed(network.get_param("grams"), batch.grams)
    before = np.concatenate((np.zeros_like(grams[:1]), grams[:-1]))
    chars = _summed(network.get_param("chars"), batch.chars)
    hidden = np.empty((rows, width), dtype=np.float32)
    _apply(mix, np.concatenate((chars, before, grams, batch.columns), axis=1), hidden)
    windows = np.zeros((rows, 3 * width), dtype=np.float32)
    grown = np.empty_like(hidden)
    for reach, block in zip(network.attrs["reaches"], blocks, strict=True):
        hidden *= batch.mask
        windows[:reach, :width] = 0
        windows[reach:, :width] = hidden[:-reach]
        windows[:, width : 2 * width] = hidden
        windows[:-reach, 2 * width :] = hidden[reach:]
        windows[-reach:, 2 * width :] = 0
        _apply(block, windows, grown)
        hidden += grown
    scores: Matrix = hidden @ output.get_param("W").T + output.get_param("b")
    return scores


def _apply(block: Any, inputs: Matrix, result: Matrix) -> None:
    """Compute rectified or maxout units and their layer normalisation into `result`."""
    unit, norm = block.layers
    if unit.has_dim("nP"):
        result[:] = block.predict(inputs)
        return
    np.matmul(inputs, unit.get_param("W").T, out=result)
    result += unit.get_param("b")
    np.maximum(result, 0, out=result)
    result -= result.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", result, result) / result.shape[1] + _NORM_FLOOR
    result *= (1 / np.sqrt(spread))[:, None]
    result *= norm.get_param("G")
    result += norm.get_param("b")


_NORM_FLOOR = np.float32(1e-8)  # as in thinc's LayerNorm


def _no_backprop(_: Matrix) -> None:
    raise NotImplementedError("no gradients outside training")


class _Dropper:
    """Draws the masks of one training step; does nothing outside training."""

    def __init__(self, network: Any, is_train: bool) -> None:
        self._rng = network.attrs["rng"]
        self.active = is_train and network.attrs["dropout"] > 0

    def __call__(self, values: Matrix, share: float) -> tuple[Matrix, Matrix | None]:
        if not self.active:
            return values, None
        keep = (self._rng.random(values.shape, dtype=np.float32) >= share).astype(np.float32) / (1 - share)
        return values * keep, keep

    def rows(self, count: int, share: float) -> Matrix | None:
        """Draw 0 or 1 for whole rows, without rescaling: a dropped row looks unknown."""
        if not self.active:
            return None
        kept: Matrix = (self._rng.random((count, 1), dtype=np.float32) >= share).astype(np.float32)
        return kept


_CHAR_DROP, _GRAM_DROP, _INPUT_DROP = 0.05, 0.2, 0.1


def _embed(network: Any, batch: Batch, drop: _Dropper) -> tuple[Matrix, Callable[[Matrix], None]]:
    chars, chars_back = _look_up(network, "chars", batch.chars, drop.rows(len(batch.mask), _CHAR_DROP))
    grams, grams_back = _look_up(network, "grams", batch.grams, drop.rows(len(batch.mask), _GRAM_DROP))
    before = np.concatenate((np.zeros_like(grams[:1]), grams[:-1]))
    joined, keep = drop(np.concatenate((chars, before, grams, batch.columns), axis=1), _INPUT_DROP)
    cuts = np.cumsum([chars.shape[1], grams.shape[1], grams.shape[1]])

    def backprop(d_joined: Matrix) -> None:
        if keep is not None:
            d_joined = d_joined * keep
        d_chars, d_before, d_grams, _ = np.split(d_joined, cuts, axis=1)
        d_grams = d_grams.copy()
        d_grams[:-1] += d_before[1:]
        chars_back(d_chars)
        grams_back(d_grams)

    return joined, backprop


def _look_up(
    network: Any, name: str, hashes: Any, kept: Matrix | None
) -> tuple[Matrix, Callable[[Matrix], None]]:
    """Sum two rows of a table, so that what shares one row by accident seldom shares both."""
    table = network.get_param(name)
    picked = _places(hashes, len(table))
    summed = table[picked[0]] + table[picked[1]]

    def backprop(d_summed: Matrix) -> None:
        d_table = np.zeros_like(table)
        d_values = np.ascontiguousarray(d_summed if kept is None else d_summed * kept)
        for indices in picked:
            network.ops.scatter_add(d_table, indices, d_values)
        network.inc_grad(name, d_table)

    return (summed if kept is None else summed * kept), backprop


def _places(hashes: Any, rows: int) -> tuple[Any, Any]:
    first = (hashes % np.uint32(rows)).astype(np.int32)
    return first, ((hashes * _ALTERNATE >> np.uint32(7)) % np.uint32(rows)).astype(np.int32)


def _summed(table: Matrix, hashes: Any) -> Matrix:
    first, second = _places(hashes, len(table))
    rows: Matrix = table[first]
    rows += table[second]
    return rows


def _windows(hidden: Matrix, reach: int) -> Matrix:
    rows, width = hidden.shape
    windows = np.zeros((rows, 3 * width), dtype=np.float32)
    windows[reach:, :width] = hidden[:-reach]
    windows[:, width : 2 * width] = hidden
    windows[:-reach, 2 * width :] = hidden[reach:]
    return windows


def _windows_back(d_windows: Matrix, reach: int) -> Matrix:
    width = d_windows.shape[1] // 3
    d_hidden = d_windows[:, width : 2 * width].copy()
    d_hidden[:-reach] += d_windows[reach:, :width]
    d_hidden[reach:] += d_windows[:-reach, 2 * width :]
    return d_hidden
