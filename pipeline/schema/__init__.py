"""Every record that steps exchange, and every table on disk with its columns.

The one home of column names: records in `records`, Arrow schemas in `tables`, and `validate`, which holds
a table to them.
"""

from pipeline.schema.records import (
    CATEGORIES,
    LABELS,
    NAMES,
    PRECISIONS,
    QUALIFIERS,
    SCOPES,
    STATUSES,
    Act,
    DateMention,
    DonatedItem,
    DonationEvent,
    Evidence,
    Link,
    Mention,
    Place,
    Quantity,
    Reject,
    Report,
    Sentence,
    Word,
    names_of,
)
from pipeline.schema.tables import TABLES, TableSpec, layer_schema, layer_spec
from pipeline.schema.validation import validate

__all__ = [
    "CATEGORIES",
    "LABELS",
    "NAMES",
    "PRECISIONS",
    "QUALIFIERS",
    "SCOPES",
    "STATUSES",
    "TABLES",
    "Act",
    "DateMention",
    "DonatedItem",
    "DonationEvent",
    "Evidence",
    "Link",
    "Mention",
    "Place",
    "Quantity",
    "Reject",
    "Report",
    "Sentence",
    "TableSpec",
    "Word",
    "layer_schema",
    "layer_spec",
    "names_of",
    "validate",
]
