"""Rules on a Dask bag or series, or given to workers, give what they give on a list."""

import importlib
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

import dask.bag
import pandas as pd
import pytest

from workbench.coding.query import BadQuery
from workbench.concordance import cluster
from workbench.concordance.cluster import NoDask, codes_of, codes_of_series, on_dask

TEXTS = ["Jonotin kauan.", "Palkka tuli. Hyvä!", "", "Palkanlaskenta jonottaa taas."] * 3
RULES = {"odotusaika": ["jonottaa"], "palkka": ["palkka & !hyvä"], "tyhjä": ["NOT a"]}
CODES = [("odotusaika",), ("palkka",), (), ("odotusaika", "palkka")] * 3


def test_each_text_has_the_codes_whose_rules_are_true_in_it() -> None:
    assert codes_of(TEXTS, RULES) == CODES


def test_workers_give_each_text_its_own_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "TOGETHER", 5)
    with ProcessPoolExecutor(2) as pool:
        assert codes_of(TEXTS, RULES, executor=pool) == CODES


def test_a_bad_rule_is_told_before_workers_are_asked() -> None:
    with ThreadPoolExecutor() as pool:
        pool.shutdown()
        with pytest.raises(BadQuery):
            codes_of(TEXTS, {"x": ["a b"]}, executor=pool)


def test_a_bag_gives_the_same_in_its_own_partitions() -> None:
    bag = dask.bag.from_sequence(TEXTS, npartitions=3)
    assert on_dask(bag, RULES).compute(scheduler="synchronous") == CODES


def test_a_series_gives_strings_and_keeps_its_index() -> None:
    series = pd.Series([*TEXTS[:3], None], index=list("abcd"), dtype="object")
    found = codes_of_series(series, RULES)
    assert found.to_dict() == {"a": "odotusaika", "b": "palkka", "c": "", "d": ""}


def test_a_dask_series_gives_the_same() -> None:
    frame = importlib.import_module("dask.dataframe")
    series = frame.from_pandas(pd.Series(TEXTS), npartitions=2)
    told = on_dask(series, RULES).compute(scheduler="synchronous")
    assert told.tolist() == [" ".join(codes) for codes in CODES]


def test_a_bad_rule_is_told_before_anything_is_sent() -> None:
    with pytest.raises(BadQuery):
        on_dask(dask.bag.from_sequence(TEXTS), {"x": ["a b"]})


def test_without_dask_the_command_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "dask.bag", None)
    with pytest.raises(NoDask, match=r"pip install 'workbench\[cluster\]'"):
        on_dask([], RULES)
