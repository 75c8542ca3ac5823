"""The lexicon whose words the recogniser marks in a text: places, kinds of institution, jieba's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

import pyarrow.parquet as pq

from pipeline.entities.cutting import TAGS, dictionary
from pipeline.entities.lexicon import HashedLexicon
from pipeline.lexicons import read_toml
from pipeline.places.gazetteer import CITY, COUNTY, FORMER, FULL, KINDS, PROVINCE, SHORT, Gazetteer
from pipeline.places.names import village_name
from pipeline.text import fold

_KINDS_LEFT_OUT = ("village", "town", "county")
CLASSES = ("county", "short", "risky", "township", "village", "kind", *TAGS)


@cache
def word_lists() -> dict[str, tuple[str, ...]]:
    """Folded words by class, sorted.

    Sources: the packaged gazetteer, `suffixes.toml`, jieba 0.42.1's dictionary with its tags.
    """
    lists = {name: sorted({fold(word) for word in words}) for name, words in _words()}
    return {name: tuple(words) for name, words in lists.items()}


def build_lexicon() -> HashedLexicon:
    """Hash every list of `word_lists`."""
    return HashedLexicon.build(CLASSES, word_lists())


def _words() -> Iterator[tuple[str, set[str]]]:
    gazetteer = Gazetteer.load()
    units = [pair for level in (PROVINCE, CITY, COUNTY) for pair in gazetteer.names_of(level)]
    yield "county", {name for name, reading in units if reading.form in (FULL, FORMER)}
    yield "short", {name for name, reading in units if reading.form == SHORT}
    yield "risky", {name for name, reading in units if reading.form > SHORT}
    yield (
        "township",
        {name for name, level in zip(gazetteer.names, gazetteer.levels, strict=False) if level > COUNTY},
    )
    yield "village", set(_villages())
    classes = read_toml("suffixes.toml")["classes"]
    yield (
        "kind",
        {word for name, block in classes.items() if name not in _KINDS_LEFT_OUT for word in block.split()},
    )
    tagged = list(dictionary())
    for name, tags in TAGS.items():
        yield name, {word for word, tag in tagged if tag in tags}


def _villages() -> Iterator[str]:
    with as_file(files("pipeline.lexicons").joinpath("gazetteer_villages.parquet")) as path:
        table = pq.ParquetFile(path).read(columns=["stem", "kind"])
    stems, kinds = table.column("stem").to_pylist(), table.column("kind").to_pylist()
    for stem, kind in zip(stems, kinds, strict=True):
        if KINDS[kind] or len(stem) > 2:
            yield village_name(stem, KINDS[kind])
