"""Gold reports: the YAML format of `docs/corpus-format.md`, read strictly.

Every violation is an `InputError` that names file and line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from pipeline import schema
from pipeline.errors import InputError

_MARK = re.compile(r"\{(" + "|".join(schema.LABELS) + r"):([^{}\n]+)\}")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))?")
_OCCURRENCE = re.compile(r"(.+)#(\d+)", re.DOTALL)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(_Strict):
    """A donor, recipient or intermediary: acceptable names, fullest first."""

    names: tuple[str, ...] = Field(min_length=1)
    at: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"names": (value,)}
        if isinstance(value, list):
            return {"names": tuple(value)}
        if isinstance(value, dict) and "name" in value:
            unknown = set(value) - {"name", "also", "at"}
            if unknown:
                raise ValueError(f"unknown key {sorted(unknown)[0]}")
            at = value.get("at", ())
            return {
                "names": (value["name"], *value.get("also", ())),
                "at": (at,) if isinstance(at, str) else tuple(at),
            }
        return value


class GoldDate(_Strict):
    """When the act took place."""

    text: str | None = None
    start: date | None = None
    end: date | None = None
    precision: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> GoldDate:
        if (self.start is None) != (self.end is None):
            raise ValueError("start and end stand together")
        if self.start and self.end and self.start > self.end:
            raise ValueError("start is after end")
        if self.precision is not None and self.precision not in schema.PRECISIONS:
            raise ValueError(f"precision {self.precision!r} is not one of {', '.join(schema.PRECISIONS)}")
        return self


class GoldPlace(_Strict):
    """Where the goods went; several acceptable codes may stand, None among them."""

    text: str | None = None
    code: tuple[str | None, ...] = (None,)

    @field_validator("code", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        codes = tuple(value) if isinstance(value, list) else (value,)
        for code in codes:
            if code is not None and not (isinstance(code, str) and re.fullmatch(r"[0-9]{6}", code)):
                raise ValueError(f"code {code!r} is not six digits in quotes")
        return codes


class GoldItem(_Strict):
    """One kind of goods."""

    text: tuple[str, ...] = Field(min_length=1)
    category: str
    quantity: Decimal | None = None
    quantity_min: Decimal | None = None
    quantity_max: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    per: str | None = None
    derived: bool = False
    figure: str | None = None
    value_cny: Decimal | None = None
    value_text: str | None = None

    @field_validator("text", mode="before")
    @classmethod
    def _as_tuple(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else tuple(value)

    @field_validator("quantity", "quantity_min", "quantity_max", "value_cny", mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        return Decimal(str(value)) if isinstance(value, int | float) else value

    @model_validator(mode="after")
    def _known(self) -> GoldItem:
        if self.category not in schema.CATEGORIES:
            raise ValueError(f"category {self.category!r} is not one of {', '.join(schema.CATEGORIES)}")
        if self.qualifier is not None and self.qualifier not in schema.QUALIFIERS:
            raise ValueError(f"qualifier {self.qualifier!r} is not one of {', '.join(schema.QUALIFIERS)}")
        if (self.quantity is None and self.value_cny is None and self.value_text is None) != (self.qualifier is None):
            raise ValueError("qualifier stands exactly where a figure does")
        return self


class GoldEvent(_Strict):
    """One act of giving as labelled."""

    status: str = "completed"
    scope: str = "single"
    optional: bool = False
    donors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    intermediaries: tuple[Party, ...] = ()
    date: GoldDate = GoldDate()
    place: GoldPlace = GoldPlace()
    value_cny: Decimal | None = None
    items: tuple[GoldItem, ...] = ()
    evidence: tuple[str, ...] = ()

    @field_validator("value_cny", mode="before")
    @classmethod
    def _exact(cls, value: Any) -> Any:
        return Decimal(str(value)) if isinstance(value, int | float) else value

    @model_validator(mode="after")
    def _known(self) -> GoldEvent:
        if self.status not in schema.STATUSES:
            raise ValueError(f"status {self.status!r} is not one of {', '.join(schema.STATUSES)}")
        if self.scope not in schema.SCOPES:
            raise ValueError(f"scope {self.scope!r} is not one of {', '.join(schema.SCOPES)}")
        if not (self.donors or self.recipients):
            raise ValueError("an event has a donor or a recipient")
        if not self.items:
            raise ValueError("an event has an item")
        return self


class _File(_Strict):
    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")
    writer: str
    story: str
    tags: tuple[str, ...] = ()
    region: str | None = None
    source: str | None = None
    published: date | None = None
    title_lines: int = Field(ge=0, le=2)
    text: str
    dates: dict[str, str | date | None] = {}
    events: tuple[GoldEvent, ...]


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


def read_gold(folder: Path) -> tuple[GoldReport, ...]:
    """Read every `*.yaml` of a folder, in order of file name.

    Raises:
        InputError: at the first violation, with file and line.
    """
    if not folder.is_dir():
        raise InputError("missing", f"{folder}: no such folder")
    return tuple(read_gold_file(path) for path in sorted(folder.glob("*.yaml")))


def read_gold_file(path: Path) -> GoldReport:
    """Read one gold file.

    Raises:
        InputError: the file is not UTF-8 YAML of the format, or a surface is not in its text.
    """
    try:
        source = path.read_text(encoding="utf-8")
        tree = yaml.compose(source, Loader=yaml.CSafeLoader)
        raw = _File.model_validate(yaml.load(source, Loader=_Loader))
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", f"{path}:1: not UTF-8 ({error.reason})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError("yaml", f"{path}:{line}: {error.problem}") from error
    except ValidationError as error:
        first = error.errors()[0]
        line = _line_of(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise InputError("gold", f"{path}:{line}: {where}: {first['msg']}") from error
    return _Builder(path, source, tree, raw).build()


class _Loader(yaml.CSafeLoader):
    """Safe YAML that refuses a key given twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"key {key!r} stands twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def _line_of(node: Any, location: tuple[Any, ...]) -> int:
    """The 1-based line of the deepest node on a pydantic error location."""
    line = node.start_mark.line + 1 if node is not None else 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            found = next((v for k, v in node.value if k.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = node.value[part]
        else:
            found = None
        if found is None:
            break
        node, line = found, found.start_mark.line + 1
    return int(line)


class _Builder:
    """Turns a parsed file into offsets; one instance a file."""

    def __init__(self, path: Path, source: str, tree: Any, raw: _File) -> None:
        self.path, self.source, self.tree, self.raw = path, source, tree, raw
        self.text, self.marks = self._strip()

    def fail(self, message: str, *location: Any) -> InputError:
        return InputError("gold", f"{self.path}:{_line_of(self.tree, location)}: {message}")

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
        raw = self.raw
        if raw.id != self.path.stem:
            raise self.fail(f"id {raw.id!r} is not the file's name", "id")
        lines = self.text.split("\n")
        if len(lines) <= raw.title_lines:
            raise self.fail("no body after the title lines", "title_lines")
        title = "\n".join(lines[: raw.title_lines])
        report = schema.Report(
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
        evidence = tuple(self._evidence(i, event) for i, event in enumerate(raw.events))
        return GoldReport(
            path=self.path,
            report=report,
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

    def _mentions(self) -> Iterator[schema.Mention]:
        days = {surface: self._interval(surface, value) for surface, value in self.raw.dates.items()}
        wanted = {surface for surface in days if "#" not in surface}
        seen: dict[str, int] = {}
        for start, end, label in self.marks:
            surface, value = self.text[start:end], None
            if surface != surface.strip():
                raise self.fail(f"mark {surface!r} begins or ends in a blank", "text")
            if label == "DATE":
                number = self.text.count(surface, 0, start) + 1
                seen[surface] = number
                key = f"{surface}#{number}" if f"{surface}#{number}" in days else surface
                if key not in days:
                    raise self.fail(f"DATE {surface!r} has no entry under dates", "dates")
                value = days[key]
                wanted.discard(surface)
            yield schema.Mention(self.raw.id, start, end, surface, label, value, "gold")
        if wanted:
            raise self.fail(f"dates names {sorted(wanted)[0]!r}, which is not marked DATE in the text", "dates")

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
            start = self.text.find(surface, first, last)
            if start >= 0:
                return start, start + len(surface)
        raise self.fail(f"{surface!r} does not stand in the text", *location)

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
        yield Argument("item", *self._span((forms or item.text)[0], near, *where))
        if item.figure is not None:
            yield Argument("figure", *self._span(item.figure, near, *where))
        if item.value_text is not None:
            yield Argument("value", *self._span(item.value_text, near, *where))


_SLOT = {"donors": "donor", "recipients": "recipient", "intermediaries": "intermediary"}
