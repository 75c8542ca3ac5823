"""Sums of money that say what goods are worth, not that money was given."""

from __future__ import annotations

import re

from pipeline import schema
from pipeline.linking.phrases import category_of, find_phrases, stands_alone

_VALUE_BEFORE = re.compile(
    r"(?:价值|总价值|总价|价钱|折合|折价|折款|折算|码洋|市值|总值|估价|货值|定价|标价|原价|价格|造价|物资总额|合计价|约值|加起来|加在一起|合起来|算下来有?|总共值|花费|花去|花了|值|价)(?:人民币|已经?|就|也|可|大约|大概|估计|接近|约|合|近|达|为|要|共计|合计|总计|共|高达|逾|超|超过|了|总额|:|总|资金|现金|均|都|在)*$"
)


_SUM_AFTER_GOODS = re.compile(r"[册本套台件个副组张只箱袋吨瓶双把支块架条盒包辆床0-9]\)?[,、]?$")


def is_value(text: str, figure: schema.Quantity) -> bool:
    """Whether a sum of money is stated as the value of goods."""
    if is_conversion(text, figure) or _gives_both(text, figure):
        return False
    if _says_worth(text, figure):
        return True
    head = text[max(0, figure.start - 14) : figure.start]
    if _VALUE_BEFORE.search(head) or _VALUE_BEFORE.search(
        head + figure.surface[:4].rstrip("0123456789一二三四五六七八九十百千万两余多近约.")
    ):
        return True
    return bool(
        _SUM_AFTER_GOODS.search(head) and re.match(r"合计|总计|共计|共值|共约?合", figure.surface + " ")
    ) or bool(
        re.search(
            r"[册本套台件个副组张只箱袋吨瓶双把支块架条盒包辆床](?:\))?,?(?:合计|总计|共计|总共|共)(?:人民币)?$",
            head,
        )
    )


_FURTHER = re.compile(
    r"(?:价值|码洋|总值|折合|折价|折款)(?:约|人民币)?(?:[0-9.]{1,9}[万千百]?[余多]?元[、和与及]){1,9}$"
)


def _says_worth(text: str, figure: schema.Quantity) -> bool:
    """Whether other words than 价值 right before a sum say that goods are worth it.

    合计5万元 behind goods, 投入5万元购置书柜, 款物20万元,其中资金, 500万元码洋, 5万元 of 价值3万元、5万元.
    """
    further = _FURTHER.search(text[max(0, figure.start - 80) : figure.start])
    if further or figure.surface.endswith("码洋") or text.startswith(("码洋", "的码洋"), figure.end):
        return True
    if _costs_each(text, figure) or adds_up_goods(text, figure) or _adds_up_worths(text, figure):
        return True
    return is_price(text, figure) or _is_mixed(text, figure) or _cost_of_building(text, figure)


_COST = re.compile(
    r",(?:(?:总|共计?|累计|总共)(?:投资|出资|捐资|耗资|投入)|投资|耗资|造价)(?:约|近|达|为|逾|超)*$"
)
_BUILT = re.compile(r"(?:修|兴|援|捐|新|扩|重|改)建[^,。;!?0-9]{2,20}$")


def _cost_of_building(text: str, figure: schema.Quantity) -> bool:
    """出资修建教学楼,共捐资100万元: what was built before cost so much."""
    cost = _COST.search(text[max(0, figure.start - 10) : figure.start])
    if cost is None or figure.per:
        return False
    end = figure.start - (cost.end() - cost.start())
    return _BUILT.search(text[max(_sentence_start(text, end), end - _NEAR) : end]) is not None


_CONVERTS = re.compile(
    r"(?:元|币|铢|镑|盾|法郎|卢布)[(,]?(?:约|大约)?(?:折合|合|折)(?:成|约)?(?:人民币)?(?:约|为)?$"
)


def is_conversion(text: str, figure: schema.Quantity) -> bool:
    """10万港币(折合人民币8万元): the sum before it, in another currency."""
    head = text[max(0, figure.start - 16) : figure.start] + ("人民币" if "人民币" in figure.surface else "")
    return bool(_CONVERTS.search(head))


_MIXED = re.compile(
    r"(?:款物|钱物|财物|捐[款资钱]捐物|款项和物资|[善捐]款和物资|资金和物资|现金和物资)(?:合计|共计|总计|共|折合|约)*$"
)


def _is_mixed(text: str, figure: schema.Quantity) -> bool:
    """捐赠款物20万元,其中资金12万元: money and goods together, of which the parts are told."""
    told = _MIXED.search(text[max(0, figure.start - 12) : figure.start])
    if told is not None and told[0].startswith("捐"):
        return _BOTH_PARTS.match(text, figure.end) is not None
    return told is not None and text.startswith((",其中", "(其中", "。其中", ";其中"), figure.end)


# 捐款捐物20万元,其中捐款8万元,物资价值12万元
_BOTH_PARTS = re.compile(r"[,(。;]其中[^。;]{0,16}?元[、,和][^。;]{0,16}?元")
# 捐款捐物折合20万元: money and goods told as one gift of money.
_BOTH = re.compile(r"捐[款资钱]捐物(?:已|累计|合计|共计|总计|共|总?价值|折合|折款|折价|约|近|达|逾|超)*$")


def _gives_both(text: str, figure: schema.Quantity) -> bool:
    """捐款捐物折合20万元: a sum of both that is not told in parts."""
    told = _BOTH.search(text[max(0, figure.start - 20) : figure.start])
    return told is not None and not _is_mixed(text, figure)


# 3个书包,每个150元: what one of the goods before costs.
_OF_ONE = re.compile(
    r"每(?P<unit>[个套台只件份本册张床袋箱辆盏把双支瓶盒桶])(?:约|近|仅|只需?|就?要|售价|均价)*$"
)


def _costs_each(text: str, figure: schema.Quantity) -> bool:
    """6个书包,每个150元: a price of one piece, where goods are counted in the same pieces before."""
    found = _OF_ONE.search(text[max(0, figure.start - 8) : figure.start])
    if found is None:
        return False
    first = _sentence_start(text, figure.start)
    piece = rf"[0-9一二两三四五六七八九十百千万][余多]?{found['unit']}"
    goods = find_phrases(text, max(first, figure.start - 2 * _NEAR), figure.start, ())
    return any(
        re.search(piece, text[max(0, start - 4) : start] + "," + text[end : end + 8]) for start, end in goods
    )


_ADDS_UP = re.compile(
    r"(?:合计|共计|总计|总共|一共|共|合|捐赠金额|总金额|总额)(?:人民币)?(?:约|近|达|为|有)*$"
)
# 给三校各留下电暖器6台,每校合计7800元
_EACH_ADDED = re.compile(r"每(?:个|家|所)?(?:村|校|馆|点|户|人|班|站)(?:合计|共计|总计|总共|一共|共)?$")
_ADDED = re.compile(r"(?:总?[合共]计|总共|一共|共|合)")
_OTHER_SUM = re.compile(r"[0-9一二三四五六七八九十百千万余多]元")
_NEAR = 40


def adds_up_goods(text: str, figure: schema.Quantity) -> bool:
    """牛奶50箱、面包30箱,合计5万元: a sum that adds up goods told before it, and no sums."""
    said = _ADDED.match(figure.surface) or _ADDS_UP.search(text[max(0, figure.start - 8) : figure.start])
    first = _sentence_start(text, figure.start)
    each = figure.per and not _EACH_ADDED.search(text[max(0, figure.start - 8) : figure.start])
    if each or not said or _OTHER_SUM.search(text, first, figure.start):
        return False
    goods = _kinds_told(text, max(first, figure.start - _NEAR), figure.start)
    return bool(goods) and goods[-1] != "money"


_WORTH_BEFORE = re.compile(r"(?:,?(?:价值|折合|码洋)约?)?[0-9.]{1,9}[万千]?[余多]?元[,;]$")


def _adds_up_worths(text: str, figure: schema.Quantity) -> bool:
    """锅炉20万元、暖气片3万元,共23万元: a sum that adds up what goods before it are worth."""
    before = _WORTH_BEFORE.search(text[: figure.start][-24:]) if _ADDED.match(figure.surface) else None
    if before is None:
        return False
    end = figure.start - (before.end() - before.start())
    goods = (span for span in find_phrases(text, max(0, end - _NEAR), end, ()) if span[1] == end)
    return any(category_of(text[slice(*span)]) != "money" for span in goods)


_PAYS = re.compile(
    r"(?:投入|投资|出资|筹资|斥资|耗资|自筹|筹措|筹集|募集|募得|筹得|凑[了齐]?|拿出|掏[了出]?|花费?|安排|争取|抽出|掏腰包)"
    r"[^,。;!?]{0,12}$"
)
_FOR = (
    r"(?:(?:为|给|在|帮(?!助)|从|向|到)[^,。;!?]{1,24}?|专程|全部|悉数|专项|主要|统一|一并|连夜"
    r"|用于|用来|用作|并|又|也|会同[^,。;]{1,20})"
)
_PAYS_FOR = re.compile(
    rf"(?:(?:的)?(?:善款|资金|捐款|会费|经费|现金|帮扶资金|爱心款))?[,]?{_FOR}{{0,4}}"
    r"(?:购[买置得回入进]|采购|[订选定]购|买|添置|添|置办|[订定][制做]|配备|配置|配|安装|装|换成"
    r"|[修兴新扩援捐搭铺架重改]?建[起成]?|架设|铺设|打造|发放|捐赠|赠送|送[去上来]|捐装)"
)


# 共投入10万元:电脑7台、书架10个
_ITEMISED = re.compile(r":(?=[^,。;!?元]{2,40}[0-9一二两三四五六七八九十][余多]?[册台套个张组])")


def is_price(text: str, figure: schema.Quantity) -> bool:
    """投入5万元购置书柜6组: money that was spent on the goods told behind it is what they are worth."""
    first = _sentence_start(text, figure.start)
    pays = _PAYS.search(text, max(first, figure.start - 24), figure.start)
    told = _PAYS_FOR.match(text, figure.end) or _ITEMISED.match(text, figure.end)
    bought = told if pays and not figure.per else None
    if bought is None:
        return False
    if _BUILDING_BEHIND.match(text, bought.end()):
        return True
    stop = re.search(r"[。;!?\n]|元", text[bought.end() :])
    last = bought.end() + min(_NEAR, stop.start() if stop else len(text))
    goods = _kinds_told(text, bought.end(), min(last, len(text)))
    return bool(goods) and goods[0] != "money"


# 出资20万元援建一所图书室
_BUILDING_BEHIND = re.compile(
    r"了?[0-9一二两三四五六七八九十百][余多]?(?:所|个|座|间|栋|幢|处)(?![市县区镇乡村社])"
)
_NUMBER = re.compile(r"[0-9一二两三四五六七八九十百千万几]")
_ONLY_COUNTS = re.compile(r"[0-9一二两三四五六七八九十百千万几][余多]?[笔本面口套袋包块]$")


def _kinds_told(text: str, first: int, last: int) -> list[str]:
    """Categories of the goods of a stretch that are counted or stand where goods can stand, in order."""
    return [
        category_of(text[start:end])
        for start, end in find_phrases(text, first, last, ())
        if not _ONLY_COUNTS.search(text[start:end])
        and (stands_alone(text, start, end) or _NUMBER.search(text[start : end + 1]))
    ]


def _sentence_start(text: str, end: int) -> int:
    return max(text.rfind(mark, 0, end) for mark in "。;!?\n") + 1


_LIST = re.compile(
    r"(?:、[^,。;:!?、()0-9]{1,10})*(?:、|和|及|与|以及)[^,。;:!?、()0-9]{1,10}?"
    r"(?:等[^,。;:!?、()0-9]{0,10})?(?:物资|物品|用品|用具|器材|礼品|礼物)(?=[,。;!?]|$)"
)


def is_of_list(text: str, end: int) -> bool:
    """价值2万元的书包、雨衣等物资: whether goods that end here begin a list worth that."""
    return bool(_LIST.match(text, end))


_OPENS = re.compile(r"(?:^|[,。;:!?\n]|其中|[中内]另有)(?:另有|另外|还有|有)?(?:的)?$")
_SPENT_ON = re.compile(r"[\u4e00-\u9fff]{0,4}?(?:将)?(?:全部|专项|主要)?(?:用于|用来|用作|将用于|将设立)")


_SPENT = re.compile(r"(?:用了|用去|动用|使用|花了|斥资|耗资)(?:了)?$")
_BUYS = re.compile(
    r"(?:的[\u4e00-\u9fff]{1,4}?)?(?:来)?(?:修建|兴建|建设|购买|采购|购置|改造|装修|维修|布置|打造)"
)


def is_use(text: str, figure: schema.Quantity) -> bool:
    """其中20万元用于建校, 用去8万元的善款来改造: what a part of a gift told elsewhere is for."""
    head = text[max(0, figure.start - 6) : figure.start]
    if is_conversion(text, figure) or (_SPENT.search(head) and _BUYS.match(text, figure.end)):
        return True
    return bool(_OPENS.search(head) and _SPENT_ON.match(text, figure.end))
