"""What a channel showed last, over both databases."""

from __future__ import annotations

from dataclasses import replace

from store_samples import MINUTE, NOW, address, capture, keep, listed

from storage.records import Kind
from storage.store import ledger, samples
from storage.store.database import Database

LATER = NOW + 10 * MINUTE


def numbers(database: Database, kind: Kind, limit: int = 10, **more) -> list[str]:
    """Pages of the channel, by what stands behind the host."""
    with database.read() as session:
        wanted = {"site": "qsw", "channel": "news", "kind": kind, "limit": limit, "not_after": LATER} | more
        return [row.canonical_url.rpartition("/")[2] for row in samples.of_channel(session, **wanted)]


def discover(database: Database, *pages: int, kind: Kind = Kind.ARTICLE, channel: str = "news") -> None:
    """List and fetch pages."""
    with database.begin() as session:
        ledger.discover(session, [listed(number, kind=kind, channel=channel) for number in pages], now=NOW)
        for number in pages:
            keep(session, capture(number), number)


def test_the_newest_articles_come_first(database: Database) -> None:
    """A profile is to fit what the site shows today."""
    discover(database, 1, 2, 3)
    assert numbers(database, Kind.ARTICLE) == ["3", "2", "1"]
    assert numbers(database, Kind.ARTICLE, limit=2) == ["3", "2"]


def test_the_first_pages_of_lists_come_first(database: Database) -> None:
    """A channel starts with its first page, and that is the one its selectors must fit."""
    discover(database, 1, 2, 3, kind=Kind.LISTING)
    assert numbers(database, Kind.LISTING, limit=2) == ["1", "2"]
    assert numbers(database, Kind.ARTICLE) == []


def test_pages_without_a_whole_capture_are_passed_over(database: Database) -> None:
    """A page that was never fetched, or answered with an error, shows nothing."""
    discover(database, 1)
    with database.begin() as session:
        ledger.discover(session, [listed(2), listed(3)], now=NOW)
        keep(session, replace(capture(3), status=404), 3)
    assert numbers(database, Kind.ARTICLE) == ["1"]


def test_other_channels_and_unfit_addresses_do_not_count(database: Database) -> None:
    """Two generations of one paper stand under one name; addresses tell them apart."""
    discover(database, 1, 2)
    discover(database, 3, channel="opinion")
    assert numbers(database, Kind.ARTICLE) == ["2", "1"]
    assert numbers(database, Kind.ARTICLE, fits=lambda url: url == address(1)) == ["1"]


def test_the_last_capture_up_to_a_time_is_taken(database: Database) -> None:
    """A page that changed meanwhile is looked at as it is now."""
    discover(database, 1)
    with database.begin() as session:
        keep(session, capture(1, at=NOW + MINUTE), 1)
    with database.read() as session:
        (row,) = samples.of_channel(
            session, site="qsw", channel="news", kind=Kind.ARTICLE, limit=5, not_after=NOW + 2 * MINUTE
        )
        assert row.fetched_at == NOW + MINUTE


def test_discovered_addresses_keep_their_order_and_what_was_known(database: Database) -> None:
    """A sample takes the first of a list as the page had them."""
    with database.begin() as session:
        ledger.discover(session, [listed(3), listed(1), listed(2, kind=Kind.LISTING, page_number=2)], now=NOW)
    with database.read() as session:
        found = list(samples.discovered(session, site="qsw", channel="news", kind=Kind.ARTICLE))
        assert [one.canonical_url for one in found] == [address(3), address(1)]
        (onward,) = samples.discovered(session, site="qsw", channel="news", kind=Kind.LISTING)
        assert onward.context.page_number == 2
