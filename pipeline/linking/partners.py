"""Who gives together with a giver, told outside the clause of giving."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from pipeline import schema
from pipeline.lexicons import read_toml, words
from pipeline.linking.coordination import TOGETHER
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.params import LinkingParams
from pipeline.linking.scan import Party
from pipeline.linking.spans import alternation


def with_partners(
    scene: Scene, draft: Draft, number: int, links: list[schema.Link], params: LinkingParams
) -> Iterator[schema.Link]:
    """甲联合乙开展活动. 甲向丙赠书: who joined with the one donor before gives, too, if no other day came."""
    yield from links
    donors = [link for link in links if link.role == "donor"]
    others = {name for link in links for name in link.names}
    if len(donors) != 1 or len(donors[0].names) != 1:
        return
    for party in scene.parties:
        near = 0 <= draft.sentence - scene.sentence(party.start) <= params.window
        names = [scene.names.of(span) for span in party.members]
        near = near and not any(party.end <= date.start < draft.start for date in scene.dates)
        if party.kind == "ORG" and near and donors[0].names in names and _joined(scene.text, party):
            for span, name in zip(party.members, names, strict=True):
                if name and not others & set(name):
                    yield schema.Link(
                        scene.report.report_id, number, "donor", *span, donors[0].score, "partner", name
                    )
            return


def _joined(text: str, party: Party) -> bool:
    gaps = (text[a[1] : b[0]] for a, b in pairwise(party.members))
    return party.before in ("start", "") and any(TOGETHER.fullmatch(gap) for gap in gaps)


@cache
def _joining() -> re.Pattern[str]:
    """并联合乙: no subject of its own before it."""
    lists = read_toml("particles.toml")["joins"]
    openers, verbs, tails = (
        alternation(words(lists[name])).pattern for name in ("openers", "verbs", "tails")
    )
    return re.compile(f"(?:{openers})*(?:{verbs})(?:{tails})?$")


def joined_partners(
    scene: Scene, draft: Draft, number: int, links: Sequence[schema.Link]
) -> Iterator[schema.Link]:
    """甲为书屋授牌,并联合乙向书屋捐赠图书: the sentence's subject gives with whom a later clause joins to it.

    Args:
        scene: what stands in the report.
        draft: the act.
        number: of the act.
        links: what is linked to the act so far.
    """
    told = {name for link in links for name in link.names}
    for link in (link for link in links if link.role == "donor"):
        party = next((p for p in scene.named if (link.start, link.end) in p.members), None)
        partner = party and (_subject_before(scene, party) or _joined_behind(scene, draft, party))
        if not partner:
            continue
        for span in partner.members:
            names = tuple(name for name in scene.names.of(span) if name not in told)
            if names:
                yield schema.Link(
                    scene.report.report_id, number, "donor", *span, link.score, "partner", names
                )
        return


def _joins(scene: Scene, party: Party) -> bool:
    """Whether a clause without a subject of its own joins a party to somebody."""
    clause = scene.clauses[scene.clause(party.start)]
    days = [day.end for day in scene.dates if clause <= day.start and day.end <= party.start]
    return _joining().fullmatch(scene.text[max([clause, *days]) : party.start].lstrip(",")) is not None


def _subject_before(scene: Scene, party: Party) -> Party | None:
    """The last institution that opens a clause of the sentence before the one that joins a party to it."""
    if not _joins(scene, party):
        return None
    first = scene.sentences[scene.sentence(party.start)].start
    clause = scene.clauses[scene.clause(party.start)]
    opening = [p for p in scene.named if first <= p.start < clause and p.before == "start"]
    return next((p for p in reversed(opening) if p.kind in ("ORG", "PRONOUN")), None)


def _joined_behind(scene: Scene, draft: Draft, party: Party) -> Party | None:
    """甲开通捐款通道,又联合乙,凑齐棉衣60件: who is joined to a subject before the goods are told."""
    last = max((good.start for good in draft.goods), default=draft.start)
    return next(
        (
            p
            for p in scene.named
            if party.end <= p.start < last
            and p.kind == "ORG"
            and scene.sentence(p.start) == scene.sentence(party.start)
            and _joins(scene, p)
        ),
        None,
    )
