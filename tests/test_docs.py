"""What the documents show is true: examples run, output is real, links lead somewhere."""

import doctest
import importlib
import pkgutil
import re
import runpy
import shlex

import pytest
from house import ROOT

import pipeline
from pipeline import schema

_README = (ROOT / "README.md").read_text(encoding="utf-8")
_PAGES = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
)
_MODULES = sorted(each.name for each in pkgutil.walk_packages(pipeline.__path__, "pipeline."))
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


# Modules that train encoder and tagger, and need the extra `train`.
_TRAINING = {
    "pipeline.training.tagger.fitting",
    *(f"pipeline.training.encoder.{name}" for name in ("base", "export", "fitting", "network", "steps")),
}


@pytest.mark.parametrize("module", _MODULES)
def test_examples_in_docstrings_run(module):
    if module in _TRAINING:
        pytest.importorskip("torch", reason="the extra `train` is not installed")
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def _sessions():
    """Commands of the README with the output that they are said to print."""
    for block in _CONSOLE.findall(_README):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            if command.startswith("donations") and output.strip():
                yield command, output


@pytest.mark.parametrize(
    ("command", "output"), list(_sessions()), ids=[command for command, _ in _sessions()]
)
def test_the_readme_shows_what_the_command_prints(donations, monkeypatch, tmp_path, command, output):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    _, *arguments = shlex.split(command)
    if arguments[0] in ("show", "summary", "review"):
        assert donations("extract", "docs/example.txt", "--out", "out") == 0
    assert donations(*arguments) in (0, 3)
    assert _lines(donations.out) == _lines(output)


def _lines(text):
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def test_python_examples_of_the_readme_run(donations, monkeypatch, tmp_path, capsys):
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    monkeypatch.chdir(tmp_path)
    assert donations("extract", "docs/example.txt", "--out", "out") == 0
    blocks = re.findall(r"```python\n(.*?)```", _README, re.DOTALL)
    assert blocks
    for block in blocks:
        test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
        assert test.examples
        assert doctest.DocTestRunner().run(test).failed == 0


def test_the_readme_shows_the_figures_of_the_evaluation():
    table = runpy.run_path(str(ROOT / "docs/refresh.py"))["figures_table"]()
    assert f"<!-- figures -->\n{table}\n<!-- end of figures -->" in _README


def test_the_readme_shows_the_baselines():
    table = runpy.run_path(str(ROOT / "docs/refresh.py"))["baselines_table"]()
    assert f"<!-- baselines -->\n{table}\n<!-- end of baselines -->" in _README


@pytest.mark.parametrize("page", _PAGES)
def test_links_lead_to_files(page):
    path = ROOT / page
    broken = [
        link for link in _LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("table", ["events", "items", "reports", "mentions", "rejects"])
def test_the_readme_names_every_column(table):
    missing = [name for name in schema.TABLES[table].schema.names if f"`{name}`" not in _README]
    assert missing == []


def test_the_architecture_names_every_module():
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    parts = sorted(
        path.name
        for path in (ROOT / "pipeline").iterdir()
        if path.name[0] not in "_." and path.suffix in ("", ".py")
    )
    assert [name for name in parts if name not in text] == []


def test_the_readme_names_every_command():
    from pipeline.cli.app import app

    names = [command.name for command in app.registered_commands] + [
        group.name for group in app.registered_groups
    ]
    assert [name for name in names if f"donations {name}" not in _README] == []
