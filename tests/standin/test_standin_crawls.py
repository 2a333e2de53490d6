"""Crawls of stand-ins for the live hosts, through a proxy, with the shipped profile: nothing lost, nothing twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import standin_dzrb_app
import standin_dzrb_renamed
import standin_paper_h5
import standin_paper_pc
import standin_shtml
import standin_www_cards
import standin_www_php
import standin_www_tables
import standin_www_traps
from standin_home import Home
from standin_proxy import Proxy
from standin_truth import StandIn, Truth

BUILDERS = {
    "www_cards": standin_www_cards.build,
    "www_tables": standin_www_tables.build,
    "www_php": standin_www_php.build,
    "www_traps": standin_www_traps.build,
    "dzrb_app": standin_dzrb_app.build,
    "dzrb_renamed": standin_dzrb_renamed.build,
    "shtml": standin_shtml.build,
    "paper_pc": standin_paper_pc.build,
    "paper_h5": standin_paper_h5.build,
}


@pytest.mark.parametrize("name", BUILDERS)
def test_a_stand_in_is_archived_whole_and_once(name: str, tmp_path: Path) -> None:
    """Every article with every field, no page that is none, each fetched once, and nothing at all the second time."""
    stand_in = BUILDERS[name]()
    with Proxy(stand_in.world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        first = home.crawl(stand_in.spider, **stand_in.arguments)
        assert first.code == 0, first.errors
        _holds(home, stand_in)
        fetched = Counter(stand_in.world.asked(*stand_in.articles))
        assert [url for url, times in fetched.items() if times > 1] == []
        assert len(stand_in.world.requests) <= stand_in.most_requests
        stand_in.world.requests.clear()
        second = home.crawl(stand_in.spider, **stand_in.arguments)
        assert second.code == 0, second.errors
        assert stand_in.world.asked(*stand_in.articles) == []
        lists = Counter(stand_in.world.asked())
        assert [url for url, times in lists.items() if times > 1] == []
        _holds(home, stand_in)


def _holds(home: Home, stand_in: StandIn) -> None:
    """The archive is the truth table, no more and no less; e-paper days are recorded as they are."""
    stored = home.stored()
    missing = sorted(stand_in.urls - stored.keys())
    assert missing == [], home.rejected()
    assert sorted(stored.keys() - stand_in.urls) == []
    wrong = [told for truth in stand_in.truths for told in _differences(truth, stored[truth.url])]
    assert wrong == []
    days = dict(home.rows("SELECT day, state FROM issue"))
    assert {day: days.get(day) for day in stand_in.issues} == dict(stand_in.issues)


def _differences(truth: Truth, stored: Truth) -> list[str]:
    """Fields that were not read as they are."""
    return [
        f"{truth.url} {name}: {getattr(stored, name)!r} is not {wanted!r}"
        for name, wanted in vars(truth).items()
        if getattr(stored, name) != wanted
    ]
