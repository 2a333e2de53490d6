"""What is new: today's articles, edits and removals, freshness; and a day of the e-paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from history_samples import HOUR, at, printed, put
from sqlalchemy import event
from store_samples import DAY, NOW, address, listed

from storage.query import frontpage, newspaper
from storage.query.filters import Filters
from storage.query.search import count
from storage.records import Edition
from storage.store import articles, issues, ledger, runs
from storage.store.database import Database
from storage.store.tables import IssueState, RunState


def test_a_day_by_column(database: Database) -> None:
    """Today's news is the website's of that day by column; print has its own place."""
    with database.begin() as session:
        put(session, 1, published=at(2024, 7, 26, 8, 0), column="要闻")
        put(session, 2, published=at(2024, 7, 26, 9, 0), column="要闻")
        put(session, 3, published=at(2024, 7, 25, 23, 59), column="要闻")
        printed(session, 4, Edition(paper="qsw", day=DAY, label="01"))
        found = frontpage.of_day(session, DAY)
        assert frontpage.newest_day(session, DAY) == DAY
        put(session, 5, published=at(2099, 1, 1, 8, 0), column="要闻")
        assert frontpage.newest_day(session, DAY) == DAY, "a wrong date hides no other"
    assert {column: [one.title for one in some] for column, some in found.items()} == {
        "要闻": ["青石湾第2号新闻", "青石湾第1号新闻"]
    }


def test_an_article_of_two_lists_stands_in_both(database: Database) -> None:
    """Else the number beside a column is not that of the articles which its link finds."""
    lists = {"要闻": "yaowen", "专题": "zhuanti"}
    with database.begin() as session:
        put(session, 1, published=at(2024, 7, 26, 8, 0), column=None)
        put(session, 2, published=at(2024, 7, 26, 9, 0), column="民生")
        for number in (1, 2):
            for column, channel in lists.items():
                candidate = listed(number, channel=channel)
                candidate = replace(candidate, context=replace(candidate.context, column=column))
                ledger.discover(session, [candidate], now=NOW)
    with database.read() as session:
        found = frontpage.of_day(session, DAY)
        for column, some in found.items():
            asked = Filters.read(column=f"={column}", since=str(DAY), until=str(DAY))
            assert count(session, None, asked).number == len(some) == 1, column
    assert found.keys() == {"民生", *lists}


def test_edits_and_removals(database: Database) -> None:
    """What the site changed or took down is what nobody else would notice."""
    with database.begin() as session:
        put(session, 1)
        put(session, 1, body="改过的一段。", seen=NOW + HOUR)
        put(session, 2)
        articles.gone(session, address(2), NOW + 2 * HOUR)
        put(session, 3)
        assert [(one.title, one.changed_at) for one in frontpage.edited(session)] == [("青石湾第1号新闻", NOW + HOUR)]
        assert [(one.title, one.changed_at) for one in frontpage.removed(session)] == [
            ("青石湾第2号新闻", NOW + 2 * HOUR)
        ]


def test_no_list_of_the_home_page_reads_every_article(
    sqlite_url: str, open_database: Callable[[str], Database]
) -> None:
    """Else the home page of a million articles would take as long as reading all of them."""
    database = open_database(sqlite_url)
    asked: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2:4]))
    with database.read() as session:
        frontpage.edited(session)
        frontpage.removed(session)
        frontpage.of_day(session, DAY)
        frontpage.newest_day(session, DAY)
        frontpage.freshness(session)
        plans = [session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {one}", values) for one, values in [*asked]]
        steps = [str(step[3]) for plan in plans for step in plan]
    assert len(plans) >= 4
    assert not [step for step in steps if step in ("SCAN article", "SCAN version", "SCAN run", "SCAN ledger")]
    assert not [step for step in steps if "edition_day=?" in step]  # NULL is the day of all that the website has


def test_an_issue_in_reading_order(database: Database) -> None:
    """Pages stand in the order of print (2 before 10), and a day leads to the next that has an issue."""
    with database.begin() as session:
        for number, label in ((1, "10"), (2, "02"), (3, "02"), (4, "T01")):
            printed(session, number, Edition(paper="qsw", day=DAY, label=label, page_name="要闻"))
        for day, found in ((date(2024, 7, 24), 3), (date(2024, 7, 25), None), (DAY, 4)):
            issues.owe(session, "qsw", day, now=NOW)
            row = issues.find(session, "qsw", day)
            assert row is not None
            row.articles, row.state = found, IssueState.COMPLETE if found else IssueState.NONE
        session.flush()
        issue = newspaper.issue(session, "qsw", DAY)
        assert newspaper.issue(session, "qsw", date(2024, 7, 1)) is None
        assert newspaper.issue_before(session, "qsw", DAY) == date(2024, 7, 24)
        assert newspaper.issue_after(session, "qsw", date(2024, 7, 25)) == DAY
        assert newspaper.issue_after(session, "qsw", DAY) is None
        assert newspaper.papers(session) == ["qsw"]
        assert newspaper.newest(session, "qsw") == DAY
    assert issue is not None
    assert [(page.label, page.name, len(page.articles)) for page in issue.pages] == [
        ("02", "要闻", 2),
        ("10", "要闻", 1),
        ("T01", "要闻", 1),
    ]


def test_freshness_names_days_that_are_owed(database: Database) -> None:
    """One line must tell a reader that something is missing."""
    with database.begin() as session:
        issues.owe(session, "qsw", DAY, now=NOW)
        fresh = frontpage.freshness(session)
    assert (fresh.last_run_at, fresh.running, fresh.owed_days) == (None, False, (DAY,))


def test_freshness_is_that_of_the_last_run_to_end(database: Database) -> None:
    """The last run to begin may end before others, fail, or only fetch single addresses; and sites have several."""
    with database.begin() as session:
        looks = [("qsw", "columns", 9), ("other", "epaper", 5), ("qsw", "columns", None), ("qsw", "article", 12)]
        for site, spider, hours in looks:
            run_id = runs.start(session, site=site, spider=spider, arguments={}, now=NOW)
            if hours:
                runs.finish(session, run_id, state=RunState.FINISHED, now=NOW + hours * HOUR)
        elsewhere = listed(3)
        ledger.discover(session, [listed(1), listed(2)], now=NOW)
        elsewhere = replace(elsewhere, context=replace(elsewhere.context, site="other"))
        ledger.discover(session, [elsewhere], now=NOW)
        fresh = frontpage.freshness(session)
    assert (fresh.last_run_at, fresh.running, fresh.waiting) == (NOW + 9 * HOUR, True, 3)
