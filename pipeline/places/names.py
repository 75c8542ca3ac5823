"""How Chinese places are written short: pure functions on names.

Sources: the naming rules of the Ministry of Civil Affairs for administrative units (specific name, then
nationalities, then generic name) and the wording of the statistical register of villages.
"""

from __future__ import annotations

import re

# fmt: off
_PEOPLES = (
    "蒙古", "回", "藏", "维吾尔", "苗", "彝", "壮", "布依", "朝鲜", "满", "侗", "瑶", "白", "土家", "哈尼",
    "哈萨克", "傣", "黎", "傈僳", "佤", "畲", "高山", "拉祜", "水", "东乡", "纳西", "景颇", "柯尔克孜", "土",
    "达斡尔", "仫佬", "羌", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "怒",
    "乌孜别克", "俄罗斯", "鄂温克", "德昂", "保安", "裕固", "京", "塔塔尔", "独龙", "鄂伦春", "赫哲", "门巴",
    "珞巴", "基诺", "各",
)
# fmt: on
_LONG = sorted((name for name in _PEOPLES if len(name) > 1), key=len, reverse=True)
_PEOPLE = "(?:" + "|".join(f"{name}族" for name in sorted(_PEOPLES, key=len, reverse=True)) + ")"
_BARE = "(?:" + "|".join(_LONG) + ")"
_PEOPLES_TAIL = re.compile(rf"(?<=.)(?:{_BARE}|{_PEOPLE})*{_PEOPLE}$|(?<=..){_BARE}$")
_PEOPLE_TAIL = re.compile(rf"(?<=..){_PEOPLE}+$")
_GENERIC = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|特区|林区|新区|省|市|州|盟|县|区|旗)$")
_ZONES = {
    "高新技术产业开发区": ("高新技术产业开发区", "高新技术开发区", "高新区"),
    "高技术产业开发区": ("高新区",),
    "经济技术开发区": ("经济技术开发区", "经开区", "开发区"),
    "经济开发区": ("经济开发区", "经开区", "开发区"),
}
_ZONE = re.compile("(?P<seat>.+?)(?P<kind>" + "|".join(_ZONES) + ")")
_TOWNSHIP = re.compile(r"(?:民族乡|民族苏木|街道办事处|地区办事处|街道|镇|乡|苏木|地区)$")
_VILLAGE_OFFICE = re.compile(
    r"(?:(?:村|社区)?(?:村民|居民|牧民|渔民)委员会|(?:村|居|牧|渔)民?委会?|(?<=嘎查)委员?会|(?<=[村社区])委员?会"
    r"|(?:社区)?居委会|村两委|村?党(?:总)?支部|(?:虚拟)?生活区)$"
)
_VILLAGE = re.compile(r"(?:行政村|自然村|嘎查村|村|社区|嘎查)$")
_BRACKETS = re.compile(r"[（(][^）)]*[）)]")


def specific_name(name: str) -> str:
    """Return a province's, city's or county's name without nationalities and generic part.

    Example:
        >>> [specific_name(n) for n in ("丰都县", "凉山彝族自治州", "东乡族自治县")]
        ['丰都', '凉山', '东乡']
    """
    stem = _GENERIC.sub("", name)
    if "自治" not in name and not name.endswith("族区"):
        return stem
    return _PEOPLES_TAIL.sub("", stem).removesuffix("族")


def short_forms(name: str) -> tuple[str, ...]:
    """Return the ways a province, city or county is written besides its full name, longest first.

    Only forms of two characters or more.

    Example:
        >>> short_forms("恩施土家族苗族自治州"), short_forms("丰都县"), short_forms("蓟县")
        (('恩施自治州', '恩施州', '恩施'), ('丰都',), ())
    """
    zone = _ZONE.fullmatch(name)
    if zone:
        seat = zone["seat"].removesuffix("市")
        return tuple(f"{seat}{middle}{short}" for middle in ("", "市") for short in _ZONES[zone["kind"]])
    stem = specific_name(name)
    if name.endswith(("业园区", "化工园区", "产业园", "开发区", "管理区", "示范区", "实验区")):
        return ()
    forms = [f"{stem}自治{name[-1]}", stem + name[-1]] if "自治" in name else []
    return tuple(form for form in (*forms, stem) if len(form) > 1 and form != name)


def township_stem(name: str) -> str:
    """Return a township's name without nationalities and generic part; itself where nothing is left.

    Example:
        >>> township_stem("更合镇"), township_stem("小沟背满族乡"), township_stem("西营街道")
        ('更合', '小沟背', '西营')
    """
    stem = _TOWNSHIP.sub("", name)
    if stem.endswith("族"):
        stem = _PEOPLE_TAIL.sub("", stem)
    return stem if len(stem) > 1 else name


def village_stem(name: str) -> tuple[str, str]:
    """Split a village's or community's name, as registered or as written, into stem and generic part.

    The generic part is `村`, `社区`, `嘎查` or empty. A stem keeps two characters where it can.

    Example:
        >>> [village_stem(n) for n in ("官仁村委会", "官仁村村民委员会", "新村村委会", "田坝居委会")]
        [('官仁', '村'), ('官仁', '村'), ('新村', '村'), ('田坝', '社区')]
    """
    plain = _BRACKETS.sub("", name)
    base, office = _split(plain, _VILLAGE_OFFICE)
    stem, generic = _split(base, _VILLAGE)
    if not stem:
        return plain or name, ""
    if len(stem) == 1 and not generic and "村" in office:
        return stem + "村", "村"
    if len(stem) == 1 and generic:
        stem = stem + generic[-1] if generic in ("村", "行政村", "自然村") else stem + generic
        return stem, "村" if stem.endswith("村") else ""
    return stem, _kind(generic or office)


def village_name(stem: str, generic: str) -> str:
    """Write a village's name from its two parts.

    Example:
        >>> village_name("官仁", "村"), village_name("李村", "村")
        ('官仁村', '李村')
    """
    return stem if len(stem) == 2 and stem.endswith(generic) else stem + generic


def _split(name: str, pattern: re.Pattern[str]) -> tuple[str, str]:
    found = pattern.search(name)
    return (name[: found.start()], found.group()) if found else (name, "")


def _kind(tail: str) -> str:
    if "嘎查" in tail:
        return "嘎查"
    if "居" in tail or "社区" in tail:
        return "社区"
    return "村" if tail and "生活区" not in tail else ""
