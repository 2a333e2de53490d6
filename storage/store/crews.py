"""Runs that do one crawl together: who leads, who helps, who is still at work.

A crawl is known by its site, spider and arguments. The first run of it leads: it makes the start pages pending, walks
the lists and says at the end how days stand. Whoever starts the same while that one runs helps: it takes articles from
the ledger. When a leader dies, one of its helpers leads on, as the next run would have done.
"""

from __future__ import annotations

import socket
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.store import runs
from storage.store.locks import exclusive
from storage.store.tables import RunRow, RunState

FRESH_SECONDS = 60
"""A run that was silent for longer is not followed by one that starts: four heartbeats. Nor is it taken for dead yet,
see `runs.SILENCE_SECONDS`; if it lives, two walk the lists, and nothing is stored twice."""


class Place(Enum):
    """What a run has to do in its crawl."""

    LEADS = "leads"
    HELPS = "helps"
    RELEASED = "released"
    """Its leader came to the end: a helper that finds nothing to do may go home."""


def join(session: Session, run_id: int, *, asked_at: datetime | None = None, now: datetime) -> None:
    """Help the run that does the same already, if there is one.

    Args:
        asked_at: When the work was asked for that this run is to do, together with others: it has nothing to begin
            where one of them has come to the end of it since.
    """
    exclusive(session, runs.RUNS)
    row = runs.get(session, run_id)
    row.led_by = _leader(session, row, now) or (_ended(session, row, asked_at) if asked_at else None)
    session.flush()


def place(session: Session, run_id: int, *, now: datetime) -> Place:
    """What a run has to do now. A helper whose leader died or gave up helps another one, or leads."""
    exclusive(session, runs.RUNS)
    row = runs.get(session, run_id)
    if row.led_by is None:
        return Place.LEADS
    leader = runs.get(session, row.led_by)
    if leader.state is RunState.RUNNING:
        return Place.HELPS
    if leader.state is RunState.FINISHED:
        return Place.RELEASED
    row.led_by = _leader(session, row, now)
    session.flush()
    if row.led_by is not None:
        return Place.HELPS
    runs.note(session, run_id, f"leads on for run {leader.id}, which was {leader.state}: {leader.why}")
    return Place.LEADS


def others_at_work(session: Session, run_id: int) -> bool:
    """Whether another run of the same crawl has something under way that may lead to more."""
    row = runs.get(session, run_id)
    return any(other.idle_since is None for other in _same(session, row, RunState.RUNNING))


def set_idle(session: Session, run_id: int, since: datetime | None) -> None:
    """Say that a run waits for the others of its crawl, or (None) that it is at work; with what it leased, at once."""
    runs.get(session, run_id).idle_since = since
    session.flush()


def of_process(session: Session, pid: int, spider: str, *, since: datetime) -> RunRow | None:
    """The run of a spider that a process of this host began."""
    query = select(RunRow).where(RunRow.host == socket.gethostname(), RunRow.pid == pid, RunRow.spider == spider)
    return session.scalar(query.where(RunRow.started_at >= since).order_by(RunRow.id.desc()).limit(1))


def _leader(session: Session, row: RunRow, now: datetime) -> int | None:
    """The run that leads the crawl that `row` is about."""
    fresh = now - timedelta(seconds=FRESH_SECONDS)
    leaders = [one for one in _same(session, row, RunState.RUNNING) if one.led_by is None and one.heartbeat_at >= fresh]
    return leaders[0].id if leaders else None


def _ended(session: Session, row: RunRow, asked_at: datetime) -> int | None:
    """A run that did all of it since it was asked for."""
    done = [one for one in _same(session, row, RunState.FINISHED, since=asked_at) if one.led_by is None]
    return done[0].id if done else None


def _same(session: Session, row: RunRow, state: RunState, *, since: datetime | None = None) -> list[RunRow]:
    """Other runs of the same crawl, the oldest first."""
    query = select(RunRow).where(
        RunRow.state == state, RunRow.site == row.site, RunRow.spider == row.spider, RunRow.id != row.id
    )
    query = query if since is None else query.where(RunRow.started_at >= since)
    return [one for one in session.scalars(query.order_by(RunRow.id)) if one.arguments == row.arguments]
