"""Which mentions of a report speak of the same party, and its fullest name there.

Short names (县图书馆), clipped company names (一民农资), abbreviations (省图) and pronouns (我馆, 该村,
两村) go back to the fullest name that the report, its title or its source line holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline import schema
from pipeline.linking.scan import THEM, Party
from pipeline.text import fold

_LEVEL = re.compile(r"^[省市县区州旗镇乡村街]")
_COMPANY = re.compile(
    r"(?:股份|有限|责任|集团|控股|总|分|子|\(集团\)|\([^()]{2,6}\)|公司|实业|发展|商业|投资|管理|委员会|会|厂|委|局|处|站)*"
)
_PLACE_LEAD = re.compile(r"^(?:[\u4e00-\u9fff]{2,6}?(?:省|市|县|区|州|盟|旗|镇|乡|街道|自治区))+")
_PRONOUN_TAILS = {
    "馆": ("图书馆", "文化馆", "博物馆", "馆"),
    "行": ("银行", "支行", "分行", "总行", "农商行", "信用社", "联社"),
    "司": ("公司", "集团"),
    "公司": ("公司", "集团", "企业", "厂", "酒厂"),
    "集团": ("集团", "公司"),
    "局": ("局",),
    "校": ("学校", "小学", "中学", "学院", "大学", "中心校", "校", "一中", "二中", "教学点", "幼儿园", "小"),
    "学校": ("学校", "小学", "中学", "学院", "大学", "中心校", "校"),
    "小学": ("小学", "中心校", "完小"),
    "中学": ("中学", "一中", "二中", "三中"),
    "幼儿园": ("幼儿园",),
    "图书馆": ("图书馆",),
    "会": (
        "会",
        "基金会",
        "商会",
        "协会",
        "慈善总会",
        "联合会",
        "促进会",
        "红十字会",
        "研究会",
        "同乡会",
        "学会",
    ),
    "协会": ("协会",),
    "商会": ("商会",),
    "基金会": ("基金会",),
    "院": ("医院", "学院", "法院", "检察院", "研究院", "院", "卫生院", "福利院", "敬老院"),
    "所": ("所", "看守所", "派出所", "研究所", "事务所"),
    "站": ("站",),
    "社": ("社", "出版社", "合作社", "报社", "杂志社", "供销社"),
    "厂": ("厂",),
    "店": ("店", "书店", "新华书店"),
    "队": ("队", "支队", "大队", "中队", "志愿队", "服务队"),
    "中心": ("中心",),
    "处": ("处", "办事处"),
    "办": ("办", "办公室"),
    "村": ("村", "嘎查", "屯", "寨", "村委会", "村民委员会"),
    "社区": ("社区", "居委会"),
    "镇": ("镇",),
    "乡": ("乡",),
    "县": ("县",),
    "区": ("区",),
    "市": ("市",),
    "企业": ("公司", "集团", "厂", "企业"),
    "单位": ("局", "公司", "馆", "院", "委员会", "中心", "委", "行", "部", "处", "校", "社", "会", "所"),
    "支行": ("支行",),
    "分行": ("分行",),
    "组织": ("协会", "会", "服务中心", "社工站", "服务队"),
    "报": ("报",),
    "联社": ("联社", "信用社"),
    "总会": ("总会",),
    "村里": ("村",),
    "校方": ("学校", "小学", "中学", "学院", "大学", "中心校", "校"),
    "全校师生": ("学校", "小学", "中学", "学院", "大学", "中心校", "校"),
    "馆里": ("馆",),
    "馆方": ("馆",),
    "书店": ("书店",),
    "书屋": ("书屋",),
    "慈善会": ("慈善会", "慈善总会"),
    "校友会": ("校友会",),
    "出版社": ("出版社",),
    "医院": ("医院",),
    "合作社": ("合作社",),
    "园": ("幼儿园", "园"),
    "连": ("连", "连队"),
    "中队": ("中队",),
    "支队": ("支队",),
    "大队": ("大队",),
    "台": ("台",),
    "部": ("部",),
    "委": ("委", "委员会"),
    "旗": ("旗",),
    "州": ("州",),
    "嘎查": ("嘎查",),
    "农场": ("农场",),
    "矿": ("矿",),
    "网": ("网",),
    "学院": ("学院",),
}
_COUNT = {"两": 2, "双": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, slots=True)
class Names:
    """Resolved names: `names[(start, end)]` are the parties that a span stands for."""

    names: dict[tuple[int, int], tuple[str, ...]]

    def of(self, span: tuple[int, int]) -> tuple[str, ...]:
        """The names behind a span; empty when it is unknown."""
        return self.names.get(span, ())


def resolve_names(
    report: schema.Report, mentions: Sequence[schema.Mention], parties: Sequence[Party]
) -> Names:
    """Resolve every member of every party.

    Example:
        >>> from pipeline.schema import Mention, Report
        >>> text = "青溪县图书馆来了。县图书馆赠书。"
        >>> ms = [Mention("r", 0, 6, "青溪县图书馆", "ORG"), Mention("r", 9, 13, "县图书馆", "ORG")]
        >>> ps = [Party(m.start, m.end, "ORG", ((m.start, m.end),), "", "") for m in ms]
        >>> resolve_names(Report("r", text), ms, ps).of((9, 13))
        ('青溪县图书馆',)
    """
    named = [m for m in mentions if m.label in ("ORG", "LOC", "PER")]
    fullest = _fullest_names(report, named)
    table: dict[tuple[int, int], tuple[str, ...]] = {(m.start, m.end): (fullest[m.surface],) for m in named}
    _share_prefixes(report.text, parties, table)
    _add_places(report, named, table)
    for party in parties:
        for span in party.members:
            if span not in table:
                table[span] = _pronoun(report, span, named, parties, table)
    return Names(table)


def _fullest_names(report: schema.Report, named: Sequence[schema.Mention]) -> dict[str, str]:
    surfaces = {m.surface: m.label for m in named}
    pool = [s for s, label in surfaces.items() if label != "PER"]
    source = (report.source or "").strip()
    if source and re.search(r"(?:馆|局|会|公司|集团|行|校|学|院|委|部|社|政府|中心|站|所)$", source):
        pool.append(source)
    pool += [inner for name in pool for inner in _inner_names(name)]
    declared = _declared(report.text, pool)
    result = {}
    for surface, label in surfaces.items():
        result[surface] = (
            surface if label == "PER" else declared.get(surface) or _longest(surface, pool, declared, report)
        )
    return result


_INNER = re.compile(
    r"^[\u4e00-\u9fff]{2,12}?(?:省|市|县|区|州)(?:图书馆|文化馆|博物馆|教育局|民政局)(?=[\u4e00-\u9fff])"
)


def _inner_names(name: str) -> list[str]:
    """An institution at the head of a longer name: 山西省图书馆 in 山西省图书馆太原市劳教所图书流通站."""
    match = _INNER.match(name)
    return [match[0]] if match else []


def _declared(text: str, pool: Iterable[str]) -> dict[str, str]:
    """Abbreviations that the report itself introduces: 甲公司（以下简称“乙”）."""
    found = {}
    for match in re.finditer(
        r"[（(](?:以下|下)?(?:简)?称(?:为|:|：)?[“\"']?([^）)”\"']{2,14})[”\"']?[）)]", text
    ):
        owner = next(
            (name for name in sorted(pool, key=len, reverse=True) if text[: match.start()].endswith(name)),
            None,
        )
        if owner:
            found[match[1]] = owner
    return found


def _longest(surface: str, pool: Sequence[str], declared: dict[str, str], report: schema.Report) -> str:
    candidates = [name for name in pool if name != surface and is_short_for(surface, name)]
    if not candidates:
        return surface
    heads = [
        name
        for name in candidates
        if not any(other != name and is_short_for(name, other) for other in candidates)
    ]
    best = max(heads, key=lambda name: (report.text.count(name), len(name)))
    return declared.get(best, best)


def is_short_for(short: str, full: str) -> bool:
    """Whether a name is a shorter writing of a fuller one.

    Example:
        >>> is_short_for("县图书馆", "青溪县图书馆"), is_short_for("省图", "山西省图书馆")
        (True, True)
        >>> is_short_for("一民农资", "雅安市一民农资有限责任公司"), is_short_for("河东村", "青溪县")
        (True, False)
    """
    short, full = fold(short), fold(full)
    if len(short) >= len(full):
        return False
    if full.endswith(short) and len(short) >= 2:
        return True
    if re.fullmatch(r"[\u4e00-\u9fff]{1,3}图", short):
        return full.endswith(short + "书馆")
    if re.fullmatch(r"[省市县区州旗]馆", short):
        return full.endswith("图书馆") and short[0] in full
    at = full.find(short)
    if at >= 0 and len(short) >= 3:
        lead, tail = full[:at], full[at + len(short) :]
        return (
            (not lead or bool(_PLACE_LEAD.fullmatch(lead)) or len(lead) <= 3)
            and bool(_COMPANY.fullmatch(tail))
            and "公司" in full
        )
    return _dropped_level(short, full)


def _dropped_level(short: str, full: str) -> bool:
    """丰都图书馆 for 丰都县图书馆; 兴仁市图书馆 for 贵州省兴仁市图书馆 is caught by its ending."""
    for level in ("省", "市", "县", "区", "镇", "乡"):
        at = full.find(level)
        while at > 0:
            clipped = full[:at] + full[at + 1 :]
            if clipped == short or (clipped.endswith(short) and len(short) >= 4):
                return True
            at = full.find(level, at + 1)
    return False


_ADDRESS = re.compile(r"^(?:[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗|镇|乡|街道))+(?=[\u4e00-\u9fff]{2,})")


def _share_prefixes(
    text: str, parties: Sequence[Party], table: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    """A县B镇甲村和乙村: 乙村 stands in the same town."""
    for party in parties:
        prefix = ""
        for span in party.members:
            surface = text[span[0] : span[1]]
            match = _ADDRESS.match(surface)
            if match and re.search(
                r"(?:村|社区|屯|组|寨|嘎查|小学|学校|居委会|村委会)", surface[match.end() :] or ""
            ):
                prefix = match[0]
            elif (
                prefix
                and span in table
                and table[span] == (surface,)
                and re.search(r"(?:村|社区|村委会|村委|居委会|小学)$", surface)
            ):
                table[span] = (prefix + surface,)


_LEVEL_NAME = {
    "县": re.compile(r"[\u4e00-\u9fff]{2,7}?(?<!自治)(?:自治县|县)"),
    "市": re.compile(r"[\u4e00-\u9fff]{2,5}?市"),
    "区": re.compile(r"[\u4e00-\u9fff]{2,5}?(?<!社|地|小|灾|山|城|老|辖|园|校|库|景|林|牧|片|厂|矿|院|营)区"),
    "省": re.compile(r"[\u4e00-\u9fff]{2,3}?省"),
    "州": re.compile(r"[\u4e00-\u9fff]{2,10}?州"),
    "旗": re.compile(r"[\u4e00-\u9fff]{2,6}?旗"),
    "镇": re.compile(r"[\u4e00-\u9fff]{2,5}?镇"),
    "乡": re.compile(r"[\u4e00-\u9fff]{2,6}?乡"),
    "村": re.compile(r"[\u4e00-\u9fff]{2,5}?村"),
}
_ABOVE = re.compile(r"^.*[省市县区州盟旗镇乡](?=[\u4e00-\u9fff]{2,})")
_VILLAGE_BODIES = ("农家书屋", "村委会", "村委", "图书室", "党支部", "文化室", "文化服务中心", "小学")


def _add_places(
    report: schema.Report, named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> None:
    """县图书馆 with no fuller name in the report: put the one county that the report names before it."""
    for mention in named:
        span = (mention.start, mention.end)
        if mention.label != "ORG" or table[span] != (mention.surface,):
            continue
        level = mention.surface[0]
        if mention.surface in _VILLAGE_BODIES and report.text[max(0, mention.start - 2) : mention.start] in (
            "该村",
            "本村",
            "全村",
        ):
            place = _nearest(named, "村", mention.start)
            table[span] = (place + mention.surface,) if place else (mention.surface,)
        elif level in _LEVEL_NAME and len(mention.surface) > 2:
            place = _only(report, named, level, mention.start)
            if place:
                table[span] = (place + mention.surface[1:],)


def _only(report: schema.Report, named: Sequence[schema.Mention], level: str, before: int) -> str | None:
    """The place of a level that the report's names hold: the only one, of towns and villages the nearest."""
    if level in "镇乡村":
        return _nearest(named, level, before)
    pool = [m.surface for m in named if m.label in ("ORG", "LOC")] + [report.source or ""]
    found = {place for name in pool if (place := _place_in(fold(name), level))}
    return found.pop() if len(found) == 1 else None


def _nearest(named: Sequence[schema.Mention], level: str, before: int) -> str | None:
    found = [
        p
        for m in named
        if m.start < before and m.label in ("ORG", "LOC") and (p := _place_in(fold(m.surface), level))
    ]
    return found[-1] if found else None


def _place_in(name: str, level: str) -> str | None:
    """The part of a name that is a place of a level: 青溪县 in 云岭省青溪县图书馆."""
    for match in _LEVEL_NAME[level].finditer(name):
        place = _ABOVE.sub("", match[0])
        if len(place) > 1 and place[0] not in "省市县区州该本我各全":
            return place
    return None


def _pronoun(
    report: schema.Report,
    span: tuple[int, int],
    named: Sequence[schema.Mention],
    parties: Sequence[Party],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    word = fold(report.text[span[0] : span[1]])
    if word in THEM:
        return _them(span, named, table)
    number = _COUNT.get(word[0])
    if number or word.startswith(("以上", "上述", "各")):
        return _several(word, span, number, parties, table)
    tails = _PRONOUN_TAILS.get(word) or _PRONOUN_TAILS.get(word[1:], ())
    clause = _clause_around(report.text, span)
    fits = [
        m for m in named if tails and fold(m.surface).endswith(tails) and not clause[0] <= m.start < clause[1]
    ]
    if word[0] in "我本":
        return _self(report, word, tails, fits, named, table)
    before = [m for m in fits if m.end <= span[0]]
    chosen = before[-1:] or fits[:1]
    return table[(chosen[0].start, chosen[0].end)] if chosen else ()


def _them(
    span: tuple[int, int], named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """向其捐赠: the last institution or place named before."""
    before = [m for m in named if m.end <= span[0] and m.label in ("ORG", "LOC")]
    return table[(before[-1].start, before[-1].end)] if before else ()


def _clause_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The clause of a span: nobody is named and stood for in one clause."""
    breaks = [m.start() for m in re.finditer(r"[,，。；;！？!?\n]", text)]
    first = max((b + 1 for b in breaks if b < span[0]), default=0)
    return first, min((b for b in breaks if b >= span[1]), default=len(text))


def _self(
    report: schema.Report,
    word: str,
    tails: tuple[str, ...],
    fits: Sequence[schema.Mention],
    named: Sequence[schema.Mention],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    """Who calls itself 我馆: the source line, else the title, else the name told most often."""
    source = report.source or ""
    if tails and source.endswith(tails):
        return (source,)
    chosen = _own(report, fits)
    if chosen:
        return table[(chosen[0].start, chosen[0].end)]
    return () if word[1] in "镇县市区乡村" else _speaker(named, table)


def _speaker(
    named: Sequence[schema.Mention], table: dict[tuple[int, int], tuple[str, ...]]
) -> tuple[str, ...]:
    """The first institution of the report, when nothing fits what calls itself 本会."""
    first = next((m for m in named if m.label == "ORG"), None)
    return table[(first.start, first.end)] if first else ()


def _own(report: schema.Report, fits: Sequence[schema.Mention]) -> list[schema.Mention]:
    """The party that speaks of itself: named in the source line, else in the title, else most often."""
    source = [m for m in fits if report.source and (m.surface in report.source or report.source in m.surface)]
    title = [m for m in fits if m.end <= report.body_start]
    pool = source or title or list(fits)
    return sorted(pool, key=lambda m: (-report.text.count(m.surface), m.start))[:1]


def _several(
    word: str,
    span: tuple[int, int],
    number: int | None,
    parties: Sequence[Party],
    table: dict[tuple[int, int], tuple[str, ...]],
) -> tuple[str, ...]:
    tail = re.sub(r"^(?:两|三|四|五|以上|上述|各|双)(?:个|所|家)?", "", word)
    tails = () if tail in ("单位", "") else _PRONOUN_TAILS.get(tail, (tail,))
    earlier = [p for p in parties if p.end <= span[0] and len(p.members) > 1]
    for party in reversed(earlier):
        found = [n for s in party.members for n in table.get(s, ()) if not tails or n.endswith(tails)]
        if found and (number is None or len(found) == number):
            return tuple(dict.fromkeys(found))
    singles = dict.fromkeys(
        n
        for p in parties
        if p.end <= span[0]
        for s in p.members
        for n in table.get(s, ())
        if tails and n.endswith(tails)
    )
    return tuple(singles) if number is not None and len(singles) == number else ()
