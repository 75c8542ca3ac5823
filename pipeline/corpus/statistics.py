"""How much gold there is, of what, in which split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.corpus.gold import GoldReport


def statistics(splits: Mapping[str, Iterable[GoldReport]]) -> dict[str, dict[str, int]]:
    """Counts by split: reports, writers, stories, characters, events, mentions by label, items by category.

    Example:
        >>> statistics({"train": []})["train"]["reports"]
        0
    """
    return {split: _count(list(reports)) for split, reports in splits.items()}


def phenomena(splits: Mapping[str, Iterable[GoldReport]], tags: Iterable[str]) -> dict[str, dict[str, int]]:
    """How many reports of each split carry each tag, tags without a report included."""
    found = {
        split: Counter(tag for report in reports for tag in report.tags) for split, reports in splits.items()
    }
    return {tag: {split: counts[tag] for split, counts in found.items()} for tag in tags}


def _count(reports: list[GoldReport]) -> dict[str, int]:
    events = [event for report in reports for event in report.events]
    firm = [event for event in events if not event.optional]
    labels = Counter(mention.label for report in reports for mention in report.mentions)
    categories = Counter(item.category for event in firm for item in event.items)
    return {
        "reports": len(reports),
        "writers": len({report.writer for report in reports}),
        "stories": len({report.story for report in reports}),
        "characters": sum(len(report.report.text) for report in reports),
        "reports.without_event": sum(not report.events for report in reports),
        "reports.several_events": sum(sum(not e.optional for e in r.events) > 1 for r in reports),
        "events": len(firm),
        "events.optional": len(events) - len(firm),
        "events.planned": sum(event.status == "planned" for event in firm),
        "events.cumulative": sum(event.scope == "cumulative" for event in firm),
        "items": categories.total(),
        **{f"items.{name}": count for name, count in sorted(categories.items())},
        "mentions": labels.total(),
        **{f"mentions.{name}": count for name, count in sorted(labels.items())},
    }
