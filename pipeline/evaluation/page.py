"""The error table as one HTML file that opens without a network."""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from string import Template
from typing import Any

from pipeline.evaluation.intervals import EvaluationParams, f1_interval
from pipeline.evaluation.mistakes import KINDS, Mistake, sentence_at
from pipeline.evaluation.scoring import Evaluation
from pipeline.evaluation.slices import slice_names
from pipeline.evaluation.slots import SLOTS

FIGURES = ("slots", "exact", "events", *(f"slot.{slot}" for slot in SLOTS), "mention.strict.all")


def error_page(evaluation: Evaluation, title: str = "Errors", params: EvaluationParams | None = None) -> str:
    """HTML with the figures, every error, its words highlighted, and filters by kind, slot and slice."""
    template = files("pipeline.evaluation").joinpath("page.html").read_text(encoding="utf-8")
    data = json.dumps(_data(evaluation, params or EvaluationParams()), ensure_ascii=False)
    return Template(template).substitute(title=_escape(title), data=data.replace("<", "\\u003c"))


def _data(evaluation: Evaluation, params: EvaluationParams) -> dict[str, Any]:
    """Errors in the order of `KINDS`, the texts they stand in, and the figures above them."""
    texts = {one.case.report_id: one.prediction.text or one.case.text or "" for one in evaluation.scored}
    errors = [_error(mistake, texts[mistake.report_id]) for mistake in evaluation.mistakes]
    return {
        "figures": _figures(evaluation, params),
        "errors": sorted(errors, key=lambda error: KINDS.index(error["kind"])),
        "reports": {
            one.case.report_id: {
                "text": texts[one.case.report_id],
                "slices": slice_names(one, evaluation.known_donors),
            }
            for one in evaluation.scored
        },
    }


def _error(mistake: Mistake, text: str) -> dict[str, Any]:
    first, last = sentence_at(text, mistake.start) if mistake.start is not None else (None, None)
    return {**asdict(mistake), "sentence_start": first, "sentence_end": last}


def _figures(evaluation: Evaluation, params: EvaluationParams) -> list[dict[str, Any]]:
    metrics, counts = evaluation.metrics(), [one.counts for one in evaluation.scored]
    return [
        {
            "name": name,
            "f": metrics[f"{name}.f"],
            "p": metrics[f"{name}.p"],
            "r": metrics[f"{name}.r"],
            "interval": f1_interval(counts, name, params),
        }
        for name in FIGURES
        if f"{name}.f" in metrics
    ]


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
