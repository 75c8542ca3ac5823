"""The table of stages, `dvc.yaml`, `params.yaml` and the code tell the same."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from house import GIFT, ROOT, write_jsonl
from import_closure import closure

from pipeline.batch import Job, extract_files
from pipeline.errors import ConfigError
from pipeline.stages import STAGES, run_stage, section_kinds

_PIPELINE = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))
_DVC, _PLOTS = _PIPELINE["stages"], _PIPELINE["plots"]
_PARAMS = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8"))
_EXTRACTION = ("segment", "entities", "quantities", "dates", "link", "events")
# Data that code reads without importing it.
_DATA = {"pipeline/training/configs"}


def _paths(entries):
    return [next(iter(each)) if isinstance(each, dict) else each for each in entries]


def _code(stage):
    return {dep for dep in _paths(_DVC[stage]["deps"]) if dep.startswith("pipeline/")}


def _covers(dep, path):
    return path == Path(dep) or Path(dep) in path.parents


def test_dvc_has_the_stages_of_the_table_in_its_order():
    assert list(_DVC) == list(STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_is_one_command(stage):
    assert _DVC[stage]["cmd"] == f"donations stage {stage}"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_depends_on_its_sections(stage):
    assert tuple(_DVC[stage]["params"]) == STAGES[stage].sections


@pytest.mark.parametrize("stage", STAGES)
def test_deps_cover_the_import_closure(stage):
    deps = _code(stage)
    assert {
        p.as_posix() for p in closure(f"pipeline.stages.{stage}") if not any(_covers(d, p) for d in deps)
    } == set()


@pytest.mark.parametrize("stage", STAGES)
def test_no_dep_is_idle(stage):
    files = closure(f"pipeline.stages.{stage}")
    assert {dep for dep in _code(stage) - _DATA if not any(_covers(dep, path) for path in files)} == set()


@pytest.mark.parametrize("stage", STAGES)
def test_deps_and_outs_name_every_input_and_output(stage):
    entry = _DVC[stage]
    outs = _paths([*entry.get("outs", ()), *entry.get("metrics", ())])
    assert {Path(p).stem for p in _paths(entry["deps"]) if not p.startswith("pipeline/")} == set(
        STAGES[stage].inputs
    )
    assert {Path(p).stem for p in outs} == set(STAGES[stage].outputs)


def test_models_and_figures_are_in_git():
    outs = [out for entry in _DVC.values() for out in (*entry.get("outs", ()), *entry.get("metrics", ()))]
    kept = {path for path in _paths(outs) if path.startswith(("models/", "metrics/"))}
    assert {path for path, each in _settings(outs).items() if each.get("cache") is False} == kept


@pytest.mark.parametrize("stage", ["train_entities", "train_encoder", "train_tagger", "train_linker"])
def test_a_training_that_fails_leaves_the_old_model_in_place(stage):
    """DVC deletes what a stage makes before it runs it, unless told otherwise."""
    settings = _settings(_DVC[stage]["outs"])
    assert [each.get("persist") for each in settings.values()] == [True] * len(_DVC[stage]["outs"])


def _settings(outs):
    return {next(iter(out)): next(iter(out.values())) for out in outs if isinstance(out, dict)}


def test_params_hold_the_defaults():
    kinds = section_kinds()
    assert set(_PARAMS) == set(kinds)
    for name, values in _PARAMS.items():
        assert kinds[name].model_validate(values) == kinds[name](), name


def test_a_stage_without_a_path_says_which(tmp_path):
    (tmp_path / "dvc.yaml").write_text(
        "stages: {quantities: {cmd: x, deps: [corpus/layers/reports.parquet]}}"
    )
    with pytest.raises(ConfigError, match="stage quantities names no 'quantities' among its outs"):
        run_stage("quantities", tmp_path / "dvc.yaml", tmp_path / "params.yaml")


def test_an_unknown_key_of_its_section_is_refused(tmp_path):
    shutil.copy(ROOT / "dvc.yaml", tmp_path)
    (tmp_path / "params.yaml").write_text("dates: {closest_days: 3}")
    with pytest.raises(ConfigError, match=r"dates\.closest_days"):
        run_stage("dates", tmp_path / "dvc.yaml", tmp_path / "params.yaml")


def test_an_unknown_section_is_refused(tmp_path):
    shutil.copy(ROOT / "dvc.yaml", tmp_path)
    (tmp_path / "params.yaml").write_text("quantity: {}")
    with pytest.raises(ConfigError, match="unknown section 'quantity'"):
        run_stage("dates", tmp_path / "dvc.yaml", tmp_path / "params.yaml")


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project of its own with a few reports, every stage of the extraction run."""
    folder = tmp_path_factory.mktemp("project")
    reports = folder / "corpus/reports"
    reports.mkdir(parents=True)
    write_jsonl(reports / "qingxi.jsonl", [GIFT, "no JSON"])
    lines = (ROOT / "corpus/reports/w1.jsonl").read_text(encoding="utf-8").splitlines()[:12]
    write_jsonl(reports / "w1.jsonl", lines)
    shutil.copy(ROOT / "dvc.yaml", folder)
    shutil.copytree(ROOT / "models", folder / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for stage in _EXTRACTION:
            run_stage(stage)
    return folder


@pytest.mark.parametrize("table", ["reports", "mentions", "events", "items", "rejects"])
def test_stages_and_extract_make_the_same_tables(project, tmp_path, table):
    extract_files(Job((project / "corpus/reports",)), tmp_path)
    assert (project / f"corpus/events/{table}.parquet").read_bytes() == (
        tmp_path / f"{table}.parquet"
    ).read_bytes()


@pytest.fixture(scope="module")
def evaluated(project):
    """The project with gold, scored."""
    (project / "corpus/splits.toml").write_text(
        '[dev]\nids = ["w1-001"]\n[test]\nids = ["w1-002", "w1-003"]\n'
    )
    (project / "corpus/gold").mkdir()
    for name in ("w1-001", "w1-002", "w1-003"):
        shutil.copy(ROOT / f"corpus/gold/{name}.yaml", project / "corpus/gold")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        run_stage("evaluate")
        run_stage("baselines")
    return project


def test_evaluate_scores_both_splits(evaluated):
    dev, test = (_figures(evaluated, split) for split in ("dev", "test"))
    assert (dev["reports"], test["reports"]) == (1, 2)
    assert dev["links_from_gold"] is not None
    assert (evaluated / "corpus/evaluation/test/errors.html").is_file()
    assert (evaluated / "corpus/evaluation/test/plots/slots.json").is_file()


@pytest.mark.parametrize("split", ["dev", "test"])
def test_baselines_stand_beside_the_same_figures(evaluated, split):
    figures = _figures(evaluated, split)
    ours, *others = _figures(evaluated, f"baselines_{split}")
    shared = (
        "slots",
        "exact",
        "events",
        "names",
        "links",
        "negatives",
        "negatives_clean",
        "books",
        "reports",
    )
    assert {name: ours[name] for name in shared} == {name: figures[name] for name in shared}
    assert (others[-1]["system"], others[-1]["links"]) == ("ours, gold names", figures["links_from_gold"])
    assert "LAC tags" not in {row["system"] for row in others}


def _figures(folder, name):
    return json.loads((folder / f"metrics/{name}.json").read_text(encoding="utf-8"))


def test_dvc_shows_figures_and_plots(evaluated, tmp_path):
    """As the README says; DVC leaves out a plot that it cannot draw, and only warns."""
    shutil.copy(ROOT / "params.yaml", evaluated)
    for command in (["init", "--no-scm", "--quiet"], ["plots", "show", "--out", tmp_path / "plots"]):
        done = _dvc(evaluated, *command)
        assert "WARNING" not in done.stderr, done.stderr
    page = (tmp_path / "plots/index.html").read_text(encoding="utf-8")
    titles = [next(iter(plot)) for plot in _PLOTS]
    assert len(titles) == 5
    assert [title for title in titles if title not in page] == []
    shown = json.loads(_dvc(evaluated, "metrics", "show", "--json").stdout)
    assert set(shown[""]["data"]) == {"metrics/dev.json", "metrics/test.json"}


def _dvc(folder, *command):
    line = [sys.executable, "-m", "dvc", *map(str, command)]
    return subprocess.run(line, cwd=folder, capture_output=True, text=True, check=True)


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="DVC needs the repository")
def test_the_models_belong_to_the_code_and_the_gold():
    """Else a fresh clone would train before it shows a table; CONTRIBUTING.md tells what to do."""
    command = [sys.executable, "-m", "dvc", "status", "train_entities", "train_linker"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "up to date" in done.stdout, done.stdout
