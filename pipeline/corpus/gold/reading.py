"""Gold files from disk, with every error as file, line and reason."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import ValidationError

from pipeline.corpus.gold.builder import Builder, GoldReport
from pipeline.corpus.gold.format import GoldFile
from pipeline.corpus.gold.lines import UniqueKeyLoader, line_of
from pipeline.errors import InputError


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
        raw = GoldFile.model_validate(yaml.load(source, Loader=UniqueKeyLoader))
    except UnicodeDecodeError as error:
        raise InputError("not-utf8", f"{path}:1: not UTF-8 ({error.reason})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise InputError("yaml", f"{path}:{line}: {error.problem}") from error
    except ValidationError as error:
        first = error.errors()[0]
        line = line_of(tree, first["loc"])
        where = ".".join(str(part) for part in first["loc"])
        raise InputError("gold", f"{path}:{line}: {where}: {first['msg']}") from error
    return Builder(path, tree, raw).build()
