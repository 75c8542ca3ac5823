"""The network: a character transformer with rotary positions, mark embeddings, and one head a decision.

The transformer is RoFormer (Su et al., 2021, arXiv:2104.09864) with six layers of width 384.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from pipeline.encoder.codes import STEPS

WIDTH, HEADS, INNER, LAYERS = 384, 6, 1536, 6
_ASIDE = 32  # width of a distance's embedding
_HIDDEN = 256


class Layer(nn.Module):
    """Self-attention and a feed-forward block, each followed by a norm."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.wide, self.narrow = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.first_norm, self.second_norm = (nn.LayerNorm(WIDTH, eps=1e-12) for _ in range(2))

    def forward(
        self, rows: Tensor, turns: tuple[Tensor, Tensor], seen: Tensor | None, dropout: float
    ) -> Tensor:
        """Rows of shape (batch, length, width); `seen` is false where there is only padding."""
        batch, length, _ = rows.shape
        parts = [
            layer(rows).view(batch, length, HEADS, WIDTH // HEADS).transpose(1, 2)
            for layer in (self.query, self.key, self.value)
        ]
        query, key = (_turned(part, turns) for part in parts[:2])
        found = functional.scaled_dot_product_attention(query, key, parts[2], attn_mask=seen)
        joined = self.out(found.transpose(1, 2).reshape(batch, length, WIDTH))
        rows = self.first_norm(rows + functional.dropout(joined, dropout, self.training))
        wide = self.narrow(functional.gelu(self.wide(rows)))
        return self.second_norm(rows + functional.dropout(wide, dropout, self.training))


def _turned(rows: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = turns
    swapped = torch.stack([-rows[..., 1::2], rows[..., ::2]], -1).reshape(rows.shape)
    return rows * cosine + swapped * sine


def _turns(length: int, device: torch.device) -> tuple[Tensor, Tensor]:
    """Cosine and sine of each place's turn; neighbours share one, written out so that tracing keeps it."""
    size = WIDTH // HEADS
    pairs = torch.div(torch.arange(size, device=device), 2, rounding_mode="floor") * 2
    angles = torch.arange(length, device=device).float()[:, None] * 10000 ** (-pairs.float() / size)
    return angles.cos(), angles.sin()


class Reader(nn.Module):
    """Characters and their marks to one row of numbers a character."""

    def __init__(self, characters: int, kinds: int) -> None:
        super().__init__()
        self.characters = nn.Embedding(characters, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.marks = nn.Embedding(2 * kinds + 1, WIDTH, padding_idx=2 * kinds)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.normal_(self.marks.weight, std=0.02)
        with torch.no_grad():
            self.marks.weight[-1] = 0

    def forward(
        self, codes: Tensor, marks: Tensor | None = None, seen: Tensor | None = None, dropout: float = 0.0
    ) -> Tensor:
        """Codes (batch, length) and marks (batch, length, MARKS), if any, to rows (batch, length, width)."""
        turns = _turns(codes.shape[1], codes.device)
        rows = self.characters(codes) + self.segment
        rows = self.norm(rows if marks is None else rows + self.marks(marks).sum(-2))
        rows = functional.dropout(rows, dropout, self.training)
        for layer in self.layers:
            rows = layer(rows, turns, seen, dropout)
        return rows


class Heads(nn.Module):
    """One head a decision over the ends of two stretches and the distances between them."""

    def __init__(self, decisions: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.distance = nn.Embedding(2 * STEPS + 1, _ASIDE)
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(
                    nn.Linear(4 * WIDTH + 2 * _ASIDE, _HIDDEN),
                    nn.GELU(),
                    nn.Dropout(0.2),
                    nn.Linear(_HIDDEN, len(classes)),
                )
                for name, classes in decisions.items()
            }
        )

    def forward(self, read: Tensor, places: Tensor, gaps: Tensor) -> Tensor:
        """Rows (length, width), places (n, 4), gaps (n, 2) to scores (n, classes of all decisions)."""
        seen = torch.cat([read[places].flatten(1), self.distance(gaps).flatten(1)], -1)
        return torch.cat([head(seen) for head in self.heads.values()], -1)

    def one(self, decision: str, read: Tensor, places: Tensor, gaps: Tensor) -> Tensor:
        """Scores of one decision only: (n, its classes)."""
        seen = torch.cat([read[places].flatten(1), self.distance(gaps).flatten(1)], -1)
        scores: Tensor = self.heads[decision](seen)
        return scores


def load_base(reader: Reader, folder: Path) -> None:
    """Put the pretrained weights into a reader; the marks keep theirs."""
    from safetensors.torch import load_file

    weights = {name: tensor.float() for name, tensor in load_file(folder / "weights.safetensors").items()}
    missing, unexpected = reader.load_state_dict(weights, strict=False)
    if unexpected or set(missing) != {"marks.weight"}:
        raise ValueError(f"{folder}: not the weights of this network")
