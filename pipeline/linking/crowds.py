"""Parties without a name: 30名困难学生, 社会各界, 32家单位, 有关乡村.

All spans are offsets into the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.lexicons import read_toml, words
from pipeline.linking.spans import Span, alternation, overlaps


@cache
def _institutions() -> re.Pattern[str]:
    lexicon = read_toml("particles.toml")["institutions"]
    extent = "|".join(map(re.escape, words(lexicon["extent"])))
    heads = "|".join(map(re.escape, words(lexicon["heads"])))
    number = r"[0-9,〇零一二三四五六七八九十百千万两数几]+(?:余|多)?(?:个|所|家|座|户|名)"
    return re.compile(
        rf"(?:向|给|为|对|到|往)((?:(?:{extent})|{number})[^,。;:!?送捐赠配发]{{0,14}}?(?:{heads})(?:\([^()]{{1,8}}\))?(?:[、和及与](?:{number})?[^,。;:!?送捐赠配发]{{0,6}}?(?:{heads}))?)$"
    )


# 给26家小餐馆各: houses of any kind, told by a number that is not just as many as are named before.
_HOUSES = re.compile(
    r"(?:向|给|为)((?:[0-9]{2,}|[一二三四五六七八九]?[十百][一二三四五六七八九十]*)(?:余|多)?(?:家|所)"
    r"[^,。;:!?的各每送捐赠配发]{2,10})(?:各|分别)?$"
)


def find_institutions(text: str, first: int, last: int) -> Span | None:
    """A group of places or institutions that a particle marks right before a trigger.

    Example:
        >>> text = "累计向我区有关乡村(村委会)赠送"
        >>> first, last = find_institutions(text, 0, text.index("赠送"))
        >>> text[first:last]
        '我区有关乡村(村委会)'
    """
    first = max(first, last - 40)
    match = _institutions().search(text, first, last) or _HOUSES.search(text, first, last)
    return match.span(1) if match else None


@cache
def _group_heads() -> re.Pattern[str]:
    return alternation(words(read_toml("particles.toml")["groups"]["heads"]))


def find_groups(text: str, first: int, last: int) -> tuple[Span, ...]:
    """Unnamed recipients of a sentence: a group noun with its number and modifiers, behind a particle.

    Example:
        >>> text = "为30名困难学生送去书包"
        >>> [text[s:e] for s, e in find_groups(text, 0, len(text))]
        ['30名困难学生']
    """
    found = []
    for match in _group_heads().finditer(text, first, last):
        start = _group_start(text, first, match.start())
        if start is not None and _TAKES.search(text, first, start) and _GROUP_END.match(text, match.end()):
            found.append((start, match.end()))
    return tuple(found)


# What may stand before those who get something, though nobody named does.
_TAKES = re.compile(r"(?:[向给为对到予往送赠发助问进访望爱帮让使于在及和与、]|(?:捐赠|惠及|送达)了?)(?:了)?$")


# 两所小学 stands for schools that are named somewhere.
_ANAPHORIC = re.compile(r"[两二三四五2345][个所家座]")


def marked_group(text: str, span: Span) -> bool:
    """Whether the words around a group told by number or extent mark it as those who get something.

    Example:
        >>> marked_group("看望了8户困难家庭", (3, 9)), marked_group("7名学生来到村里", (0, 4))
        (True, False)
    """
    before, behind = _group_marks()
    told = _FIGURE.match(text, *span) and not _ANAPHORIC.match(text, *span)
    return bool(told and (before.search(text, max(0, span[0] - 10), span[0]) or behind.match(text, span[1])))


@cache
def _group_marks() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lexicon = read_toml("particles.toml")["groups"]
    before, behind = (
        alternation(words(lexicon[name])).pattern for name in ("marked_before", "marked_behind")
    )
    return re.compile(rf"(?:{before})了?[^,。;、]{{0,4}}$"), re.compile(behind)


_GROUP_END = re.compile(r"$|[^\u4e00-\u9fff]|[送捐赠发手带每各和及与们的家代身里献奉]")
_GROUP_STOP = re.compile(
    r"[,。;:!?、“”\"()\n]|发动|动员|号召|向|给|为|对|到|予|慰问|资助|送|捐|赠|的|和|与|往|了|进|在|于|这|将|把|被|让|使|帮(?!扶)|是|看望|走访|关爱|助力|服务|由|发|根据|因此|按照"
)


def _group_start(text: str, first: int, head: int) -> int | None:
    stretch = text[max(first, head - 14) : head]
    stops = list(_GROUP_STOP.finditer(stretch))
    if not stops:
        return None
    return head - len(stretch) + stops[-1].end()


def find_crowds(text: str, taken: Iterable[Span], places: Iterable[Span] = ()) -> tuple[Span, ...]:
    """People and institutions told by kind or number anywhere in a text, outside the spans already taken.

    A group told by number takes in the place right before it, one of `places`.

    Example:
        >>> text = "社会各界为30名困难学生和孤寡老人捐款"
        >>> [text[s:e] for s, e in find_crowds(text, ())]
        ['社会各界', '30名困难学生和孤寡老人']
        >>> find_crowds("向青溪县150个村赠书", [(1, 4)], [(1, 4)])
        ((1, 9),)
    """
    spans, homes = sorted(taken), sorted(places)
    found: list[Span] = []
    for match in _crowd_heads().finditer(text):
        start = _crowd_start(text, match.start(), spans)
        end = match.end() + text.startswith("们", match.end())
        if start is None or not _crowd_end().match(text, end):
            continue
        home = _home(text, start, match, homes)
        beside = start - (text[start - 1 : start] == ")")  # 甲公司(简称乙)员工
        if _touches([span for span in spans if span != home], beside, match.end()):
            continue
        if _untold(text, start, match) and home is None:
            continue
        if home is not None and _counts_them(text, start, home, homes):
            continue
        if found and found[-1][1] > start:
            found[-1] = (min(found[-1][0], start), match.end())
        elif home is not None:
            found.append((home[0], match.end()))
        elif found and (_continues(text, found[-1], start) or _are_of(text, found[-1], start)):
            found[-1] = (found[-1][0], match.end())
        else:
            found.append((start, match.end()))
    found += [span for span in _quoted_crowds(text) if not overlaps(span, [*spans, *found])]
    return tuple(sorted(found))


def _home(text: str, start: int, head: re.Match[str], places: Sequence[Span]) -> Span | None:
    """The place that a group belongs to: 青溪县150个村, 青溪县中小学, 云岭省的残疾人."""
    figured = _FIGURE.match(text, start)
    if not figured and head[0] not in words(read_toml("particles.toml")["crowds"]["of_place"]):
        return None
    ends = (start, start - len(next((word for word in _WITHIN if text.endswith(word, 0, start)), "")))
    home = next((place for place in places if place[1] in ends), None)
    counted = figured is not None and figured[0][0] not in "全各有部多"
    counted = counted and home is not None and home[1] == start
    small = home is not None and not counted and _SMALL.search(text, *home)
    return None if small else home


_WITHIN = ("的", "所辖", "下辖", "辖区", "境内")  # 青溪县所辖12所小学
_SMALL = re.compile(r"(?:村|镇|乡|社区|嘎查|苏木|街道|屯|寨|组)$")
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_COUNT = re.compile(r"([两二三四五六七八九十]|[0-9]{1,2})(?:个|所|家|座|地|(?=[县市镇乡村]))")


def _counts_them(text: str, start: int, home: Span, places: Sequence[Span]) -> bool:
    """石桥、河湾两个村: a group that only counts the places listed right before it."""
    figure = _COUNT.match(text, start)
    if figure is None:
        return False
    run = [home]
    for place in reversed(places):
        if place[1] <= run[-1][0] and _AND.fullmatch(text[place[1] : run[-1][0]]):
            run.append(place)
    return len(run) == (_DIGITS.get(figure[1]) or int(figure[1]))


def _quoted_crowds(text: str) -> Iterator[Span]:
    """48个“农家书屋”: institutions told by number whose kind stands in quotes."""
    for match in re.finditer(
        r"[0-9〇零一二两三四五六七八九十百千万多几]+[余多]?[个所家座][“\"]([^“”\"]{2,8})[”\"]", text
    ):
        if match[1] in _institution_heads():
            yield match.span()


@cache
def _crowd_heads() -> re.Pattern[str]:
    lexicon = read_toml("particles.toml")["crowds"]
    return alternation(
        word for kind in ("people", "counted", "institutions") for word in words(lexicon[kind])
    )


@cache
def _institution_heads() -> frozenset[str]:
    return frozenset(words(read_toml("particles.toml")["crowds"]["institutions"]))


@cache
def _counted_heads() -> frozenset[str]:
    return frozenset(words(read_toml("particles.toml")["crowds"]["counted"]))


def _untold(text: str, start: int, head: re.Match[str]) -> bool:
    """Whether a kind is no group by itself: institutions without extent, 母亲 without a number."""
    if head[0] in _counted_heads():
        return not _FIGURE.match(text, start)
    return head[0] in _institution_heads() and not _told(text[start : head.start()])


@cache
def _extent() -> re.Pattern[str]:
    extents = alternation(words(read_toml("particles.toml")["crowds"]["extent"]))
    return re.compile(r"[0-9〇零一二两三四五六七八九十百千万多几]|" + extents.pattern)


@cache
def _crowd_end() -> re.Pattern[str]:
    """What may follow a group: anything but what makes another word of it (学生会, 企业家协会)."""
    barred = "|".join(map(re.escape, words(read_toml("particles.toml")["crowds"]["not_before"])))
    return re.compile(rf"$|[^\u4e00-\u9fff]|(?!{barred})")


@cache
def _crowd_stop() -> re.Pattern[str]:
    """Where a group's words cannot reach over; the entries are patterns."""
    entries = words(read_toml("particles.toml")["crowds"]["stops"])
    stops = "|".join(sorted(entries, key=lambda entry: (-len(entry), entry)))
    return re.compile(r"[\s,。;:!?、“”\"()\n\[\]《》【】]|" + stops)


_FIGURE = re.compile(
    r"(?:[0-9,.〇零一二两三四五六七八九十百千万多几]+余?(?:多)?(?:名|位|户|个|所|家|座|人次|人|支|对|届)"
    r"|(?:全|各|有关|部分|多)(?=[\u4e00-\u9fff]))"
)


# 3户因病返困的家庭, 12名品学兼优的学生
_MODIFIED = re.compile(
    r"[0-9〇零一二两三四五六七八九十百千万多几余]+(?:名|位|户)[^\s,。;:!?、“”\"()向给为送捐赠对将把的]{1,14}的(?:当地|本地)?$"
)


# 1988届高三(2)班同学
_GRADE = r"[\u4e00-\u9fff]{0,3}\([0-9一二三四五六七八九十]+\)班"
_CLASS = re.compile(rf"(?:[0-9]{{2,4}}[届级])?(?:{_GRADE}[、和])*{_GRADE}(?:全体)?$")


def _crowd_start(text: str, head: int, taken: list[Span]) -> int | None:
    """Where a group's words begin: behind the last stop, at its number if it has one."""
    wall = max((last for _, last in taken if last <= head), default=0)
    in_class = _CLASS.search(text, wall, head)
    if in_class:
        return in_class.start()
    floor = max(wall, head - 16)
    stretch = text[floor:head]
    stops = list(_crowd_stop().finditer(stretch))
    start = floor + (stops[-1].end() if stops else 0)
    figures = [m for m in _FIGURE.finditer(text, start, head) if not m[0].endswith("届")]
    if figures:
        return figures[0].start()
    if start == floor > wall and not stops:
        return None
    modified = _MODIFIED.search(text, max(wall, start - 24), start)
    return modified.start() if modified else start


def _touches(taken: list[Span], start: int, end: int) -> bool:
    """Whether a group overlaps a name or only stands beside one: 国家图书馆职工, 退休教师周小禾."""
    return any(first <= end and start <= last for first, last in taken)


def _told(lead: str) -> bool:
    return bool(_extent().search(lead))


_AND = re.compile(r"[、和与及]|以及")
_PLACED = re.compile(
    r"(?:全[省市州县区旗乡镇])?[0-9〇零一二两三四五六七八九十百千万多几余]+(?:个|所|家|座)[^,。;:!?的]{1,12}$"
)
_PERSONS = re.compile(r"[0-9〇零一二两三四五六七八九十百千万多几余]+(?:名|位)[^,。;:!?的]{0,10}(?:家庭|户)$")


def _are_of(text: str, before: Span, start: int) -> bool:
    """11所学校的留守儿童, 60名家庭困难的新生: people of schools told by number, a group's second half."""
    gap = text[before[1] : start]
    if gap == "的" and _PLACED.match(text, *before):
        return True
    return bool(_PERSONS.search(text, *before) and re.fullmatch(r"[^,。;:!?、\n0-9]{0,7}的", gap))


def _continues(text: str, before: Span, start: int) -> bool:
    """老党员和高龄老人: a second kind without a number of its own."""
    return bool(_AND.fullmatch(text[before[1] : start])) and not _FIGURE.match(text, start)
