"""Fit the linker's decisions on gold reports.

Gold says which spans fill the slots of which event; here that becomes labels for drafts, parties, goods and
dates. What gold leaves open (optional events, repeats of an act without its figures) is left out of training
rather than called wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline import schema
from pipeline.corpus.gold import GoldEvent, GoldReport
from pipeline.corpus.gold import Party as GoldParty
from pipeline.linking.date_facts import date_features, scope_features
from pipeline.linking.drafts import Draft, Scene
from pipeline.linking.features import act_features, good_features, role_features
from pipeline.linking.goods import Good
from pipeline.linking.near import near_parties
from pipeline.linking.scan import Party
from pipeline.text import fold

Example = tuple[set[str], str]

# Inverse regularisation strengths, chosen on the dev split.
STRENGTH = {
    "act": 0.15,
    "role": 0.15,
    "good": 1.5,
    "date": 0.4,
    "status": 1.0,
    "scope": 1.0,
    "confidence": 0.3,
}


@dataclass(frozen=True, slots=True)
class Matched:
    """A draft with the gold events it tells (several when one passage states a split act)."""

    draft: Draft
    events: tuple[int, ...]
    label: str | None


def normal(name: str) -> str:
    """A name without blanks, quotes and punctuation, width folded."""
    return re.sub(r"[\s“”\"'《》()（）、,，。·]", "", unicodedata.normalize("NFKC", name))


def same_name(name: str, forms: Iterable[str]) -> bool:
    """Whether a name is one of the acceptable forms, a fuller or clipped address aside."""
    own = normal(name)
    for form in map(normal, forms):
        short = min(own, form, key=len)
        if own == form or (len(short) >= 3 and (own.endswith(form) or form.endswith(own))):
            return True
    return False


def match_drafts(scene: Scene, gold: GoldReport) -> tuple[Matched, ...]:
    """Label every draft of a scene with the events that it tells."""
    return tuple(_match(scene, gold, draft) for draft in scene.drafts)


def _match(scene: Scene, gold: GoldReport, draft: Draft) -> Matched:
    hits = [i for i in range(len(gold.events)) if _tells(scene, gold, i, draft)]
    firm = [i for i in hits if not gold.events[i].optional]
    if firm:
        return Matched(draft, tuple(firm), "yes")
    if hits or _doubtful(scene, gold, draft):
        return Matched(draft, (), None)
    return Matched(draft, (), "no")


def _tells(scene: Scene, gold: GoldReport, number: int, draft: Draft) -> bool:
    arguments = [a for a in gold.arguments[number] if a.slot in ("item", "figure", "value")]
    event = gold.events[number]
    for good in draft.goods:
        spans = _good_spans(good)
        if any(a.start < end and start < a.end for a in arguments for start, end in spans):
            return True
        if any(_same_figure(good, item) for item in event.items):
            return True
        if (
            _headline(scene, draft)
            and good.figure is None
            and any(_same_goods(scene, good, item) for item in event.items)
        ):
            return True
    return False


def _headline(scene: Scene, draft: Draft) -> bool:
    """The title, or the first sentence of the body: where an act is announced without its figures."""
    sentence = scene.sentences[draft.sentence]
    bodies = [s.start for s in scene.sentences if s.kind == "body"]
    return sentence.kind in ("title", "caption") or sentence.start in bodies[:1]


def _same_goods(scene: Scene, good: Good, item: Any) -> bool:
    phrase = scene.text[good.start : good.end]
    return good.category == item.category and any(
        phrase in fold(form) or fold(form) in phrase for form in item.text
    )


def _good_spans(good: Good) -> list[tuple[int, int]]:
    spans = [(good.start, good.end)]
    spans += [(q.start, q.end) for q in (good.figure, good.value) if q is not None]
    return spans


def _same_figure(good: Good, item: Any) -> bool:
    if good.figure is not None:
        return bool(
            item.quantity is not None and good.figure.number == item.quantity and good.figure.number > 9
        )
    if good.value is not None and good.category == "money":
        return bool(item.category == "money" and item.value_cny == good.value.number)
    return False


def _doubtful(scene: Scene, gold: GoldReport, draft: Draft) -> bool:
    """Inside the evidence, or a bare repeat in the title or elsewhere: neither right nor wrong."""
    if not gold.events:
        return False
    if any(first <= draft.start < last for spans in gold.evidence for first, last in spans):
        return True
    figured = any(g.figure is not None or g.value is not None for g in draft.goods)
    return not figured and scene.sentences[draft.sentence].kind in ("title", "caption")


def role_of(scene: Scene, party: Party, events: Sequence[GoldEvent]) -> str:
    """The role of a party in the events: donor, recipient, intermediary or none."""
    names = [n for span in party.members for n in (scene.text[span[0] : span[1]], *scene.names.of(span))]
    for role, slot in (("donor", "donors"), ("recipient", "recipients"), ("intermediary", "intermediaries")):
        forms: list[GoldParty] = [p for event in events for p in getattr(event, slot)]
        if any(
            same_name(name, (*p.names, *(re.sub(r"#\d+$", "", a) for a in p.at)))
            for p in forms
            for name in names
        ):
            return role
    return "none"


def examples(scene: Scene, gold: GoldReport, window: int) -> dict[str, list[Example]]:
    """Labelled facts of one report, by decision."""
    found: dict[str, list[Example]] = defaultdict(list)
    for matched in match_drafts(scene, gold):
        draft = matched.draft
        if matched.label is not None:
            found["act"].append((act_features(scene, draft), matched.label))
        if not matched.events:
            continue
        events = [gold.events[i] for i in matched.events]
        facts = act_features(scene, draft)
        found["status"].append((facts, events[0].status))
        date = next((d for d in scene.dates if _same_date(d, events[0])), None)
        found["scope"].append((scope_features(facts, draft, date), events[0].scope))
        for party in near_parties(scene, draft, window):
            found["role"].append((role_features(scene, draft, party), role_of(scene, party, events)))
        for good, label in good_labels(gold, matched):
            found["good"].append((good_features(scene, draft, good), label))
        for each, label in date_labels(scene, events):
            found["date"].append((date_features(scene, draft, each), label))
    return found


def good_labels(gold: GoldReport, matched: Matched) -> Iterator[tuple[Good, str]]:
    """The goods of a draft, `yes` where an event that it tells has them."""
    arguments = [
        a for i in matched.events for a in gold.arguments[i] if a.slot in ("item", "figure", "value")
    ]
    items = [item for i in matched.events for item in gold.events[i].items]
    for good in matched.draft.goods:
        held = any(a.start < end and start < a.end for a in arguments for start, end in _good_spans(good))
        held = held or any(_same_figure(good, item) for item in items)
        yield good, "yes" if held else "no"


def date_labels(scene: Scene, events: Sequence[GoldEvent]) -> Iterator[tuple[schema.DateMention, str]]:
    """The dates of a report, `yes` where they are those of an event."""
    for date in scene.dates:
        yield date, "yes" if any(_same_date(date, event) for event in events) else "no"


def _same_date(date: schema.DateMention, event: GoldEvent) -> bool:
    if event.date.text is not None and date.surface == event.date.text:
        return True
    return date.first is not None and (date.first, date.last) == (event.date.start, event.date.end)


def fit(examples_by_name: dict[str, list[Example]], strength: dict[str, float], seed: int) -> dict[str, Any]:
    """One fitted pipeline per decision.

    Args:
        examples_by_name: labelled facts by decision.
        strength: inverse regularisation strength by decision.
        seed: of the solver.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    fitted = {}
    for name in sorted(examples_by_name):
        rows = [dict.fromkeys(sorted(facts), 1.0) for facts, _ in examples_by_name[name]]
        labels = [label for _, label in examples_by_name[name]]
        model = make_pipeline(
            DictVectorizer(sparse=True),
            LogisticRegression(C=strength.get(name, STRENGTH[name]), max_iter=2000, random_state=seed),
        )
        fitted[name] = model.fit(rows, labels)
    return fitted
