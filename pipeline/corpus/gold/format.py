"""What may stand in a gold file, field by field."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from pipeline import schema


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
        if (self.quantity is None and self.value_cny is None and self.value_text is None) != (
            self.qualifier is None
        ):
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


class GoldFile(_Strict):
    """A whole file: fields of the report, marked text, days, events."""

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
