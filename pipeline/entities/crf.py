"""A linear-chain conditional random field over BIOES tags, in the scaled probability domain.

Source: Lafferty, McCallum and Pereira (2001); scaling after Rabiner (1989).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_NEVER = -30.0
_TINY = 1e-300


class Field(NamedTuple):
    """Which tags may follow which: 0 where allowed, a large negative number where not."""

    first: Floats
    follow: Floats
    last: Floats


class Posterior(NamedTuple):
    """Result of the forward and backward passes over one padded batch.

    `tags` (batch, time, tag) are probabilities. The probability of tag i at t followed by tag j is
    `leaving[:, t, i] * step[i, j] * arriving[:, t, j]`. `log_norm` (batch,).
    """

    tags: Floats
    leaving: Floats
    step: Floats
    arriving: Floats
    log_norm: Floats


def tag_names(labels: Sequence[str]) -> tuple[str, ...]:
    """List the tags of labels, `O` first.

    Example:
        >>> tag_names(["LOC"])
        ('O', 'B-LOC', 'I-LOC', 'E-LOC', 'S-LOC')
    """
    return ("O", *(f"{part}-{label}" for label in labels for part in "BIES"))


def bioes_field(labels: Sequence[str]) -> Field:
    """Build the constraints of BIOES over the tags of labels."""
    names = tag_names(labels)
    opens = np.array([name[0] in "OBS" for name in names])
    closes = np.array([name[0] in "OES" for name in names])
    follow = np.where(closes[:, None] & opens[None, :], 0.0, _NEVER)
    for before, name in enumerate(names):
        if name[0] in "BI":
            for part in "IE":
                follow[before, names.index(f"{part}-{name[2:]}")] = 0.0
    return Field(np.where(opens, 0.0, _NEVER), follow, np.where(closes, 0.0, _NEVER))


def posterior(emissions: Floats, lengths: Ints, transitions: Floats, field: Field) -> Posterior:
    """Run forward and backward over padded emissions (batch, time, tag)."""
    count, time, _ = emissions.shape
    peak = emissions.max(axis=2, keepdims=True)
    potential = np.exp(emissions - peak)
    potential[:, 0] *= np.exp(field.first)
    inside = np.arange(time)[None, :] < lengths[:, None]
    potential[np.arange(count), lengths - 1] *= np.exp(field.last)
    step = np.exp(transitions + field.follow)
    forward = np.empty_like(potential)
    scale = np.ones((count, time))
    for t in range(time):
        reached = potential[:, t] if t == 0 else (forward[:, t - 1] @ step) * potential[:, t]
        total = np.maximum(reached.sum(axis=1), _TINY)
        scale[:, t] = np.where(inside[:, t], total, 1.0)
        forward[:, t] = np.where(inside[:, t, None], reached / total[:, None], forward[:, t - 1])
    backward = np.ones_like(potential)
    for t in range(time - 2, -1, -1):
        ahead = (potential[:, t + 1] * backward[:, t + 1]) @ step.T / scale[:, t + 1, None]
        backward[:, t] = np.where(inside[:, t + 1, None], ahead, 1.0)
    tags = forward * backward * inside[:, :, None]
    arriving = potential[:, 1:] * backward[:, 1:] / scale[:, 1:, None] * inside[:, 1:, None]
    log_norm = (np.log(scale) + np.where(inside, peak[:, :, 0], 0.0)).sum(axis=1)
    return Posterior(tags, forward[:, :-1], step, arriving, log_norm)


def expected_steps(result: Posterior) -> Floats:
    """Sum the probabilities of every pair of neighbouring tags, shape (tag, tag)."""
    tags = result.step.shape[0]
    crossed = result.leaving.reshape(-1, tags).T @ result.arriving.reshape(-1, tags)
    return np.asarray(crossed * result.step)


def path_logs(result: Posterior, path: Ints) -> Floats:
    """Return, for each place of a path, the log probability of its tag given the tag before it.

    The sum over a span, its first summand replaced by the log of the tag's own probability, is the log
    probability of exactly these tags there. Shape (batch, time).
    """
    own = np.take_along_axis(result.tags, path[:, :, None], axis=2)[:, :, 0]
    leaving = np.take_along_axis(result.leaving, path[:, :-1, None], axis=2)[:, :, 0]
    arriving = np.take_along_axis(result.arriving, path[:, 1:, None], axis=2)[:, :, 0]
    joint = leaving * result.step[path[:, :-1], path[:, 1:]] * arriving
    given = joint / np.maximum(own[:, :-1], _TINY)
    return np.log(np.maximum(np.concatenate((own[:, :1], given), axis=1), _TINY))


def viterbi(emissions: Floats, lengths: Ints, transitions: Floats, field: Field) -> Ints:
    """Find the best tags of padded emissions (batch, time, tag); padding comes out as tag 0."""
    count, time, tags = emissions.shape
    step = transitions + field.follow
    rows = np.arange(count)
    best = emissions[:, 0] + field.first
    pointers = np.zeros((time, count, tags), dtype=np.int64)
    finals = best.copy()
    for t in range(1, time):
        reached = best[:, :, None] + step
        pointers[t] = reached.argmax(axis=1)
        best = np.take_along_axis(reached, pointers[t][:, None, :], axis=1)[:, 0] + emissions[:, t]
        live = t < lengths
        finals[live] = best[live]
    path = np.zeros((count, time), dtype=np.int64)
    tag = (finals + field.last).argmax(axis=1)
    for t in range(time - 1, -1, -1):
        ending, going = lengths - 1 == t, lengths - 1 > t
        if t + 1 < time:
            tag = np.where(going, pointers[t + 1][rows, tag], tag)
        path[:, t] = np.where(ending | going, tag, 0)
    return path
