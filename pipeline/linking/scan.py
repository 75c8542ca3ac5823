"""What stands in a report, before anything is linked: clauses, triggers, quoted names, parties.

All spans are offsets into `Report.text`; patterns run over its folded twin.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.coordination import runs
from pipeline.linking.crowds import find_crowds
from pipeline.linking.framed import is_framed
from pipeline.linking.phrases import goods_word
from pipeline.linking.spans import Span, alternation, inside, overlaps
from pipeline.linking.tallies import find_tallies

_CLAUSE_END = re.compile(r"(?<![0-9]),|,(?![0-9])|[。;!?:\n…]|——")
_QUOTED = re.compile(r"[“\"「『《〈]([^”\"」』》〉\n]{1,60})[”\"」』》〉]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may tell an act of giving.

    `kind` is `give` or `receive`; `flags` holds `weak`, `nominal`, `owned` (the verb with 的 behind it),
    `negated`, `wished`, `planned`, `passive`, `named` (inside a quoted name).
    """

    start: int
    end: int
    word: str
    kind: str
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who may give or receive: coordinated names count as one party.

    `kind` is ORG, LOC, PER, PRONOUN or GROUP; `before` and `after` name the particle classes beside it.
    """

    start: int
    end: int
    kind: str
    members: tuple[Span, ...]
    before: str
    after: str


def clause_starts(text: str) -> list[int]:
    """Where clauses begin, in order; the first is 0."""
    return [0, *(match.end() for match in _CLAUSE_END.finditer(text))]


def index_of(starts: list[int], offset: int) -> int:
    """Which clause or sentence, by its starts, holds an offset."""
    return bisect_right(starts, offset) - 1


def quoted_names(text: str) -> tuple[Span, ...]:
    """Short quoted stretches without sentence punctuation: names of works, campaigns and rooms."""
    return tuple(
        match.span(1)
        for match in _QUOTED.finditer(text)
        if match[0][0] in "《〈" or (len(match[1]) <= 16 and not re.search(r"[,。!?]", match[1]))
    )


_NEGATED = re.compile(
    r"(?:没有|并未|未能|未曾|从未|尚未|不再|不得|不会|不能|不是|拒绝|谢绝|婉拒|严禁|禁止|无偿献血|不予|未|没)[^,。;]{0,4}$"
)
_WISHED = re.compile(
    r"(?:希望|呼吁|倡议|号召|动员|鼓励|倡导|引导|欢迎|建议|期待|盼望|愿意|想要|争取|如果|假如|要求|接收社会|发动|邀请|接受社会|可以|可|能够|应当|应|必须|需要|为了)[^,。;]{0,14}$"
)
# 发出向甲捐赠图书的倡议
_APPEAL = re.compile(r"[^,。;]{0,10}的(?:倡议|号召|呼吁|愿望|想法)")
_PLANNED = re.compile(
    r"(?:计划|拟|打算|准备|即将|后期|接下来|下一步|今后|未来|下步|预计|有望|承诺|答应|约定|决定|明年|下个月|届时|还会|还将|将会|将陆续|将继续|将再|将向|将为|将给|将对|将把|将于|将在|将由|将分|将全部|将用|将一次|将定期|将逐步|将分批)[^。;]{0,22}$"
)
# 树苗捐赠也在准备中
_PREPARED = re.compile(r"(?:工作)?也?正?在(?:准备|筹备)(?:中|之中)")
_PASSIVE = re.compile(r"(?:由|被|获|接受|接收|接到|收到|领到|得到|来自)[^,。;]{1,24}$")


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, tuple[str, bool]], re.Pattern[str]]:
    lexicon = read_toml("triggers.toml")
    weak = set(words(lexicon["weak"]["verbs"]))
    kinds = {
        word: (kind, word in weak) for kind in ("give", "receive") for word in words(lexicon[kind]["verbs"])
    }
    return alternation(kinds), kinds, alternation(words(lexicon["nominal"]["nouns"]))


_NOUN_BEHIND = re.compile(
    r"慰问(?:物资|物品|用品|大?礼包)|(?:慰问|补助|资助|奖励|捐助|捐赠|捐)(?:品|金|款额|信|箱)(?!的)"
)


def find_triggers(text: str, names: tuple[Span, ...], taken: tuple[Span, ...]) -> tuple[Trigger, ...]:
    """Every trigger outside entity mentions, with what its clause says of it."""
    pattern, kinds, _ = _triggers()
    found = []
    for match in pattern.finditer(text):
        if inside(match.span(), taken) or _NOUN_BEHIND.match(text, match.start()):
            continue
        if not is_framed(text, *match.span()):
            continue
        word = _verb(text, match.start(), match[0])
        end = match.start() + len(word)
        kind, weak = kinds[word]
        flags = frozenset(_flags(text, match.start(), end, weak, inside(match.span(), names)))
        found.append(Trigger(match.start(), end, word, kind, flags))
    return tuple(found)


def _verb(text: str, start: int, word: str) -> str:
    """捐 in 捐书籍, 送 in 送书包: a verb leaves its goods to the longer noun that begins with them."""
    inner = read_toml("triggers.toml")["inner_goods"].get(word, "")
    verb = word[: len(word) - len(inner)]
    longer = len(goods_word(text, start + len(verb))) > len(inner)
    return verb if inner and longer and word.endswith(inner) and verb in _triggers()[1] else word


def _flags(text: str, start: int, end: int, weak: bool, named: bool) -> Iterator[str]:
    head = text[max(0, start - 40) : start]
    tail = text[end : end + 8]
    if weak:
        yield "weak"
    if named:
        yield "named"
    nominal = _triggers()[2].match(tail)
    if nominal:
        yield "owned" if nominal[0] == "的" else "nominal"
    elif re.match(r"(?:图书|书籍|物资|款物|电脑)?(?:仪式|活动|大会|单位|企业|者|人士|证书)", tail):
        yield "nominal"
    if _NEGATED.search(head):
        yield "negated"
    if _WISHED.search(re.split(r"[。;\n]", head)[-1]) or _APPEAL.match(text, end):
        yield "wished"
    if _PLANNED.search(head) or _PREPARED.match(tail):
        yield "planned"
    if _PASSIVE.search(head):
        yield "passive"


@cache
def _particles() -> dict[str, dict[str, tuple[str, ...]]]:
    lexicon = read_toml("particles.toml")
    return {part: {name: words(block) for name, block in lexicon[part].items()} for part in lexicon}


@cache
def _pronouns() -> re.Pattern[str]:
    told = [word for block in _particles()["pronouns"].values() for word in block]
    return alternation([*told, *words(read_toml("pronouns.toml")["kin"]["told"])])


@cache
def _counts() -> re.Pattern[str]:
    """四所小学, 这三家企业: a small number of institutions, where no other word says which."""
    lexicon = _particles()["counted"]
    before = "".join(lexicon["before"])
    kinds = alternation(lexicon["kinds"]).pattern
    return re.compile(
        rf"(?<![^\s,。;:!?、“”\"(){before}])(?:[两三四五六七八九]|[2-9])[个家所](?:{kinds})"
        r"(?![民级委干医落庄寨镇组小校校街区市县长之间])"
    )


# 全县共收到捐款90万元: the county itself takes them.
_TAKING = re.compile(r"全[省市县区州旗镇乡](?=$|(?:共计?|已|累计|总共|先后|陆续)*(?:接收|接受|收到|收获))")


# 向定点帮扶村石桥村: what the party is to somebody stands between the particle and its name.
_APPOSED = re.compile(
    r"(?:(?:定点|对口|结对|包联|挂钩|挂包|驻村|共建)?(?:帮扶|扶贫|联系|包联|包抓|结对|共建|挂钩))(?:贫困)?(?:村|点|单位|社区|学校|小学)$"
)


def particle_before(text: str, start: int) -> str:
    """The class of the particle that ends where a party begins; `start` at a clause's start, else ``."""
    apposed = _APPOSED.search(text[max(0, start - 12) : start])
    if apposed:
        start -= len(apposed[0])
    head = text[max(0, start - 6) : start]
    best = ("", 0)
    for name, entries in _particles()["before"].items():
        for word in entries:
            if head.endswith(word) and len(word) > best[1]:
                best = (name, len(word))
                break
    if best[1]:
        return best[0]
    return "start" if not head or head[-1] in ',。;!?:\n、”"’ )】' else ""


def particle_after(text: str, end: int) -> str:
    """The class of the words that follow a party."""
    tail = text[end : end + 8]
    for name, entries in _particles()["after"].items():
        if any(tail.startswith(word) for word in entries):
            return name
    return ""


def is_pronoun(word: str) -> bool:
    """Whether a word stands for somebody named elsewhere.

    Example:
        >>> is_pronoun("我馆"), is_pronoun("困难学生")
        (True, False)
    """
    return bool(_pronouns().fullmatch(word) or _counts().fullmatch(word) or _TAKING.fullmatch(word))


THEM = ("其", "他们", "她们", "对方")


def find_parties(
    text: str, mentions: Iterable[schema.Mention], media: tuple[Span, ...] = ()
) -> tuple[Party, ...]:
    """Named parties, pronouns such as 我馆, and groups such as 30名困难学生."""
    named = [(m.start, m.end, m.label) for m in mentions if m.label in ("ORG", "LOC", "PER")]
    taken = [(first, last) for first, last, _ in named]
    crowds = find_crowds(text, taken, [(first, last) for first, last, label in named if label == "LOC"])
    tallies = tuple(find_tallies(text, taken))
    crowds = tallies + tuple(span for span in crowds if not overlaps(span, tallies))
    named = [entry for entry in named if not inside(entry[:2], crowds)]
    named = list(_without_memberships(text, named))
    extra = [
        (match.start(), match.end(), "PRONOUN")
        for match in _pronouns().finditer(text)
        if not any(first < match.end() and match.start() < last for first, last in taken)
        and not any(first < match.start() and match.end() <= last for first, last in crowds)
        and (match[0] not in THEM or particle_before(text, match.start()) == "to")
    ]
    stood = [(first, last) for first, last, _ in extra]
    extra += [
        (*m.span(), "PRONOUN")
        for told in (_counts(), _TAKING)
        for m in told.finditer(text)
        if not overlaps(m.span(), taken + stood)
    ]
    groups = [
        (first, last, "GROUP") for first, last in crowds if not any(a < last and first < b for a, b in stood)
    ]
    entries = sorted(named + extra + groups)
    joined = [run for run in runs(text, entries) if not inside(run[0][:2], media)]
    return tuple(_with_owners(text, [_party(text, run) for run in joined]))


@cache
def _titles() -> re.Pattern[str]:
    titles = alternation(word for side in _particles().values() for word in side.get("staff", ())).pattern
    return re.compile(rf"(?:名誉|常务|执行|原|首席)?(?:{titles})(?:[、兼](?:{titles}))*(?P<on>、)?")


def _without_memberships(text: str, named: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """甲商会副会长、乙公司总裁李平: several institutions before a person only say who that is."""
    run: list[tuple[int, int, str]] = []
    for entry, behind in zip_longest(named, named[1:]):
        title = _titles().fullmatch(text, entry[1], behind[0]) if behind and entry[2] == "ORG" else None
        run.append(entry)
        if title and (title["on"] and behind[2] == "ORG"):
            continue
        told = title is not None and not title["on"] and behind[2] == "PER" and len(run) > 1
        if not told:
            yield from run
        run = []


def _with_owners(text: str, parties: list[Party]) -> Iterator[Party]:
    """向县残联帮扶村石桥村: the village stands behind the particle, whose it is goes."""
    before = ""
    for party, behind in zip_longest(parties, parties[1:]):
        own = replace(party, before=before) if before else party
        gap = text[party.end : behind.start] if behind else ""
        before = own.before if gap and _APPOSED.fullmatch(gap.removeprefix("的")) else ""
        if not before:
            yield own


def _party(text: str, run: list[tuple[int, int, str]]) -> Party:
    kinds = {kind for _, _, kind in run}
    kind = "ORG" if "ORG" in kinds else run[0][2]
    start, end = run[0][0], run[-1][1]
    members = tuple((s, e) for s, e, _ in run)
    return Party(start, end, kind, members, particle_before(text, start), particle_after(text, end))
