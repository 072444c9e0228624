"""Work given to others: any `concurrent.futures` executor, or the client of a Dask cluster."""

from __future__ import annotations

import contextlib
import importlib
import itertools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from workbench.base.problems import WorkbenchError

ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]{1,5}")
SECONDS = 5
"""How long a scheduler may take to answer, and how long it may be without a worker."""
LARGE = {"distributed.admin.large-graph-warning-threshold": "1 GiB"}
"""Keeps Dask from remarking that parts are large: they are meant to be."""
RETRIES = 2
"""How often Dask gives a part again that failed by itself; one lost with its worker it gives on."""

P = TypeVar("P")
S = TypeVar("S")
R = TypeVar("R")


class Workers(Protocol):
    """Whoever takes work: an executor, or a Dask client."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Take a call and return its future."""


class NoDask(WorkbenchError):
    """Dask is not installed."""

    def __init__(self) -> None:
        super().__init__("This needs Dask. Install it: pip install 'workbench[cluster]'.")


class NoWorkers(WorkbenchError):
    """There is nobody to give work to."""


class NoScheduler(NoWorkers):
    """An address leads to no Dask scheduler."""

    def __init__(self, address: str, why: str) -> None:
        super().__init__(
            f"{address}: {why} `dask scheduler` prints its address when it starts, for instance "
            "tcp://192.168.1.20:8786."
        )


def connected(address: str) -> Any:
    """Return a client of the Dask scheduler at an address; close it after use.

    Raises `NoDask` where Dask is not installed, and `NoScheduler` for an address that is none or
    at which nobody answers within `SECONDS`.
    """
    if not ADDRESS.fullmatch(address):
        raise NoScheduler(address, "this is no tcp:// or tls:// address with a port.")
    try:
        distributed = importlib.import_module("distributed")
    except ImportError:
        raise NoDask from None
    certified = distributed.Security().get_connection_args("client")["ssl_context"]
    if address.startswith("tls") and certified is None:
        why = "tls needs certificates, named under distributed.comm.tls in Dask's configuration."
        raise NoScheduler(address, why)
    try:
        return distributed.Client(address, timeout=SECONDS, set_as_default=False)
    except OSError:
        raise NoScheduler(address, f"no scheduler answered within {SECONDS} seconds.") from None


def is_dask(workers: Workers) -> bool:
    """Tell whether the workers are those of a Dask client; raises `NoWorkers` for what is none."""
    distributed = sys.modules.get("distributed")
    if distributed is not None and isinstance(workers, distributed.Client):
        return True
    if not callable(getattr(workers, "submit", None)):
        raise NoWorkers(
            f"executor={workers!r} takes no work. Give a concurrent.futures executor or a "
            "dask.distributed.Client."
        )
    return False


def shares(workers: Workers) -> bool:
    """Tell whether what all parts share reaches the workers once, or comes with every part."""
    return is_dask(workers) or isinstance(workers, ThreadPoolExecutor)


def each(
    workers: Workers,
    function: Callable[[P, S], R],
    parts: Iterable[P],
    shared: S,
    *,
    ahead: int | None = None,
) -> Iterator[tuple[int, Any]]:
    """Have `function(part, shared)` done for all parts; yield the number and future of each.

    Each comes once, when it is done, in no order. A Dask cluster is sent `shared` once, and has a
    part done again by another worker if one dies; any other executor is sent it with every part.
    Only `ahead` parts are given out before one of them is done, so that `parts` may be longer
    than memory. What is not done yet is called off when nobody asks for more. Raises `NoWorkers`.
    """
    give = _giver(workers, function, shared)
    done: SimpleQueue[tuple[int, Any]] = SimpleQueue()
    waiting: dict[int, Any] = {}
    numbered = enumerate(parts)
    try:
        while True:
            more = None if ahead is None else ahead - len(waiting)
            for n, part in itertools.islice(numbered, more):
                waiting[n] = give(part)
                waiting[n].add_done_callback(lambda future, n=n: done.put((n, future)))
            if not waiting:
                return
            n, future = done.get()
            del waiting[n]
            yield n, future
    finally:
        if waiting and is_dask(workers):
            workers.cancel([*waiting.values()])  # type: ignore[attr-defined]
        elif waiting:
            for future in waiting.values():
                future.cancel()


def answers(
    workers: Workers | None,
    function: Callable[[P, S], R],
    parts: Iterable[P],
    shared: S,
    *,
    ahead: int = 64,
) -> Iterator[tuple[int, R]]:
    """Yield the number of each part and what the function makes of it, done here without workers.

    Raises what the function raised, and whatever keeps workers from doing it.
    """
    if workers is None:
        for n, part in enumerate(parts):
            yield n, function(part, shared)
    else:
        for n, future in each(workers, function, parts, shared, ahead=ahead):
            yield n, future.result()


def batches(things: Iterable[P], size: int) -> Iterator[tuple[P, ...]]:
    """Cut things into parts of one size, the last one shorter."""
    waiting = iter(things)
    return iter(lambda: tuple(itertools.islice(waiting, size)), ())


def _giver(workers: Workers, function: Callable[[P, S], R], shared: S) -> Callable[[P], Any]:
    if not is_dask(workers):
        return lambda part: workers.submit(function, part, shared)
    client: Any = workers
    try:
        client.wait_for_workers(1, timeout=SECONDS)
    except TimeoutError:
        address = client.scheduler.address
        why = f"this scheduler has no worker. Start one there: `dask worker {address}`."
        raise NoWorkers(f"{address}: {why}") from None
    config = importlib.import_module("dask.config")

    def submit(called: Callable[..., Any], *given: object) -> Any:
        with config.set(LARGE):
            return client.submit(called, *given, pure=False, retries=RETRIES)

    sent = submit(_given, shared)  # a task, which unlike scattered data outlives all who hold it
    return lambda part: submit(function, part, sent)


def _given(shared: S) -> S:
    return shared


def everywhere(workers: Workers, function: Callable[..., object], *given: object) -> None:
    """Call a function here and, in a Dask cluster, on every worker that is left."""
    function(*given)
    if is_dask(workers):
        client: Any = workers
        with contextlib.suppress(Exception):  # whoever is gone cannot be called
            client.run(function, *given, on_error="ignore")
