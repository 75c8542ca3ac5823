"""Which gold reports train, tune and test: fixed in one file, by writer or by id.

```toml
[train]
writers = ["w1", "w3"]
[dev]
writers = ["w2"]
[test]
writers = ["w5"]
ids = ["w1-020"]        # an id outranks its writer
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from pipeline.corpus.gold import GoldReport
from pipeline.errors import ConfigError

SPLITS = ("train", "dev", "test")


class Split(BaseModel):
    """The writers and the single reports of one split."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    writers: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


class Splits(BaseModel):
    """The three splits; no writer and no id belongs to two."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    train: Split = Split()
    dev: Split = Split()
    test: Split = Split()

    @model_validator(mode="after")
    def _disjoint(self) -> Splits:
        for kind in ("writers", "ids"):
            named = [name for split in SPLITS for name in getattr(getattr(self, split), kind)]
            twice = sorted({name for name in named if named.count(name) > 1})
            if twice:
                raise ValueError(f"{twice[0]!r} stands twice under {kind}")
        return self

    def of(self, report_id: str, writer: str) -> str | None:
        """The split of a report, or None when neither its id nor its writer is named.

        Example:
            >>> splits = Splits(train=Split(writers=("w1",)), test=Split(ids=("w1-020",)))
            >>> [splits.of(report_id, "w1") for report_id in ("w1-001", "w1-020")]
            ['train', 'test']
        """
        for kind, name in (("ids", report_id), ("writers", writer)):
            for split in SPLITS:
                if name in getattr(getattr(self, split), kind):
                    return split
        return None

    def ids_of(self, split: str, gold: Iterable[GoldReport]) -> tuple[str, ...]:
        """Ids of the gold reports of one split, sorted."""
        return tuple(
            sorted(g.report.report_id for g in gold if self.of(g.report.report_id, g.writer) == split)
        )


def read_splits(path: Path) -> Splits:
    """Read a file of splits.

    Raises:
        ConfigError: no such file, no TOML, an unknown key, or a writer or id in two splits.
    """
    try:
        return Splits.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ConfigError(f"{path}: {where}: {first['msg']}") from error
