"""How good a run is, and what to mend next: scores, intervals, comparison, error table.

Source of the matching: the labelling guidelines, as told in `docs/evaluation.md`.
"""

from pipeline.evaluation.gold import gold_events
from pipeline.evaluation.scoring import Evaluation, evaluate

__all__ = ["Evaluation", "evaluate", "gold_events"]
