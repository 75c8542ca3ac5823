"""Sums of money that say what goods are worth, not that money was given."""

from __future__ import annotations

import re

from pipeline import schema

_VALUE_BEFORE = re.compile(
    r"(?:价值|总价值|总价|价钱|折合|折价|折款|折算|码洋|市值|总值|估价|货值|定价|标价|原价|价格|造价|物资总额|合计价|约值|加起来|加在一起|总共值|花费|花去|值|价)(?:人民币|约|合|近|达|为|共计|总计|共|高达|逾|超|超过|了|总额|:|总)*$"
)


_SUM_AFTER_GOODS = re.compile(r"[册本套台件个副组张只箱袋吨瓶双把支块架条盒包辆床0-9]\)?[,、]?$")


def is_value(text: str, figure: schema.Quantity) -> bool:
    """Whether a sum of money is stated as the value of goods."""
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
    if _SPENT.search(head) and _BUYS.match(text, figure.end):
        return True
    return bool(_OPENS.search(head) and _SPENT_ON.match(text, figure.end))
