"""How good a run is, and what to mend next: scores, intervals, comparison, error table.

Source of the matching: the labelling guidelines, as told in `docs/evaluation.md`.
"""

from pipeline.evaluation.comparison import Comparison, compare
from pipeline.evaluation.gold import gold_events
from pipeline.evaluation.intervals import EvaluationParams
from pipeline.evaluation.output import comparison_json, comparison_lines, write_evaluation
from pipeline.evaluation.scoring import Evaluation, evaluate

__all__ = [
    "Comparison",
    "Evaluation",
    "EvaluationParams",
    "compare",
    "comparison_json",
    "comparison_lines",
    "evaluate",
    "gold_events",
    "write_evaluation",
]
