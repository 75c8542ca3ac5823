"""Walk the inputs in a fixed order and hand each file to the reader of its suffix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pipeline.errors import InputError
from pipeline.readers.document import Document, Reading, reject
from pipeline.readers.encoding import decode
from pipeline.readers.html import read_html
from pipeline.readers.records import read_csv, read_json, read_jsonl, read_parquet


def _read_txt(path: Path, file: str) -> Reading:
    text = decode(path.read_bytes())
    yield Document(file, 1, text, end=len(text), plain=True)


_READERS: Mapping[str, Callable[[Path, str], Reading]] = MappingProxyType(
    {
        ".txt": _read_txt,
        ".jsonl": read_jsonl,
        ".ndjson": read_jsonl,
        ".json": read_json,
        ".csv": read_csv,
        ".tsv": read_csv,
        ".parquet": read_parquet,
        ".html": read_html,
        ".htm": read_html,
    }
)


def read_inputs(paths: Sequence[Path]) -> Reading:
    """Read files and folders into documents, in the order of `paths`, folders sorted by name.

    A file named twice is read once. Hidden files of a folder are left aside. What cannot be read
    becomes a `Reject` of stage `read` (record 0: the whole file) and the rest goes on.

    Raises:
        InputError: at once, `missing-path`; after the last reject, `nothing-read` when there was no
            document at all.

    Example:
        >>> next(read_inputs([Path("没有.txt")]))
        Traceback (most recent call last):
        ...
        pipeline.errors.InputError: 没有.txt: no such file or folder
    """
    for path in paths:
        if not path.exists():
            raise InputError("missing-path", f"{path}: no such file or folder")
    return _documents(paths)


def input_sizes(paths: Sequence[Path]) -> dict[str, int]:
    """Bytes of every file that `read_inputs` would read, by the name it gives the file."""
    return {file: path.stat().st_size for path, file in _files(paths)}


def _documents(paths: Sequence[Path]) -> Reading:
    found, problems, first = 0, 0, ""
    for path, file in _files(paths):
        for reading in _read_file(path, file):
            if isinstance(reading, Document):
                found += 1
            else:
                problems += 1
                first = first or f"{reading.file}: {reading.message}"
            yield reading
    if not found:
        more = f" (and {problems - 1} more)" if problems > 1 else ""
        raise InputError("nothing-read", f"nothing could be read: {first or 'no input files'}{more}")


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    seen: set[Path] = set()
    for root in paths:
        members = sorted(_members(root), key=lambda path: path.as_posix()) if root.is_dir() else [root]
        for path in members:
            if (real := path.resolve()) not in seen:
                seen.add(real)
                yield path, path.relative_to(root).as_posix() if root.is_dir() else path.name


def _members(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and path.is_file():
            yield path


def _read_file(path: Path, file: str) -> Reading:
    reader = _READERS.get(path.suffix.lower())
    try:
        if reader is None:
            known = " ".join(_READERS)
            raise InputError("unknown-suffix", f"{path.suffix or 'no suffix'}: not one of {known}")
        yield from reader(path, file)
    except InputError as error:
        yield reject(file, 0, error)
    except OSError as error:
        yield reject(file, 0, InputError("unreadable", error.strerror or "cannot be read"))
