"""Thirty kills at random moments and named write points; `make soak` makes a thousand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from crash_compare import difference
from crash_nursery import Nursery
from crash_round import REQUESTS_AT_ONCE, Crashes

from demo.replica import Replica
from demo.server import ReplicaServer

KILLS = 10
"""Of each round; with those of migration, export and re-parse."""


@pytest.fixture(scope="module")
def crashes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crashes]:
    """A small site, and what an undisturbed crawl of it stores."""
    with ReplicaServer(Replica.build()) as server, Nursery() as nursery:
        yield Crashes(tmp_path_factory.mktemp("crash"), server, nursery)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [20241124, 20241125, 20241126])
def test_killed_anywhere_nothing_is_lost_and_nothing_stored_twice(crashes: Crashes, seed: int) -> None:
    """However often and wherever it died, an archive ends up as one that nobody disturbed."""
    result = crashes.round(seed, KILLS)
    assert (result.lost, result.twice, result.faults) == ([], [], [])
    assert sum(result.kills.values()) >= KILLS
    assert result.files > 1


@pytest.mark.parametrize(("requests", "articles"), list(zip(REQUESTS_AT_ONCE, (38, 39), strict=True)))
def test_the_measure_holds_what_the_site_shows(crashes: Crashes, requests: int, articles: int) -> None:
    """A comparison with an empty crawl would find nothing wrong with anything."""
    wanted = crashes.undisturbed(requests)
    assert sum(wanted.first["article"].values()) == sum(wanted.first["version"].values()) == articles
    assert sum(wanted.last["article"].values()) == articles + 3
    assert sum(wanted.last["version"].values()) == articles + 5
    assert len(difference(wanted.last, wanted.first).twice) >= 5
    assert set(wanted.passed["crawl"]) >= {"ledger", "commit", "record", "flushed", "renamed", "draft"}
