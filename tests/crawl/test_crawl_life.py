"""Work in which no clock ticks says that it lives: a repair, a re-parse, what a crawl does first with leftovers."""

from __future__ import annotations

import pytest
from crawl_samples import Home, SmallSite, article, listing, profile

import crawler.keeper
from crawler.keeper import Keeper
from crawler.repair import repair
from crawler.reparse import reparse
from storage.config import load_config

PATHS = [f"/a/{number}.html" for number in range(100, 104)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An archive of four articles."""
    with SmallSite() as site:
        site.pages = {"/list.html": listing(*PATHS), **{path: article(path) for path in PATHS}}
        found = Home(tmp_path_factory.mktemp("life"), profile(site.url))
        assert found.crawl("columns").returncode == 0
    return found


@pytest.fixture
def beats(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The run of each sign of life, in their order."""
    found: list[int] = []
    beat = Keeper.beat

    def counted(keeper: Keeper) -> bool:
        found.append(keeper.run_id)
        return beat(keeper)

    monkeypatch.setattr(Keeper, "beat", counted)
    return found


def test_long_work_says_that_it_lives(home: Home, beats: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Work of an hour would be taken for dead after ten minutes, and another run would begin with the same."""
    config = load_config(home.path / "xha.toml")
    monkeypatch.setattr(crawler.keeper, "BEAT_SECONDS", -1)
    report = reparse(config)
    assert beats == [report.run_id]  # the archive is one chunk
    beats.clear()
    home.write("DELETE FROM outcome WHERE outcome = 'new'")
    repaired = repair(config)
    assert repaired.judged == len(PATHS)
    assert beats == [repaired.run_id] * (len(PATHS) + 1)  # one for each capture and for the file that was checked


def test_what_has_just_spoken_keeps_silent(home: Home, beats: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """A write for every page would slow down what it should protect; none at all would be the end of it."""
    keeper = Keeper.open(load_config(home.path / "xha.toml"), spider="repair", arguments={})
    home.write(f"UPDATE run SET heartbeat_at = '2020-01-01 00:00:00.000000' WHERE id = {keeper.run_id}")
    keeper.keep_alive()
    assert beats == []
    monkeypatch.setattr(keeper, "last_beat", keeper.last_beat - crawler.keeper.BEAT_SECONDS - 1)
    keeper.keep_alive()
    keeper.keep_alive()
    assert beats == [keeper.run_id]
    [(told,)] = home.rows("SELECT heartbeat_at FROM run WHERE id = ?", keeper.run_id)
    assert told > "2020-01-02"
    keeper.close("finished")
