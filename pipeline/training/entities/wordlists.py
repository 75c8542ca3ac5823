"""The lexicon whose words the recogniser marks in a text: places, kinds of institution, jieba's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import as_file, files

import jieba
import pyarrow.parquet as pq

from pipeline.entities.lexicon import HashedLexicon
from pipeline.lexicons import read_toml
from pipeline.places.gazetteer import CITY, COUNTY, FORMER, FULL, KINDS, PROVINCE, SHORT, Gazetteer
from pipeline.places.names import village_name
from pipeline.text import fold

_KINDS_LEFT_OUT = ("village", "town", "county")
_TAGS = {
    "person": ("nr", "nrt", "nrfg"),
    "place": ("ns",),
    "organisation": ("nt",),
    "name": ("nz",),
    "noun": ("n", "ng", "j", "an", "vn", "s", "f"),
    "verb": ("v", "vg", "vd", "vi", "a", "ad", "d", "z", "b"),
    "phrase": ("i", "l"),
    "function": ("p", "c", "u", "ul", "uj", "r", "m", "q", "mq", "t", "y", "o"),
}
CLASSES = ("county", "short", "risky", "township", "village", "kind", *_TAGS)


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
    tagged = _dictionary()
    for name, tags in _TAGS.items():
        yield name, {word for word, tag in tagged if tag in tags}


def _villages() -> Iterator[str]:
    with as_file(files("pipeline.lexicons").joinpath("gazetteer_villages.parquet")) as path:
        table = pq.ParquetFile(path).read(columns=["stem", "kind"])
    stems, kinds = table.column("stem").to_pylist(), table.column("kind").to_pylist()
    for stem, kind in zip(stems, kinds, strict=True):
        if KINDS[kind] or len(stem) > 2:
            yield village_name(stem, KINDS[kind])


def _dictionary() -> list[tuple[str, str]]:
    with jieba.get_dict_file() as file:
        lines = file.read().decode("utf-8").splitlines()
    return [(fields[0], fields[2]) for fields in (line.split() for line in lines)]
