"""The files of a network: ONNX graphs, a vocabulary, and `meta.json` with the SHA-256 of each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError


def characters_of(folder: Path) -> dict[str, int]:
    """The number of every character that a network knows."""
    lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {char: number for number, char in enumerate(lines)}


def checked_meta(folder: Path) -> Mapping[str, Any]:
    """What `meta.json` says, after every file that it names was found to be the one it names.

    Raises:
        ConfigError: a file is missing or is another one.
    """
    try:
        meta: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        files = meta["files"]
    except (OSError, json.JSONDecodeError, KeyError) as error:
        raise ConfigError(f"encoder {folder}: no readable meta.json ({error})") from error
    for name, digest in sorted(files.items()):
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise ConfigError(f"encoder {path}: missing or not the file that meta.json names")
    return meta


def session(path: Path, threads: int) -> Any:
    """A network ready to run on the processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
