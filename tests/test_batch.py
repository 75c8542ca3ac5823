"""From files to tables: any engine, any batch size, the same bytes; steps built once."""

from dataclasses import replace
from datetime import date

import pytest
from house import ROOT, gift, write_jsonl

from pipeline import batch, schema, store
from pipeline.assembly import all_mentions, portion, tables
from pipeline.batch import Job, extract_files
from pipeline.errors import ConfigError, InputError
from pipeline.extraction import ExtractionParams, Extractor
from pipeline.readers import read_inputs
from pipeline.segment import SegmentParams, segment_documents
from pipeline.shipped import model_folder


def _files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    lines = (ROOT / "corpus/reports/w5.jsonl").read_text(encoding="utf-8").splitlines()[:10]
    return write_jsonl(tmp_path_factory.mktemp("in") / "r.jsonl", [*lines, gift(1), gift(2), "{"])


@pytest.fixture(scope="module")
def serial(reports, tmp_path_factory):
    folder = tmp_path_factory.mktemp("serial")
    extract_files(Job((reports,)), folder)
    return _files(folder)


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_every_engine_makes_the_same_bytes(reports, serial, tmp_path, engine, monkeypatch):
    monkeypatch.setattr(batch, "_REPORTS", 4)
    extract_files(Job((reports,), engine=engine, jobs=2), tmp_path)
    assert _files(tmp_path) == serial


@pytest.mark.parametrize("size", [1, 3])
def test_the_size_of_a_batch_makes_no_difference(reports, serial, tmp_path, size, monkeypatch):
    monkeypatch.setattr(batch, "_REPORTS", size)
    extract_files(Job((reports,)), tmp_path)
    assert _files(tmp_path) == serial


def test_tables_are_those_of_the_extractor(reports, serial, tmp_path):
    found = list(segment_documents(read_inputs([reports]), SegmentParams()))
    reports_ = [each for each in found if isinstance(each, schema.Report)]
    rejects = [each for each in found if isinstance(each, schema.Reject)]
    done = Extractor(ExtractionParams())(reports_)
    parts = [portion(done[4:]), portion(done[:4], rejects)]
    store.write_tables(tmp_path, tables(parts))
    assert _files(tmp_path) == serial


def test_progress_grows_to_the_whole(reports, tmp_path):
    seen = []
    extract_files(Job((reports,)), tmp_path, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (reports.stat().st_size, reports.stat().st_size)


def test_an_unknown_engine_is_refused(reports, tmp_path):
    with pytest.raises(ConfigError, match="engine 'spark'"):
        extract_files(Job((reports,), engine="spark"), tmp_path)


def test_where_every_report_fails_nothing_is_written(reports, tmp_path, monkeypatch):
    def fail(self, batch):
        raise KeyError("列")

    monkeypatch.setattr(Extractor, "__call__", fail)
    with pytest.raises(InputError, match=r"nothing came through: r\.jsonl: "):
        extract_files(Job((reports,)), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_name_resolved_by_the_linker_is_the_value_of_its_mention():
    report = schema.Report("r", "青溪县图书馆赠书。我馆赠书。")
    name = schema.Mention("r", 0, 6, "青溪县图书馆", "ORG")
    links = [schema.Link("r", 0, "donor", 0, 6, 1.0, "role", ("青溪县图书馆",))]
    (found,) = all_mentions(report, [name], [], [], links)
    assert found == replace(name, value="青溪县图书馆")


def test_a_day_becomes_an_interval():
    report = schema.Report("r", "9月1日赠书")
    day = schema.DateMention("r", 0, 4, "9月1日", date(2021, 9, 1), date(2021, 9, 1), "day", "day")
    (found,) = all_mentions(report, [], [], [day], [])
    assert (found.label, found.value) == ("DATE", "2021-09-01/2021-09-01")


def test_the_working_folder_s_own_model_comes_first(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert model_folder("models/linker").resolve() == (ROOT / "models/linker").resolve()
    (tmp_path / "models/linker").mkdir(parents=True)
    assert model_folder("models/linker").resolve() == tmp_path / "models/linker"
