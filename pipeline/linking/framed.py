"""Words that tell a giving only in their frame: 发 of 给老人们发棉衣, not of 为发展.

All offsets are into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import goods_word
from pipeline.linking.spans import alternation

_GOODS_NEXT = re.compile(
    r"(?:近|约|共|达)?(?:[0-9]|[一二两三四五六七八九十百千几][批百千万余多]*[\u4e00-\u9fff])"
)


@cache
def _frames() -> tuple[frozenset[str], re.Pattern[str]]:
    framed = read_toml("triggers.toml")["framed"]
    before = alternation(words(framed["before"])).pattern
    barred = "".join(words(framed["inside"]))
    return frozenset(words(framed["verbs"])), re.compile(rf"(?:{before})[^,。;:!?\n]{{1,20}}(?<![{barred}])$")


def is_framed(text: str, start: int, end: int) -> bool:
    """Whether a word that is a verb of giving in a frame alone stands in it: 给老人们发棉衣, 为发展.

    Args:
        text: the folded text.
        start: where a word of the triggers begins.
        end: where it ends.
    """
    verbs, before = _frames()
    if text[start:end] not in verbs:
        return True
    behind = _GOODS_NEXT.match(text, end) or goods_word(text, end)
    return bool(behind) and before.search(text, max(0, start - 24), start) is not None
