"""Every error of a run on one report, with its kind and what made it.

Kinds of whole events: `missed`, `spurious`; `split` when a spurious event, put together with the one
that was paired, gets more of that gold event right; `merged` when a missed event is what explains a part
of the predicted event paired with another. Kinds of slot values are decided in `differences`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.evaluation.alignment import Alignment
from pipeline.evaluation.differences import Difference, differences, show
from pipeline.evaluation.facts import Case, EventFacts, Prediction
from pipeline.evaluation.slots import count_slots

KINDS = (
    "missed",
    "spurious",
    "split",
    "merged",
    "boundary",
    "wrong role",
    "wrong label",
    "wrong value",
    "normalisation",
    "coreference",
    "scope/status",
)
_MERGED_SLOTS = ("donor", "recipient", "item", "quantity")
_SENTENCE_END = re.compile(r"[。！？!?\n]")
_EVIDENCE_SLOTS = {"quantity": "figure", "unit": "figure", "category": "item", "event": "trigger"}
_WORDLESS = ("unit", "category")


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error; `start`, `end` are where it stands in the text, None where nothing stands there.

    `level` is `event`, `slot` or `mention`; `event_id` the predicted event's, `gold_id` the gold one's.
    `rule` names the part that decides the slot, and the rules and models whose mentions stand there.
    """

    report_id: str
    level: str
    kind: str
    slot: str
    event_id: str | None
    gold_id: str | None
    predicted: str | None
    gold: str | None
    start: int | None
    end: int | None
    sentence: str
    rule: str


def event_mistakes(case: Case, prediction: Prediction, alignment: Alignment) -> Iterator[Mistake]:
    """Errors in the events of one report, with optional gold events left out."""
    for index in alignment.spurious:
        event = prediction.events[index]
        kind = "split" if _is_split(case, prediction, alignment, event) else "spurious"
        yield _mistake(case, prediction, Difference(kind, "event", describe(event), None), event, None)
    for index in alignment.missed:
        event = case.events[index]
        if not event.optional:
            kind = "merged" if _is_merged(case, prediction, alignment, event) else "missed"
            yield _mistake(case, prediction, Difference(kind, "event", None, describe(event)), None, event)
    for pair in alignment.pairs:
        predicted, gold = prediction.events[pair.predicted], case.events[pair.gold]
        if not gold.optional:
            for difference in differences(predicted, gold):
                yield _mistake(case, prediction, difference, predicted, gold)


def describe(event: EventFacts) -> str:
    """An event in one line: donors → recipients: goods."""
    goods = "、".join(_goods(item.texts[0], item.quantity, item.unit, item.value) for item in event.items)
    givers, takers = ("、".join(party[0] for party in side) for side in (event.donors, event.recipients))
    return f"{givers or '?'} → {takers or '?'}: {goods or '?'}"


def sentence_at(text: str, start: int) -> tuple[int, int]:
    """Offsets of the sentence around a position.

    Example:
        >>> sentence_at("甲县赠书。乙县受赠。", 6)
        (5, 10)
    """
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    end = _SENTENCE_END.search(text, start)
    return first, end.end() if end else len(text)


# Which part of the system decides a slot: a learned decision of the linker, a lexicon, a step.
_DECIDED_BY = {
    "event": "linker-act",
    "donor": "linker-role",
    "recipient": "linker-role",
    "intermediary": "linker-role",
    "item": "linker-good",
    "quantity": "linker-good",
    "unit": "linker-good",
    "value": "linker-good",
    "category": "goods-lexicon",
    "date": "linker-date",
    "place": "places",
    "scope": "linker-scope",
    "status": "linker-status",
}


def rules_at(prediction: Prediction, start: int, end: int) -> str:
    """The rules and models whose mentions overlap a span, sorted."""
    return ", ".join(
        sorted({m.rule for m in prediction.mentions if m.start < end and start < m.end and m.rule})
    )


def _goods(text: str, *figures: object) -> str:
    return text + "".join(show(figure) or "" for figure in figures)


def _right(predicted: EventFacts, gold: EventFacts) -> int:
    counts = count_slots(predicted, gold)
    return sum(counts[slot].tp for slot in _MERGED_SLOTS)


def _together(one: EventFacts, other: EventFacts) -> EventFacts:
    return replace(
        one,
        donors=one.donors + other.donors,
        recipients=one.recipients + other.recipients,
        items=one.items + other.items,
    )


def _pairs(case: Case, prediction: Prediction, alignment: Alignment) -> list[tuple[EventFacts, EventFacts]]:
    return [(prediction.events[pair.predicted], case.events[pair.gold]) for pair in alignment.pairs]


def _is_split(case: Case, prediction: Prediction, alignment: Alignment, extra: EventFacts) -> bool:
    return any(
        _right(_together(predicted, extra), gold) > _right(predicted, gold)
        for predicted, gold in _pairs(case, prediction, alignment)
    )


def _is_merged(case: Case, prediction: Prediction, alignment: Alignment, extra: EventFacts) -> bool:
    return any(
        _right(predicted, _together(gold, extra)) > _right(predicted, gold)
        for predicted, gold in _pairs(case, prediction, alignment)
    )


def _mistake(
    case: Case,
    prediction: Prediction,
    difference: Difference,
    predicted: EventFacts | None,
    gold: EventFacts | None,
) -> Mistake:
    text = prediction.text or case.text or ""
    span = _span(text, difference, predicted, difference.predicted) or _span(
        text, difference, gold, difference.gold
    )
    sentence = sentence_at(text, span[0]) if span else (0, 0)
    return Mistake(
        report_id=case.report_id,
        level="event" if difference.slot == "event" else "slot",
        kind=difference.kind,
        slot=difference.slot,
        event_id=predicted.event_id if predicted else None,
        gold_id=gold.event_id if gold else None,
        predicted=difference.predicted,
        gold=difference.gold,
        start=span[0] if span else None,
        end=span[1] if span else None,
        sentence=text[slice(*sentence)].strip(),
        rule=", ".join(
            filter(None, (_DECIDED_BY.get(difference.slot), rules_at(prediction, *span) if span else ""))
        ),
    )


def _span(
    text: str, difference: Difference, event: EventFacts | None, surface: str | None
) -> tuple[int, int] | None:
    """Where the value stands: the event's evidence for the slot, else the first place with its words."""
    if event is None:
        return None
    slot = _EVIDENCE_SLOTS.get(difference.slot, difference.slot)
    spans = [(e.start, e.end) for e in event.evidence if e.slot == slot]
    named = [span for span in spans if text[slice(*span)] == surface]
    if named or spans:
        return (named or spans)[0]
    if difference.slot in _WORDLESS:
        return None  # a classifier's or a category's letters stand all over the text
    words = surface if difference.slot != "event" else (event.items[0].texts[0] if event.items else None)
    found = re.search(rf"(?<!\d){re.escape(words)}(?!\d)", text) if words else None
    return found.span() if found else None
