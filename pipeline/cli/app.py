"""The command and its sub-commands, and what becomes of errors."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from pipeline import __version__
from pipeline.cli.corpus import corpus_app
from pipeline.cli.evaluate import evaluate_command
from pipeline.cli.extract import extract_command
from pipeline.cli.places import places_command
from pipeline.cli.review import review_command
from pipeline.cli.show import show_command
from pipeline.cli.stage import stage_command
from pipeline.cli.summary import summary_command
from pipeline.cli.train import train_app
from pipeline.errors import PipelineError

_FAILED, _REFUSED, _INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="donations",
    help="Read Chinese news reports and write a table of donation events that an analyst can trust.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("extract")(extract_command)
app.command("show")(show_command)
app.command("summary")(summary_command)
app.command("review")(review_command)
app.command("places")(places_command)
app.command("evaluate")(evaluate_command)
app.add_typer(train_app, name="train")
app.add_typer(corpus_app, name="corpus")
app.command("stage")(stage_command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"donation-events {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command; an error is one line on standard error.

    Exit codes: 0 done, 1 failed, 2 refused (wrong arguments, nothing to read, nowhere to write),
    3 done, but some records were rejected.
    """
    try:
        app()
    except PipelineError as error:
        _end(str(error), _REFUSED)
    except KeyboardInterrupt:
        _end("interrupted", _INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has left; writing to it again at exit would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FAILED)
    except Exception as error:
        if os.environ.get("DONATIONS_DEBUG"):
            raise
        _end(
            f"a fault of the program, {type(error).__name__}: {error}; DONATIONS_DEBUG=1 tells more", _FAILED
        )


def _end(message: str, code: int) -> None:
    print(f"donations: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(code)
