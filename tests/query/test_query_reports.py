"""Reports of what ran: crawls, the timetable's runs, single responses, pages that wait; over both databases."""

from __future__ import annotations

import json

import pytest
from query_samples import put
from sqlalchemy.orm import Session
from store_samples import MINUTE, NOW, address, capture, keep

from storage.errors import NotFound
from storage.query.reports import Result, counted, planned_reports, rejected_reports, results, run_reports
from storage.records import Outcome, Reason, Rejection
from storage.store import outcomes, rejected, runs, timetable
from storage.store.database import Database
from storage.store.tables import PlannedOutcome


def _run(session: Session, spider: str = "columns", *, planned_id: int | None = None) -> int:
    arguments = {"since": "2024-07-26"}
    return runs.start(session, site="qsw", spider=spider, arguments=arguments, now=NOW, planned_id=planned_id)


def _end(
    session: Session, run_id: int, number: int, outcome: Outcome, article_id: str | None = None
) -> tuple[int, int]:
    """Ids of the outcome and of its capture."""
    kept = keep(session, capture(f"r{number}", run_id=run_id), f"r{number}")
    assert kept.id is not None
    ended = outcomes.record(
        session,
        run_id=run_id,
        outcome=outcome,
        url=kept.url,
        reason=f"reason {number}",
        capture_id=kept.id,
        article_id=article_id,
        now=NOW,
    )
    return ended, kept.id


def test_a_run_is_told_whole(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else `xha runs` would hide what a night's crawl did, or why it ended."""
    with database.begin() as session:
        planned_id = timetable.start(session, "columns", NOW, PlannedOutcome.RAN, now=NOW)
        run_id = _run(session, planned_id=planned_id)
        _end(session, run_id, 1, Outcome.SAME)
        _end(session, run_id, 2, Outcome.NEW)
        _end(session, run_id, 3, Outcome.SAME)
        runs.note(session, run_id, "channel news fell back to shape")
        runs.finish(session, run_id, state="interrupted", why="shutdown", now=NOW + 1.5 * MINUTE)
        under_way = _run(session, "epaper")
        _end(session, under_way, 4, Outcome.INDEX)
    with database.read() as session:
        going, over = run_reports(session, 10)
        assert [report["id"] for report in run_reports(session, 1)] == [under_way]
        assert run_reports(session, 10, before=under_way) == [over]
        assert run_reports(session, 10, before=run_id) == []
        monkeypatch.setattr("storage.store.batches.KEYS_PER_QUERY", 1)
        assert run_reports(session, 10) == [going, over], "in as many questions as it takes"
    assert json.loads(json.dumps(over)) == over
    assert over == {
        "id": run_id,
        "site": "qsw",
        "spider": "columns",
        "arguments": {"since": "2024-07-26"},
        "started_at": "2024-07-26T09:02:03+08:00",
        "finished_at": "2024-07-26T09:03:33+08:00",
        "seconds": 90.0,
        "state": "interrupted",
        "why": "shutdown",
        "counts": {"new": 1, "same": 2},
        "notes": ["channel news fell back to shape"],
        "planned_id": planned_id,
        "led_by": None,
    }
    assert list(over["counts"]) == ["new", "same"]  # as in `Outcome`, not as they came
    assert (going["state"], going["finished_at"], going["seconds"]) == ("running", None, None)
    assert (going["counts"], going["planned_id"]) == ({"index": 1}, None)
    assert counted([going, over]) == {"new": 1, "same": 2, "index": 1}


def test_what_the_timetable_planned_is_told(database: Database) -> None:
    """Else nobody would see that a crawl was left out, or that nobody was there to start it."""
    with database.begin() as session:
        started = timetable.start(session, "columns", NOW, PlannedOutcome.LATE, "started 42 s late", now=NOW + MINUTE)
        timetable.end(session, started, exit_code=3, reason="the disk is full", now=NOW + 2 * MINUTE)
        timetable.leave_out(session, "epaper", NOW + MINUTE, PlannedOutcome.SKIPPED, "today's issue is in")
        _run(session, planned_id=None)
        run_id = _run(session, planned_id=started)
    with database.read() as session:
        skipped, late = planned_reports(session, 10)
        assert planned_reports(session, 1) == [skipped]
        assert planned_reports(session, 10, before=skipped["id"]) == [late]
        assert planned_reports(session, 10, before=started) == []
        with pytest.raises(NotFound, match="no planned run 99"):
            planned_reports(session, 10, before=99)
    assert json.loads(json.dumps(late)) == late
    assert late == {
        "id": started,
        "job": "columns",
        "due_at": "2024-07-26T09:02:03+08:00",
        "outcome": "late",
        "reason": "started 42 s late; the disk is full",
        "started_at": "2024-07-26T09:03:03+08:00",
        "finished_at": "2024-07-26T09:04:03+08:00",
        "exit_code": 3,
        "run_id": run_id,
    }
    assert (skipped["outcome"], skipped["reason"]) == ("skipped", "today's issue is in")
    assert (skipped["started_at"], skipped["finished_at"], skipped["exit_code"]) == (None, None, None)


def test_pages_that_wait_are_told_with_their_reason(database: Database) -> None:
    """Else pages that could not be read would be kept and forgotten."""
    with database.begin() as session:
        for number, reason in enumerate((Reason.NO_BODY, Reason.LIST_PAGE, Reason.NO_BODY)):
            kept = keep(session, capture(number), number)
            assert kept.id is not None
            rejection = Rejection(url=kept.url, reason=reason, detail=f"page {number}")
            rejected.add(session, rejection, canonical_url=address(number), capture_id=kept.id, at=NOW)
        rejected.resolve(session, address(2), at=NOW + MINUTE)
        first = kept.id - 2
    with database.read() as session:
        waiting = rejected_reports(session)
        assert rejected_reports(session, Reason.LIST_PAGE) == [waiting[1]]
        assert rejected_reports(session, limit=1) == [waiting[0]]
    assert len(waiting) == 2
    assert waiting[0] == {
        "id": waiting[0]["id"],
        "url": "http://qsw.example/0",
        "reason": "no-body",
        "detail": "page 0",
        "rejected_at": "2024-07-26T09:02:03+08:00",
        "capture_id": first,
    }


def test_every_response_of_a_run_is_told_in_order(database: Database) -> None:
    """Else `xha fetch` could not say what became of each address it was given."""
    with database.begin() as session:
        article_id = put(session, 1, title="木栈道开放")
        run_id, other = _run(session), _run(session)
        _end(session, run_id, 1, Outcome.ROBOTS)
        first, capture_id = _end(session, run_id, 2, Outcome.NEW, article_id)
        _end(session, other, 3, Outcome.NEW)
        last = outcomes.record(
            session, run_id=run_id, outcome=Outcome.FAILED, url="http://x/", reason="no answer", now=NOW
        )
    with database.read() as session:
        found = results(session, run_id)
        assert found == [
            Result(
                id=first,
                url="http://qsw.example/r2",
                outcome=Outcome.NEW,
                reason="reason 2",
                article_id=article_id,
                title="木栈道开放",
                capture_id=capture_id,
            ),
            Result(
                id=last,
                url="http://x/",
                outcome=Outcome.FAILED,
                reason="no answer",
                article_id=None,
                title=None,
                capture_id=None,
            ),
        ]
        assert results(session, run_id, limit=1) == found[:1]
        assert results(session, run_id, after=first, limit=1) == found[1:]
        assert results(session, run_id, after=last) == []
        assert results(session, other + 1) == []
