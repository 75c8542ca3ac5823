"""The word lists of `lexicons/places.toml`, compiled once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Rules:
    """Patterns over folded text."""

    prefix: re.Pattern[str]
    institution: re.Pattern[str]
    trap: re.Pattern[str]
    village: re.Pattern[str]
    nameless: frozenset[str]
    national: tuple[str, ...]
    level_word: re.Pattern[str]
    unknown_county: re.Pattern[str]
    giver: re.Pattern[str]
    of_township: re.Pattern[str]
    of_city: re.Pattern[str]
    common_before: dict[str, str]


@cache
def load_rules() -> Rules:
    """Compile the packaged rules."""
    data = tomllib.loads(files("pipeline.lexicons").joinpath("places.toml").read_text(encoding="utf-8"))
    levels = [word for words in data["levels"].values() for word in words]
    return Rules(
        prefix=re.compile(f"(?:{_any(data['prefixes'])})"),
        institution=re.compile(f'(?:{_any(data["institutions"])})["”》)]?$'),
        trap=re.compile(f"(?:{_any(data['traps'])})"),
        village=re.compile(
            r"(?:行政村|自然村|自然庄|村民?委员?会|村两委|村委|村|社区居?民?委?员?会?|居民委员会|居委会|居委|嘎查)"
        ),
        nameless=frozenset(data["nameless_villages"]),
        national=(*data["national"], *data["abroad"]),
        level_word=re.compile(
            f"(?:[我本该全此两]|这个?|当地|所在|(?:共青)?团|中共)?(?P<level>{_any(levels)})"
        ),
        giver=re.compile(f".*(?:{_any(data['givers'])})"),
        of_township=re.compile(f"(?:{_any(data['township_institutions'])})"),
        of_city=re.compile(f"[一-鿿]{{0,6}}?(?:{_any(data['city_institutions'])})"),
        common_before=data["common_before"],
        unknown_county=re.compile(r"(?P<name>[一-鿿]{1,4}?)(?P<kind>自治县|县|市|旗|区)"),
    )


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))
