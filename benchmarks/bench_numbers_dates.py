"""Speed of numerals, quantities, money and dates together, against JioNLP's extract_time alone.

Run: python benchmarks/bench_numbers_dates.py REPORT ... [--rounds N]
A report is a JSON file with `text`, or a text file. JioNLP is optional (pip install jionlp); without it only
the first figure prints. Both read the same texts in the same process, in turns; the best round counts.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.dates import DateReader, derive_published
from pipeline.quantities import QuantityFinder
from pipeline.schema import Report


def _ours() -> Callable[[str], None]:
    quantities, dates = QuantityFinder(), DateReader()

    def run(text: str) -> None:
        report = Report("r", text=text)
        derive_published(report)
        quantities(report)
        dates(report)

    return run


def _theirs() -> Callable[[str], None] | None:
    try:
        import jionlp
    except ImportError:
        return None
    logging.disable(logging.CRITICAL)
    base = time.mktime((2021, 9, 15, 12, 0, 0, 0, 0, 0))
    return lambda text: jionlp.ner.extract_time(text, time_base=base, with_parsing=False)


def _seconds(run: Callable[[str], None], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        run(text)
    return time.perf_counter() - start


def _text(path: Path) -> str:
    content = path.read_text(encoding="utf-8")
    return str(json.loads(content)["text"]) if path.suffix == ".json" else content


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    texts = [_text(path) for path in arguments.reports]
    runs = {"numbers and dates": _ours(), "jionlp extract_time": _theirs()}
    best: dict[str, float] = {}
    for _ in range(arguments.rounds):
        for name, run in runs.items():
            if run is not None:
                best[name] = min(best.get(name, 1e9), _seconds(run, texts))
    size = sum(map(len, texts))
    for name, seconds in best.items():
        print(f"{name}: {size / seconds:,.0f} characters/s ({len(texts)} texts, {size:,} characters)")


if __name__ == "__main__":
    main()
