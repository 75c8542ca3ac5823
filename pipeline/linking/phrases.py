"""Goods phrases: heads of `goods.toml` with their modifiers, titled works, and what is no gift of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import Span, alternation

STOP = re.compile(
    r"共享|建[成起]|各界|精心|挑选|选出|[修兴新扩]建|更新|安装|[买运带拉领召收捐]回|组织|现场|书写|设立|成立|[,。;:!?、“”\"‘’《》()\[\]\n…「」—]|的|了|着|连同|装满|出动|力争|募集|(?:和(?!面机|田)|与|及)(?!平)|以及|给|向|满载|载满|将|(?<![拖扫火])把|为|共|等|价值|含|其中|包括|包含|涵盖|另备|备有|备好|另|还有|外加|各发|各(?![类种])|每|约|近|送|捐|赠|去|来|到|过(?![冬节夜滤])|些|批|有(?!声|机)|是|用于|用来|在|从|对|发放|购买|购置|采购|购得|购回|准备|筹集|选购|援建|资助|拿出|提供|出资|配送|添置|奉献|寄|(?<![水胶皮彩绷海领磁全])带|献|领走|(?<!红)领(?![带巾结])|收|买成|换成|挑出|装成|悉数|一并|[买购备凑]齐|含|套装:|们|[装搬抬拉铺]上|装车|筹措|[订定]购|[定订][制做]|缝制|编织|印制|购进|购入|调拨|调运|支出|募得|筹得|拨付|下拨|划拨|投入|凑[了齐出到足]|追加|(?<=[\u4e00-\u9fff])\x20(?=[\u4e00-\u9fff])"
)


LEADS = re.compile(
    r"^(?:方面|仅|光(?![纤缆伏电])|一(?P<measure>[箱捆摞包袋本册套件车桶盒批叠])(?P=measure)|一批|若干|大批|部分|许多|相关|紧急|连夜|配套|崭新|全新|爱心|上(?![网衣])|出(?!版)|下|多种|装(?![备置饰载卸帧潢机])|走(?![马步])|得(?!力)|这|那|该|此|本|新(?![华鲜式型疆农生])|我|你|他|她|大量|如|买|办(?!公)|成(?![语人套品衣])|配(?![套件方餐电饰合菜]))+(?=.)"
)


# 图书包括: the last character begins the word behind.
_BEGINS_ANOTHER = r"(?!(?<=包)[括含])"


@cache
def _heads() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], frozenset[str]]:
    lexicon = read_toml("goods.toml")
    category = {word: name for name, block in lexicon["heads"].items() for word in words(block)}
    return (
        re.compile(f"(?:{alternation(category).pattern}){_BEGINS_ANOTHER}"),
        category,
        alternation(words(lexicon["not_goods"]["words"])),
        frozenset(words(lexicon["summing"]["words"])),
    )


def goods_word(text: str, start: int) -> str:
    """The goods noun that begins at a place, the longest; empty where none does.

    Example:
        >>> goods_word("捐书籍500册", 1), goods_word("捐书500册", 0)
        ('书籍', '')
    """
    found = _heads()[0].match(text, start)
    return found[0] if found else ""


def category_of(phrase: str) -> str:
    """The category of a goods phrase by its longest head, `other` for none.

    Example:
        >>> category_of("法律类图书"), category_of("太阳能路灯"), category_of("甲乙丙")
        ('book', 'electronics', 'other')
    """
    _, category, _, _ = _heads()
    for length in range(min(len(phrase), 10), 0, -1):
        if phrase[-length:] in category:
            return category[phrase[-length:]]
    if "》" in phrase:
        return "book"
    named = next((name for tail, name in _tails() if phrase.endswith(tail)), "other")
    packed = _PACKED.search(phrase) if named == "other" else None
    return category_of(phrase[: packed.start()]) if packed else named


# 羽绒服套装: goods that come as a set.
_PACKED = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:套装|套件|系列|组合)$")


# What is read: a copy counts one as the other.
PRINT = ("book", "periodical")
_BOOKS = re.compile(r"(?:图书|书籍|书本|读物|教材)(?![馆室角卡证架柜包])")
_KINDS_TOLD = re.compile(r"[、和与及]|以及")


def holds_books(phrase: str) -> bool:
    """Whether one of the kinds that a phrase names is books.

    Example:
        >>> holds_books("图书和科技光碟"), holds_books("书籍刊物"), holds_books("图书卡")
        (True, True, False)
    """
    kinds = (category_of(kind) for kind in _KINDS_TOLD.split(phrase))
    return bool(_BOOKS.search(phrase, 0, len(phrase) - len(head_of(phrase)))) or "book" in kinds


def head_of(phrase: str) -> str:
    """The longest head of `goods.toml` that a phrase ends in, else the phrase.

    Example:
        >>> head_of("一大批少儿读物"), head_of("甲乙丙")
        ('读物', '甲乙丙')
    """
    known = _heads()[1]
    found = (phrase[-length:] for length in range(min(len(phrase), 10), 0, -1))
    return next((head for head in found if head in known), phrase)


@cache
def _tails() -> tuple[tuple[str, str], ...]:
    """Endings of nouns with their categories, the longest first."""
    pairs = [
        (word, name) for name, block in read_toml("goods.toml")["tails"].items() for word in words(block)
    ]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))


def is_summing(phrase: str) -> bool:
    """Whether a phrase only names the whole of a list (物资, 物品)."""
    return phrase in _heads()[3]


def find_phrases(text: str, first: int, last: int, walls: tuple[Span, ...]) -> tuple[Span, ...]:
    """Goods phrases of a stretch, modifiers included; `walls` are spans that they may not touch."""
    pattern, _, not_goods, _ = _heads()
    spans = tuple(_head_spans(pattern, text, first, last))
    others = (match.span() for match in not_goods.finditer(text, first, last))
    # 用水 is none, but 饮用水 is goods.
    barred = tuple(other for other in others if not _within_longer(other, spans)) + walls
    heads: list[Span] = []
    for span in spans:
        if any(a < span[1] and span[0] < b for a, b in barred):
            continue
        if heads and (heads[-1][1] == span[0] or text[heads[-1][1] : span[0]] in _KINDRED):
            heads[-1] = (heads[-1][0], span[1])
        else:
            heads.append(span)
    phrases = {_with_modifiers(text, head, first, walls) for head in heads}
    staples = _staples(text, first, last, [*barred, *phrases])
    return tuple(sorted({*phrases, *staples}))


def _within_longer(span: Span, spans: Iterable[Span]) -> bool:
    return any(s <= span[0] and span[1] <= e and e - s > span[1] - span[0] for s, e in spans)


# What joins two heads in one noun: 冲锋衣式校服.
_KINDRED = ("式", "型", "类", "款", "用", "版")


def _head_spans(pattern: re.Pattern[str], text: str, first: int, last: int) -> Iterator[Span]:
    """Heads from left to right; of two that overlap the one that ends later (书包 in 新书包)."""
    match = pattern.search(text, first, last)
    while match:
        if match[0] == "笔" and text[match.start() - 1 : match.start()] in _NUMBERS:
            match = pattern.search(text, match.end(), last)
            continue
        later = _later_head(pattern, text, match, last)
        while later is not None:
            match, later = later, _later_head(pattern, text, later, last)
        yield match.span()
        match = pattern.search(text, match.end(), last)


# 第一笔58万元, 这笔捐款: a classifier of money, no pen.
_NUMBERS = tuple("第首一两三四五六七八九十几数每这该此多")


def _later_head(pattern: re.Pattern[str], text: str, match: re.Match[str], last: int) -> re.Match[str] | None:
    """The head that begins inside another and ends behind it: 种子 in 菜种子."""
    inner = (pattern.match(text, at, last) for at in range(match.start() + 1, match.end()))
    later = max((m for m in inner if m), key=lambda m: m.end(), default=None)
    return later if later is not None and later.end() > match.end() else None


def inside_goods(text: str, start: int, end: int) -> bool:
    """Whether a stretch is only a piece of a goods word: 温枪 in 额温枪.

    Example:
        >>> inside_goods("60支额温枪", 4, 6), inside_goods("温枪说", 0, 2)
        (True, False)
    """
    first, last = max(0, start - 4), end + 4
    return any(
        s <= start and end <= e and e - s > end - start
        for s, e in _head_spans(_heads()[0], text, first, last)
    )


_STAPLES = re.compile(r"[米面油盐糖肉蛋奶菜茶](?:、[米面油盐糖肉蛋奶菜茶])+(?=等|[、,。;!?)和与及各]|$)")


def _staples(text: str, first: int, last: int, barred: Iterable[Span]) -> Iterator[Span]:
    """米、面、油: staples of one character, told in a list."""
    for match in _STAPLES.finditer(text, first, last):
        if not any(a < match.end() and match.start() < b for a, b in barred):
            yield from ((at, at + 1) for at in range(match.start(), match.end(), 2))


def _with_modifiers(text: str, head: Span, first: int, walls: tuple[Span, ...]) -> Span:
    wall = max((end for _, end in walls if end <= head[0]), default=first)
    floor = max(first, wall, head[0] - 12)
    stretch = text[floor : head[0]]
    stops = list(STOP.finditer(stretch))
    start = floor + (stops[-1].end() if stops else 0)
    lead = LEADS.match(text[start : head[0] + 1])
    return start + (lead.end() if lead else 0), head[1]


_ALONE = re.compile(
    r"$|[^\u4e00-\u9fff]|[等和与及以并给送到交供若共一用外后前助献暖进走解促点]|若干|的[\u4e00-\u9fff]{0,4}[车船]"
    r"|分(?:发|送|给|到)|发[放给到往]|[运寄][往到至给送]|[装搬抬运卸][上下进到来去入出]|装车|转[赠交送捐给]|已|均|全部|逐一|[由被][^,。;]"
)


_AIM = re.compile(
    r"(?:,帮助[^,。;]{0,24}(?:新建|修建|硬化|发展|补栽|改造|建设)[^,。;]{0,12}|(?:用于|用来|用作|以便|供)[^,。;]{0,16}|元[^,。;]{0,4}(?:设立|成立)[^,。;]{0,12})$"
)


def is_aim(text: str, start: int) -> bool:
    """用作添置宿舍床铺, 帮助村里硬化晒场: what the gift is meant for."""
    return text.startswith(("帮助", "支持"), start) or bool(_AIM.search(text[max(0, start - 40) : start]))


_KEPT = re.compile(r"(?:用好|管好|利用好|爱护|爱惜|珍惜|善用|管理好)(?:这些|这批|好)?$")


def is_kept(text: str, start: int) -> bool:
    """要爱惜这些器材: what those who have the goods promise to do with them."""
    return bool(_KEPT.search(text[max(0, start - 8) : start]))


_TAUGHT = re.compile(r"[^,。;!?\n]{0,8}(?:培训|讲座|课程|教学|演示|维修|使用技巧)")


def is_taught(text: str, end: int) -> bool:
    """带来了除颤仪使用培训: goods that are only what is taught."""
    return bool(_TAUGHT.match(text, end))


_CONTENT = re.compile(r"(?:内容|涉及|涵盖|题材|门类|[讲写说]的(?:多|都|全|大多|主要)?是)[^,。;]{0,30}$")


def is_content(text: str, start: int) -> bool:
    """内容涉及养殖、时政、少儿读物: what books are about."""
    return bool(_CONTENT.search(text[max(0, start - 36) : start]))


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a phrase without a figure ends where a phrase can end (图书, but not 家电 in 家电维修)."""
    pattern, *_ = _heads()
    heads = [span for span in _head_spans(pattern, text, start, end) if span[1] == end]
    whole = bool(heads) and heads[-1][1] - heads[-1][0] > 1
    if text[end - 1] == "》":
        return True
    told = whole or _in_list(text, start, end) or _BATCH.search(text[max(0, start - 4) : start])
    return bool(told) and bool(_WORTH.match(text, end) or _ALONE.match(text, end))


# 捐了一批书: even a short word is goods where some of it is told.
_BATCH = re.compile(r"(?:[一大这]批|一些|许多|若干|不少)$")
_WORTH = re.compile(r"价值|[总市]?价|折[价款合]|总[值计]|[合约估][合计值]")


def _in_list(text: str, start: int, end: int) -> bool:
    return "、" in (text[end : end + 1], text[max(0, start - 1) : start])


_WORK = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8})《[^》\n]{1,30}》(?:\((?:残本|影印本|[上中下全]册?|第?[^()]{1,6}版)\))?"
    r"(?:(?:(?![一二两三四五六七八九十百千捐赠送给交予寄与和及等])[\u4e00-\u9fff]){0,4}(?:书|本|册|集|报|刊|残本|画册|丛书|读本|杂志|一书))?"
)


def find_works(text: str, first: int, last: int, figures: Iterable[schema.Quantity]) -> Iterator[Span]:
    """Titled works beside a figure, or held by the verb: 《新华字典》310本, 将《李氏家谱》捐赠给."""
    beside = {q.start for q in figures} | {q.end for q in figures}
    for match in _WORK.finditer(text, first, last):
        head = (text.index("《", match.start()), match.end())
        start = _with_modifiers(text, head, first, tuple((q.start, q.end) for q in figures))[0]
        counted = (
            match.end() in beside or start in beside or head[0] in beside or _EACH_OF.match(text, match.end())
        )
        if counted or _HELD_WORK.search(text[max(first, start - 16) : start]):
            yield start, match.end()


# 《青溪年鉴》和《青溪县志》各一册
_EACH_OF = re.compile(r"(?:(?:、|和|与|及|以及)?《[^》\n]{1,30}》){0,8}各[0-9一二两三四五六七八九十百]")
_HELD_WORK = re.compile(r"(?:将|把|捐赠|赠送|捐献|赠予|捐出)了?[^,。;《]{0,12}$")
