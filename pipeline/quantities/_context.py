"""Words further off that say whether a figure is a total, a part, or per head."""

from __future__ import annotations

import re

from pipeline.quantities._figure import Figure
from pipeline.quantities._lexicon import PUNCTUATION, words

_CLAUSE = re.compile(rf"[^{PUNCTUATION}]{{0,40}}$")
_PER_SUFFIX = re.compile(r" ?[/每] ?(人|户|校|村|班|生|名|位|所|年|月|天|次|台|套|册|本|亩|斤|吨|平方米|个)")
_SAME = {"生": "人", "名": "人", "位": "人", "所": "校"}
# 58人每人两套: heads, of which each gets something, are not told per head themselves.
_HEADS = ("people", "household", "place")
# 一人一套: so many pieces at most are told for each like this.
_A_FEW = 10
_DIGIT = re.compile(r"[0-9]")
# 每个书屋75种92册: of how many kinds stands between each and how many.
_TITLES = re.compile(r"[0-9]{1,9}[余多]?个?(?:种|品种)$")


def _clause(text: str, figure: Figure, window: int) -> str:
    found = _CLAUSE.search(text, max(0, figure.first - window), figure.first)
    return found.group() if found else ""


def role_of(text: str, figure: Figure, per: str | None) -> str | None:
    """`part` behind 其中, `total` behind 共计 and the like in its clause; none for a per-head figure."""
    if words().part.search(text, max(0, figure.first - 40), figure.first):
        return "part"
    touching = text[figure.start : figure.first]
    if re.search("[共计总]", touching):
        return "total"
    return "total" if per is None and words().total.search(_clause(text, figure, 40)) else None


def per_head(text: str, figure: Figure, window: int) -> str | None:
    """The head of 每人 户均 1000元/人, or 各 where it splits the figure among several parties."""
    suffix = _PER_SUFFIX.match(text, figure.end)
    if suffix and figure.kind not in _HEADS:
        return _SAME.get(suffix.group(1), suffix.group(1))
    clause = _clause(text, figure, window)
    touching = words().touching.search(clause)
    if touching and figure.kind == "count" and figure.number <= _A_FEW:
        return words().per_kind[touching.group(1)]
    found = max(words().per.finditer(clause), key=lambda one: one.start(), default=None)
    if found and not _DIGIT.search(_TITLES.sub("", clause[found.end() :])):
        return words().per_kind[found.group()]
    return "各" if words().distributive.search(clause) else None
