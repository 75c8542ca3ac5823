"""Every word list reads, and holds what its kind of file promises."""

from importlib.resources import files

import pytest

from pipeline.errors import ConfigError
from pipeline.lexicons import read_toml, words

_FOLDER = files("pipeline.lexicons")
_TOML = sorted(each.name for each in _FOLDER.iterdir() if each.name.endswith(".toml"))
_TSV = sorted(each.name for each in _FOLDER.iterdir() if each.name.endswith(".tsv"))


def _rows(name):
    lines = _FOLDER.joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("# ")]


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


@pytest.mark.parametrize("name", _TOML)
def test_a_list_reads_and_is_not_empty(name):
    assert read_toml(name)


@pytest.mark.parametrize("name", _TSV)
def test_every_row_of_a_table_has_its_columns(name):
    widths = {len(row) for row in _rows(name)}
    assert len(widths) == 1


def test_folding_is_one_to_one():
    rows = _rows("folding.tsv")
    assert all(len(written) == len(folded) == 1 and written != folded for written, folded in rows)
    assert len({written for written, _ in rows}) == len(rows)


def test_a_missing_list_is_a_fault_of_the_configuration():
    with pytest.raises(ConfigError, match=r"lexicon none\.toml"):
        read_toml("none.toml")


def test_words_are_longest_first_and_single():
    assert words("赠 捐赠\n 赠 送") == ("捐赠", "赠", "送")
