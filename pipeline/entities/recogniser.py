"""Organisations, places and persons of a report, by the trained model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import spacy

from pipeline.entities.component import CharEntities
from pipeline.entities.decoding import Span
from pipeline.entities.params import EntitiesParams
from pipeline.errors import ConfigError
from pipeline.schema import Mention, Report, Word

_AT_ONCE = 32
_PIPE = "entities"
_SKIPPED = re.compile(r"\[image:[^\]\n]*\]|https?://[\x21-\x7e]+|\n")


class Recogniser:
    """Find ORG, LOC and PER mentions.

    The score of a mention is the model's probability that exactly these characters carry this label.

    Example:
        >>> recogniser = Recogniser(EntitiesParams())
        >>> report = Report("r-1", text="近日，青溪县图书馆向石桥村赠书。")
        >>> [(mention.label, mention.surface) for mention in recogniser(report)]
        [('ORG', '青溪县图书馆'), ('LOC', '石桥村')]
    """

    def __init__(self, params: EntitiesParams) -> None:
        self._params = params
        self._tagger, self._rule = _load(params.model)

    def __call__(self, report: Report, *_layers: Sequence[Word]) -> tuple[Mention, ...]:
        """Find the mentions of one report, in order of offset."""
        return next(self.batch((report,)))

    def batch(self, reports: Iterable[Report]) -> Iterator[tuple[Mention, ...]]:
        """Find the mentions of many reports, several at once, which is faster; same result."""
        waiting = iter(reports)
        while group := list(islice(waiting, _AT_ONCE)):
            pieces = [
                (n, start, end) for n, report in enumerate(group) for start, end in _pieces(report.text)
            ]
            found = self._tagger.tag([group[n].text[start:end] for n, start, end in pieces])
            mentions: list[list[Mention]] = [[] for _ in group]
            for (n, start, _), spans in zip(pieces, found, strict=True):
                kept = (span for span in spans if span.score >= self._params.min_score)
                mentions[n].extend(self._mention(group[n], start, span) for span in kept)
            yield from map(tuple, mentions)

    def _mention(self, report: Report, offset: int, span: Span) -> Mention:
        start, end = offset + span.start, offset + span.end
        return Mention(
            report.report_id,
            start,
            end,
            report.text[start:end],
            span.label,
            rule=self._rule,
            score=span.score,
        )


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Lines without image marks and links."""
    place = 0
    for skipped in _SKIPPED.finditer(text):
        if text[place : skipped.start()].strip():
            yield place, skipped.start()
        place = skipped.end()
    if text[place:].strip():
        yield place, len(text)


def _load(name: str) -> tuple[CharEntities, str]:
    folder = Path(name)
    if not folder.exists():
        folder = Path(__file__).parents[2] / name
    try:
        nlp = spacy.load(folder)
        tagger = nlp.get_pipe(_PIPE)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{name}: no recogniser there ({str(error).splitlines()[0]})") from error
    if not isinstance(tagger, CharEntities):
        raise ConfigError(f"{name}: the component {_PIPE!r} is not ours")
    return tagger, f"{nlp.meta['name']}-{nlp.meta['version']}"
