"""Acts with their arguments from a marked text, without any learned decision.

A mark is `LABEL`, or `LABEL=role`: the party gives, receives or passes on in every act of its sentence.
`{困难学生|=group}` is a recipient without a name; `{计划|=planned}` and `{累计|=cumulative}` say what the
acts of their sentence are. Goods, figures, values and dates are those that the rules find.
"""

import marked_cases
import scenes

from pipeline.events import EventBuilder, EventsParams
from pipeline.linking.model import LinkerModel
from pipeline.schema import Act, Link

ROLES = ("donor", "recipient", "intermediary")


class Builder:
    """Events of a marked text."""

    def __init__(self):
        self._build = EventBuilder(EventsParams(), LinkerModel({}))

    def __call__(self, marked, **report):
        told = scenes.told(marked, **report)
        return told, self._build(told.report, *told.layers, tuple(_layer(told, marked)))


def _layer(told, marked):
    scene = told.scene()
    marks = marked_cases.parse(marked, None, None).marks
    drafts = [draft for draft in scene.drafts if draft.goods]
    for number, draft in enumerate(drafts):
        sentence = scene.sentences[draft.sentence]
        own = [mark for mark in marks if sentence.start <= mark[0] < sentence.end]
        yield _act(draft, sentence, number, {value for _, _, value in own})
        yield from _arguments(scene, draft, number)
        for start, end, value in own:
            role = value.partition("=")[2]
            if role in ROLES:
                names = scene.names.of((start, end))
                yield Link(told.report.report_id, number, role, start, end, 1.0, "role", names)
            elif role == "group":
                words = (told.report.text[start:end],)
                yield Link(told.report.report_id, number, "recipient", start, end, 0.5, "group", words)


def _act(draft, sentence, number, said):
    return Act(
        "r-1", number, draft.start, draft.end, sentence.start, sentence.end,
        draft.trigger.word if draft.trigger else None,
        "planned" if "=planned" in said else "completed",
        "cumulative" if "=cumulative" in said else "single",
        0.9,
    )  # fmt: skip


def _arguments(scene, draft, number):
    for good in draft.goods:
        spans = {}
        for name, figure in (("figure", good.figure), ("value", good.value)):
            spans |= {f"{name}_start": figure.start, f"{name}_end": figure.end} if figure else {}
        start, end = good.noun or (good.start, good.end)
        yield Link("r-1", number, "item", start, end, 1.0, good.rule, category=good.category, **spans)
    for value in draft.values:
        yield Link("r-1", number, "value", value.start, value.end, 1.0, "value")
    sentence = scene.sentences[draft.sentence]
    dates = [date for date in scene.dates if sentence.start <= date.start < sentence.end]
    for date in dates[:1]:
        yield Link("r-1", number, "date", date.start, date.end, 1.0, "date")


def written(event):
    """An event in the words of the cases: `donors > recipients: items | =whole | planned`."""
    parties = f"{'+'.join(event.donors) or '-'} > {'+'.join(event.recipients) or '-'}"
    words = [f"{parties}: {'; '.join(map(_item, event.items))}"]
    if event.intermediaries:
        words.append(f"via {'+'.join(event.intermediaries)}")
    if event.value_cny is not None:
        words.append(f"={event.value_cny:f}")
    words += [word for word in (event.status, event.scope) if word in ("planned", "cumulative")]
    return " | ".join(words)


def _item(item):
    words = [item.text]
    if item.quantity is not None:
        words.append(f"{item.quantity:f}{item.unit or ''}")
    if item.value_cny is not None:
        words.append(f"={item.value_cny:f}")
    if item.per:
        words.append(f"per {item.per}")
    if item.derived:
        words.append("derived")
    return " ".join(words)
