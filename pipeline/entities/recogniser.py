"""Organisations, places and persons of a report, by the trained model and the reader beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import spacy

from pipeline.entities.component import CharEntities
from pipeline.entities.declared import with_declared
from pipeline.entities.decoding import Span
from pipeline.entities.echoes import with_echoes
from pipeline.entities.params import EntitiesParams
from pipeline.entities.reader import UNREAD, Reader
from pipeline.entities.repair import repaired
from pipeline.entities.told import Told, told
from pipeline.errors import ConfigError
from pipeline.schema import Mention, Report, Word
from pipeline.shipped import model_folder

_AT_ONCE = 32
_PIPE = "entities"


class Recogniser:
    """Find ORG, LOC and PER mentions, and, with the reader, given goods (ITEM).

    The score of a mention is the probability that exactly these characters carry this label. The reader is
    asked only about reports that hold a word of giving.

    Example:
        >>> recogniser = Recogniser(EntitiesParams())
        >>> report = Report("r-1", text="近日，青溪县图书馆向石桥村赠书。")
        >>> [(mention.label, mention.surface) for mention in recogniser(report)]
        [('ORG', '青溪县图书馆'), ('LOC', '石桥村')]
    """

    def __init__(self, params: EntitiesParams) -> None:
        self._params = params
        self._model, self._rule = _load(params.model)
        self._reader = Reader(params) if params.tagger is not None else None
        # A model trained for labels of its own goes by itself; the reader then finds goods only.
        self._alike = self._reader is not None and self._reader.labels == self._model.labels

    def __call__(self, report: Report, *_layers: Sequence[Word]) -> tuple[Mention, ...]:
        """Find the mentions of one report, in order of offset."""
        return next(self.batch((report,)))

    def batch(self, reports: Iterable[Report]) -> Iterator[tuple[Mention, ...]]:
        """Find the mentions of many reports, several at once, which is faster; same result."""
        waiting = iter(reports)
        while group := list(islice(waiting, _AT_ONCE)):
            parts = [told(report.text) for report in group]
            texts = [part.text for part in parts]
            read = [self._reader(text) if self._reader is not None else UNREAD for text in texts]
            names = self._model.tag(texts, [each.names for each in read] if self._alike else ())
            for report, part, spans, each in zip(group, parts, names, read, strict=True):
                found = [*self._names(report, part, spans)]
                goods = [
                    mention for mention in self._read(report, part, each.spans) if _apart(mention, found)
                ]
                yield tuple(sorted([*found, *goods], key=lambda m: (m.start, m.end)))

    def _names(self, report: Report, part: Told, spans: Sequence[Span]) -> Iterator[Mention]:
        told = with_declared(part.text, repaired(part.text, spans))
        for span in with_echoes(part.text, told):
            place = _placed(part, span)
            if place is None or span.score < self._params.min_score:
                continue
            start, end = place[0] + _behind_break(report.text[slice(*place)]), place[1]
            if end - start > 1:
                yield _mention(report, (start, end), span, self._rule)

    @staticmethod
    def _read(report: Report, part: Told, spans: Sequence[Span]) -> Iterator[Mention]:
        for span in spans:
            place = _placed(part, span)
            if place is not None:
                yield _mention(report, place, span, "tagger")


def _apart(mention: Mention, others: Iterable[Mention]) -> bool:
    return all(mention.end <= other.start or other.end <= mention.start for other in others)


def _placed(part: Told, span: Span) -> tuple[int, int] | None:
    """Where a span of the told part stands in the report; None where something was left out inside it."""
    start, end = part.origin(span.start), part.origin(span.end - 1) + 1
    return (start, end) if end - start == span.end - span.start else None


def _mention(report: Report, place: tuple[int, int], span: Span, rule: str) -> Mention:
    surface = report.text[slice(*place)]
    return Mention(report.report_id, *place, surface, span.label, rule=rule, score=span.score)


_BREAK = re.compile(r"[。，；！？：\n]")


def _behind_break(surface: str) -> int:
    """How many characters stand before and at the last sentence break of a surface: no name runs over one."""
    return max((match.end() for match in _BREAK.finditer(surface)), default=0)


def _load(name: str) -> tuple[CharEntities, str]:
    try:
        nlp = spacy.load(model_folder(name))
        tagger = nlp.get_pipe(_PIPE)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{name}: no recogniser there ({str(error).splitlines()[0]})") from error
    if not isinstance(tagger, CharEntities):
        raise ConfigError(f"{name}: the component {_PIPE!r} is not ours")
    return tagger, f"{nlp.meta['name']}-{nlp.meta['version']}"
