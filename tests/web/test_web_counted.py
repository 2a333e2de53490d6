"""Counts over the whole archive are counted once for many readers."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from crawl_samples import Home
from lxml.html import HtmlElement
from sqlalchemy.orm import Session
from web_pages import read, text
from web_site import Served, changeable, serving

from storage.query.facets import Facets
from storage.query.search import Count as NumberOf
from storage.query.stats import By, Count, counts
from web.remembered import REMEMBERED_SECONDS, Remembered


@pytest.fixture
def emptied(served: Served, tmp_path: Path) -> Iterator[tuple[Home, httpx.Client]]:
    """An archive that a test may change, and who asks its server."""
    with changeable(served, tmp_path / "home") as made:
        yield made


def test_counts_are_kept(emptied: tuple[Home, httpx.Client]) -> None:
    """Counting a million articles at each request would let a few programs keep everybody else waiting."""
    home, asked = emptied
    before = {by: asked.get(f"/api/stats/{by}").json() for by in By}
    with closing(sqlite3.connect(home.path / "data/archive.db")) as database, database:
        database.execute("UPDATE article SET published_at = '1990-01-01 00:00:00.000000'")
    assert {by: asked.get(f"/api/stats/{by}").json() for by in By} == before
    assert before[By.MONTH]
    assert asked.get("/api/stats/month", params={"since": "2000-01-01"}).json() == []
    first = asked.get("/api/stats/source", params={"limit": 1}).json()
    assert first == before[By.SOURCE][:1]


def test_who_comes_before_all_is_counted_is_asked_to_come_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Figures of a million articles take longer than anybody waits; an error would send the reader away for good."""
    counted = threading.Event()

    def slowly(session: Session, by: By) -> list[Count]:
        counted.wait(30)
        return counts(session, by)

    monkeypatch.setattr("web.counted.counts", slowly)
    monkeypatch.setattr("web.kept.LONGEST_WAIT_SECONDS", 0.1)
    with serving(served.home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as asked:
        page, program = asked.get("/figures/source.csv"), asked.get("/api/stats/source")
        counted.set()
        monkeypatch.setattr("web.kept.LONGEST_WAIT_SECONDS", 30)
        assert asked.get("/figures/source.csv").status_code == 200
    assert (page.status_code, page.headers["retry-after"], page.headers["refresh"]) == (503, "5", "5")
    assert "请稍候" in page.text
    assert (program.status_code, program.headers["retry-after"], program.headers.get("refresh")) == (503, "5", None)


def test_further_pages_say_what_the_first_one_counted(emptied: tuple[Home, httpx.Client]) -> None:
    """Counting takes longer than finding a page; and a number that changes while a reader leafs would puzzle him."""
    home, asked = emptied
    first = read(asked, "/search")
    (onward,) = [link.get("href") for link in first.cssselect("a[rel=next]")]
    with closing(sqlite3.connect(home.path / "data/archive.db")) as database, database:
        database.execute("DELETE FROM search_entry WHERE number = (SELECT max(number) FROM search_entry)")
    assert total(read(asked, onward)) == total(first) > 20
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as another:
        assert total(read(another, onward)) == total(first) - 1, "where nothing is remembered it is counted"
    assert total(read(asked, "/search")) == total(first) - 1, "a first page is of the moment"
    assert total(read(asked, f"{onward}&once=more")) == total(first) - 1  # the same address gets the same answer


def test_each_question_is_remembered_by_itself(client: httpx.Client) -> None:
    """Else the second page of one search would say how many answers another one has."""
    pages = {}
    for asked in ("/search?q=渠", "/search", "/search?q=渠&state=live"):
        first = read(client, asked)
        (onward,) = [link.get("href") for link in first.cssselect("a[rel=next]")]
        pages[onward] = total(first)
    assert len(set(pages.values())) > 1
    assert {onward: total(read(client, onward)) for onward in pages} == pages


def test_what_is_remembered_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time, and when too much else was asked; a server runs for years."""
    monkeypatch.setattr("web.remembered.MOST_QUESTIONS", 2)
    now, counted = SimpleNamespace(seconds=0.0), [_facets(number) for number in range(4)]
    remembered = Remembered(clock=lambda: now.seconds)
    assert remembered.put("a", counted[0]) is counted[0]
    now.seconds = REMEMBERED_SECONDS - 1
    assert remembered.get("a") is counted[0]
    now.seconds = REMEMBERED_SECONDS + 1
    assert remembered.get("a") is None
    for name, one in zip("abc", counted[1:], strict=True):
        remembered.put(name, one)
    assert [remembered.get(name) for name in "abc"] == [None, *counted[2:]]


def _facets(number: int) -> Facets:
    return Facets(by_kind={}, of=NumberOf(number=number, more=False))


def total(shown: HtmlElement) -> int:
    """How many answers a page says there are."""
    return int(text(shown.cssselect(".total")[0]).split()[0])


def test_answers_of_different_kinds_are_kept_apart(emptied: tuple[Home, httpx.Client]) -> None:
    """The counts by year are not the last year's days, of which the figures draw a calendar."""
    _, asked = emptied
    for path in ("/api/stats/year", "/figures", "/figures/year.csv", "/api/stats/year"):
        assert asked.get(path).status_code == 200, path
    assert {tuple(one) for one in asked.get("/api/stats/year").json()} == {("key", "number")}
