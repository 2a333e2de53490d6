"""The ledger against a model of it: any order of discovering, leasing, finishing, dying and waiting."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select
from store_samples import NOW, address, listed

from storage.store import ledger
from storage.store.database import Database
from storage.store.tables import LedgerRow, LedgerState

LEASE_SECONDS = 60
PAGES = st.integers(0, 5)
OWNERS = st.sampled_from("ab")


class LedgerMachine(RuleBasedStateMachine):
    """Keeps beside the ledger what should be in it: page → [state, owner, until, next check]."""

    def __init__(self) -> None:
        super().__init__()
        self.database = Database.open("sqlite:///:memory:")
        self.now = NOW
        self.listed: set[int] = set()
        self.model: dict[int, tuple[LedgerState, str | None, datetime | None, datetime | None]] = {}

    def teardown(self) -> None:
        """Close the database."""
        self.database.close()

    def _due(self, page: int) -> bool:
        state, _, until, check = self.model[page]
        if state is LedgerState.PENDING:
            return check is None or check <= self.now
        if state is LedgerState.LEASED:
            return until is not None and until <= self.now
        return state is not LedgerState.GONE and check is not None and check <= self.now

    @rule(pages=st.lists(PAGES, max_size=4))
    def discover(self, pages: list[int]) -> None:
        """A list page shows some links."""
        new = [page for page in dict.fromkeys(pages) if page not in self.model]
        with self.database.begin() as session:
            found = ledger.discover(session, [listed(page) for page in pages], now=self.now)
        assert (found.new, found.unknown_here) == (len(new), len(set(pages) - self.listed))
        self.listed |= set(pages)
        for page in new:
            self.model[page] = (LedgerState.PENDING, None, None, None)

    @rule(owner=OWNERS, limit=st.integers(1, 3))
    def lease(self, owner: str, limit: int) -> None:
        """A worker takes what is due, the oldest first, and nothing else."""
        expected = [page for page in self.model if self._due(page)][:limit]
        with self.database.begin() as session:
            tasks = ledger.lease(
                session, site="qsw", owner=owner, limit=limit, now=self.now, lease_seconds=LEASE_SECONDS
            )
        assert [task.canonical_url for task in tasks] == [address(page) for page in expected]
        for page in expected:
            until = self.now + timedelta(seconds=LEASE_SECONDS)
            self.model[page] = (LedgerState.LEASED, owner, until, self.model[page][3])

    @rule(
        page=PAGES,
        state=st.sampled_from([LedgerState.DONE, LedgerState.GONE, LedgerState.FAILED, LedgerState.PENDING]),
        wait=st.none() | st.integers(0, 90),
    )
    def finish(self, page: int, state: LedgerState, wait: int | None) -> None:
        """A fetch ends in any way."""
        check = None if wait is None else self.now + timedelta(seconds=wait)
        with self.database.begin() as session:
            there = ledger.finish(session, address(page), state=state, now=self.now, next_check_at=check)
        assert there == (page in self.model)
        if there:
            self.model[page] = (state, None, None, check)

    @rule(owner=OWNERS)
    def release(self, owner: str) -> None:
        """A worker stops in order."""
        held = [page for page, (state, by, _, _) in self.model.items() if (state, by) == (LedgerState.LEASED, owner)]
        with self.database.begin() as session:
            assert ledger.release(session, owner, self.now) == len(held)
        for page in held:
            self.model[page] = (LedgerState.PENDING, None, None, self.now)

    @rule(page=PAGES)
    def renew(self, page: int) -> None:
        """A run wants a page whatever became of it; a page that is held stays held."""
        state, _, until, _ = self.model.get(page, (None, None, None, None))
        held = state is LedgerState.LEASED and until is not None and until > self.now
        with self.database.begin() as session:
            assert ledger.renew(session, [listed(page)], now=self.now) == (not held)
        if not held:
            self.model[page] = (LedgerState.PENDING, None, None, None)

    @rule(seconds=st.integers(1, 90))
    def wait(self, seconds: int) -> None:
        """Time passes."""
        self.now += timedelta(seconds=seconds)

    @invariant()
    def rows_are_as_the_model_says(self) -> None:
        """No row is lost, doubled or in another state."""
        with self.database.read() as session:
            rows = {
                row.canonical_url: (row.state, row.leased_by, row.leased_until)
                for row in session.scalars(select(LedgerRow))
            }
            due = ledger.due_count(session, "qsw", self.now)
        assert rows == {address(page): values[:3] for page, values in self.model.items()}
        assert due == sum(map(self._due, self.model))


class TestLedgerAgainstItsModel(LedgerMachine.TestCase):
    """Else some order of events, which no single test thought of, would lose a page or fetch it twice."""

    settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
