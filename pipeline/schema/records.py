"""Every record that steps exchange.

Records are frozen; offsets are half-open code points into `Report.text`, so that
`text[start:end] == surface` always.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LABELS = ("ORG", "LOC", "PER", "DATE", "QUANTITY", "MONEY")
NAMES = LABELS[:3]
STATUSES = ("completed", "planned")
SCOPES = ("single", "cumulative")
PRECISIONS = ("day", "range", "ten_days", "month", "season", "year", "vague")
QUALIFIERS = ("exact", "over", "under", "about", "range")
CATEGORIES = (
    "book",
    "periodical",
    "digital",
    "computer",
    "electronics",
    "furniture",
    "stationery",
    "sports",
    "clothing",
    "food",
    "medical",
    "agriculture",
    "money",
    "other",
)


@dataclass(frozen=True, slots=True)
class Report:
    r"""One news item as it stood in its file.

    `text` is the whole report: title line or lines, newline, body. `body_start` is where the body
    begins (0 without a title). `start` and `end` say where in the decoded file it stood.

    Example:
        >>> Report("r-1", text="甲县图书馆赠书\n近日，甲县图书馆赠书。", body_start=8).title_span
        (0, 7)
    """

    report_id: str
    text: str
    body_start: int = 0
    file: str = ""
    start: int = 0
    end: int = 0
    region: str | None = None
    title: str | None = None
    source: str | None = None
    published: date | None = None
    published_from: str | None = None

    @property
    def title_span(self) -> tuple[int, int]:
        """Offsets of the title inside `text`, without its last newline."""
        return (0, max(self.body_start - 1, 0))


@dataclass(frozen=True, slots=True)
class Reject:
    """A document or record that could not be used, and why."""

    file: str
    record: int
    stage: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report; `kind` is `title`, `body`, `source`, `caption` or `noise`."""

    report_id: str
    start: int
    end: int
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Word:
    """A jieba word with its part-of-speech tag (ICTCLAS tag set)."""

    report_id: str
    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span.

    `value` is text: an ISO 8601 interval of days for DATE, a plain decimal for QUANTITY and MONEY
    (yuan), the resolved name for ORG and LOC; None when unresolved. `rule` names the rule or model
    that made it; `score` lies in 0…1.

    The recogniser's layer also has a label that no table has: ITEM, given goods, for linking to look at.
    """

    report_id: str
    start: int
    end: int
    surface: str
    label: str
    value: str | None = None
    rule: str = ""
    score: float = 1.0


def names_of(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions that are names of organisations, places and persons."""
    return tuple(mention for mention in mentions if mention.label in NAMES)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure as written, with what it counts.

    `kind`: `count` (goods), `money`, or a distractor: `people`, `household`, `place`, `measure`,
    `ordinal`, `percent`, `age`, `time`, `times`. `label` is QUANTITY or MONEY. `number` is the stated
    figure (lower bound of a range); `low`/`high` bound it where the writing says so (余 多 近 约 …; None is
    open). For money, figures are in units of `currency` (CNY is yuan). `unit` is the classifier as
    written, or None. `per` is 人, 户, 校 … for a per-head figure; `role` is `total` (共计 …), `part`
    (其中 …) or None.
    """

    report_id: str
    start: int
    end: int
    surface: str
    label: str
    kind: str
    number: Decimal
    low: Decimal | None
    high: Decimal | None
    qualifier: str
    unit: str | None
    rule: str
    per: str | None = None
    role: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression and, when the report decides them, its days (both inclusive).

    `first` and `last` are None while unresolved; `reason` says why, or which fact gave the year.
    `vague` marks 近日 and the like, whose days, if any, only bound it.
    """

    report_id: str
    start: int
    end: int
    surface: str
    first: date | None
    last: date | None
    precision: str
    rule: str
    reason: str = ""
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative place: code and chain as far as it is known, with the reason.

    `code` is the 6-digit GB/T 2260 code of the lowest known of province, city and county.
    """

    code: str
    province: str
    city: str | None = None
    county: str | None = None
    township: str | None = None
    village: str | None = None
    score: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The characters behind one slot of an event."""

    slot: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DonatedItem:
    """One kind of goods of an event; see the table `items`."""

    item_no: int
    text: str
    start: int
    end: int
    category: str
    quantity: Decimal | None = None
    quantity_min: Decimal | None = None
    quantity_max: Decimal | None = None
    unit: str | None = None
    qualifier: str | None = None
    per: str | None = None
    derived: bool = False
    quantity_text: str | None = None
    value_cny: Decimal | None = None
    value_text: str | None = None


@dataclass(frozen=True, slots=True)
class DonationEvent:
    """One act of giving; see the table `events`."""

    event_id: str
    report_id: str
    status: str
    scope: str
    donors: tuple[str, ...]
    recipients: tuple[str, ...]
    intermediaries: tuple[str, ...]
    items: tuple[DonatedItem, ...]
    date_text: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    date_precision: str | None = None
    place_text: str | None = None
    place: Place | None = None
    value_cny: Decimal | None = None
    evidence: tuple[Evidence, ...] = ()
    cluster_id: str = ""
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Act:
    """A passage that tells a gift: its trigger (or goods, when the verb is elided) and what it is.

    `start`, `end` span the trigger; `first`, `last` its sentence. `trigger` is the word, None when elided.
    """

    report_id: str
    act_no: int
    start: int
    end: int
    first: int
    last: int
    trigger: str | None
    status: str
    scope: str
    score: float


@dataclass(frozen=True, slots=True)
class Link:
    """An argument of an act.

    `role` is `donor`, `recipient`, `intermediary`, `item`, `value` or `date`; `apart` marks an earlier act
    that is another event. `names` are the parties that the span stands for. An item carries its category and
    the spans of its figure and of its own value.
    """

    report_id: str
    act_no: int
    role: str
    start: int
    end: int
    score: float
    rule: str
    names: tuple[str, ...] = ()
    category: str | None = None
    figure_start: int | None = None
    figure_end: int | None = None
    value_start: int | None = None
    value_end: int | None = None
