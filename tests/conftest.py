"""Makes the helpers in this folder importable from the folders below it."""

import pytest
from house import Command


@pytest.fixture
def donations(monkeypatch, capsys):
    """Runs the command: `donations("extract", path, "--out", folder)` gives its exit code."""
    return Command(monkeypatch, capsys)
