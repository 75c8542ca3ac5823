"""Goods nouns that a lexicon knows in part or not at all, found by where they stand.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.phrases import STOP, stands_alone
from pipeline.linking.spans import Span, alternation

# So many characters a noun may go on behind a goods word.
_FARTHER = 4


@cache
def _tails() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What ends a longer noun, and what begins a verb: 打药机, but not 图书上架."""
    lexicon = read_toml("goods.toml")
    known = [word for block in lexicon["tails"].values() for word in words(block)]
    tails = alternation([*known, *words(lexicon["longer"]["tails"])]).pattern
    verbs = alternation(words(lexicon["longer"]["verbs"])).pattern
    return re.compile(rf"(?:(?!{verbs})[\u4e00-\u9fff]){{0,3}}?{tails}"), re.compile(verbs)


def whole_noun(text: str, span: Span, last: int) -> Span:
    """A goods phrase with what makes a longer noun of it: 打药机 for 打药, 篮球场 for 篮球.

    Example:
        >>> text = "30个监控探头。"
        >>> text[slice(*whole_noun(text, (3, 5), len(text)))]
        '监控探头'
    """
    pattern, verbs = _tails()
    if stands_alone(text, *span) or verbs.match(text, span[1]):
        return span
    for match in (pattern.match(text, span[1], end) for end in range(span[1] + 1, span[1] + _FARTHER + 1)):
        if match and match.end() <= last and not STOP.search(match[0]) and _ends(text, match.end()):
            return span[0], match.end()
    return span


_END = re.compile(r"$|[^\u4e00-\u9fff]|[等和与及以并给送交各共]|分[发送别]|用于")


def _ends(text: str, end: int) -> bool:
    return _END.match(text, end) is not None


_WORTH_OF = re.compile(r"的(?:[“\"「][^”\"」,。;]{1,10}[”\"」])?(?:一批|新|崭新的?|全新的?)?")
_NOUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·-]{2,12}")


def valued_noun(text: str, figure: schema.Quantity, walls: tuple[Span, ...]) -> Span | None:
    """价值3万元的监控探头: a noun that no lexicon knows, right behind what it is worth."""
    lead = _WORTH_OF.match(text, figure.end)
    if lead is None:
        return None
    ceiling = min((start for start, end in walls if end > lead.end()), default=len(text))
    match = _NOUN.match(STOP.split(text[lead.end() : ceiling][:16], maxsplit=1)[0])
    if match is None or _none().search(match[0]):
        return None
    end = lead.end() + match.end()
    return (lead.end(), end) if _ends(text, end) else None


@cache
def _none() -> re.Pattern[str]:
    """Nouns that are given to nobody: 活动, 服务, 订单."""
    lexicon = read_toml("goods.toml")
    nouns = [*words(lexicon["objects"]["none"]), *words(lexicon["valued"]["none"])]
    return re.compile("|".join(nouns))


# 两台42寸液晶电视, 一套133平方米的房子, 600桶10升装的油, 两座容积60立方米的水池
OF_SIZE = re.compile(
    r"(?:(?:总?容积|总?面积|建筑面积|总?长|全长|宽|高|直径|容量|功率|载重|屏幕)(?:约|近|达|为|超过|超)*)?[0-9.]+(?:立方米|立方|英寸|寸|升|公升|毫升|公斤|千克|斤|克|[kK]g|KG|[mM]?[lL]|ML|平方米|平米|米|尺|匹|座|[GT]B?)装?的?"
    r"(?:崭新|全新|新)?"
)
_UNKNOWN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9%·-]{1,14}")
_QUOTED_BEFORE = re.compile(r"[“\"「]([\u4e00-\u9fffA-Za-z0-9·]{2,12})[”\"」](?:各|共)?$")
# 为48个“农家书屋”配送: those who get something, in quotes.
_ROOMS = re.compile(r"(?:书屋|图书室|阅览室|学校|小学|中学|家庭|之家|社区|村)$")
_TAKER = re.compile(r"[为给向对到](?:[全首][县市区镇乡省批])?$")
_QUOTED_GOODS = re.compile(r"[“\"「]([\u4e00-\u9fffA-Za-z0-9·]{2,12})[”\"」]")
_NO_NOUN = re.compile(
    r"^(?:.*(?:抬进|搬进|搬来|再建|载着|驶|交到|满载|装载|决定|增援|追加|完成|架起|正好|刚好|凑满|凑齐|本次|此次|单笔|力争|把|被|让|请|说|看|抱)|人手|整整|足足|其余|余下|剩下|剩余|数量|无偿|免费|则|就|全部|总共|一共|累计|已有|的|,|。|了|是|为|在|和|与|及|给|并|共|合计|价值|送|捐|赠|交|到|用于|分别|发|由|向|余|左右|以上|其中|等|已|被|将|也|还|均|全|每|来|进行|参加|左右)"
)


# 送给山里的学校200本: who gets so many.
@cache
def _places() -> re.Pattern[str]:
    return re.compile(f"(?:{alternation(words(read_toml('goods.toml')['takers']['ends'])).pattern})$")


_GOES_ON = re.compile(r"(?<!自)由|无偿|免费|悉数|已经|已[被由送运发]|即将|将于|将全|均已|全部|陆续|先后|分批")


# 一个鼓鼓的信封: what describes the noun.
_DESCRIBED = re.compile(r"[\u4e00-\u9fff]{1,6}的")


def unknown_noun(
    text: str, first: int, last: int, figure: schema.Quantity, walls: tuple[Span, ...]
) -> Span | None:
    """A goods noun that no lexicon knows, right behind or before a figure with a goods classifier."""
    if figure.unit is None:
        return None
    sized = OF_SIZE.match(text, figure.end, last)
    ceiling = min([s for s, _ in walls if s >= (sized.end() if sized else figure.end)] + [last])
    maker = next((end for start, end in walls if start == figure.end), figure.end)
    quoted = _QUOTED_GOODS.match(text, maker, last)
    taker = quoted and _ROOMS.search(quoted[1]) and _TAKER.search(text, first, figure.start)
    quoted = quoted or _QUOTED_BEFORE.search(text, max(first, figure.start - 16), figure.start)
    if quoted:
        return None if taker else quoted.span(1)
    begin = figure.end
    described = OF_SIZE.match(text, begin, ceiling) or _DESCRIBED.match(text, begin, ceiling)
    if described:
        begin = described.end()
    tail = _GOES_ON.split(STOP.split(text[begin:ceiling], maxsplit=1)[0], maxsplit=1)[0]
    match = _UNKNOWN.match(tail)
    if match and len(match[0]) >= 2 and not _NO_NOUN.match(match[0]):
        return begin, begin + match.end()
    floor = max([e for _, e in walls if e <= figure.start] + [first, figure.start - 14])
    stretch = text[floor : figure.start]
    stops = list(STOP.finditer(stretch))
    start = floor + (stops[-1].end() if stops else 0)
    before = text[start : figure.start]
    gets = figure.kind == "count" and _places().search(before)
    if 2 <= len(before) <= 12 and not _NO_NOUN.match(before) and not gets:
        return start, figure.start
    return None


def goes_to(text: str, figure: schema.Quantity) -> bool:
    """捐给镇里2000只: those who get so many, right before the figure."""
    return bool(_TO.search(text[max(0, figure.start - 12) : figure.start])) and bool(
        _places().search(text[max(0, figure.start - 8) : figure.start])
    )


_TO = re.compile(r"[给到往至][^,。;!?、0-9]{1,8}$")
