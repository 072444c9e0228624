"""Work is given to any executor or to a Dask cluster, and every part comes back once."""

import os
import socket
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

import distributed
import pytest

from workbench.base import workers
from workbench.base.workers import (
    NoDask,
    NoScheduler,
    NoWorkers,
    answers,
    batches,
    connected,
    each,
    everywhere,
    shares,
)


def times(part: int, by: int) -> int:
    if part == 13:
        raise ValueError("13 is unlucky")
    return part * by


NOTED: list[int] = []
"""What workers in this process noted."""


def note(number: int) -> None:
    NOTED.append(number)


def flaky(part: int, _: None) -> int:
    NOTED.append(part)
    if len(NOTED) == 1:
        raise OSError("no space left")
    return part


@pytest.fixture(scope="module")
def client() -> Iterator[distributed.Client]:
    """Return the client of a cluster in this process."""
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, dashboard_address=":0"
    )
    with cluster, cluster.get_client() as one:
        yield one


@pytest.fixture(params=["threads", "processes", "dask", "dask as an executor"])
def crew(request: pytest.FixtureRequest, client: distributed.Client) -> Iterator[Any]:
    if request.param == "dask":
        yield client
    elif request.param == "dask as an executor":
        yield client.get_executor()
    else:
        pools: dict[str, type[Executor]] = {
            "threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor,
        }  # fmt: skip
        with pools[request.param]() as pool:
            yield pool


def test_every_part_comes_back_once(crew: Any) -> None:
    done = [(n, future.result()) for n, future in each(crew, times, range(12), 3)]
    assert sorted(done) == [(n, 3 * n) for n in range(12)]


def test_a_part_that_fails_stops_no_other(crew: Any) -> None:
    done = {n: future.exception() for n, future in each(crew, times, [13, 1, 2], 3)}
    assert repr(done.pop(0)) == "ValueError('13 is unlucky')"
    assert done == {1: None, 2: None}


def test_answers_are_the_same_with_workers_and_without(crew: Any) -> None:
    alone = dict(answers(None, times, range(12), 3))
    assert dict(answers(crew, times, range(12), 3)) == alone
    with pytest.raises(ValueError, match="unlucky"):
        list(answers(crew, times, [13], 3))


def test_parts_are_asked_for_only_so_far_ahead() -> None:
    asked: list[int] = []
    go = threading.Event()

    def wait(part: int, _: None) -> int:
        go.wait(10)
        return part

    with ThreadPoolExecutor(8) as pool:
        coming = each(pool, wait, (asked.append(n) or n for n in range(99)), None, ahead=5)
        threading.Timer(0.2, go.set).start()
        next(coming)
        assert len(asked) == 5
        coming.close()


def test_what_is_not_done_yet_is_called_off_when_nobody_asks_for_more() -> None:
    started: list[None] = []
    with ThreadPoolExecutor(1) as pool:
        coming = each(pool, lambda part, _: started.append(time.sleep(0.002)), range(999), None)
        next(coming)
        coming.close()
    assert len(started) < 999


def test_a_cluster_is_sent_what_is_shared_once_and_others_with_every_part(
    client: distributed.Client,
) -> None:
    class Parcel:
        sent = 0

        def __reduce__(self) -> tuple[type, tuple[()]]:
            Parcel.sent += 1
            return (Parcel, ())

    def sent(parts: int) -> int:
        Parcel.sent = 0
        list(each(client, lambda part, parcel: None, range(parts), Parcel()))
        return Parcel.sent

    assert sent(40) == sent(1)
    assert shares(client)
    with ThreadPoolExecutor() as threads, ProcessPoolExecutor() as processes:
        assert (shares(threads), shares(processes)) == (True, False)


def test_a_part_that_failed_by_chance_is_done_again_in_a_cluster(
    client: distributed.Client,
) -> None:
    NOTED.clear()
    assert [future.result() for _, future in each(client, flaky, [7], None)] == [7]
    assert NOTED == [7, 7]


def test_equal_parts_are_done_each_for_itself(client: distributed.Client) -> None:
    NOTED.clear()
    list(each(client, flaky, [7, 7, 7], None))
    assert NOTED == [7] * 4


def test_a_cluster_makes_no_remark_on_large_parts(client: distributed.Client) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sizes = [
            f.result() for _, f in each(client, _together, ["x" * 11_000_000], "y" * 12_000_000)
        ]
    assert sizes == [23_000_000]


def _together(part: str, shared: str) -> int:
    return len(part) + len(shared)


def test_a_call_reaches_every_worker_of_a_cluster_and_this_process(
    client: distributed.Client,
) -> None:
    NOTED.clear()
    everywhere(client, note, 5)
    assert NOTED == [5, 5, 5]


def test_batches_leave_nothing_out() -> None:
    assert list(batches("abcde", 2)) == [("a", "b"), ("c", "d"), ("e",)]
    assert list(batches([], 2)) == []


def test_what_takes_no_work_is_refused() -> None:
    nobody: Any = "tcp://127.0.0.1:8786"
    with pytest.raises(NoWorkers, match=r"executor='tcp://127\.0\.0\.1:8786' takes no work"):
        next(each(nobody, times, [1], 1))


@pytest.mark.parametrize(
    "address", ["http://host:8786", "host:8786", "tcp://host", "tcp://", "tcp://host:x", ""]
)
def test_an_address_that_is_none_is_refused_at_once(address: str) -> None:
    with pytest.raises(NoScheduler, match="no tcp:// or tls:// address with a port"):
        connected(address)


def test_where_nobody_answers_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 0.5)
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # bound and not listening: nobody else can answer there
        with pytest.raises(NoScheduler, match=r"no scheduler answered within 0\.5 seconds"):
            connected(f"tcp://127.0.0.1:{held.getsockname()[1]}")


def test_tls_without_certificates_is_told_with_where_they_belong() -> None:
    with pytest.raises(NoScheduler, match=r"named under distributed\.comm\.tls"):
        connected("tls://127.0.0.1:8786")


def test_a_scheduler_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "SECONDS", 0.5)
    cluster = distributed.LocalCluster(n_workers=0, processes=False, dashboard_address=":0")
    with cluster, cluster.get_client() as empty, pytest.raises(NoWorkers, match="has no worker"):
        next(each(empty, times, [1], 1))


def test_without_dask_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoDask, match=r"pip install 'workbench\[cluster\]'"):
        connected("tcp://127.0.0.1:8786")
    with ThreadPoolExecutor() as pool:
        assert dict(answers(pool, times, [2], 3)) == {0: 6}


def test_a_pool_that_breaks_is_told() -> None:
    with ProcessPoolExecutor(1) as pool:
        future: Future[object] = next(each(pool, _die, [1], None))[1]
    assert type(future.exception()).__name__ == "BrokenProcessPool"


def _die(_: int, __: None) -> None:
    os._exit(1)
