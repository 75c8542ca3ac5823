"""The word lists behind the figures, read once and compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

KINDS = ("count", "people", "household", "place", "measure", "percent", "age", "time", "times", "ordinal")
PUNCTUATION = r",。;:!?、\n()“”\[\]《》…"
# What ends the words between a figure and its noun: 书架5个送到石桥村, 书包60个和课桌30张.
_TURNS = "和与及送给交到分发运捐赠为向由"


def load(name: str) -> dict[str, Any]:
    """Read a lexicon of this package."""
    return tomllib.loads(files("pipeline.lexicons").joinpath(name).read_text(encoding="utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """An alternation that prefers the longest word."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) + ")"


def by_first(words: Iterable[str]) -> str:
    """What `alternatives` matches, tried by first character: hundreds of words cost what a few do."""
    tails: dict[str, list[str]] = {}
    for word in sorted(set(words), key=lambda word: (-len(word), word)):
        tails.setdefault(word[0], []).append(re.escape(word[1:]))
    branches = (f"{re.escape(first)}(?:{'|'.join(tails[first])})" for first in sorted(tails))
    return f"(?=[{re.escape(''.join(sorted(tails)))}])(?:{'|'.join(branches)})"


def guarded(words: Iterable[str], not_before: Mapping[str, str]) -> str:
    """An alternation, longest first, in which some words refuse the characters that may follow."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    guards = {word: f"(?![{not_before[word]}])" for word in ordered if not_before.get(word)}
    return "(?:" + "|".join(re.escape(word) + guards.get(word, "") for word in ordered) + ")"


def inverted(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Word → key, for a table key → words."""
    return {word: key for key, words in table.items() for word in words}


@dataclass(frozen=True, slots=True)
class Units:
    """Classifiers and currencies, and the nouns that decide what a general classifier counts."""

    pattern: re.Pattern[str]
    bracketed: re.Pattern[str]
    kinds: Mapping[str, str]
    general: frozenset[str]
    nouns_after: re.Pattern[str]
    nouns_before: re.Pattern[str]
    noun_kinds: Mapping[str, str]
    goods_before: re.Pattern[str]


@cache
def units() -> Units:
    """Classifiers by kind, from `classifiers.toml`."""
    data = load("classifiers.toml")
    kinds = inverted(data["kinds"])
    nouns = dict(data["nouns"])
    general = frozenset(nouns.pop("general"))
    goods = {noun for listed in data["goods"].values() for noun in listed}
    heads = (noun for listed in load("goods.toml")["heads"].values() for noun in listed.split())
    long_goods = [noun for noun in (*goods, *heads) if len(noun) > 1]
    noun_kinds = dict.fromkeys(long_goods, "count") | inverted(nouns)
    noun = alternatives(noun_kinds)
    return Units(
        pattern=re.compile(" ?(" + guarded(kinds, data["not_before"]) + ")"),
        bracketed=re.compile(rf"\(({alternatives(kinds)})\)"),
        kinds=kinds,
        general=general,
        nouns_after=re.compile(rf"[^{PUNCTUATION}{_TURNS}0-9]{{0,5}}?((?:{by_first(noun_kinds)}){{1,4}})"),
        nouns_before=re.compile(rf"({noun})(?:共计|共|约|近|已达|达)?$"),
        noun_kinds=noun_kinds,
        goods_before=re.compile(rf"({alternatives(goods)})[(]?(?:共计|总计|合计|共|约|近|逾)?$"),
    )


@dataclass(frozen=True, slots=True)
class Money:
    """Currencies: units behind a figure, signs before it, cues for a missing 元 (`said`: anywhere before)."""

    pattern: re.Pattern[str]
    currencies: Mapping[str, str]
    parts: Mapping[str, str]
    not_before: Mapping[str, str]
    sign: re.Pattern[str]
    signs: Mapping[str, str]
    cue: re.Pattern[str]
    said: re.Pattern[str]


@cache
def money() -> Money:
    """Currencies, from `money.toml`."""
    data = load("money.toml")
    currencies, signs = inverted(data["units"]), inverted(data["signs"])
    cue = alternatives(data["cues"]["words"])
    return Money(
        pattern=re.compile(" ?(" + alternatives([*currencies, "分"]) + ")"),
        currencies=currencies,
        parts=data["parts"],
        not_before=data["not_before"],
        sign=re.compile(rf"({alternatives(signs)}) ?$"),
        signs=signs,
        cue=re.compile(rf"{cue}[为达计共约近超逾人民币了过上:]{{0,4}}$"),
        said=re.compile(cue),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """Approximators, totals, parts and per-head words, from `quantity_words.toml`."""

    before: re.Pattern[str]
    before_kind: Mapping[str, str]
    not_after: Mapping[str, str]
    after: re.Pattern[str]
    after_kind: Mapping[str, str]
    total: re.Pattern[str]
    part: re.Pattern[str]
    per: re.Pattern[str]
    per_kind: Mapping[str, str]
    touching: re.Pattern[str]
    distributive: re.Pattern[str]
    bare_after: frozenset[str]


@cache
def words() -> Words:
    """The words around a figure."""
    data = load("quantity_words.toml")
    before, after, per = inverted(data["before"]), inverted(data["after"]), inverted(data["per"])
    touching = inverted(data["per_touching"])
    return Words(
        before=re.compile(rf"({alternatives(before)}) ?$"),
        before_kind=before,
        not_after=data["not_after"],
        after=re.compile(alternatives(after)),
        after_kind=after,
        total=re.compile(alternatives(data["role"]["total"])),
        part=re.compile(rf"{alternatives(data['role']['part'])},?[^{PUNCTUATION}]{{0,40}}$"),
        per=re.compile(alternatives(per)),
        per_kind=per | touching,
        touching=re.compile(rf"({alternatives(touching)})各?$"),
        distributive=re.compile(rf"各(?:{alternatives(data['distributive']['after'])}|$)"),
        bare_after=frozenset(data["bare"]["after"]),
    )
