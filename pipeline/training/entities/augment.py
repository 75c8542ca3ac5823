"""Vary labelled texts: other names of the same kind, cut lines, lost punctuation; labels keep their spans."""

from __future__ import annotations

import random
from collections.abc import Callable

from pipeline.training.entities.names import NameSource
from pipeline.training.entities.renaming import Renaming
from pipeline.training.entities.samples import Sample

_STOPS = "。！？；\n"
_LOST = "“”‘’《》、 "
_ORG, _LOC, _PER = "ORG", "LOC", "PER"


class Augmenter:
    """Vary samples with a share of them left as they are.

    Args:
        names: where new names come from.
        rename: share of samples in which names are swapped.
        cut: share of samples cut at a sentence's end, or mid-sentence.
        lose: share of samples that lose some punctuation.
    """

    def __init__(self, names: NameSource, rename: float, cut: float, lose: float) -> None:
        self._names = names
        self._shares = (rename, cut, lose)

    def __call__(self, sample: Sample, rng: random.Random) -> Sample:
        """Return a varied sample; surfaces and spans stay consistent."""
        rename, cut, lose = self._shares
        if rng.random() < rename:
            sample = self._renamed(sample, rng)
        if rng.random() < cut:
            sample = cut_sample(sample, rng)
        if rng.random() < lose:
            sample = _lossy(sample, rng)
        return sample

    def _renamed(self, sample: Sample, rng: random.Random) -> Sample:
        share = rng.choice((0.5, 0.8, 1.0))
        surfaces = [name for label in (_LOC, _ORG) for name in sample.surfaces(label)]
        places = Renaming.drawn(self._names, surfaces, share, rng)
        memory: dict[str, str] = {}

        def rewrite(surface: str, label: str) -> str:
            if surface not in memory:
                memory[surface] = self._other(surface, label, places, share, rng)
            return memory[surface]

        return rewritten(sample, rewrite)

    def _other(self, surface: str, label: str, places: Renaming, share: float, rng: random.Random) -> str:
        if label == _LOC:
            return self._place(surface, places, rng)
        if label == _ORG:
            return self._organisation(surface, places, rng)
        return self._names.person(rng) if label == _PER and rng.random() < share else surface

    def _place(self, surface: str, places: Renaming, rng: random.Random) -> str:
        *pieces, rest = places.pieces(surface)
        if not pieces:
            return surface
        swapped = [places.like(piece, rng) for piece in pieces]
        if not rest and rng.random() < 0.15:
            return self._names.address(rng)
        if len(swapped) > 1 and rng.random() < 0.15:
            swapped = swapped[rng.randrange(1, len(swapped)) :]
        return "".join(swapped) + rest

    def _organisation(self, surface: str, places: Renaming, rng: random.Random) -> str:
        draw = rng.random()
        if draw < 0.06:
            return self._names.company(rng)
        *pieces, rest = places.pieces(surface)
        swapped = [places.like(piece, rng) for piece in pieces]
        known = self._names.known_kind(rest)
        if draw < 0.12 and surface[0] not in "县市省区镇乡村":
            return self._names.address(rng) + self._names.village_body(rng)
        if not rest or (not pieces and not self._names.known_kind(rest.lstrip("县市省区镇乡村"))):
            return "".join(swapped) + rest
        if known and rng.random() < 0.5:
            rest = self._names.institution(rng)
        elif not pieces and self._names.known_kind(rest[1:]) and rng.random() < 0.7:
            rest = rest[0] + self._names.institution(rng)
        if not pieces and rest[0] in "县市区镇乡" and rng.random() < 0.2:
            return self._names.place(rest[0], rng) + rest[1:]
        return "".join(swapped) + rest


def rewritten(sample: Sample, rewrite: Callable[[str, str], str]) -> Sample:
    """Replace the surfaces of a sample and move its spans along.

    Example:
        >>> sample = Sample("甲县向乙村赠书", ((0, 2, "LOC"), (3, 5, "LOC")))
        >>> changed = rewritten(sample, lambda surface, label: "青溪" + surface)
        >>> changed.text, changed.surfaces("LOC")
        ('青溪甲县向青溪乙村赠书', ('青溪甲县', '青溪乙村'))
    """
    parts, spans, place, length = [], [], 0, 0
    for start, end, label in sample.spans:
        surface = rewrite(sample.text[start:end], label)
        parts += [sample.text[place:start], surface]
        length += start - place + len(surface)
        spans.append((length - len(surface), length, label))
        place = end
    return Sample("".join((*parts, sample.text[place:])), tuple(spans), sample.groups)


def cut_sample(sample: Sample, rng: random.Random) -> Sample:
    """Keep a stretch of the sample that cuts no span."""
    inner = {place for start, end, _ in sample.spans for place in range(start + 1, end)}
    edges = [
        n + 1
        for n, sign in enumerate(sample.text)
        if sign in _STOPS or (sign in "，、" and rng.random() < 0.2)
    ]
    edges = [edge for edge in (0, *edges, len(sample.text)) if edge not in inner]
    first, last = sorted(rng.sample(range(len(edges)), 2)) if len(edges) > 2 else (0, len(edges) - 1)
    return _slice(sample, edges[first], edges[last])


def _slice(sample: Sample, first: int, last: int) -> Sample:
    if last - first < 4:
        return sample
    spans = tuple((s - first, e - first, label) for s, e, label in sample.spans if s >= first and e <= last)
    return Sample(sample.text[first:last], spans, sample.groups)


def _lossy(sample: Sample, rng: random.Random) -> Sample:
    sign = rng.choice(_LOST)
    inner = {place for start, end, _ in sample.spans for place in range(start, end)}
    kept = [place for place, char in enumerate(sample.text) if char != sign or place in inner]
    moved = {place: number for number, place in enumerate(kept)}
    spans = tuple((moved[start], moved[end - 1] + 1, label) for start, end, label in sample.spans)
    return Sample("".join(sample.text[place] for place in kept), spans, sample.groups)
