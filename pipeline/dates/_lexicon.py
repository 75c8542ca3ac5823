"""The rules and word lists of `dates.toml` and `festivals.toml`, read once and compiled."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pipeline.errors import ConfigError

_SLOT = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}")
_GROUP = re.compile(r"\(\?P<([a-z0-9]+)>")


def load(name: str) -> dict[str, Any]:
    """Read a lexicon of this package."""
    return tomllib.loads(files("pipeline.lexicons").joinpath(name).read_text(encoding="utf-8"))


def alternatives(words: Iterable[str]) -> str:
    """An alternation that prefers the longest word."""
    return "(?:" + "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word)))) + ")"


@dataclass(frozen=True, slots=True)
class Grammar:
    """One pattern for all rules; `groups` maps a rule's fields to the pattern's group numbers."""

    pattern: re.Pattern[str]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    groups: Mapping[str, tuple[tuple[str, int], ...]]


@cache
def grammar() -> Grammar:
    """Compile the rules; every field keeps its own group, so that one scan serves them all."""
    data = load("dates.toml")
    atoms = data["atoms"] | _word_atoms(data)
    rules = [(rule["name"], rule["kind"], _expand(rule["pattern"], atoms)) for rule in data["rules"]]
    pieces = [_renamed(pattern, f"r{index}") for index, (_, _, pattern) in enumerate(rules)]
    body = "|".join(f"(?P<r{index}>{piece})" for index, piece in enumerate(pieces))
    compiled = re.compile(f"(?={_screen(data)})(?:{body})")
    groups: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for group, number in compiled.groupindex.items():
        rule, _, rest = group.partition("_")
        if rest:
            groups[rule].append((rest.partition("_")[0], number))
    return Grammar(
        pattern=compiled,
        names={f"r{index}": name for index, (name, _, _) in enumerate(rules)},
        kinds={f"r{index}": kind for index, (_, kind, _) in enumerate(rules)},
        groups={rule: tuple(listed) for rule, listed in groups.items()},
    )


def _screen(data: Mapping[str, Any]) -> str:
    """What an expression can begin with; for the names of days their first two characters."""
    days = load("festivals.toml")
    names = [name for festival in days["festival"] for name in festival["names"]]
    names += [name for listed in days["anniversaries"].values() for name in listed]
    names += [name for festival in days["festival"] for name in festival.get("shorts", ())]
    return "|".join(
        [*data["screen"]["beginnings"], *_grouped({name[:2] for name in [*names, *data["vague"]]})]
    )


def _grouped(beginnings: Iterable[str]) -> list[str]:
    """Two-character beginnings by their first character: 中[元国秋]."""
    table: dict[str, str] = defaultdict(str)
    for beginning in sorted(beginnings):
        table[beginning[0]] += beginning[1:]
    return [f"{re.escape(first)}[{re.escape(second)}]" for first, second in table.items()]


def _word_atoms(data: Mapping[str, Any]) -> dict[str, str]:
    days = load("festivals.toml")
    return {
        "FESTIVALS": alternatives(name for festival in days["festival"] for name in festival["names"]),
        "SHORTS": alternatives(name for festival in days["festival"] for name in festival.get("shorts", ())),
        "ANNIVERSARIES": alternatives(name for names in days["anniversaries"].values() for name in names),
        "VAGUE": _guarded(data["vague"], data["vague_not_before"]),
    }


def _guarded(words: Iterable[str], not_before: Mapping[str, Iterable[str]]) -> str:
    """An alternation in which some words refuse what follows them."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    guards = {word: f"(?!{alternatives(not_before[word])})" for word in ordered if word in not_before}
    return "(?:" + "|".join(re.escape(word) + guards.get(word, "") for word in ordered) + ")"


def _expand(pattern: str, atoms: Mapping[str, str]) -> str:
    def replaced(found: re.Match[str]) -> str:
        if found.group(1) not in atoms:
            raise ConfigError(f"dates.toml: no atom {found.group(1)!r}")
        return _expand(atoms[found.group(1)], atoms)

    return _SLOT.sub(replaced, pattern)


def _renamed(pattern: str, rule: str) -> str:
    """Give every field of a rule a group name of its own: r7_m_1."""
    seen: dict[str, int] = defaultdict(int)

    def renamed(found: re.Match[str]) -> str:
        seen[found.group(1)] += 1
        return f"(?P<{rule}_{found.group(1)}_{seen[found.group(1)]}>"

    return _GROUP.sub(renamed, pattern)


@dataclass(frozen=True, slots=True)
class Story:
    """Words that tell the story's dates from its background and its plans."""

    background: re.Pattern[str]
    dateline: re.Pattern[str]
    act: re.Pattern[str]
    planned: re.Pattern[str]
    deadline: re.Pattern[str]
    likely: re.Pattern[str]
    upcoming: re.Pattern[str]
    coming: re.Pattern[str]
    told: re.Pattern[str]


@cache
def story() -> Story:
    """The word lists of `[story]`."""
    table = load("dates.toml")["story"]
    lists = {key: re.compile(alternatives(words)) for key, words in table.items() if isinstance(words, list)}
    return Story(**lists, told=re.compile(table["told"]))


@cache
def vague_days() -> Mapping[str, int]:
    """近日 and the like → days before `published` that bound it."""
    table: dict[str, int] = load("dates.toml")["vague"]
    return table
