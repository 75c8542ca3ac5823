"""Gold reports: the YAML format of `docs/corpus-format.md`, read strictly.

Every violation is an `InputError` that names file and line.
"""

from pipeline.corpus.gold.builder import Argument, GoldReport
from pipeline.corpus.gold.format import GoldDate, GoldEvent, GoldItem, GoldPlace, Party
from pipeline.corpus.gold.reading import read_gold, read_gold_file

__all__ = [
    "Argument",
    "GoldDate",
    "GoldEvent",
    "GoldItem",
    "GoldPlace",
    "GoldReport",
    "Party",
    "read_gold",
    "read_gold_file",
]
