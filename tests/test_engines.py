"""Every engine gives the same results in the same order."""

import os
import sys
from functools import partial

import pytest

from pipeline import engines, schema, store
from pipeline.errors import ConfigError, PipelineError
from pipeline.segment import Segmenter, SegmentParams

_BUILT = []


class _Words:
    def __init__(self, params):
        self._segmenter = Segmenter(params)

    def __call__(self, batch):
        reports = store.to_records(schema.Report, batch)
        return store.to_layer(schema.Word, [word for each in reports for word in self._segmenter.words(each)])


class _Where:
    def __init__(self):
        _BUILT.append(1)

    def __call__(self, batch):
        return batch, os.getpid(), len(_BUILT)


class _Fails:
    def __call__(self, batch):
        if batch == "dies":
            os._exit(1)
        raise ValueError(batch)


def _batches():
    texts = ["甲县图书馆赠书500册。", "乙村收到电脑5台。", "丙县赠书。", "丁县捐款1.5万元。", "戊村", ""]
    return [store.to_layer(schema.Report, [schema.Report(f"r{n}", text)]) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def serial():
    return list(engines.run(_batches(), partial(_Words, SegmentParams())))


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_engines_agree(engine, serial):
    found = list(engines.run(_batches(), partial(_Words, SegmentParams()), engine=engine, jobs=2))
    assert [each.to_pylist() for each in found] == [each.to_pylist() for each in serial]
    assert all(table.equals(other, check_metadata=True) for table, other in zip(found, serial, strict=True))


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_steps_are_built_once_a_process(engine):
    found = list(engines.run(range(20), _Where, engine=engine, jobs=1))
    assert [batch for batch, *_ in found] == list(range(20))
    assert {pid for _, pid, _ in found} not in ({os.getpid()}, set())
    assert len({pid for _, pid, _ in found}) == 1
    assert {built for *_, built in found} == {1}


@pytest.mark.parametrize("engine", ["serial", "processes", "dask"])
def test_batches_are_drawn_as_needed(engine):
    drawn = []

    def batches():
        for number in range(100):
            drawn.append(number)
            yield number

    results = engines.run(batches(), _Where, engine=engine, jobs=1)
    next(results)
    assert len(drawn) <= 4
    if engine != "serial":
        results.close()


@pytest.mark.parametrize("engine", engines.ENGINES)
def test_worker_errors_come_through(engine):
    with pytest.raises(ValueError, match="甲"):
        list(engines.run(["甲"], _Fails, engine=engine))


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_killed_process(engine):
    with pytest.raises(PipelineError, match="a worker process was killed"):
        list(engines.run(["dies"], _Fails, engine=engine))


@pytest.mark.parametrize(
    ("engine", "jobs", "message"), [("spark", 1, "'spark' is not one of"), ("serial", 0, "jobs")]
)
def test_wrong_arguments(engine, jobs, message):
    with pytest.raises(ConfigError, match=message):
        engines.run([], _Where, engine=engine, jobs=jobs)


def test_dask_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "dask", None)
    with pytest.raises(ConfigError, match=r"pip install 'donation-events\[dask\]'"):
        engines.run([], _Where, engine="dask")
