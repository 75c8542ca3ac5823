"""Goods that are none: what a gift of money is going to buy, what a taker gives in return, sums due or lent.

All offsets are into the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import Span, alternation

_WILL_BUY = re.compile(
    r"(?:将|要|拟|计划|准备|会|主要|全部)(?:全部|主要|专项|定向|统一|优先)?(?:用于|用来|用作|用以)"
    r"(?:为[^,。;!?]{1,16})?(?:购买|购置|采购|添置|配置|更换|安装|买|建设|修建|新建)[^,。;!?的]{0,60}$"
)
_RETURNS = re.compile(r"回赠(?:给|予|了)?[^,。;!?]{0,40}$")


@cache
def _owed() -> re.Pattern[str]:
    """预付水灾赔款150万元, 发放贷款200万元."""
    return re.compile(
        rf"(?:{alternation(words(read_toml('goods.toml')['owed']['words'])).pattern})(?:了|共|共计|近|约)?$"
    )


@cache
def _lent() -> re.Pattern[str]:
    """办理小额贷款,当天发放200万元: a sum paid out in a sentence that tells of lending."""
    lists = read_toml("goods.toml")["owed"]
    lent, paid = (alternation(words(lists[name])).pattern for name in ("lent", "paid"))
    return re.compile(rf"(?:{lent})[^。;!?\n]*(?:{paid})(?:了|共|共计|近|约)?$")


@cache
def _used() -> re.Pattern[str]:
    """充分利用这次: before the verb that tells which goods."""
    lists = read_toml("goods.toml")["used"]
    verbs, tails = (alternation(words(lists[name])).pattern for name in ("verbs", "tails"))
    return re.compile(f"(?:{verbs})(?:{tails})*$")


def is_no_gift(text: str, start: int, verbs: Sequence[Span]) -> bool:
    """这笔钱将用于购买轮椅30辆, 学校回赠牌匾一块: whether goods stand behind such words.

    Args:
        text: the folded text.
        start: where the goods begin.
        verbs: the verbs of giving of their sentence.
    """
    head = text[max(0, start - 90) : start]
    if _WILL_BUY.search(head) or _owed().search(head) or _lent().search(head):
        return True
    returned = _RETURNS.search(head)
    at = start - len(head) + returned.start() + 1 if returned else start
    return returned is not None and not any(at < first < start for first, _ in verbs)


def tells_no_gift(text: str, start: int, end: int) -> bool:
    """Whether a verb is 赠 of 回赠, or only says which goods somebody uses: 充分利用捐赠的电脑."""
    used = text.startswith("的", end) and _used().search(text[max(0, start - 10) : start])
    return bool(used) or text.startswith("回赠", start - 1)
