"""Extraction: the date expressions of a text, with the fields they state and no interpretation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pipeline.dates._lexicon import grammar
from pipeline.numerals import parse_numeral

_LINKS = re.compile(r"\[image:[^\]\n]{0,2000}\]?|https?://[0-9A-Za-z./?=&%_:#~+-]{1,2000}")


@dataclass(frozen=True, slots=True)
class Expression:
    """A date expression as written; `fields` are the words of its parts (see `dates.toml`)."""

    start: int
    end: int
    rule: str
    kind: str
    fields: Mapping[str, str]

    def number(self, field: str) -> int | None:
        """A field as a whole number, or None when it is not stated."""
        written = self.fields.get(field)
        return None if written is None else whole(written)


@lru_cache(maxsize=4096)
def whole(written: str) -> int | None:
    """十二 → 12, 二〇二一 → 2021, 元 (月) → 1."""
    if written == "元":
        return 1
    numeral = parse_numeral(written.replace("O", "〇"))
    return None if numeral is None else int(numeral.value)


def blank_links(folded: str) -> str:
    """Image marks and links become newlines of the same length."""
    return _LINKS.sub(lambda found: "\n" * len(found.group()), folded)


def expressions(text: str) -> Iterator[Expression]:
    """Yield the expressions of a folded text with blanked links, left to right."""
    rules = grammar()
    for found in rules.pattern.finditer(text):
        rule = found.lastgroup or ""
        fields = {}
        for name, group in rules.groups.get(rule, ()):
            written = found.group(group)
            if written is not None and name not in fields:
                fields[name] = written
        yield Expression(found.start(), found.end(), rules.names[rule], rules.kinds[rule], fields)
