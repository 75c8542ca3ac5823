"""Identifiers from content: same report, same event, same id on every run."""

from __future__ import annotations

import hashlib
import json

from pipeline import schema


def event_id(event: schema.DonationEvent) -> str:
    """Sixteen hex digits of SHA-256 over what the event says and where it stands.

    Example:
        >>> event_id(schema.DonationEvent("", "r", "completed", "single", ("甲",), ("乙",), (), ()))
        'b979a854b80fa745'
    """
    content = [
        event.report_id,
        event.status,
        event.scope,
        event.donors,
        event.recipients,
        [(item.text, item.start, str(item.quantity), str(item.value_cny)) for item in event.items],
        sorted((e.slot, e.start, e.end) for e in event.evidence),
    ]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:16]
