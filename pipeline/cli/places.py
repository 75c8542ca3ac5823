"""`donations places`."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli.console import output


def places_command(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A place as news writes it, such as 更合镇水井村.")
    ],
    context: Annotated[
        str, typer.Option(metavar="TEXT", help="What else is known: region, other places, a title.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print everything as JSON.")] = False,
) -> None:
    """Resolve a place to its GB/T 2260 code and its chain from province to village, and say why."""
    from pipeline.places import explain

    answer = explain(name, context)
    console = output()
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    place = answer["place"]
    if place is None:
        console.print(f"{name}: not resolved ({answer['reason']})", soft_wrap=True)
    else:
        console.print(f"{place['code']}  {answer['chain']}  score {place['score']:.2f}", soft_wrap=True)
        console.print(f"because: {answer['reason']}", soft_wrap=True)
    for other in answer["candidates"]:
        names = (other[part] for part in ("province", "city", "county", "township", "village"))
        chain = " ".join(each for each in names if each)
        if chain != answer["chain"]:
            console.print(f"  or {other['code']}  {chain}", soft_wrap=True)
