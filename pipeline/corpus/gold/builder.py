"""From a parsed gold file to a report with offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipeline import schema
from pipeline.corpus.gold.format import GoldEvent, GoldFile, GoldItem
from pipeline.corpus.gold.lines import line_of
from pipeline.errors import InputError

_MARK = re.compile(r"\{(" + "|".join(schema.LABELS) + r"):([^{}\n]+)\}")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?")
_OCCURRENCE = re.compile(r"(.+)#(\d+)", re.DOTALL)
_SLOT = {"donors": "donor", "recipients": "recipient", "intermediaries": "intermediary"}


@dataclass(frozen=True, slots=True)
class Argument:
    """A labelled slot of an event that stands in the text."""

    slot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GoldReport:
    """A labelled report.

    `arguments[i]` are the spans of `events[i]`; `evidence[i]` its sentences' spans.
    """

    path: Path
    report: schema.Report
    writer: str
    story: str
    tags: tuple[str, ...]
    mentions: tuple[schema.Mention, ...]
    events: tuple[GoldEvent, ...]
    arguments: tuple[tuple[Argument, ...], ...] = field(default=())
    evidence: tuple[tuple[tuple[int, int], ...], ...] = field(default=())


class Builder:
    """Turns a parsed file into offsets; one instance a file."""

    def __init__(self, path: Path, tree: Any, raw: GoldFile) -> None:
        self.path, self.tree, self.raw = path, tree, raw
        self.text, self.marks = self._strip()

    def fail(self, message: str, *location: Any) -> InputError:
        """An error that names the file and the line of a field."""
        return InputError("gold", f"{self.path}:{line_of(self.tree, location)}: {message}")

    def _strip(self) -> tuple[str, list[tuple[int, int, str]]]:
        marked, parts, marks, at, length = self.raw.text, [], [], 0, 0
        for match in _MARK.finditer(marked):
            plain = marked[at : match.start()]
            length += len(plain)
            marks.append((length, length + len(match[2]), match[1]))
            parts += [plain, match[2]]
            length += len(match[2])
            at = match.end()
        parts.append(marked[at:])
        text = "".join(parts)
        brace = re.search(r"[{}]", text)
        if brace:
            snippet = text[max(0, brace.start() - 10) : brace.start() + 20]
            raise self.fail(f"brace left in the text near {snippet!r}: a mark is malformed or nested", "text")
        if text != text.rstrip():
            raise self.fail("text ends in blanks", "text")
        return text, marks

    def build(self) -> GoldReport:
        """The report with the spans of its mentions, arguments and evidence."""
        raw = self.raw
        evidence = tuple(self._evidence(i, event) for i, event in enumerate(raw.events))
        return GoldReport(
            path=self.path,
            report=self._report(),
            writer=raw.writer,
            story=raw.story,
            tags=tuple(sorted(raw.tags)),
            mentions=tuple(self._mentions()),
            events=raw.events,
            arguments=tuple(
                tuple(sorted(set(self._arguments(i, event, spans)), key=lambda a: (a.start, a.end, a.slot)))
                for i, (event, spans) in enumerate(zip(raw.events, evidence, strict=True))
            ),
            evidence=evidence,
        )

    def _report(self) -> schema.Report:
        raw, lines = self.raw, self.text.split("\n")
        if raw.id != self.path.stem:
            raise self.fail(f"id {raw.id!r} is not the file's name", "id")
        if len(lines) <= raw.title_lines:
            raise self.fail("no body after the title lines", "title_lines")
        title = "\n".join(lines[: raw.title_lines])
        return schema.Report(
            report_id=raw.id,
            text=self.text,
            body_start=len(title) + 1 if raw.title_lines else 0,
            region=raw.region,
            title=title or None,
            source=raw.source,
            published=raw.published,
            published_from="metadata" if raw.published else None,
            end=len(self.text),
        )

    def _mentions(self) -> Iterator[schema.Mention]:
        days = {surface: self._interval(surface, value) for surface, value in self.raw.dates.items()}
        wanted = {surface for surface in days if "#" not in surface}
        for start, end, label in self.marks:
            surface, value = self.text[start:end], None
            if surface != surface.strip():
                raise self.fail(f"mark {surface!r} begins or ends in a blank", "text")
            if label == "DATE":
                number = self.text.count(surface, 0, start) + 1
                key = f"{surface}#{number}" if f"{surface}#{number}" in days else surface
                if key not in days:
                    raise self.fail(f"DATE {surface!r} has no entry under dates", "dates")
                value = days[key]
                wanted.discard(surface)
            yield schema.Mention(self.raw.id, start, end, surface, label, value, "gold")
        if wanted:
            raise self.fail(
                f"dates names {sorted(wanted)[0]!r}, which is not marked DATE in the text", "dates"
            )

    def _interval(self, surface: str, value: str | date | None) -> str | None:
        if value is None:
            return None
        match = _DAYS.fullmatch(str(value))
        if not match:
            raise self.fail(f"{value!r} is no day and no first/last", "dates", surface)
        try:
            first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
        except ValueError as error:
            raise self.fail(f"{value!r}: {error}", "dates", surface) from error
        if first > last:
            raise self.fail(f"{value!r}: first day after last", "dates", surface)
        return f"{first}/{last}"

    def _evidence(self, number: int, event: GoldEvent) -> tuple[tuple[int, int], ...]:
        return tuple(
            self._span(quote, (), "events", number, "evidence", i, elided=True)
            for i, quote in enumerate(event.evidence)
        )

    def _span(
        self, surface: str, near: tuple[tuple[int, int], ...], *location: Any, elided: bool = False
    ) -> tuple[int, int]:
        """Where a surface stands: its numbered occurrence, else the first one near, else the first."""
        numbered = _OCCURRENCE.fullmatch(surface)
        if numbered:
            spots = [m.start() for m in re.finditer(re.escape(numbered[1]), self.text)]
            if int(numbered[2]) > len(spots) or numbered[2] == "0":
                raise self.fail(f"{numbered[1]!r} stands {len(spots)} times in the text", *location)
            start = spots[int(numbered[2]) - 1]
            return start, start + len(numbered[1])
        if elided and surface not in self.text and "…" in surface:
            head, tail = surface.split("…", 1)
            match = re.search(re.escape(head) + r"[\s\S]*?" + re.escape(tail), self.text)
            if match:
                return match.span()
        for first, last in (*near, (0, len(self.text))):
            spot = self._first_free(surface, first, last)
            if spot is not None:
                return spot, spot + len(surface)
        raise self.fail(f"{surface!r} does not stand in the text", *location)

    def _first_free(self, surface: str, first: int, last: int) -> int | None:
        """The first occurrence that is no part of a longer name (图书 is not in 县图书馆), else the first."""
        spots = [m.start() for m in re.finditer(re.escape(surface), self.text[first:last])]
        free = [spot for spot in spots if not self._within_name(first + spot, first + spot + len(surface))]
        return first + (free or spots)[0] if spots else None

    def _within_name(self, start: int, end: int) -> bool:
        return any(
            a <= start and end <= b and (a, b) != (start, end)
            for a, b, label in self.marks
            if label in ("ORG", "LOC", "PER")
        )

    def _arguments(
        self, number: int, event: GoldEvent, near: tuple[tuple[int, int], ...]
    ) -> Iterator[Argument]:
        where = ("events", number)
        for slot in ("donors", "recipients", "intermediaries"):
            for i, party in enumerate(getattr(event, slot)):
                forms = party.at or self._best_form(party.names, near)
                for form in forms:
                    yield Argument(_SLOT[slot], *self._span(form, near, *where, slot, i))
        if event.date.text is not None:
            yield Argument("date", *self._span(event.date.text, near, *where, "date"))
        if event.place.text is not None:
            yield Argument("place", *self._span(event.place.text, near, *where, "place"))
        for i, item in enumerate(event.items):
            yield from self._item_arguments(item, near, (*where, "items", i))

    def _best_form(self, names: tuple[str, ...], near: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
        for name in names:
            if any(name in self.text[first:last] for first, last in near):
                return (name,)
        return next(((name,) for name in names if name in self.text), ())

    def _item_arguments(
        self, item: GoldItem, near: tuple[tuple[int, int], ...], where: tuple[Any, ...]
    ) -> Iterator[Argument]:
        forms = self._best_form(item.text, near)
        if not forms and not any(_OCCURRENCE.fullmatch(form) for form in item.text):
            raise self.fail(f"item {item.text[0]!r} does not stand in the text", *where)
        if item.figure is not None:
            figure = self._span(item.figure, near, *where)
            yield Argument("figure", *figure)
            beside = (max(0, figure[0] - 30), min(len(self.text), figure[1] + 30))
            near = (
                tuple(
                    (max(a, beside[0]), min(b, beside[1])) for a, b in near if a < beside[1] and beside[0] < b
                )
                + near
            )
        yield Argument("item", *self._span((forms or item.text)[0], near, *where))
        if item.value_text is not None:
            yield Argument("value", *self._span(item.value_text, near, *where))
