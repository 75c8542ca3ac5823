"""Time and memory of the gazetteer and the resolver.

    python benchmarks/bench_places.py [GOLD_FOLDER]

Prints the time and memory of loading, and over the labelled reports of GOLD_FOLDER (default corpus/gold)
the speed of resolving the place of every event and of scanning; a second round shows what the caches give.
CPU seconds, not wall seconds, so that a shared machine tells the same.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pipeline.schema  # noqa: F401  imported first, so that pyarrow itself is not counted
from pipeline.places import Gazetteer, PlaceContext, PlaceResolver


def main() -> None:
    before = _resident()
    started = time.process_time()
    Gazetteer.load()
    print(f"load: {time.process_time() - started:.2f} s, {_resident() - before} MB more resident")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "corpus/gold")
    texts, jobs = _jobs(folder)
    started = time.process_time()
    resolver = PlaceResolver()
    print(f"resolver: {time.process_time() - started:.2f} s, {_resident() - before} MB more resident")
    characters = sum(map(len, texts))
    for name in ("first round", "second round"):
        started = time.process_time()
        for surface, context in jobs:
            resolver.resolve(surface, context)
        spent = time.process_time() - started
        print(
            f"{name}: {len(jobs)} places of {len(texts)} reports, {1000 * spent / len(jobs):.2f} ms a place, "
            f"{characters / spent:,.0f} characters/s"
        )
    started = time.process_time()
    for text in texts:
        resolver.scan(text)
    print(f"scan: {characters / (time.process_time() - started):,.0f} characters/s")


def _jobs(folder: Path) -> tuple[list[str], list[tuple[str, PlaceContext]]]:
    from pipeline.corpus.gold import read_gold

    texts, jobs = [], []
    for gold in read_gold(folder):
        texts.append(gold.report.text)
        mentions = tuple(dict.fromkeys(m.surface for m in gold.mentions if m.label in ("ORG", "LOC")))
        for event in gold.events:
            names = [name for party in event.recipients for name in party.names]
            context = PlaceContext(
                region=gold.report.region,
                source=gold.report.source,
                title=gold.report.title,
                mentions=mentions,
                donor=next((party.names[0] for party in event.donors), None),
            )
            written = event.place.text or next(iter(names), "")
            jobs.append((written.split("#")[0], context))
    return texts, jobs


def _resident() -> int:
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


if __name__ == "__main__":
    main()
