"""`donations stage`."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.stages import STAGES, run_stage


def stage_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"One of {', '.join(STAGES)}.")],
) -> None:
    """Run one stage of dvc.yaml here; `dvc repro` calls this for what is out of date."""
    run_stage(name)
