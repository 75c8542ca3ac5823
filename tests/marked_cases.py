"""Case files: texts in which every expected mention is marked `{surface|value}`.

A file of `tests/cases/<step>/` holds groups: `id`, optional `value` (what a mark without `|` means), optional
`published`, and `texts`. A text without marks is a negative. Malformed marks raise.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"\{([^{}|]+)(?:\|([^{}|]+))?\}")


@dataclass(frozen=True, slots=True)
class Marked:
    """One text with its expected mentions as (start, end, value)."""

    text: str
    marks: tuple[tuple[int, int, str], ...]
    published: date | None


def parse(marked: str, value: str | None, published: date | None) -> Marked:
    """Take the marks out of a text."""
    plain, marks, last = "", [], 0
    for found in _MARK.finditer(marked):
        plain += marked[last : found.start()]
        expected = found.group(2) or value
        if expected is None:
            raise ValueError(f"no value for {found.group()} in {marked!r}")
        marks.append((len(plain), len(plain) + len(found.group(1)), expected))
        plain += found.group(1)
        last = found.end()
    plain += marked[last:]
    if re.search(r"[{}|]", plain):
        raise ValueError(f"malformed mark in {marked!r}")
    return Marked(plain, tuple(marks), published)


def load(step: str) -> dict[str, Marked]:
    """Every text of a step's case files by its id (file, group, position)."""
    cases = {}
    for path in sorted((CASES / step).glob("*.toml")):
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
            for position, text in enumerate(group["texts"]):
                name = f"{path.stem}-{group['id']}-{position}"
                if name in cases or not name.isascii():
                    raise ValueError(f"case id {name} is not unique ASCII")
                cases[name] = parse(text, group.get("value"), group.get("published"))
    return cases


def count(step: str) -> tuple[int, int]:
    """How many marks, and how many texts without one."""
    cases = load(step).values()
    return sum(len(case.marks) for case in cases), sum(not case.marks for case in cases)
