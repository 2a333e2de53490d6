"""One run's share of a crawl that any number of workers may do together, each with a run of its own."""

from __future__ import annotations

from collections.abc import Collection

from crawler.keeper import Keeper, this_second
from storage.records import Kind
from storage.store import crews, ledger, runs
from storage.store.clock import shared_now
from storage.store.crews import Place
from storage.store.ledger import Task


class Share:
    """What this worker takes, and whether the others still need it.

    Lists and issues are walked by the worker that leads: where a walk ends depends on what it met before. Articles are
    anybody's.
    """

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.leads = False
        """False until the first `look`."""
        self.over = False
        """Whether this worker may end if nothing is due: nobody else had anything under way that may lead to more."""
        self.idle = False

    def look(self) -> bool:
        """See who died, who leads, and who is still at work. Whether any died: what they left is to be put in order."""
        run_id = self.keeper.run_id
        with self.keeper.database.begin() as session:
            now = shared_now(session)
            runs.heartbeat(session, run_id, now=now)  # who looks for the dead shows first that it lives
            dead = runs.interrupt_stale(session, now=now)
            place = crews.place(session, run_id, now=now)
            self.leads = place is Place.LEADS
            self.over = not crews.others_at_work(session, run_id) if self.leads else place is Place.RELEASED
        return bool(dead)

    def take(
        self, limit: int, *, channels: Collection[str] | None = None, urls: Collection[str] | None = None
    ) -> list[Task]:
        """Lease up to `limit` due URLs, in the order of their discovery."""
        if limit <= 0:
            return []
        with self.keeper.database.begin() as session:
            tasks = ledger.lease(
                session,
                site=self.keeper.profile.name,
                owner=self.keeper.owner,
                limit=limit,
                now=shared_now(session),
                lease_seconds=self.keeper.config.lease.total_seconds(),
                kinds=None if self.leads else (Kind.ARTICLE,),
                channels=channels,
                urls=urls,
            )
            if tasks and self.idle:  # in one transaction: nobody may see us idle with something in our hands
                crews.set_idle(session, self.keeper.run_id, None)
        self.idle = self.idle and not tasks
        return tasks

    def rest(self) -> None:
        """Say that there is nothing to do for this worker until another one finds something."""
        if not self.idle:
            with self.keeper.database.begin() as session:
                crews.set_idle(session, self.keeper.run_id, this_second())
        self.idle = True
