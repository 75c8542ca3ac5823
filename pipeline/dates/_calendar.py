"""Days of festivals, solar terms and the lunar calendar."""

from __future__ import annotations

import calendar
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from lunardate import LunarDate

from pipeline.dates._lexicon import load

_EQUINOX_2000 = 2451623.80984


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival's rule, the year of its first one (for 第N个), and how many days 期间 lasts."""

    rule: str
    value: str
    first: int | None
    days: int


@cache
def festivals() -> Mapping[str, Festival]:
    """Every name and short name → its festival."""
    table = {}
    for entry in load("festivals.toml")["festival"]:
        ((rule, value),) = entry["rule"].items()
        festival = Festival(rule, str(value), entry.get("first"), entry.get("days", 1))
        table.update(dict.fromkeys((*entry["names"], *entry.get("shorts", ())), festival))
    return table


@cache
def anniversaries() -> Mapping[str, int]:
    """建党 → 1921 and the like."""
    return {
        name: int(year) for year, names in load("festivals.toml")["anniversaries"].items() for name in names
    }


@cache
def plans() -> Mapping[str, tuple[int, int]]:
    """Five-year plans: 十三五 → 2016, 2020."""
    return {name: (first, last) for name, (first, last) in load("festivals.toml")["plans"].items()}


def day_of(festival: Festival, year: int) -> date | None:
    """The day of a festival in a calendar year, None outside 1900 to 2099 for lunar ones.

    Example:
        >>> day_of(festivals()["重阳节"], 2021), day_of(festivals()["清明"], 2020)
        (datetime.date(2021, 10, 14), datetime.date(2020, 4, 4))
    """
    if festival.rule == "term":
        return solar_term(year, int(festival.value))
    month, _, rest = festival.value.partition("-")
    if festival.rule == "solar":
        return legal(year, int(month), int(rest))
    if festival.rule == "lunar":
        return lunar_in_year(year, int(month), int(rest))
    nth, _, weekday = rest.rpartition("-")
    return _nth_weekday(year, int(month), int(nth), int(weekday))


def legal(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def lunar_in_year(year: int, month: int, day: int) -> date | None:
    """The day of the calendar year `year` that is lunar `month`-`day`; day -1 is the month's last."""
    found = (lunar_day(lunar_year, month, day) for lunar_year in (year, year - 1))
    return next((one for one in found if one is not None and one.year == year), None)


@lru_cache(maxsize=1024)
def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date; 三十 of a month of 29 days is its last (除夕)."""
    if day in (-1, 30):
        return lunar_day_exact(year, month, 30) or lunar_day_exact(year, month, 29)
    return lunar_day_exact(year, month, day)


def lunar_day_exact(year: int, month: int, day: int) -> date | None:
    """The day of a lunar date, None when the calendar has none. Source: lunardate, 1900 to 2099."""
    try:
        found: date = LunarDate(year, month, day, False).to_solar_date()
    except ValueError:
        return None
    return found


def _nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    if nth < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7 + 7 * (-nth - 1))
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=1024)
def solar_term(year: int, longitude: int) -> date:
    """The day (UTC+8) on which the sun reaches an ecliptic longitude in degrees, within `year`.

    Source: low-precision solar coordinates, J. Meeus, Astronomical Algorithms, chapter 25 (0.01 degrees,
    about a quarter of an hour).
    """
    guess = _EQUINOX_2000 + (year - 2000) * 365.2422 + (longitude - 360 * (longitude >= 280)) * 365.2422 / 360
    for _ in range(8):
        behind = (longitude - _sun_longitude(guess) + 180) % 360 - 180
        guess += behind * 365.2422 / 360
    return date(2000, 1, 1) + timedelta(days=math.floor(guess - 2451544.5 + 8 / 24))


def _sun_longitude(julian_day: float) -> float:
    century = (julian_day - 2451545.0) / 36525
    mean = 280.46646 + century * (36000.76983 + century * 0.0003032)
    anomaly = math.radians(357.52911 + century * (35999.05029 - century * 0.0001537))
    centre = (1.914602 - century * 0.004817) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    centre += 0.000289 * math.sin(3 * anomaly)
    node = math.radians(125.04 - 1934.136 * century)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node)) % 360
