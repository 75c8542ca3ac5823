"""The answer of `donations places`, as data."""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import Any

from pipeline.places.context import PlaceContext
from pipeline.places.resolver import PlaceResolver, PlacesParams


def explain(surface: str, context_text: str = "", params: PlacesParams | None = None) -> dict[str, Any]:
    """Resolve a surface in a context given as free text, and say how.

    The context's first word is taken as region heading, all of its words as mentions and as title.

    Example:
        >>> answer = explain("更合镇水井村", "广东")
        >>> answer["place"]["code"], answer["chain"]
        ('440608', '广东省 佛山市 高明区 更合镇 水井村')
    """
    words = tuple(word for word in re.split(r"[\s,;，；、]+", context_text) if word)
    context = PlaceContext(region=words[0] if words else None, title=context_text, mentions=words)
    found = PlaceResolver(params).resolve(surface, context)
    place = asdict(found.place) if found.place else None
    chain = [place[name] for name in ("province", "city", "county", "township", "village")] if place else []
    return {
        "surface": surface,
        "place": place,
        "chain": " ".join(name for name in chain if name),
        "reason": found.reason,
        "candidates": [asdict(candidate) for candidate in found.candidates],
    }
