"""`donations train`."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.console import output
from pipeline.errors import ConfigError
from pipeline.params import read_params
from pipeline.stages import section_kinds

train_app = typer.Typer(help="Train the models anew from the labelled corpus.", no_args_is_help=True)

_Gold = Annotated[Path, typer.Option(metavar="DIR", help="Folder of gold files.")]
_Splits = Annotated[Path, typer.Option(metavar="FILE", help="File of splits.")]
_Params = Annotated[Path | None, typer.Option(metavar="FILE", help="Parameters, as in params.yaml.")]
_Labelled = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Columns (character and BIO, BMES or BIOES tag), .spacy, or a folder of gold files.",
    ),
]
_GOLD, _SPLITS, _MODELS = Path("corpus/gold"), Path("corpus/splits.toml"), Path("models")


@train_app.command("entities")
def entities_command(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the model.")] = _MODELS / "entities",
    gold: _Gold = _GOLD,
    splits: _Splits = _SPLITS,
    train: _Labelled = None,
    dev: _Labelled = None,
    test: _Labelled = None,
    params: _Params = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the model even where the new one is worse.")
    ] = False,
) -> None:
    """Train the recogniser of organisations, places and persons.

    The new model takes the place of the old one unless a slice of the test reports gets worse. With --train,
    --dev and --test it learns from those, any labels, and replaces what is in the folder.
    """
    from pipeline.stages.train_entities import train_from_files
    from pipeline.training.entities import train_files
    from pipeline.training.entities.scoring import labels_first, table

    chosen = _section("train_entities", params)
    if train is None and dev is None and test is None:
        figures = train_from_files(gold, splits, chosen, out, force)
    elif train is not None and dev is not None and test is not None:
        figures = train_files(train, dev, test, chosen, out)
    else:
        raise ConfigError("--train, --dev and --test go together")
    _tell(figures, out)
    output().print(table(figures["test"], labels_first(figures["test"])))


# What else is trained from the gold, each by the stage of its name.
_PLAIN = {
    "linker": "Fit the linker: what is an act of giving, who plays which part in it.",
    "encoder": "Fine-tune the encoder that reads whole reports; needs the extra `train`, and half an hour.",
    "tagger": "Fine-tune the tagger of names and given goods; needs the extra `train`, and half an hour.",
}


def _plain(name: str) -> Callable[..., None]:
    """The command that trains one model, told what it is by its name."""

    def command(
        out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the model.")] = _MODELS / name,
        gold: _Gold = _GOLD,
        splits: _Splits = _SPLITS,
        params: _Params = None,
    ) -> None:
        stage = import_module(f"pipeline.stages.train_{name}")
        _tell(stage.train_from_files(gold, splits, _section(f"train_{name}", params), out), out)

    return command


for _name, _help in _PLAIN.items():
    train_app.command(_name, help=_help)(_plain(_name))


@train_app.command("all")
def all_command(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the models.")] = _MODELS,
    gold: _Gold = _GOLD,
    splits: _Splits = _SPLITS,
    params: _Params = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the recogniser even where the new one is worse.")
    ] = False,
) -> None:
    """Train the recogniser and the linker; encoder and tagger are trained by their own commands."""
    entities_command(out / "entities", gold, splits, params=params, force=force)
    _plain("linker")(out / "linker", gold, splits, params)


def _section(name: str, params: Path | None) -> Any:
    return read_params(params, section_kinds())[name]


def _tell(figures: dict[str, Any], out: Path) -> None:
    console = output()
    console.print_json(json.dumps(figures, ensure_ascii=False), indent=1)
    console.print(f"Model in {out}", soft_wrap=True)
