"""The ledger against a model of it, on both databases: any order of discovering, leasing, ending, dying and waiting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, select
from store_samples import NOW, address, listed

from storage.records import Kind
from storage.store import ledger, runs
from storage.store.database import Database
from storage.store.tables import LedgerRow, LedgerState, RunRow, RunState, SightingRow

LEASE_SECONDS = 60
PAGES = st.integers(0, 5)
WORKERS = st.integers(0, 2)
PHASES = (Phase.reuse, Phase.generate)
"""A failure is shown as it was met: to make its few steps fewer takes minutes of transactions."""
KINDS = {page: Kind.LISTING if page % 3 == 0 else Kind.ARTICLE for page in range(6)}


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a ledger row should say."""

    state: LedgerState = LedgerState.PENDING
    owner: int | None = None
    """The worker that holds it."""
    until: datetime | None = None
    check: datetime | None = None
    tries: int = 0


@dataclass
class Worker:
    """What a worker's run should say."""

    run_id: int
    name: str
    heard: datetime


class LedgerMachine(RuleBasedStateMachine):
    """Keeps beside the ledger what should be in it. Its workers are runs on other hosts: silence alone is their end."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        with self.database.begin() as session:
            for table in (SightingRow, LedgerRow, RunRow):
                session.execute(delete(table))
        self.now = NOW
        self.listed: set[int] = set()
        self.model: dict[int, Row] = {}
        self.workers = [self.begun() for _ in range(3)]

    def begun(self) -> Worker:
        """A worker that begins."""
        with self.database.begin() as session:
            run_id = runs.start(session, site="qsw", spider="columns", arguments={}, now=self.now)
            row = runs.get(session, run_id)
            row.host = "elsewhere"
            return Worker(run_id, runs.owner_of(row), self.now)

    def due(self, page: int) -> bool:
        """Whether anybody may take a page."""
        row = self.model[page]
        if row.state is LedgerState.PENDING:
            return row.check is None or row.check <= self.now
        if row.state is LedgerState.LEASED:
            return row.until is not None and row.until <= self.now
        return row.state is not LedgerState.GONE and row.check is not None and row.check <= self.now

    def comes_back(self, page: int) -> bool:
        """Whether a list that names a page has it asked for once more."""
        row = self.model[page]
        return row.state is LedgerState.GONE and row.check is not None and row.check <= self.now

    def held(self, worker: int) -> list[int]:
        """The pages a worker holds."""
        return [page for page, row in self.model.items() if row.owner == worker]

    def given_back(self, worker: int) -> None:
        """All that a worker holds is anybody's, as if it had never taken it."""
        for page in self.held(worker):
            self.model[page] = Row(tries=self.model[page].tries - 1)

    @initialize(pages=st.lists(PAGES, min_size=1, max_size=4))
    def begin(self, pages: list[int]) -> None:
        """There is something to take from the start."""
        self.discover(pages)

    @rule(pages=st.lists(PAGES, max_size=4))
    def discover(self, pages: list[int]) -> None:
        """A list page shows some links."""
        new = [page for page in dict.fromkeys(pages) if page not in self.model]
        with self.database.begin() as session:
            found = ledger.discover(session, [listed(page, kind=KINDS[page]) for page in pages], now=self.now)
        articles = {page for page in pages if KINDS[page] is Kind.ARTICLE}
        others = {page for page in new if KINDS[page] is not Kind.ARTICLE}
        assert (found.new, found.unknown_here) == (len(new), len((articles - self.listed) | others))
        self.listed |= articles
        back = {page for page in pages if page in self.model and self.comes_back(page)}
        self.model |= {page: Row() for page in (*new, *back)}

    @rule(worker=WORKERS, limit=st.integers(1, 3), articles=st.booleans())
    def lease(self, worker: int, limit: int, articles: bool) -> None:
        """A worker takes what is due, the oldest first, and nothing else: never what another one holds."""
        kinds = (Kind.ARTICLE,) if articles else None
        others = [page for page, row in self.model.items() if row.owner != worker and self.due(page)]
        expected = [page for page in others if kinds is None or KINDS[page] in kinds][:limit]
        with self.database.begin() as session:
            tasks = ledger.lease(
                session,
                site="qsw",
                owner=self.workers[worker].name,
                limit=limit,
                now=self.now,
                lease_seconds=LEASE_SECONDS,
                kinds=kinds,
            )
        assert [task.canonical_url for task in tasks] == [address(page) for page in expected]
        until = self.now + timedelta(seconds=LEASE_SECONDS)
        for page in expected:
            old = self.model[page]
            self.model[page] = replace(old, state=LedgerState.LEASED, owner=worker, until=until, tries=old.tries + 1)

    @rule(
        page=PAGES,
        state=st.sampled_from([LedgerState.DONE, LedgerState.GONE, LedgerState.FAILED, LedgerState.PENDING]),
        wait=st.none() | st.integers(0, 90),
    )
    def finish(self, page: int, state: LedgerState, wait: int | None) -> None:
        """A fetch ends in any way, be it that of a worker whose lease ran out and that somebody else holds by now."""
        check = None if wait is None else self.now + timedelta(seconds=wait)
        with self.database.begin() as session:
            there = ledger.finish(session, address(page), state=state, now=self.now, next_check_at=check)
        assert there == (page in self.model)
        if there:
            anew = state in (LedgerState.DONE, LedgerState.GONE)
            self.model[page] = Row(state=state, check=check, tries=0 if anew else self.model[page].tries)

    @rule(worker=WORKERS)
    def release(self, worker: int) -> None:
        """A worker stops in order."""
        with self.database.begin() as session:
            assert ledger.release(session, self.workers[worker].name) == len(self.held(worker))
        self.given_back(worker)

    @rule(worker=WORKERS)
    def show_life(self, worker: int) -> None:
        """A worker lives, and holds what it holds for longer: what others took meanwhile is theirs."""
        one = self.workers[worker]
        with self.database.begin() as session:
            assert runs.heartbeat(session, one.run_id, now=self.now)
            moved = ledger.extend(session, one.name, now=self.now, lease_seconds=LEASE_SECONDS)
        assert moved == len(self.held(worker))
        one.heard = self.now
        until = self.now + timedelta(seconds=LEASE_SECONDS)
        for page in self.held(worker):
            self.model[page] = replace(self.model[page], until=until)

    @rule()
    def bury(self) -> None:
        """Somebody looks who is dead: what these held comes back, and a new worker takes the place of each."""
        silence = timedelta(seconds=runs.SILENCE_SECONDS)
        dead = [number for number, one in enumerate(self.workers) if self.now - one.heard > silence]
        with self.database.begin() as session:
            found = runs.interrupt_stale(session, now=self.now)
            assert sorted(found) == sorted(self.workers[number].run_id for number in dead)
            assert not any(runs.heartbeat(session, run_id, now=self.now) for run_id in found)
        for number in dead:
            self.given_back(number)
            self.workers[number] = self.begun()

    @rule(worker=WORKERS)
    def die(self, worker: int) -> None:
        """A worker dies with pages in its hands, and the others live on until somebody looks: seldom met by chance."""
        self.lease(worker, limit=2, articles=False)
        self.now += timedelta(seconds=runs.SILENCE_SECONDS + 1)
        for other in range(len(self.workers)):
            if other != worker:
                self.show_life(other)
        self.bury()

    @rule(page=PAGES)
    def renew(self, page: int) -> None:
        """A run wants a page whatever became of it; a page that is held stays held."""
        row = self.model.get(page, Row())
        held = row.state is LedgerState.LEASED and row.until is not None and row.until > self.now
        with self.database.begin() as session:
            assert ledger.renew(session, [listed(page, kind=KINDS[page])], now=self.now) == (not held)
        if not held:
            self.model[page] = Row()

    @rule(seconds=st.sampled_from([1, 30, LEASE_SECONDS, runs.SILENCE_SECONDS]))
    def wait(self, seconds: int) -> None:
        """Time passes: some leases run out, or a worker has been silent for too long."""
        self.now += timedelta(seconds=seconds)

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        """No row is lost, doubled or in another state, and nobody holds what he did not take."""
        with self.database.read() as session:
            rows = {
                row.canonical_url: (row.state, row.leased_by, row.leased_until, row.next_check_at, row.tries)
                for row in session.scalars(select(LedgerRow))
            }
            due = ledger.due_count(session, "qsw", self.now)
            living = session.scalars(select(RunRow.id).where(RunRow.state == RunState.RUNNING)).all()
        assert rows == {address(page): self._as_kept(row) for page, row in self.model.items()}
        assert due == sum(map(self.due, self.model))
        assert sorted(living) == sorted(one.run_id for one in self.workers)

    def _as_kept(self, row: Row) -> tuple[object, ...]:
        owner = None if row.owner is None else self.workers[row.owner].name
        return row.state, owner, row.until, row.check, row.tries


@pytest.fixture
def machine(database: Database) -> type[LedgerMachine]:
    """The machine over one database, which it empties before each of its examples."""
    return type("Machine", (LedgerMachine,), {"database": database})


def test_ledger_is_as_its_model(machine: type[LedgerMachine]) -> None:
    """Else some order of events, which no single test thought of, would lose a page or give it to two workers."""
    bounds = settings(max_examples=25, stateful_step_count=25, deadline=None, phases=PHASES)
    run_state_machine_as_test(machine, settings=bounds)
