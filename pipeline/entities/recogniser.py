"""Organisations, places and persons of a report, by the trained model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import spacy

from pipeline.entities.component import CharEntities
from pipeline.entities.declared import with_declared
from pipeline.entities.decoding import Span
from pipeline.entities.params import EntitiesParams
from pipeline.entities.repair import repaired
from pipeline.entities.shipped import shipped
from pipeline.entities.told import Told, told
from pipeline.errors import ConfigError
from pipeline.schema import Mention, Report, Word

_AT_ONCE = 32
_PIPE = "entities"


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
            parts = [told(report.text) for report in group]
            for report, part, spans in zip(
                group, parts, self._tagger.tag([part.text for part in parts]), strict=True
            ):
                yield tuple(self._mentions(report, part, spans))

    def _mentions(self, report: Report, part: Told, spans: Sequence[Span]) -> Iterator[Mention]:
        for span in with_declared(part.text, repaired(part.text, spans)):
            start, end = part.origin(span.start), part.origin(span.end - 1) + 1
            if end - start != span.end - span.start:
                continue
            start += _behind_break(report.text[start:end])
            surface = report.text[start:end]
            if span.score >= self._params.min_score and len(surface) > 1:
                yield Mention(
                    report.report_id, start, end, surface, span.label, rule=self._rule, score=span.score
                )


_BREAK = re.compile(r"[。，；！？：\n]")


def _behind_break(surface: str) -> int:
    """How many characters stand before and at the last sentence break of a surface: no name runs over one."""
    return max((match.end() for match in _BREAK.finditer(surface)), default=0)


def _load(name: str) -> tuple[CharEntities, str]:
    try:
        nlp = spacy.load(shipped(name))
        tagger = nlp.get_pipe(_PIPE)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{name}: no recogniser there ({str(error).splitlines()[0]})") from error
    if not isinstance(tagger, CharEntities):
        raise ConfigError(f"{name}: the component {_PIPE!r} is not ours")
    return tagger, f"{nlp.meta['name']}-{nlp.meta['version']}"
