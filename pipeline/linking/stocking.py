"""A library that fills the shelves of its own branches, which is no gift.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.spans import alternation

_PRINT = ("book", "periodical")
_CLAUSE_END = re.compile(r"[,。;!?\n]")
_LIBRARY = re.compile(r"(?:图书馆|少儿馆|[我本该省市县区州旗]馆)$")


def stocks_branch(scene: Scene, draft: Draft) -> bool:
    """县图书馆为石桥镇分馆配送新书800册: stock that a library sends to its own branch.

    With a word of giving (捐赠, 赠送) it is a gift, and so is what a bookshop sends or what goes to
    reading rooms and schools, too.

    Args:
        scene: what stands in the report.
        draft: a draft act.
    """
    if not draft.goods or any(good.category not in _PRINT for good in draft.goods):
        return False
    last = _CLAUSE_END.search(scene.text, max(draft.end, *(good.end for good in draft.goods)))
    clause = scene.text[scene.clauses[scene.clause(draft.start)] : last.start() if last else None]
    told = {name for name, pattern in _patterns().items() if pattern.search(clause)}
    return told == {"moving", "branches"} and _by_library(scene, draft)


def _by_library(scene: Scene, draft: Draft) -> bool:
    """Whether the first institution of the sentence is a library."""
    first = scene.sentences[draft.sentence].start
    told = [p for p in scene.named if p.kind != "LOC" and first <= p.start and p.end <= draft.start]
    return bool(told) and bool(_LIBRARY.search(scene.text[told[0].start : told[0].end]))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {name: alternation(words(block)) for name, block in read_toml("triggers.toml")["stocking"].items()}
