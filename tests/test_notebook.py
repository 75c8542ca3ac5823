"""The notebook runs from top to bottom and shows its plots."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipeline.batch import Job, extract_files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    extract_files(Job((ROOT / "corpus/reports/w1.jsonl",)), folder)
    notebook = nbformat.read(ROOT / "notebooks/donations.ipynb", as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DONATION_TABLES", str(folder))
        NotebookClient(
            notebook, timeout=120, resources={"metadata": {"path": str(tmp_path_factory.getbasetemp())}}
        ).execute()
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def test_it_draws_a_plot_for_each_question_that_has_one(outputs):
    plots = [each for each in outputs if "image/svg+xml" in each.get("data", {})]
    assert len(plots) == 4


def test_plots_keep_their_chinese_as_text(outputs):
    svg = "".join(
        each["data"]["image/svg+xml"] for each in outputs if "image/svg+xml" in each.get("data", {})
    )
    assert "图书馆" in svg


def test_it_prints_no_warning(outputs):
    assert [each["text"] for each in outputs if each.get("name") == "stderr"] == []


def test_it_is_stored_without_outputs():
    notebook = nbformat.read(ROOT / "notebooks/donations.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells)
