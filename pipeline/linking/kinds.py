"""What a name is, by how it ends: library, school, village, company and others."""

from __future__ import annotations

from functools import cache

from pipeline.lexicons import read_toml, words


@cache
def _suffixes() -> dict[str, str]:
    return {
        word: name for name, block in read_toml("suffixes.toml")["classes"].items() for word in words(block)
    }


def name_class(name: str) -> str:
    """What a name is by its ending: library, school, village, company … or `other`.

    Example:
        >>> name_class("青溪县图书馆"), name_class("石桥村村委会"), name_class("石桥村")
        ('library', 'committee', 'village')
    """
    for length in range(min(6, len(name)), 0, -1):
        found = _suffixes().get(name[-length:])
        if found:
            return found
    return "other"
