"""Runs: each crawl's row, its signs of life, and what to do with those that died. (Several at one: `crews`.)"""

from __future__ import annotations

import os
import socket
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.errors import Missing, NotFound
from storage.records import Outcome
from storage.store import ledger, outcomes
from storage.store.locks import exclusive
from storage.store.tables import RunRow, RunState

SILENCE_SECONDS = 600
"""A run elsewhere that gave no sign of life for so long is taken for dead; as long as a ledger lease, and many times
the interval of heartbeats (15 s)."""

AHEAD_SECONDS = 60
"""A sign of life that lies further ahead was given before the clock was set back."""

ENDED = ("Z", "X")
"""States of a process whose first thread has ended, and whose parent has not asked yet how."""

RUNS = "runs"
"""Lock held by whoever decides which runs are dead and who leads a crawl."""

MOST_NOTES = 200
"""Notes kept of one run; a run that says more says nothing new."""


def start(
    session: Session,
    *,
    site: str,
    spider: str,
    arguments: Mapping[str, str],
    now: datetime,
    beat_at: datetime | None = None,
    planned_id: int | None = None,
) -> int:
    """Write the row of a run that begins in this process; its id.

    Args:
        beat_at: Now by the clock of the signs of life, see `clock.shared_now`; None: by the same as `now`.
        planned_id: The timetable's row that started it; None: by hand.
    """
    row = RunRow(
        site=site,
        spider=spider,
        arguments=dict(arguments),
        started_at=now,
        state=RunState.RUNNING,
        host=socket.gethostname(),
        pid=os.getpid(),
        pid_born=_birth(os.getpid()),
        machine=_machine(),
        heartbeat_at=beat_at or now,
        planned_id=planned_id,
        notes=[],
    )
    session.add(row)
    session.flush()
    return row.id


def owner_of(row: RunRow) -> str:
    """The name under which a run holds ledger rows."""
    return f"{row.host}:{row.pid}:{row.id}"


def heartbeat(session: Session, run_id: int, *, now: datetime) -> bool:
    """A sign of life. False where the run was taken for dead meanwhile: others may have what it leased."""
    row = get(session, run_id)
    row.heartbeat_at = max(row.heartbeat_at, now)
    session.flush()
    return row.state is RunState.RUNNING


def finish(
    session: Session,
    run_id: int,
    *,
    state: RunState | str,
    why: str = "",
    now: datetime,
    read_again: Mapping[Outcome, int] | None = None,
) -> None:
    """Close a run's row, with its counts as they are. One that was taken for dead meanwhile is not called finished.

    Args:
        read_again: The counts of a re-parse.
    """
    exclusive(session)  # what another run judges from here on is counted by `outcomes.record`
    row = get(session, run_id)
    session.refresh(row)
    if row.state is RunState.RUNNING or RunState(state) is RunState.FAILED:
        row.state, row.why = RunState(state), why
    row.finished_at = now
    counts = outcomes.counts(session, run_id) if read_again is None else read_again
    row.counts = {outcome.value: counts[outcome] for outcome in Outcome if outcome in counts}
    session.flush()


def interrupt_stale(session: Session, *, now: datetime) -> list[int]:
    """Mark runs as interrupted whose process is dead, and give back what they leased; their ids.

    Dead is: a process of this machine, since its last boot, that is not there any more (or whose number another process
    has now), and a run elsewhere that gave no sign of life for `SILENCE_SECONDS`. A process that is there lives,
    however long the machine slept or its clock jumped. A last sign that lies in the future, since the clock was set
    back, counts from when somebody first sees it.

    Args:
        now: By the clock of the signs of life, see `clock.shared_now`.
    """
    exclusive(session, RUNS)
    found = []
    for row in session.scalars(select(RunRow).where(RunRow.state == RunState.RUNNING).order_by(RunRow.id)):
        if row.heartbeat_at - now > timedelta(seconds=AHEAD_SECONDS) and not _is_here(row):
            row.heartbeat_at = now
        if why := _why_dead(row, now):
            ledger.release(session, owner_of(row))
            finish(session, row.id, state=RunState.INTERRUPTED, why=why, now=now)
            found.append(row.id)
    return found


def note(session: Session, run_id: int, sentence: str) -> None:
    """Something a person should know about a run; the same sentence is kept once."""
    row = get(session, run_id)
    if sentence not in row.notes and len(row.notes) < MOST_NOTES:
        row.notes = [*row.notes, sentence]
        session.flush()


def notes(session: Session, run_id: int) -> list[str]:
    """A run's notes in the order they were made."""
    return list(get(session, run_id).notes)


def by_id(session: Session, run_id: int) -> RunRow | None:
    """The run with that id."""
    return session.get(RunRow, run_id)


def latest(
    session: Session, limit: int = 20, *, spiders: Collection[str] | None = None, before: int | None = None
) -> Sequence[RunRow]:
    """The newest runs first. `before`: those that began before the run of that id; None: from the newest on."""
    query = select(RunRow).order_by(RunRow.id.desc()).limit(limit)
    query = query if before is None else query.where(RunRow.id < before)
    return session.scalars(query if spiders is None else query.where(RunRow.spider.in_(spiders))).all()


def get(session: Session, run_id: int) -> RunRow:
    """The run with that id.

    Raises:
        NotFound: there is none.
    """
    row = session.get(RunRow, run_id)
    if row is None:
        raise NotFound(Missing.RUN, "`xha runs` lists them", id=run_id)
    return row


def _why_dead(row: RunRow, now: datetime) -> str:
    if _is_here(row):
        return "" if _lives(row.pid, row.pid_born) else f"its process {row.pid} died"
    if now - row.heartbeat_at > timedelta(seconds=SILENCE_SECONDS):
        return f"no sign of life since {row.heartbeat_at:%Y-%m-%d %H:%M:%S} UTC"
    return ""


def _is_here(row: RunRow) -> bool:
    """Whether a run's process can be looked for."""
    return (row.host, row.machine) == (socket.gethostname(), _machine())


def _machine() -> str | None:
    """This boot of the system and this space of process numbers: hosts may share a name, and containers a boot.

    None where the system tells neither (no /proc).
    """
    try:
        return f"{Path('/proc/sys/kernel/random/boot_id').read_text().strip()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return None


def _lives(pid: int, born: str | None) -> bool:
    """Whether a process of this machine is there, still the same one, and not just waiting to be buried.

    One whose first thread has ended lives on in its others, and they hold its files: whoever took it for dead would
    find the WARC file locked, pass it by, and nobody would come back to it.
    """
    try:
        os.kill(pid, 0)  # signal 0 asks only
    except ProcessLookupError:
        return False
    except PermissionError:  # it is there, and another user's
        pass
    found = _stat(pid)
    if found is None:
        return True
    return (found.state not in ENDED or found.threads > 1) and born in (found.born, None)


def _birth(pid: int) -> str | None:
    """When a process began, in clock ticks since the machine did; None where the system does not tell (no /proc)."""
    found = _stat(pid)
    return None if found is None else found.born


class _Stat(NamedTuple):
    """What the system says of a process."""

    state: str
    threads: int
    """Those that have not ended, and the first one, ended or not."""
    born: str


def _stat(pid: int) -> _Stat | None:
    """Fields 3, 20 and 22 of /proc/<pid>/stat, proc(5); None where the system does not tell.

    The second field is a name in brackets that may hold blanks.
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return _Stat(state=fields[0], threads=int(fields[17]), born=fields[19])
    except (OSError, IndexError):
        return None
