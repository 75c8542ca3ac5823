"""One batch function on every engine: here, in a pool of processes, or under Dask."""

from __future__ import annotations

import multiprocessing
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pipeline.errors import ConfigError, PipelineError

BatchT = TypeVar("BatchT")
ResultT = TypeVar("ResultT")
Worker = Callable[[BatchT], ResultT]

ENGINES = ("serial", "processes", "dask")
# Batches under way for each process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 3


def run(
    batches: Iterable[BatchT],
    make_worker: Callable[[], Worker[BatchT, ResultT]],
    engine: str = "serial",
    jobs: int = 1,
) -> Iterator[ResultT]:
    """Apply a worker to every batch; results come in the order of the batches, whatever the engine.

    `make_worker` builds the steps, once in each process; for other engines than `serial` it, the batches
    and the results must pickle (a function of a module, or a `functools.partial` of one). Processes are
    spawned. At most a few batches for each of the `jobs` processes are held at a time.

    Raises:
        ConfigError: at once, for an unknown engine, no jobs, or Dask where it is not installed.
        PipelineError: a process was killed. Errors of the worker come as they are.

    Example:
        >>> list(run(["甲县赠书", "乙村"], lambda: len))
        [4, 2]
    """
    if engine not in ENGINES:
        raise ConfigError(f"engine {engine!r} is not one of {', '.join(ENGINES)}")
    if jobs < 1:
        raise ConfigError(f"jobs must be at least 1, not {jobs}")
    if engine == "serial":
        return map(make_worker(), batches)
    if engine == "dask":
        _import_dask()
        return _pooled(_on_dask, batches, make_worker, jobs)
    return _pooled(_on_processes, batches, make_worker, jobs)


def _pooled(
    drive: Callable[[ProcessPoolExecutor, Iterator[BatchT], bytes, int], Iterator[ResultT]],
    batches: Iterable[BatchT],
    make_worker: Callable[[], Worker[BatchT, ResultT]],
    jobs: int,
) -> Iterator[ResultT]:
    # fork would copy locks that Arrow's threads hold
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield from drive(pool, iter(batches), pickle.dumps(make_worker), jobs)
    except BrokenProcessPool as error:
        raise PipelineError("a worker process was killed, perhaps for want of memory") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _on_processes(
    pool: ProcessPoolExecutor, batches: Iterator[BatchT], recipe: bytes, jobs: int
) -> Iterator[Any]:
    waiting: deque[Future[Any]] = deque()
    for batch in batches:
        waiting.append(pool.submit(_apply, recipe, batch))
        if len(waiting) >= _AHEAD * jobs:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _on_dask(pool: ProcessPoolExecutor, batches: Iterator[BatchT], recipe: bytes, jobs: int) -> Iterator[Any]:
    dask = _import_dask()
    apply = dask.delayed(_apply, pure=False)
    while window := list(islice(batches, _AHEAD * jobs)):
        tasks = [apply(recipe, batch) for batch in window]
        yield from dask.compute(*tasks, scheduler="processes", pool=pool)


def _import_dask() -> Any:
    try:
        import dask
        import dask.multiprocessing
    except ImportError as error:
        message = "engine dask needs Dask: pip install 'donation-events[dask]'"
        raise ConfigError(message) from error
    return dask


def _apply(recipe: bytes, batch: Any) -> Any:
    return _worker(recipe)(batch)


@lru_cache(maxsize=1)
def _worker(recipe: bytes) -> Worker[Any, Any]:
    """Build the worker of this process at its first batch, and keep it."""
    make_worker: Callable[[], Worker[Any, Any]] = pickle.loads(recipe)
    return make_worker()
