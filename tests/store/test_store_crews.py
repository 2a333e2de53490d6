"""Runs of one crawl: who leads it, who helps, who leads on, when all may go home; over both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session
from store_samples import MINUTE, NOW

from storage.store import crews, runs
from storage.store.crews import Place
from storage.store.database import Database
from storage.store.tables import RunState

LATER = NOW + timedelta(seconds=30)


def begin(session: Session, spider: str = "columns", asked_at=None, now=LATER, **arguments: str) -> int:
    """A run that does its part."""
    run_id = runs.start(session, site="qsw", spider=spider, arguments=arguments, now=now)
    crews.join(session, run_id, asked_at=asked_at, now=now)
    return run_id


def place(session: Session, run_id: int) -> Place:
    """Where a run stands, a moment later."""
    return crews.place(session, run_id, now=LATER)


def test_the_first_leads_and_others_that_do_the_same_help(database: Database) -> None:
    """Else each worker would walk all lists, or one would wait for a crawl that is another."""
    with database.begin() as session:
        first, second, third = begin(session), begin(session), begin(session)
        others = begin(session, "epaper"), begin(session, full="1"), begin(session, full="1", channel="www")
        assert [place(session, run_id) for run_id in (first, second, third)] == [Place.LEADS, Place.HELPS, Place.HELPS]
        assert [place(session, run_id) for run_id in others] == [Place.LEADS] * 3


def test_a_leader_ends_when_no_helper_has_anything_in_hand(database: Database) -> None:
    """Else it ends while a helper still finds pages, or waits for ever for one that waits for it."""
    with database.begin() as session:
        leader, helper = begin(session), begin(session)
        assert crews.others_at_work(session, leader)
        crews.set_idle(session, helper, LATER)
        assert not crews.others_at_work(session, leader)
        assert place(session, helper) is Place.HELPS
        crews.set_idle(session, helper, None)
        assert crews.others_at_work(session, leader)
        runs.finish(session, leader, state="finished", now=LATER)
        assert place(session, helper) is Place.RELEASED


@pytest.mark.parametrize("state", ["interrupted", "failed"])
def test_one_helper_leads_on_and_the_others_help_it(database: Database, state: str) -> None:
    """Else what the leader had not walked would wait for the next run, or be walked by all that are left."""
    with database.begin() as session:
        leader, second, third = begin(session), begin(session), begin(session)
        runs.finish(session, leader, state=state, why="its process 1 died", now=LATER)
        assert [place(session, third), place(session, second)] == [Place.LEADS, Place.HELPS]
        assert runs.get(session, second).led_by == third
        [told] = runs.notes(session, third)
        assert told == f"leads on for run {leader}, which was {state}: its process 1 died"
        assert begin(session) > third
        runs.finish(session, third, state="finished", now=LATER)
        assert place(session, second) is Place.RELEASED


def test_who_starts_follows_nobody_who_is_silent(database: Database) -> None:
    """Else a crawl on a new host would wait ten minutes for one whose host is gone."""
    late = NOW + timedelta(seconds=crews.FRESH_SECONDS + 1)
    with database.begin() as session:
        gone = begin(session, now=NOW)
        runs.get(session, gone).host = "elsewhere"
        runs.get(session, begin(session, now=late))
        newest = begin(session, now=late)
        assert runs.get(session, newest).led_by == gone + 1


def test_who_comes_when_all_is_done_begins_nothing(database: Database) -> None:
    """Else the slowest of several workers to start would walk the lists a second time."""
    with database.begin() as session:
        done = begin(session, now=LATER)
        runs.finish(session, done, state="finished", now=LATER)
        assert place(session, begin(session, asked_at=NOW)) is Place.RELEASED
        assert place(session, begin(session, asked_at=LATER + MINUTE)) is Place.LEADS
        assert place(session, begin(session, full="1", asked_at=NOW)) is Place.LEADS


def test_a_run_of_a_process_is_found(database: Database) -> None:
    """Else what a killed worker did would be missing in the sum."""
    with database.begin() as session:
        run_id = begin(session)
        row = runs.get(session, run_id)
        assert crews.of_process(session, row.pid, "columns", since=NOW) is row
        assert crews.of_process(session, row.pid, "epaper", since=NOW) is None
        assert crews.of_process(session, row.pid, "columns", since=LATER + MINUTE) is None
        assert row.state is RunState.RUNNING
