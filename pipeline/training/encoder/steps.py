"""The steps of a fine-tuning: AdamW with a rising and falling rate, the running mean of the weights kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from rich.progress import track
from torch import Tensor, nn

BatchT = TypeVar("BatchT")

# Share of the steps over which the learning rate rises, and the least share of it at the end.
_WARM, _LEAST = 0.1, 0.02


@dataclass(frozen=True, slots=True)
class Steps:
    """How to step.

    Attributes:
        rate: highest learning rate of the pretrained weights.
        head_rate: how many times as much new weights learn.
        average: decay of the running mean of the weights.
    """

    rate: float
    head_rate: float
    average: float


def run_steps(
    network: nn.Module,
    new: Iterable[nn.Parameter],
    passes: Sequence[Sequence[BatchT]],
    loss: Callable[[BatchT], Tensor],
    steps: Steps,
) -> None:
    """Train a network on the batches of every pass; afterwards it holds the running mean of its weights."""
    optimiser, schedule = _optimiser(network, new, sum(map(len, passes)), steps)
    mean = {name: weight.detach().clone() for name, weight in network.named_parameters()}
    network.train()
    for number, batches in enumerate(passes, 1):
        for batch in track(batches, f"pass {number} of {len(passes)}"):
            optimiser.zero_grad()
            loss(batch).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            with torch.no_grad():
                for name, weight in network.named_parameters():
                    mean[name].lerp_(weight, 1 - steps.average)
    network.load_state_dict(mean, strict=False)
    network.eval()


def _optimiser(
    network: nn.Module, new: Iterable[nn.Parameter], count: int, steps: Steps
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    fresh = list(new)
    held = {id(weight) for weight in fresh}
    old = [weight for weight in network.parameters() if id(weight) not in held]
    optimiser = torch.optim.AdamW(
        [{"params": old, "lr": steps.rate}, {"params": fresh, "lr": steps.rate * steps.head_rate}],
        weight_decay=0.01,
    )
    rising = max(1.0, _WARM * count)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, (step + 1) / rising) * max(_LEAST, 1 - step / count)
    )
    return optimiser, schedule
