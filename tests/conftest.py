"""Makes the helpers in this folder importable from the folders below it."""

from functools import lru_cache

import pytest
from house import Command

from pipeline.extraction import Extractor

# Steps are pure: built once, they serve every test.
_extractor = lru_cache(maxsize=4)(Extractor)


@pytest.fixture
def donations(monkeypatch, capsys):
    """Runs the command: `donations("extract", path, "--out", folder)` gives its exit code."""
    monkeypatch.setattr("pipeline.batch.Extractor", _extractor)
    return Command(monkeypatch, capsys)
