"""Captures, how they ended, and pages that could not be read; over both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_samples import MINUTE, NOW, address, article, capture, keep, read

from storage.records import Locator, Outcome, Reason, Rejection
from storage.store import captures, outcomes, rejected, runs
from storage.store.database import Database
from storage.store.tables import RunState

LATER = NOW + MINUTE


def test_a_capture_is_written_once(database: Database) -> None:
    """Else a crash between the record and its row would leave two rows for one record."""
    given = capture()
    with database.begin() as session:
        first = captures.add(session, given, address())
        again = captures.add(session, given, address())
        assert first.id is not None
        assert first == again == replace(given, id=first.id)
        assert given.locator is not None
        stored = captures.by_locator(session, given.locator)
        assert stored == captures.by_id(session, first.id)
        assert stored is not None
        assert (stored.url, stored.canonical_url, stored.fetched_at, stored.status, stored.digest) == (
            given.url,
            address(),
            NOW,
            200,
            "sha256:00",
        )
        assert (stored.locator, stored.content_type) == (given.locator, "text/html; charset=utf-8")
        assert captures.by_locator(session, Locator(file="b", offset=1, length=1)) is None
        assert captures.by_id(session, 999) is None


@pytest.mark.parametrize("missing", [{"locator": None}, {"digest": ""}])
def test_a_capture_that_is_not_archived_gets_no_row(database: Database, missing: dict[str, object]) -> None:
    """Law 2: a row must not point to a record that is not there."""
    with database.begin() as session, pytest.raises(ValueError, match="not archived"):
        captures.add(session, replace(capture(), **missing), address())


def test_what_a_dead_run_fetched_waits_to_be_judged(database: Database) -> None:
    """Else a page that was fetched, but not stored, would be lost or fetched twice."""
    with database.begin() as session:
        dead, alive = (runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW) for _ in range(2))
        lost = [keep(session, capture(number, run_id=dead), number) for number in (1, 2)]
        rest = keep(session, capture(3), 3)
        keep(session, capture(4, run_id=alive), 4)
        outcomes.record(session, run_id=dead, outcome=Outcome.NEW, url="", now=NOW, capture_id=lost[0].id)
        runs.finish(session, dead, state=RunState.INTERRUPTED, now=NOW)
        assert [one.id for one in captures.unjudged(session, 10)] == [lost[1].id, rest.id]
        assert [one.id for one in captures.unjudged(session, 1)] == [lost[1].id]
        assert [one.id for one in captures.unjudged(session, 10, after_id=lost[1].id or 0)] == [rest.id]
        assert outcomes.unjudged_count(session, dead) == 1


def test_all_captures_come_in_parts(database: Database) -> None:
    """Else who walks the whole archive needs all of it in memory."""
    with database.begin() as session:
        ids = [keep(session, capture(number), number).id for number in range(5)]
        first = [one.id for one in captures.every(session, limit=3)]
        assert first == ids[:3]
        assert [one.id for one in captures.every(session, after_id=first[-1])] == ids[3:]


def test_a_runs_counts_add_up_to_its_responses(database: Database) -> None:
    """Law 5: every response ends in exactly one count, of the run that fetched it."""
    with database.begin() as session:
        run = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        later = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        for number, outcome in enumerate((Outcome.INDEX, Outcome.NEW, Outcome.NEW)):
            kept = keep(session, capture(number, run_id=run), number)
            outcomes.record(session, run_id=later, outcome=outcome, url=kept.url, now=NOW, capture_id=kept.id)
        for _ in range(2):  # two fetches without any response are two
            outcomes.record(session, run_id=run, outcome=Outcome.FAILED, url="x", now=NOW, reason="refused")
        assert outcomes.counts(session, run) == {Outcome.NEW: 2, Outcome.FAILED: 2, Outcome.INDEX: 1}
        assert outcomes.counts(session, later) == {}
        assert outcomes.unjudged_count(session, run) == 0


def test_what_is_judged_late_counts_for_a_run_that_has_ended(database: Database) -> None:
    """Else a run that judges what a dead one left, and dies itself before it counts, leaves a count that is wrong."""
    with database.begin() as session:
        dead = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        later = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        kept = [keep(session, capture(number, run_id=dead), number) for number in range(3)]

        def judge(number: int, outcome: Outcome) -> dict[str, int] | None:
            one = kept[number]
            outcomes.record(session, run_id=later, outcome=outcome, url=one.url, now=NOW, capture_id=one.id)
            return runs.get(session, dead).counts

        assert not judge(0, Outcome.NEW), "it still runs"
        runs.finish(session, dead, state="interrupted", now=NOW)
        assert judge(1, Outcome.REJECTED) == {"new": 1, "rejected": 1}
        assert judge(2, Outcome.NEW) == {"new": 2, "rejected": 1}
        assert judge(1, Outcome.NEW) == {"new": 3}
        assert judge(1, Outcome.SAME) == {"new": 3}


def test_what_recovery_found_counts_for_the_run_that_judged_it(database: Database) -> None:
    """Else a better reader changes the outcome of such a capture, and no run's count."""
    with database.begin() as session:
        judging = runs.start(session, site="qsw", spider="columns", arguments={}, now=NOW)
        kept = keep(session, capture(0, run_id=None), 0)
        known = {"url": kept.url, "now": NOW, "capture_id": kept.id}
        outcomes.record(session, run_id=judging, outcome=Outcome.REJECTED, **known)
        runs.finish(session, judging, state="finished", now=NOW)
        reading = runs.start(session, site="qsw", spider=outcomes.REPARSE, arguments={}, now=NOW)
        outcomes.record(session, run_id=reading, outcome=Outcome.NEW, **known)
        assert runs.get(session, judging).counts == {"new": 1} == outcomes.counts(session, judging)


def test_the_first_word_on_a_capture_stays(database: Database) -> None:
    """Else judging again after a crash would turn `new` into `same`, and the counts would change."""
    with database.begin() as session:
        kept = keep(session, capture())
        assert kept.id is not None
        assert not outcomes.judged(session, kept.id)
        known = {"run_id": None, "url": kept.url, "capture_id": kept.id}
        first = outcomes.record(session, outcome=Outcome.NEW, now=NOW, **known)
        assert outcomes.record(session, outcome=Outcome.SAME, now=LATER, **known) == first
        assert outcomes.judged(session, kept.id)
        assert session.get_one(outcomes.OutcomeRow, first).outcome is Outcome.NEW


def test_a_rejected_capture_can_be_judged_again(database: Database) -> None:
    """Else a better reader could never make an article of it."""
    with database.begin() as session:
        kept = keep(session, capture())
        known = {"run_id": None, "url": kept.url, "capture_id": kept.id}
        row_id = outcomes.record(session, outcome=Outcome.REJECTED, reason="no-body", now=NOW, **known)
        _, article_id, version_id = read(session, article())
        outcomes.record(
            session, outcome=Outcome.NEW, now=LATER, article_id=article_id, version_id=version_id, reason="r", **known
        )
        row = session.get_one(outcomes.OutcomeRow, row_id)
        assert (row.outcome, row.reason, row.article_id, row.version_id) == (Outcome.NEW, "r", article_id, version_id)


def test_a_rejected_page_has_one_open_row(database: Database) -> None:
    """Else a page that is unreadable at each check would fill the list."""
    with database.begin() as session:
        old, new = (keep(session, capture(at=at)) for at in (NOW, LATER))
        assert old.id is not None
        assert new.id is not None
        empty = Rejection(url=old.url, reason=Reason.NO_BODY, detail="nothing to read")
        album = Rejection(url=old.url, reason=Reason.ALBUM)
        first = rejected.add(session, empty, canonical_url=address(), capture_id=old.id, at=NOW)
        assert rejected.add(session, album, canonical_url=address(), capture_id=new.id, at=LATER) == first
        assert rejected.add(session, empty, canonical_url=address(), capture_id=old.id, at=NOW) == first
        (row,) = rejected.waiting(session)
        assert (row.capture_id, row.reason, row.detail, row.rejected_at) == (new.id, Reason.ALBUM, "", LATER)


def test_a_page_may_be_rejected_resolved_and_rejected_again(database: Database) -> None:
    """Else the second failure of a page would be an error of the database."""
    with database.begin() as session:
        kept = keep(session, capture())
        assert kept.id is not None
        empty = Rejection(url=kept.url, reason=Reason.NO_BODY)
        first = rejected.add(session, empty, canonical_url=address(), capture_id=kept.id, at=NOW)
        assert rejected.resolve(session, address(), at=LATER)
        assert not rejected.resolve(session, address(), at=LATER)
        assert list(rejected.waiting(session)) == []
        assert rejected.add(session, empty, canonical_url=address(), capture_id=kept.id, at=LATER) != first
        assert len(rejected.waiting(session)) == 1


def test_rejected_pages_are_counted_and_chosen_by_reason(database: Database) -> None:
    """Else nobody sees which kind of page the reader fails at."""
    with database.begin() as session:
        for number, reason in enumerate((Reason.NO_BODY, Reason.ALBUM, Reason.NO_BODY)):
            kept = keep(session, capture(number), number)
            assert kept.id is not None
            refusal = Rejection(url=kept.url, reason=reason)
            rejected.add(session, refusal, canonical_url=address(number), capture_id=kept.id, at=NOW)
        assert rejected.counts(session) == {Reason.NO_BODY: 2, Reason.ALBUM: 1}
        chosen = rejected.waiting(session, reason=Reason.NO_BODY)
        assert [row.canonical_url for row in chosen] == [address(0), address(2)]
        assert [row.canonical_url for row in rejected.waiting(session, after_id=chosen[0].id, limit=1)] == [address(1)]
