"""No input makes a pattern of the figures and dates backtrack for long."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator

import pytest

import pipeline.dates
import pipeline.numerals
import pipeline.quantities
from pipeline.dates import DateReader, derive_published, find_slips
from pipeline.numerals import find_numerals
from pipeline.quantities import QuantityFinder
from pipeline.schema import Report

LENGTH = 100_000
SECONDS = 5.0
UNITS = [
    *["1", "一", "十", "1,", "1 ", "1.", "1-", "一百", "万", "余", "半", "几", "点一", "2021年", "1月1日、"],
    *["1月1日至", "年", "第", "第1", "“", "“一", "近", "近1", " ", "\n", "[image: ", "http://a", "图书"],
    *["图书1", "每人", "各", "共", "约", "上", "周一", "今年", "正月", "第一百", "1日", "：", "1:", "元"],
    *["时间:", "来源:", "/2021", "20210305"],
]


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every compiled pattern of the three packages: module constants and what the lexicons compile."""
    for package in (pipeline.numerals, pipeline.quantities, pipeline.dates):
        for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                if isinstance(value, tuple):
                    yield from (
                        (f"{name}-{at}", one) for at, one in enumerate(value) if isinstance(one, re.Pattern)
                    )
                if hasattr(value, "cache_parameters") and value.cache_parameters()["maxsize"] is None:
                    yield from _inside(name, value())
                if isinstance(value, re.Pattern):
                    yield f"{info.name}.{name}", value


def _inside(name: str, made: object) -> Iterator[tuple[str, re.Pattern[str]]]:
    parts = {"": made} | {slot: getattr(made, slot) for slot in getattr(made, "__slots__", ())}
    for slot, part in parts.items():
        pieces = part if isinstance(part, tuple) else (part,)
        yield from (
            (f"{name}.{slot}-{at}", one) for at, one in enumerate(pieces) if isinstance(one, re.Pattern)
        )


PATTERNS = {one.pattern: (name, one) for name, one in _patterns()}


def test_all_patterns_are_collected() -> None:
    names = {name.split(".")[0].split("-")[0] for name, _ in PATTERNS.values()}
    assert {"grammar", "units", "money", "words", "story"} <= names
    assert len(PATTERNS) >= 30


@pytest.mark.parametrize("unit", UNITS)
def test_no_pattern_is_slow(unit: str) -> None:
    text = (unit * LENGTH)[:LENGTH]
    for name, pattern in PATTERNS.values():
        start = time.perf_counter()
        for _ in pattern.finditer(text):
            pass
        assert time.perf_counter() - start < SECONDS, name


@pytest.mark.parametrize("unit", UNITS)
def test_no_step_is_slow(unit: str) -> None:
    report = Report("r", text=(unit * LENGTH)[: LENGTH // 4])
    for step in (
        QuantityFinder(),
        DateReader(),
        derive_published,
        find_slips,
        lambda one: list(find_numerals(one.text)),
    ):
        start = time.perf_counter()
        step(report)
        assert time.perf_counter() - start < SECONDS
