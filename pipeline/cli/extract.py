"""`donations extract`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.cli.console import errors, output
from pipeline.engines import ENGINES
from pipeline.errors import ConfigError
from pipeline.params import read_params

if TYPE_CHECKING:
    from pipeline.batch import Counts
    from pipeline.extraction import ExtractionParams

_SOME_REJECTED = 3


def extract_command(
    inputs: Annotated[
        list[Path],
        typer.Argument(
            metavar="INPUT...",
            help="Files or folders: .txt (one report or many; UTF-8 or GB18030), .jsonl, .json, .csv, .tsv, "
            ".parquet (fields id, title, text, source, published, region; only text is needed), .html.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the tables.")],
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes to use.")] = 1,
    engine: Annotated[
        str | None,
        typer.Option(metavar="|".join(ENGINES), help="What runs the processes; the tables are the same."),
    ] = None,
    published: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Day of publication where none is stated."),
    ] = None,
    params: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Parameters, as in params.yaml; else the defaults.")
    ] = None,
) -> None:
    """Extract donation events from reports into Parquet tables.

    Writes reports, mentions, events, items and rejects to DIR, all or none. What cannot be read becomes a
    row of rejects, and the rest goes on.

    Exit code 0: all went through; 3: some were rejected; 2: nothing could be read.
    """
    from pipeline.batch import Job, extract_files

    job = Job(tuple(inputs), extraction_params(params), engine, jobs, published.date() if published else None)
    with _progress() as watch:
        counts = extract_files(job, out, watch)
    _print_summary(counts, out)
    if counts.rejects:
        raise typer.Exit(_SOME_REJECTED)


def extraction_params(path: Path | None) -> ExtractionParams:
    """The parameters of the extraction; sections of other commands in the file are left aside.

    Raises:
        ConfigError: the file cannot be read, or holds an unknown section or key.
    """
    from pipeline.extraction import ExtractionParams
    from pipeline.stages import section_kinds

    if path is None:
        return ExtractionParams()
    if not path.is_file():
        raise ConfigError(f"{path}: no such file")
    read = read_params(path, section_kinds())
    return ExtractionParams(**{name: read[name] for name in ExtractionParams.model_fields})


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    console = errors()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("extracting", total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _print_summary(counts: Counts, out: Path) -> None:
    table = Table(title=f"Tables in {out}", title_justify="left")
    for name in ("reports", "events", "items", "rejects"):
        table.add_column(name, justify="right")
    table.add_row(*(f"{value:,}" for value in (counts.reports, counts.events, counts.items, counts.rejects)))
    output().print(table)
    if counts.rejects:
        errors().print(
            f"{counts.rejects:,} rejected; the reasons are in {out / 'rejects.parquet'}", soft_wrap=True
        )
