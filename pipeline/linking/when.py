"""When an act took place: the day that dates it, or none."""

from __future__ import annotations

import re
from functools import cache

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.date_facts import date_features
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.goods import Good
from pipeline.linking.judge import Judge
from pipeline.linking.params import LinkingParams
from pipeline.linking.reach import out_of_reach
from pipeline.linking.reading import span_of
from pipeline.linking.scan import Party
from pipeline.linking.spans import alternation


def date_of(
    scene: Scene, draft: Draft, judge: Judge, params: LinkingParams
) -> tuple[float, schema.DateMention] | None:
    """The date of an act with its score; None where the report dates it not.

    Args:
        scene: what stands in the report.
        draft: the act.
        judge: answers which date is the act's.
        params: thresholds.
    """
    if _is_to_date(scene, draft):
        return None
    about = span_of(draft)
    scored = [
        (judge("date", date_features(scene, draft, date), about, (date.start, date.end))["yes"], date)
        for date in scene.dates
        if not (_LASTS.search(date.surface) or _is_news_day(scene, date) or _later_count(scene, draft, date))
    ]
    best = max(scored, key=lambda pair: (pair[0], -abs(pair[1].start - draft.start)), default=None)
    if best is not None and (
        out_of_reach(scene, draft, best[1])
        or _of_another(scene, draft, best[1])
        or (is_running_total(scene, draft) and scene.sentence(best[1].start) != draft.sentence)
    ):
        return None
    return best if best is not None and best[0] >= params.date else None


def _later_count(scene: Scene, draft: Draft, date: schema.DateMention) -> bool:
    """5月2日傍晚,甲送来面粉。截至5月2日,共收到捐款3万元: the day of a later count dates nothing before it."""
    return date.start > draft.start and out_of_reach(scene, draft, date)


# A total takes the day of another sentence only where that is likelier than not.
_LIKELY = 0.5


def dates(act: schema.Act, score: float, date: schema.DateMention) -> bool:
    """Whether a day dates an act, given what the act is.

    7月1日,甲送书500册。甲还将捐建书屋。甲已累计送书9000册: a plan and a total that tell no day have none.

    Args:
        act: the act, with its status and scope.
        score: how likely the day is the act's.
        date: the day.
    """
    if act.first <= date.start < act.last:
        return True
    return act.status != "planned" and (act.scope != "cumulative" or score >= _LIKELY)


_RUNNING = re.compile(
    r"(?:累计|迄今|历年|[年月]以来|自[^,。;]{2,14}以来|截至|(?:[一二两三四五六七八九十几数多]|[0-9]+)(?:余|多)?年(?:多)?来"
    r"|(?:今年|全年|年内|去年)[^。;日]{0,24}(?:共|先后|累计)|近年来[^。;日]{0,40}(?:共|先后|累计))[^。;日]{0,40}$"
)


def is_running_total(scene: Scene, draft: Draft) -> bool:
    """两年多来, 累计, 全年共: said before the figure, with no day of an act in between."""
    figures = [q.start for g in draft.goods for q in (g.figure or _sum(g),) if q is not None]
    if not figures:
        return False
    first = scene.sentences[draft.sentence].start
    head = _NO_TOTAL.sub("", scene.text[first : max(min(figures), draft.start)])
    return bool(_RUNNING.search(head) or _SINCE.search(head))


# 多年来收藏的图书, 迄今最大的一笔: how the goods came together, and how they compare, is no running total.
_NO_TOTAL = re.compile(
    r"(?:[0-9一二两三四五六七八九十几数多近]+(?:余|多)?年(?:多)?来|历年)[^,。;]{0,12}"
    r"(?:收藏|珍藏|收集|搜集|积攒|积累|整理|创作|撰写|购买|购置|攒下|攒)[^,。;]{0,10}的|迄今(?:为止)?(?:最|规模|数)"
)
# 灾情发生以来,各企业陆续捐献
_SINCE = re.compile(r"[^,。;0-9年月]{2,14}以来[^。;日]{0,80}(?:共|先后|累计|陆续)[^。;日]{0,40}$")


# What a sentence of one day may sum up all the same.
_SUMS_UP = re.compile(
    r"累计|截至|截止|至今|以来|迄今|全年|募|筹|集|已|年来|共收|陆续|先后|历年|每年|其中|目前|总数|总额"
    r"|(?:共|合计|总计)[^,。;]{0,8}$"
)
_VISITS = re.compile(r"先后(?:来到|走进|到|赴|前往|深入|走访|看望|慰问)")
_DAYS = 2


def is_of_one_day(scene: Scene, draft: Draft) -> bool:
    """7月30日,先后来到两村送去图书: a sentence that tells its day, or two, and sums up nothing."""
    first = scene.sentences[draft.sentence].start
    figures = [q.start for g in draft.goods for q in (g.figure or _sum(g),) if q is not None]
    last = max(min(figures, default=draft.start), draft.start)
    told = (d for d in scene.dates if first <= d.start < last and not _is_news_day(scene, d))
    days = any(_is_short(d) for d in told)
    own = min((q for g in draft.goods for q in (g.figure or _sum(g),) if q), key=_start, default=None)
    adds = own is not None and own.surface.startswith(("共", "合计", "总"))
    return days and not adds and not _SUMS_UP.search(_VISITS.sub("", scene.text[first:last]))


def _is_short(date: schema.DateMention) -> bool:
    if date.first is None or date.last is None:
        return date.precision == "day"
    return (date.last - date.first).days < _DAYS


def _start(figure: schema.Quantity) -> int:
    return figure.start


def _sum(good: Good) -> schema.Quantity | None:
    """The figure of a gift of money."""
    return good.value if good.category == "money" else None


# 短短一星期时间: how long it took says no day.
_LASTS = re.compile(r"(?:天|日|周|星期|月|小时)(?:的)?时间$")
_LEARNT = re.compile(
    r"(?:上午|下午)?,?(?:本报|本网)?(?:记者)?(?:从|在)[^。;!?]{2,40}?(?:获悉|了解到|得知|了解)"
)


def _is_news_day(scene: Scene, date: schema.DateMention) -> bool:
    """记者23日从市政府获悉, 昨日记者从图书馆了解到: the day of the news, not of the act."""
    told = _LEARNT.match(scene.text, date.end)
    head = scene.text[max(0, date.start - 3) : date.start]
    return told is not None and (head.endswith(("记者", "记者们")) or "记者" in told[0][:8])


@cache
def _going_on() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What goes on with the day before it: a sentence (仪式结束后, 与此同时), a paragraph (上午九点,…)."""
    told = {
        name: alternation(words(block)).pattern for name, block in read_toml("when.toml")["going_on"].items()
    }
    number, half = "[0-9一二两三四五六七八九十]", "[0-9一二三四五六七八九十半整]"
    times = f"(?:{told['days']})?(?:{told['times']})"
    occasion = f"[^,。;]{{0,6}}(?:{told['occasions']})(?:{told['stages']})"
    clock = f"(?:{told['times']})?{number}{{1,3}}[时点](?:{half}{{1,3}}分?)?(?:许|左右|多)?,"
    return (
        re.compile(f"(?:{told['words']})|{times}|{occasion}"),
        re.compile(f"{clock}|{times}|(?:{told['days']})"),
    )


@cache
def _heads_list() -> re.Pattern[str]:
    """共收到捐款5万元,明细如下: the day of a list is that of its lines."""
    return re.compile(rf"(?:{_listed('list_heads')})[^。!?]{{0,12}}$|:$")


@cache
def _now() -> re.Pattern[str]:
    """村里此前只有十几本书,这次送来三百册: what was before this time."""
    return re.compile(rf"^.*(?:{_listed('now')})")


def _listed(table: str) -> str:
    return alternation(words(read_toml("when.toml")[table]["words"])).pattern


def _of_another(scene: Scene, draft: Draft, date: schema.DateMention) -> bool:
    """A day told of another's act, in a paragraph before; this one has a subject of its own.

    A gift that is only announced (9月8日举行赠书仪式。) is told in full by the paragraphs that follow.
    """
    told = scene.sentence(date.start)
    others = [d for d in scene.drafts if d.sentence == told and d.trigger is not None and _is_counted(d)]
    new_paragraph = "\n" in scene.text[date.end : draft.start]
    if not new_paragraph or not others or scene.sentences[told].kind != "body":
        return False
    if _goes_on(scene, draft, told):
        return False
    subject = next((p for p in _within(scene, draft.sentence) if p.start < draft.start), None)
    if subject is None or subject.before != "start" or subject.kind not in ("ORG", "PER"):
        return False
    named = {name for p in _within(scene, told) for span in p.members for name in scene.names.of(span)}
    own = {name for span in subject.members for name in scene.names.of(span)}
    return bool(own) and not own & named


def _is_counted(draft: Draft) -> bool:
    return any(good.figure is not None or good.value is not None for good in draft.goods)


def _goes_on(scene: Scene, draft: Draft, told: int) -> bool:
    """Whether the act's sentence or paragraph goes on with the day told, or is of the list that it heads."""
    first = scene.sentences[draft.sentence].start
    paragraph = scene.text.rfind("\n", 0, first) + 1
    sentence, clock = _going_on()
    if sentence.match(scene.text, first) or clock.match(scene.text, paragraph):
        return True
    day = scene.sentences[told]
    return bool(_heads_list().search(scene.text[day.start : day.end].rstrip()))


def _within(scene: Scene, sentence: int) -> list[Party]:
    return [p for p in scene.named if scene.sentence(p.start) == sentence]


_TO_DATE = re.compile(
    r"(?:截至|截止|截止到|到|至)(?:了)?(?:目前|当前|现在|(?:本报)?(?:记者)?(?:发|截)稿)|迄今|此前|在此之前|早前|目前已|多年来|历年来|先后(?:多次)?(?:为|向|给)"
)


def _is_to_date(scene: Scene, draft: Draft) -> bool:
    """截至目前共捐款5万元, 此前已捐书: up to now or before now, in a sentence that tells no day, has none."""
    first = scene.sentences[draft.sentence].start
    told = any(first <= date.start < draft.end for date in scene.dates)
    return not told and bool(_TO_DATE.search(_now().sub("", scene.text[first : draft.start])))
