"""Which goods phrase a figure counts: the one right behind or before it, with what shares the figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline import schema
from pipeline.linking.nouns import OF_SIZE, unknown_noun
from pipeline.linking.phrases import PRINT, category_of, find_phrases
from pipeline.linking.spans import Span
from pipeline.text import fold

_COPIES = re.compile(r"(?:品种|种类|[大门]类)?[、,(]?(?:共计|合计|总计|总数|共)?(?:达|约)?")
_TITLES = re.compile(r"品种|种类|[大门]类")


def copies_of(
    text: str, figure: schema.Quantity, figures: Sequence[schema.Quantity]
) -> schema.Quantity | None:
    """The copies told right behind a number of titles: 1120册 behind 236种.

    They are what is counted; the titles only say of how many kinds, and bales in how many bales they come.
    """
    unit = fold(figure.unit or "")
    if unit in _SETS:
        return next((q for q in figures if _are_volumes(text, figure, q)), None)
    if unit in _BALES:
        return next((q for q in figures if _are_unpacked(text, figure, q)), None)
    if unit != "种" and not (unit == "个" and _TITLES.match(text, figure.end)):
        return None
    behind = (q for q in figures if 0 <= q.start - figure.end <= 6 and q.unit != figure.unit)
    copies = next((q for q in behind if _COPIES.fullmatch(text[figure.end : q.start])), None)
    return copies and (copies_of(text, copies, figures) or copies)


# 一部线装书1函4册, 丛书50套(500册): how many volumes the sets have.
_SETS = ("部", "套", "函")
_VOLUMES = ("册", "卷", "本")
_OF_SETS = re.compile(r"[(,]?(?:共计?|总计|合计|计)?")


def _are_volumes(text: str, sets: schema.Quantity, figure: schema.Quantity) -> bool:
    near = fold(figure.unit or "") in _VOLUMES and 0 <= figure.start - sets.end <= 3 and figure.per is None
    return near and _OF_SETS.fullmatch(text, sets.end, figure.start) is not None


# 图书86捆、2400册: how many copies the bales hold.
_BALES = ("捆", "箱", "包", "车", "袋", "件", "大箱", "纸箱")
_UNPACKED = re.compile(r"[、,(](?:共计?|总计|合计|计)?")


def _are_unpacked(text: str, bales: schema.Quantity, figure: schema.Quantity) -> bool:
    copies = fold(figure.unit or "") in _VOLUMES and figure.number > bales.number and figure.per is None
    if not copies or not _UNPACKED.fullmatch(text, bales.end, figure.start):
        return False
    before = find_phrases(text, max(0, bales.start - 12), bales.start, ())
    packed = (text[start:end] for start, end in before if end == bales.start)
    return all(category_of(phrase) in PRINT for phrase in packed)


def with_titles(text: str, figure: schema.Quantity, figures: Sequence[schema.Quantity]) -> schema.Quantity:
    """A figure of copies, reaching back over the number of titles before it."""
    titles = (q for q in figures if q.end <= figure.start and copies_of(text, q, figures) is figure)
    first = next(titles, None)
    return figure if first is None else replace(figure, start=first.start)


_GAP_RIGHT = re.compile(
    r"(?:\([\u4e00-\u9fff]\))?(?:的|(?:各|全|崭|多|优|精|爱)[\u4e00-\u9fff]|类|种|新|(?:(?!以及|和|及|与|给|送|捐|赠|车|沿|开|驶|来|往|从|在)[^,。;、:!?()\n]){0,10}的)?(?:崭新|全新|新)?(?:[“\"「](?:爱心)?)?"
)
_GAP_LEFT = re.compile(
    r"(?:[中里](?:精心|特意|又)?[挑选拿抽拣]选?出了?)?(?:总?(?:码洋|价值|定价)(?:约|共|近|达|为)*[0-9.,]+[万千百]?[余多]?元[,、])?(?:共计|合计|总计|共有|一共|总共|累计|共|计|约|近|达|各|等|分别|就?有|就达|足有|已[有达]|数量|总数|为|是|:|…|\(|”|\"|》|)*(?:约|近|逾|超|达|超过|多达)?"
)


_CLOSE = re.compile(
    r"(?:\([\u4e00-\u9fff]\))?(?:[“\"「][^”\"」,。;]{1,10}[”\"」])?(?:(?:各|全|崭|多|优|精|爱)[\u4e00-\u9fff]|新|装)?的?"
)


# 500册涵盖农业、养殖、法律等方面的图书: what they cover stands between the figure and the goods.
_COVERING = re.compile(r"(?:内容)?(?:涵盖|涉及|包括|包含|囊括|覆盖|有关|关于)[^,。;!?]{1,40}的")
# 5000册、码洋15万元的图书: their worth stands there.
_WORTH = re.compile(
    r"[、,(]?总?(?:价值|码洋|市值|定价|造价)(?:为|约|达|共计|合计|共|近|逾|超|人民币)*[0-9.,万千百余多]+元(?:人民币)?\)?的"
)
# 10万包75%医用酒精湿巾
_STRENGTH = re.compile(r"[0-9.]+%(?:度?的)?")
# 一个装有本子、画笔的书包: what each holds.
_HOLDING = re.compile(
    r"(?:装有|装着|装满|内装|内有|含有?|写有|印有|刻有|绣有|配有|带有|附有)[^,。;!?]{1,30}的[“\"「]?"
)
# 一套甲公司捐的积木: whose gift each is.
_GIVEN = re.compile(r"[^,。;!?、0-9]{2,20}?(?:捐赠|捐献|赠送|捐|赠|购买|特制|自制|定制|定做)的")
# 8个刷着绿漆的“爱心书架”
_LOOKS = re.compile(r"[\u4e00-\u9fff]{2,10}的[“\"「]")


def describes(text: str, end: int, start: int) -> bool:
    """Whether words between a figure and a noun in quotes only say what it looks like or holds."""
    near = 0 < start - end <= _FAR
    return near and any(pattern.fullmatch(text, end, start) is not None for pattern in (_LOOKS, _HOLDING))


_BETWEEN = (_COVERING, _WORTH, _STRENGTH, OF_SIZE, _HOLDING, _GIVEN)
_FAR = 48


def phrase_behind(
    text: str, figure: schema.Quantity, phrases: list[Span], strict: bool = False
) -> Span | None:
    """The phrase that a figure stands before: 2000册图书; `strict` lets hardly anything stand between."""
    after = [span for span in phrases if 0 <= span[0] - figure.end <= 16]
    gap = text[figure.end : after[0][0]] if after else ""
    apart = not after or not _CLOSE.fullmatch(gap)
    if apart and any(pattern.match(text, figure.end) for pattern in _BETWEEN):
        return _covering(text, figure, phrases)
    if not after:
        return None
    after = [_named_last(text, after[0], phrases), *after[1:]]
    return after[0] if _CLOSE.fullmatch(gap) or (not strict and _GAP_RIGHT.fullmatch(gap)) else None


_TITLED = re.compile(r"(?:[、和]?《[^》\n]{1,30}》){0,8}(?:等|之类的?)(?:各类|各种|一批)?")


def _named_last(text: str, span: Span, phrases: Sequence[Span]) -> Span:
    """上百本《故事会》《童话》之类的好书, 实木的桌椅: the noun that what stands before describes."""
    if text[span[1] - 1] == "》":
        ends = (s for s in phrases if s[0] > span[1] and _TITLED.fullmatch(text, span[1], s[0]))
        return next((s for s in ends if category_of(text[slice(*s)]) in PRINT), span)
    if text[span[1] : span[1] + 1] == "的":
        return next((s for s in phrases if s[0] == span[1] + 1), span)
    return span


def _covering(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    after = [span for span in phrases if 0 <= span[0] - figure.end <= _FAR]
    gaps = ((span, text[figure.end : span[0]]) for span in after)
    return next((span for span, gap in gaps if any(p.fullmatch(gap) for p in _BETWEEN)), None)


_OPEN_BEFORE = re.compile(r"[和与及了着带购买送赠捐上去来出到给共约近有达予的为发各]$")


def noun_before(text: str, figure: schema.Quantity) -> bool:
    """Whether a noun stands right before a figure: 稿本4函."""
    head = text[max(0, figure.start - 2) : figure.start]
    return (
        len(head) == 2
        and all("\u4e00" <= char <= "\u9fff" for char in head)
        and not _OPEN_BEFORE.search(head)
    )


# 书包和文具,每人一套; 消毒液,各20箱: what each gets, behind a comma.
_TO_EACH = re.compile(
    r"[,(](?:每(?:人|户|名|位|校|村|班|家|所|个(?:农家)?书屋|个?(?:学校|村|点|站|乡镇))[\u4e00-\u9fff]{0,3}|人手|一人|一户|各)(?:各|可?[领得获]到?)?"
)


# 套装(帽子、手套)23套: what each consists of.
_BRACKET = re.compile(r"\([^()0-9,。;]{2,40}\)$")


def phrase_before(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    """The phrase that a figure stands behind: 图书2000册, 图书共计2000册, but not 年货:200副春联."""
    before = [span for span in phrases if 0 <= figure.start - span[1] <= 20]
    bracket = _BRACKET.search(text, max(0, figure.start - _FAR), figure.start)
    if bracket and any(end == bracket.start() for _, end in phrases):
        return next(span for span in phrases if span[1] == bracket.start())
    if not before:
        return None
    gap = text[before[-1][1] : figure.start]
    if figure.per and _TO_EACH.fullmatch(gap):
        return before[-1] if text[before[-1][0] - 1 : before[-1][0]] not in "、" else None
    if "…" in gap and not figure.surface.startswith(("共", "一共", "总", "合计")):
        return None
    opens_list = ":" in gap and any(start == figure.end for start, _ in phrases)
    return before[-1] if _GAP_LEFT.fullmatch(gap) and not opens_list else None


_COVERS = (
    r"(?:内容)?(?:涵盖|涉及|包括|包含|囊括|覆盖|主要是|主要有|主要为)"
    r"(?:[^,。;0-9]|[0-9]+(?:大|个|余)*(?:类|门类|种类|领域|学科)){1,60}"
)
_TOTALS = re.compile(
    rf"(?:一批|若干|一车|{_COVERS})?,(?:(?:首批|第一批|头一批|目前|如今)(?:共|已|就)*有?|(?:数量|总量|总数)(?:共|达|为|有)*|总共|一共|共计|共有|共|合计|总计|累计|计(?=[0-9]))|{_COVERS},(?=[近约逾超达0-9])"
)


def _totalled_before(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    """第一批图书,共5000余册: the goods that a figure behind a comma adds up."""
    near = [s for s in phrases if 0 <= figure.start - s[1] <= 2 * _FAR]
    told = (s for s in reversed(near) if _totals(text[s[1] : figure.start + 2], figure.start - s[1]))
    return next(told, None) or _told_of_batch(text, figure, near)


_THIS_BATCH = re.compile(
    r"(?:(?:这|该|此|本)批(?:捐赠的?|赠送的?)?|一批[^,。;]{0,20}(?:捐赠|赠送|捐献|捐出)的)$"
)
_ON_THE_WAY = re.compile(r"[^,。;0-9]{1,24},(?:总共|一共|共计|共有|共)?")


def _told_of_batch(text: str, figure: schema.Quantity, phrases: Sequence[Span]) -> Span | None:
    """这批图书由货车送到县里,共24件: what happens to the batch stands before its figure."""
    return next(
        (
            span
            for span in reversed(phrases)
            if _THIS_BATCH.search(text[max(0, span[0] - 28) : span[0]])
            and figure.surface.startswith(("共", "总共"))
            and _ON_THE_WAY.fullmatch(text[span[1] : figure.start])
        ),
        None,
    )


def _totals(behind: str, gap: int) -> bool:
    """Whether the words behind a phrase lead up to a figure so many characters on that adds it up."""
    match = _TOTALS.match(behind)
    return match is not None and gap - 1 <= match.end() <= gap + 2


def kind_behind(
    text: str,
    first: int,
    last: int,
    figure: schema.Quantity,
    phrases: Sequence[Span],
    walls: tuple[Span, ...],
) -> Span | None:
    """铜镜、铜灯等7件汉代铜器: the name of the kind that a figure counts behind a list of examples."""
    if text[figure.start - 1 : figure.start] != "等":
        return None
    known = next(
        (s for s in phrases if s[0] >= figure.end and _CLOSE.fullmatch(text[figure.end : s[0]])), None
    )
    noun = known or unknown_noun(text, first, last, figure, walls)
    return noun if noun and noun[0] >= figure.end and not _SUMMING.search(text[slice(*noun)]) else None


_SUMMING = re.compile(r"(?:物资|物品|用品|用具|设备|器材|礼品)$")


def counted_phrase(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    """The phrase that a figure counts: before it, behind it, or before the comma that it stands behind."""
    behind = phrase_behind(text, figure, phrases, strict=noun_before(text, figure))
    before = phrase_before(text, figure, phrases) or behind or _totalled_before(text, figure, phrases)
    return before or _told_for_each(text, figure, phrases)


# 把鸡苗拉到村里:26户贫困户每户50只
_HEADS_GET = re.compile(
    r"[^。;!?\n0-9]{0,24}[,:(](?:[全共这]\w{0,3}|[给为向][^,。;、0-9]{0,16}?)?[0-9一二三四五六七八九十百两]{1,6}[余多]?[人户名位个家所][^,。;:、0-9]{0,8}"
    r"(?:(?:每|一)(?:[人户名位家所校村]|个孩子|个学生)|[人户]均|人手|各)[^,。;:、0-9]{0,4}"
)


def _told_for_each(text: str, figure: schema.Quantity, phrases: list[Span]) -> Span | None:
    """把鸡苗拉到村里:26户贫困户每户50只: goods told before those who get so many each."""
    before = [span for span in phrases if span[1] <= figure.start]
    if not figure.per or not before or re.match(r"[\u4e00-\u9fff]", text[figure.end : figure.end + 1]):
        return None
    return before[-1] if _HEADS_GET.fullmatch(text, before[-1][1], figure.start) else None


# 捐款81笔,共计3万元: how many gifts of money, not how much.
_GIFTS = re.compile(r"(?:达|共)?(?:[0-9,]+[余多]?笔)?,")


def summed_before(text: str, figure: schema.Quantity, phrases: Sequence[Span]) -> Span | None:
    """发放慰问金,总共14200元: the money that a sum behind a comma adds up."""
    if figure.role != "total":
        return None
    before = [s for s in phrases if _GIFTS.fullmatch(text, s[1], figure.start)]
    return next((s for s in before if category_of(text[s[0] : s[1]]) == "money"), None)
