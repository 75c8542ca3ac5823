"""What tells the files of a trained network from others."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def write_meta(out: Path, names: Sequence[str], told: Mapping[str, Any]) -> None:
    """Write `meta.json`: the SHA-256 of the files named, and what else a reader of them has to know."""
    digests = {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in names}
    text = json.dumps({"files": digests, **told}, indent=1, ensure_ascii=False) + "\n"
    (out / "meta.json").write_text(text, encoding="utf-8")
