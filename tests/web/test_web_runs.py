"""Runs, planned runs and responses that do not fit on one page: all of them can be reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from crawl_samples import Home
from paper_samples import paper_profile
from sqlalchemy import insert
from web_pages import read
from web_site import Served, serving

from storage.records import Outcome
from storage.store import runs, timetable
from storage.store.database import Database
from storage.store.tables import OutcomeRow, PlannedOutcome
from web.pages.runs import RESULTS, SHOWN

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MANY = 2 * SHOWN + 1
RESPONSES = 2 * RESULTS


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server over some pages of runs and planned runs, the first of them with some pages of responses.

    What was planned later is due earlier, as after a catching up: rows are not in the order of their ids.
    """
    home = Home(tmp_path_factory.mktemp("runs"), paper_profile("http://127.0.0.1:9"))
    with Database.open(f"sqlite:///{home.path / 'data/archive.db'}") as database, database.begin() as session:
        for number in range(MANY):
            due = NOW - timedelta(hours=number // 2)
            timetable.leave_out(session, f"job{number % 2}", due, PlannedOutcome.SKIPPED, "not needed")
            run_id = runs.start(session, site="small", spider="columns", arguments={}, now=NOW)
            runs.finish(session, run_id, state="finished", why="", now=NOW)
        rows = [
            {"run_id": 1, "url": f"http://x/{number}", "outcome": Outcome.FAILED, "reason": "", "judged_at": NOW}
            for number in range(RESPONSES)
        ]
        session.execute(insert(OutcomeRow), rows)
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as made:
        yield made


def walked(client: httpx.Client, path: str, cell: str, section: str = "") -> list[list[str]]:
    """Follow the pages of a list; of each what a cell of its rows says."""
    pages = []
    while path:
        page = read(client, path)
        pages.append([found.text_content() for found in page.cssselect(f"{section} tbody td{cell}")])
        following = page.cssselect(f"{section} a[rel=next]")
        path, section = (following[0].get("href") if following else ""), ""
    return pages


def test_every_run_can_be_reached(asked: httpx.Client) -> None:
    """A run of last month is looked at when something is found to be wrong today."""
    pages = walked(asked, "/runs", ":first-child", "section:nth-of-type(3)")
    assert [len(page) for page in pages] == [SHOWN, SHOWN, 1]
    assert [int(number) for page in pages for number in page] == list(range(MANY, 0, -1))


def test_every_planned_run_can_be_reached(asked: httpx.Client) -> None:
    """Each once, the newest due time first, also where several were due at one time."""
    dues = walked(asked, "/runs", ":first-child", "section:nth-of-type(2)")
    jobs = walked(asked, "/runs", ":nth-child(2)", "section:nth-of-type(2)")
    seen = [(due, job) for dues, jobs in zip(dues, jobs, strict=True) for due, job in zip(dues, jobs, strict=True)]
    assert len(set(seen)) == len(seen) == MANY
    assert [due for due, _ in seen] == sorted((due for due, _ in seen), reverse=True)


def test_every_response_of_a_run_can_be_reached(asked: httpx.Client) -> None:
    """What failed last in a long crawl must be found there, not only counted."""
    pages = walked(asked, "/runs/1", ".address")
    assert pages == [
        [f"http://x/{number}" for number in range(RESULTS)],
        [f"http://x/{number}" for number in range(RESULTS, RESPONSES)],
    ]
    last = read(asked, f"/runs/1?after={RESULTS}")
    assert [link.get("href") for link in last.cssselect("a[rel=first]")] == ["/runs/1"]


@pytest.mark.parametrize(
    ("path", "cursor", "rows"),
    [("/api/runs", "before", MANY), ("/api/planned", "before", MANY), ("/api/runs/1/outcomes", "after", RESPONSES)],
)
def test_programs_reach_all(asked: httpx.Client, path: str, cursor: str, rows: int) -> None:
    """With the last id of each page the next one follows, and nothing comes twice."""
    seen: list[int] = []
    given: dict[str, int] = {"limit": 37}
    while len(seen) <= rows and (some := asked.get(path, params=given).json()):
        seen += [one["id"] for one in some]
        given[cursor] = seen[-1]
    assert len(set(seen)) == len(seen) == rows


def test_what_is_asked_for_wrongly_is_told(asked: httpx.Client) -> None:
    """An id that is none must not give a page that looks like the end."""
    assert asked.get("/api/planned", params={"before": 9999}).status_code == 404
    assert asked.get("/api/runs/9999/outcomes").status_code == 404
    assert asked.get("/api/runs", params={"before": 0}).status_code == 422


def test_each_response_leads_to_its_capture(client: httpx.Client, served: Served) -> None:
    """What was rejected, and the lists that were read, lie in the archive: the run shows where."""
    rows = served.home.rows("SELECT capture_id FROM outcome WHERE run_id = 1 AND outcome IN ('index', 'new')")
    links = {link.get("href") for link in read(client, "/runs/1").cssselect("td a[href^='/capture/']")}
    assert {f"/capture/{capture_id}" for (capture_id,) in rows} <= links
    answers = client.get("/api/runs/1/outcomes").json()
    assert {one["capture_id"] for one in answers if one["outcome"] in ("index", "new")} == {row[0] for row in rows}
