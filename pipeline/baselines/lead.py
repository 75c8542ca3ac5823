"""Only what the headline and the first sentence tell: the journalist's rule that the lead holds the story."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.schema import Act, DateMention, Link, Mention, Quantity, Report, Sentence

Layer = tuple[Act | Link, ...]
Linking = Callable[
    [Report, Sequence[Sentence], Sequence[Mention], Sequence[Quantity], Sequence[DateMention]], Layer
]


def lead_only(linker: Linking) -> Linking:
    """A linker that keeps the acts of another where they stand in the title or in the first body sentence."""

    def link(
        report: Report,
        sentences: Sequence[Sentence],
        mentions: Sequence[Mention],
        quantities: Sequence[Quantity],
        dates: Sequence[DateMention],
    ) -> Layer:
        lead = _lead(sentences)
        layer = linker(report, sentences, mentions, quantities, dates)
        kept = {each.act_no for each in layer if isinstance(each, Act) and each.first in lead}
        return tuple(each for each in layer if each.act_no in kept)

    return link


def _lead(sentences: Sequence[Sentence]) -> set[int]:
    """Where the sentences of the title and the first one of the body begin."""
    body = [sentence.start for sentence in sentences if sentence.kind == "body"]
    return {sentence.start for sentence in sentences if sentence.kind == "title"} | {*body[:1]}
