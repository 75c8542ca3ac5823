"""How names are written short: 省青基会, 团县委, 青溪一中, 农行青溪支行, 沿河县图书馆.

All names are folded.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.lexicons import read_toml, words

_LEVELS = ("省", "市", "县", "区", "镇", "乡")
_OWN_LEVEL = "省市县区州盟旗镇乡"


def by_kind(short: str, full: str) -> bool | None:
    """省图, 县馆, 县书店: whether a short writing by kind stands for the name; None where it is of no kind.

    Example:
        >>> by_kind("省图", "云岭省图书馆"), by_kind("团县委", "共青团青溪县委"), by_kind("石桥村", "青溪县")
        (True, True, None)
    """
    if re.fullmatch(r"[\u4e00-\u9fff]{1,3}图", short):
        return full.endswith(short + "书馆")
    league = re.fullmatch(r"(?P<home>[\u4e00-\u9fff]*)团(?P<level>[省市县区州旗]委)", short)
    if league:
        return full.startswith(("共青团", "团")) and full.endswith(league["home"] + league["level"])
    if short.endswith("政府") and not short.endswith("人民政府"):
        return full.endswith(f"{short[:-2]}人民政府")
    if re.fullmatch(r"[省市县区州旗]馆", short):
        return full.endswith("图书馆") and short[0] in full
    if re.fullmatch(r"[省市县区州旗]?书店", short):
        return full.endswith("新华书店") and (len(short) == 2 or short[0] in full)
    return None


def without_level(short: str, full: str) -> bool:
    """Whether a name leaves out the word of a level.

    Example:
        >>> without_level("丰都图书馆", "丰都县图书馆"), without_level("州图书馆", "海州市图书馆")
        (True, False)
    """
    for level in _LEVELS:
        at = full.find(level)
        while at > 0:
            clipped = full[:at] + full[at + 1 :]
            inner = clipped.endswith(short) and len(short) >= 4 and short[0] not in _OWN_LEVEL
            if clipped == short or inner:
                return True
            at = full.find(level, at + 1)
    return False


def written_short(short: str, full: str) -> bool:
    """Whether a name leaves out words of the full one that its kind is always written without.

    Example:
        >>> written_short("省青基会", "云岭省青少年发展基金会"), written_short("青溪一中", "青溪县第一中学")
        (True, True)
        >>> written_short("沿河县图书馆", "沿河土家族自治县图书馆"), written_short("县法院", "青溪县检察院")
        (True, False)
    """
    forms = [short, *_written_out(short)]
    if any(full == form or full.endswith(form) or without_level(form, full) for form in forms[1:]):
        return len(short) > 2
    return any(_autonomous(form, full) or _branch(form, full) for form in forms) or _university(short, full)


@cache
def _writings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((short, words(full)) for short, full in read_toml("short_names.toml")["written"].items())


def _written_out(short: str) -> list[str]:
    """青溪农行 as 青溪农业银行; nothing where a name is written out already."""
    return [
        short.replace(word, full, 1)
        for word, fulls in _writings()
        for full in fulls
        if word in short and full not in short
    ]


_AUTONOMOUS = re.compile(r"自治(?=[县州旗])")


def _autonomous(short: str, full: str) -> bool:
    """沿河县图书馆 for 沿河土家族自治县图书馆: without the peoples of an autonomous county."""
    match = _AUTONOMOUS.search(full)
    if match is None:
        return False
    return any(short == full[:head] + full[match.end() :] for head in range(2, match.start() - 1))


@cache
def _firm() -> re.Pattern[str]:
    known = sorted(words(read_toml("short_names.toml")["firm"]["words"]), key=lambda word: (-len(word), word))
    return re.compile(rf"(?:{'|'.join(known)}|\([^()]{{2,6}}\))*")


def is_firm_tail(tail: str) -> bool:
    """Whether a firm's name may go on like this behind its brand.

    Example:
        >>> is_firm_tail("开发股份有限公司"), is_firm_tail("协会")
        (True, False)
    """
    return _firm().fullmatch(tail) is not None


_BRANCH = re.compile(r"[\u4e00-\u9fff]{3,16}(?:分公司|支公司|支行|分行|供电局)")
_OF_BRANCH = re.compile(r"(?:银行|保险)?(?:股份有限公司|集团公司|集团|有限责任公司|有限公司|总公司|控股)+")


def _branch(short: str, full: str) -> bool:
    """大唐云岭分公司 for 中国大唐集团公司云岭分公司: without the legal form of the house."""
    if not _BRANCH.fullmatch(short):
        return False
    for cut in range(2, len(short) - 2):
        head, tail = short[:cut], short[cut:]
        at = full.find(head)
        if at not in (0, 2) or (at == 2 and not full.startswith("中国")):
            continue
        rest = full[at + cut :]
        form = _OF_BRANCH.match(rest)
        if form and (rest[form.end() :] == tail or without_level(tail, rest[form.end() :])):
            return True
    return False


_UNIVERSITY = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,4})大(?P<rest>(?!学)[\u4e00-\u9fff]*)")


def _university(short: str, full: str) -> bool:
    """云大, 云大校友会, 云岭师大: 大学 written as one character, and a word of the name left out."""
    match = _UNIVERSITY.fullmatch(short)
    if match is None:
        return False
    name, rest = match["name"], match["rest"]
    middle = full[len(name) : len(full) - len(rest)]
    return (
        full.startswith(name)
        and full.endswith(rest)
        and re.fullmatch(r"[\u4e00-\u9fff]{0,3}大学", middle) is not None
    )
