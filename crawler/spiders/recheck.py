"""`scrapy crawl recheck`: stored articles that are due, looked at again, so that edits and removals are noticed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crawler.keeper import this_second
from crawler.spiders.base import LedgerSpider
from storage.contexts import read_context
from storage.errors import ConfigError
from storage.records import Kind, Outcome
from storage.store import ledger, outcomes, rechecks
from storage.store.ledger import Candidate, Task

MOST = 500
"""Articles looked at in one run where nothing else is asked for: ten minutes at a polite pace."""


ALL_GONE = 10
"""So many pages missing and not one that stands: the site has moved, or answers 404 to everything for now."""
STANDING = (Outcome.SAME, Outcome.CHANGED, Outcome.DUPLICATE, Outcome.PART)


class RecheckSpider(LedgerSpider):
    """Fetches articles again, the longest overdue first: soon after they appeared, then ever more rarely.

    A page that is missing is gone only when a later look finds it missing too, and others stand (`rechecks.absence`).
    Most servers answer such a request with 304 and no body. Arguments: `limit` (at most so many articles).
    """

    name = "recheck"
    may_help = False  # a second run would look at the same articles

    def __init__(self, limit: str = "", **arguments: str) -> None:
        super().__init__(**({"limit": limit} if limit else {}), **arguments)
        if limit and not (limit.isascii() and limit.isdigit() and int(limit) > 0):
            raise ConfigError(f"limit={limit!r}: expected a number of articles such as 200")
        self.limit = int(limit) if limit else MOST
        self.chosen: list[Candidate] | None = None

    def channels(self) -> list[str] | None:
        """Whatever channel found them first."""
        return None

    def urls(self) -> list[str]:
        """Only what is due, with further pages of it."""
        return [*(one.canonical_url for one in self.seeds()), *self.keeper.further]

    def lease(self) -> list[Task]:
        """What is due; nothing more where the site seems to have lost everything."""
        if self.lost_everything():
            self.keeper.note(
                f"ended early: the first {ALL_GONE} pages are all missing; has the site moved? See `xha runs`"
            )
            self.stop_leasing()
            return []
        return super().lease()

    def lost_everything(self) -> bool:
        """Whether many pages were missing in this run, and none was there."""
        with self.keeper.database.read() as session:
            counts = outcomes.counts(session, self.keeper.run_id)
        return counts.get(Outcome.GONE, 0) >= ALL_GONE and not any(counts.get(outcome) for outcome in STANDING)

    def seeds(self) -> Iterable[Candidate]:
        """What is due as the run begins; what is known of an address stays known."""
        if self.chosen is None:
            with self.keeper.database.read() as session:
                due = rechecks.due(session, self.keeper.profile.name, now=this_second(), limit=self.limit)
                rows = [(one, ledger.find(session, one.canonical_url)) for one in due]
            self.chosen = [
                Candidate(
                    url=row.url if row else one.url,
                    canonical_url=one.canonical_url,
                    context=replace(read_context(row.context) if row else self.context(Kind.ARTICLE), recheck=True),
                )
                for one, row in rows
            ]
        return self.chosen
