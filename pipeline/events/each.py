"""Words that share something out, 各, 分别 and 每, and whether the parties of a passage are meant by them."""

from __future__ import annotations

import re

from pipeline.events.proto import Proto
from pipeline.numerals import parse_numeral

_EACH = re.compile(
    r"(?<!全[省市县区国州旗镇乡村校行])各(?!有所|类|种|界|项|级|地|个|位|方|自|族|式|阶|行|乡|村|校|有关|家|单位|科|部|县|镇|区|分|市|省|学|班|年|户|国|路|处|站|所|图|经|网|社)"
    r"|各自(?=[捐赠送拿搬提出掏带认资])"
    r"|每(?:个|家|所)?(?:村|校|馆|社区|学校|(?:农家|社区|爱心)?书屋|图书室|阅览室|教学点)(?:各)?"
    r"|分别(?!代表|担任|致辞|介绍|讲话|发言|由)(?:各|到|来到|走进|前往|赴|深入|走访|看望|慰问|在)?"
)


def distributor(proto: Proto, text: str) -> tuple[int, str] | None:
    """The 各 or 分别 of the act's own clauses that stands before a figure of it."""
    figures = [f.start for p in proto.pieces for f in (p.figure, p.value) if f is not None]
    if not figures:
        return None
    first, last = proto.spans[0][0], max(figures)
    floor = max(first, proto.acts[0][0] - 100)
    marks = [
        m
        for m in _EACH.finditer(text, floor, last)
        if (
            abs(m.start() - proto.acts[0][0]) <= 24
            or _before_list(proto, text, m)
            or 0 <= min(f - m.end() for f in figures if f >= m.end()) <= 14
        )
        and not _of_goods(proto, text, m)
        and not _of_another(proto, text, m)
        and not _HEADS.search(text, max(first, m.start() - 16), m.start())
        and not _of_more(proto, text[first : m.start()], m[0])
    ]
    return (marks[-1].start(), marks[-1][0]) if marks else None


_TAKERS = re.compile(r"[向给为对][^,。;]+(?<!共)")


def _before_list(proto: Proto, text: str, mark: re.Match[str]) -> bool:
    """分别向甲镇一村、乙镇二村…捐赠: a long list of takers between 分别 and the verb."""
    return mark[0].startswith("分别") and bool(_TAKERS.fullmatch(text, mark.end(), proto.acts[0][0]))


_TOLD = re.compile(r"[0-9一二两三四五六七八九十百千万余多]{1,9}[元册本台套箱件](?!以上)")
_JOINTLY = re.compile(r"(?:联合|联手|共同|合力|携手)(?:向[^,。;]{1,16})?$")


def _of_another(proto: Proto, text: str, mark: re.Match[str]) -> bool:
    """甲、乙各捐款30万元,丙暨丁联合捐款20万元: 各 of an act before, or an act of all together."""
    act = proto.acts[0][0]
    own = [f for p in proto.pieces for f in (p.figure, p.value) if f is not None] + list(proto.values)
    others = (
        m
        for m in _TOLD.finditer(text, mark.end(), max(act, mark.end()))
        if not any(f.start < m.end() and m.start() < f.end for f in own)
    )
    apart = any("," in text[other.end() : act] for other in others)
    return apart or _JOINTLY.search(text[mark.end() : act]) is not None


# 10名教师也各有一个水杯: what each of so many people gets.
_HEADS = re.compile(r"[0-9一二两三四五六七八九十百千][余多]?(?:名|位|户)[^,，。;；、]{0,8}$")


# 全县10所小学…为每所学校
_OF_KIND = re.compile(
    r"([0-9]{1,4}|[一二两三四五六七八九十百]{1,4})[余多]?(?:所|个|家)[^,，。;；0-9]{0,8}?(?:学校|小学|中学|村|社区|馆|书屋|乡镇)"
)


def _of_more(proto: Proto, head: str, word: str) -> bool:
    """面向10所小学,包括甲校、乙校,为每所学校送书500册: more get it than those who are named."""
    if not word.startswith("每"):
        return False
    counts = [parse_numeral(m[1]) for m in _OF_KIND.finditer(head)]
    return any(count is not None and count.value > len(proto.recipients) for count in counts)


_NUMBER = re.compile(r"[近约逾超共达]?[0-9〇零一二两三四五六七八九十百千万几数]")


def _of_goods(proto: Proto, text: str, mark: re.Match[str]) -> bool:
    """牛奶和饼干各60箱: the figure of each kind of goods, or that of goods of another act."""
    if not _NUMBER.match(text, mark.end()):
        return False
    counted = [p for p in proto.pieces if p.figure is not None and p.figure.start - mark.end() in (-1, 0)]
    summed = any(p.value is not None and p.value.start - mark.end() in (-1, 0) for p in proto.pieces)
    if len({(p.start, p.end) for p in counted}) > 1:
        return any(p.end == mark.start() for p in counted)
    return not counted and not summed
