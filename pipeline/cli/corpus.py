"""`donations corpus`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.console import errors, output

corpus_app = typer.Typer(help="Look after the labelled corpus.", no_args_is_help=True)
_WRONG = 1


@corpus_app.callback()
def _group() -> None:
    pass


@corpus_app.command("check")
def check_command(
    gold: Annotated[Path, typer.Option(metavar="DIR", help="Folder of gold files.")] = Path("corpus/gold"),
    reports: Annotated[Path, typer.Option(metavar="DIR", help="Folder of raw reports.")] = Path(
        "corpus/reports"
    ),
    splits: Annotated[Path, typer.Option(metavar="FILE", help="File of splits.")] = Path(
        "corpus/splits.toml"
    ),
) -> None:
    """Hold the gold files to their format, their raw texts and their splits, and count what is in them.

    Exit code 1 when something is wrong.
    """
    from pipeline.corpus.check import check_corpus, raw_reports

    checked = check_corpus(gold, raw_reports(reports), splits)
    console = output()
    console.print(_by_split("gold", _transposed(checked.statistics)))
    console.print(_by_split("phenomenon", checked.phenomena))
    for violation in checked.violations:
        errors().print(
            f"{violation.report_id or splits}: {violation.code}: {violation.message}", markup=False
        )
    if checked.violations:
        errors().print(f"{len(checked.violations):,} things are wrong", soft_wrap=True)
        raise typer.Exit(_WRONG)


def _transposed(statistics: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    names = dict.fromkeys(name for counts in statistics.values() for name in counts)
    return {name: {split: counts.get(name, 0) for split, counts in statistics.items()} for name in names}


def _by_split(title: str, rows: Mapping[str, Mapping[str, int]]) -> Table:
    table = Table(title_justify="left")
    table.add_column(title)
    for split in next(iter(rows.values()), {}):
        table.add_column(split, justify="right")
    for name, counts in rows.items():
        table.add_row(name, *(f"{count:,}" for count in counts.values()))
    return table
