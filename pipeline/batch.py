"""Files in, tables out: read, segment, extract on any engine, write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import pyarrow as pa

from pipeline import engines, schema, store
from pipeline.assembly import Extraction, Portion, portion, tables
from pipeline.dates import with_published
from pipeline.errors import InputError
from pipeline.extraction import ExtractionParams, Extractor
from pipeline.readers import Document, input_sizes, read_inputs
from pipeline.segment import segment_documents

_STAGE = "extract"
# A batch is large enough to keep the recogniser busy and small enough to keep memory flat.
_REPORTS = 64
_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True)
class Job:
    """What to extract, and how.

    `published` is the day of publication of reports that state none. Without `engine`, one job runs here and
    more run in processes.
    """

    inputs: tuple[Path, ...]
    params: ExtractionParams = field(default_factory=ExtractionParams)
    engine: str | None = None
    jobs: int = 1
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much came out."""

    reports: int
    events: int
    items: int
    rejects: int


def extract_files(job: Job, out: Path, watch: Callable[[int, int], None] | None = None) -> Counts:
    """Extract files and folders into the five tables of a folder.

    No table is written before all are complete. The tables have the same bytes with every engine.

    Args:
        job: inputs and parameters.
        out: folder of the tables, made if missing.
        watch: is told the bytes read so far (estimated) and the bytes in all.

    Raises:
        InputError: a path is missing, or no report came through; nothing is written then.
        ConfigError: engine, jobs or models are not there.
        PipelineError: the folder cannot be written to.
    """
    documents = read_inputs(job.inputs)
    engine = job.engine or ("processes" if job.jobs > 1 else "serial")
    store.prepare_folder(out)
    rejects: list[schema.Reject] = []
    reports = _watched(_reports(documents, job, rejects), job.inputs, watch)
    worker = partial(_Worker, job.params)
    found = list(engines.run(_batches(reports), worker, engine, job.jobs))
    made = tables(found, rejects)
    _some_report(made)
    store.write_tables(out, made)
    return Counts(*(made[name].num_rows for name in ("reports", "events", "items", "rejects")))


def _some_report(made: Mapping[str, pa.Table]) -> None:
    refused = made["rejects"].to_pylist()
    if not made["reports"].num_rows and refused:
        first, more = refused[0], f" (and {len(refused) - 1:,} more)" if len(refused) > 1 else ""
        raise InputError("nothing-read", f"nothing came through: {first['file']}: {first['message']}{more}")


def _reports(
    documents: Iterable[Document | schema.Reject], job: Job, rejects: list[schema.Reject]
) -> Iterator[schema.Report]:
    for each in segment_documents(documents, job.params.segment):
        if isinstance(each, schema.Reject):
            rejects.append(each)
        else:
            yield each if job.published is None else _with_default(each, job.published)


def _with_default(report: schema.Report, published: date) -> schema.Report:
    dated = with_published(report)
    if dated.published is not None:
        return dated
    return replace(dated, published=published, published_from="command line")


def _watched(
    reports: Iterable[schema.Report], inputs: Sequence[Path], watch: Callable[[int, int], None] | None
) -> Iterator[schema.Report]:
    if watch is None:
        yield from reports
        return
    sizes = input_sizes(inputs)
    total, before, file = sum(sizes.values()), 0, None
    for report in reports:
        if report.file != file:
            before += sizes.get(file, 0) if file is not None else 0
            file = report.file
        # A Chinese character has three bytes in UTF-8.
        watch(before + min(3 * report.end, sizes.get(file, 0)), total)
        yield report
    watch(total, total)


def _batches(reports: Iterable[schema.Report]) -> Iterator[tuple[schema.Report, ...]]:
    batch: list[schema.Report] = []
    size = 0
    for report in reports:
        batch.append(report)
        size += len(report.text)
        if len(batch) >= _REPORTS or size >= _CHARACTERS:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


class _Worker:
    """Extracts batches; a report that fails becomes a reject, and the rest of its batch goes on."""

    def __init__(self, params: ExtractionParams) -> None:
        self._extractor = Extractor(params)

    def __call__(self, batch: tuple[schema.Report, ...]) -> Portion:
        try:
            return portion(self._extractor(batch))
        except Exception:  # noqa: BLE001  whatever it is, one report must not cost a million others
            return self._one_by_one(batch)

    def _one_by_one(self, batch: tuple[schema.Report, ...]) -> Portion:
        done: list[Extraction] = []
        rejects: list[schema.Reject] = []
        for report in batch:
            try:
                done += self._extractor((report,))
            except Exception as error:  # noqa: BLE001  recorded, not hidden
                message = f"report {report.report_id!r}: {type(error).__name__}: {error}"
                rejects.append(schema.Reject(report.file, 0, _STAGE, "failed", message))
        return portion(done, rejects)
