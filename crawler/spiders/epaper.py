"""`scrapy crawl epaper -a since=2024-07-01 -a until=2024-07-26`: the e-paper, an issue a day or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from crawler.extension import Keeping
from crawler.keeper import this_second
from crawler.settle import Settled
from crawler.sites.profile import Generation, Paper, SiteProfile
from crawler.spiders.arguments import check_names
from crawler.spiders.base import MOST_IN_FLIGHT, LedgerSpider
from storage.errors import ConfigError
from storage.records import SITE_ZONE, Kind, Outcome
from storage.store import issues, runs
from storage.store.ledger import Candidate, Task

ONE_DAY = timedelta(days=1)
LONGEST_GAP_DAYS = 31
"""How far back days that no run ever looked at are made up for by themselves; more is a backfill (`since`)."""


class EpaperSpider(LedgerSpider):
    """Walks issues by date. Days whose issue is complete, or known not to exist, are left alone.

    Arguments: `since`, `until` (YYYY-MM-DD; default: today and every day still owed), `paper` (names, default all),
    `full` (1: walk complete days as well).
    """

    name = "epaper"
    seeds_at_once = MOST_IN_FLIGHT  # a backfill of years is thousands of addresses; few are looked up at a time

    def __init__(self, since: str = "", until: str = "", paper: str = "", full: str = "", **arguments: str) -> None:
        given = {"since": since, "until": until, "paper": paper, "full": full} | arguments
        super().__init__(**{key: value for key, value in given.items() if value})
        self.full = full.lower() in ("1", "true", "yes")
        self.wanted = [name.strip() for name in paper.split(",") if name.strip()]
        self.since = _day(since, "since")
        self.until = _day(until, "until")
        if self.since and self.until and self.since > self.until:
            raise ConfigError(f"since {since} lies after until {until}")
        today = this_second().astimezone(SITE_ZONE).date()
        if self.since and self.since > today:
            raise ConfigError(f"since {since} lies in the future; the newest issue is that of {today}")
        self.untried: dict[tuple[str, date], list[str]] = {}
        """Index addresses of a day that this run has not tried yet."""
        self.found: set[tuple[str, date]] = set()

    def check(self, profile: SiteProfile) -> None:
        """A paper that the profile does not have."""
        check_names("paper", self.wanted, [paper.name for paper in profile.paper], profile)

    def papers(self) -> list[Paper]:
        """The papers of this run."""
        return [one for one in self.keeper.profile.paper if one.name in (self.wanted or [one.name])]

    def channels(self) -> list[str]:
        """Rows of the papers of this run."""
        return [paper.name for paper in self.papers()]

    def seeds(self) -> Iterable[Candidate]:
        """The newest issue's entry pages, and the first index address of each day that is owed."""
        Keeping.at_end(self.crawler, self.settle_days)
        walks = [(paper, self.days(paper)) for paper in self.papers()]  # all are owed before the first is walked
        for paper, days in walks:
            if not self.since and days:
                for generation in paper.generation:
                    if generation.until is None:
                        for url in generation.latest:
                            yield self.candidate(url, self.context(Kind.ISSUE, channel=paper.name))
            resting = self.resting(paper)
            for day in days:
                self.untried[paper.name, day] = [] if day in resting else list(index_addresses(paper, day))
                yield from self.next_index(paper.name, day)

    def days(self, paper: Paper) -> list[date]:
        """The days to walk, oldest first."""
        today = this_second().astimezone(SITE_ZONE).date()
        with self.keeper.database.begin() as session:
            if self.since or self.until:
                first = self.since or min(generation.since for generation in paper.generation)
                days = list(_range(first, min(self.until or today, today)))
            else:
                last = issues.last_day(session, paper.name) or today
                start = max(min(last + ONE_DAY, today), today - timedelta(days=LONGEST_GAP_DAYS))
                days = sorted({*issues.owed(session, paper.name), *_range(start, today)})
            if not self.full:
                days = [day for day in days if not issues.is_settled(session, paper.name, day)]
            for day in days:
                issues.owe(session, paper.name, day, now=this_second())
        return days

    def resting(self, paper: Paper) -> set[date]:
        """Owed days, none of the last two, whose failed addresses come back from the ledger when their time has come.

        To look for them anew in every run would ask a host that is gone for ever about every day of its years.
        """
        if self.since or self.until or self.full:
            return set()
        now = this_second()
        with self.keeper.database.read() as session:
            waiting = issues.waiting(session, paper.name, now)
        return {day for day in waiting if day < now.astimezone(SITE_ZONE).date() - ONE_DAY}

    def next_index(self, paper: str, day: date) -> Iterator[Candidate]:
        """The next untried index address of a day, if one is left: at hosts that do not answer last."""
        if untried := self.untried.get((paper, day)):
            url = min(untried, key=self.silences.silent)
            untried.remove(url)
            yield self.candidate(url, self.context(Kind.ISSUE, channel=paper, issue_date=day))

    def settled(self, task: Task, settled: Settled) -> None:
        """An index without this day's issue: try the next address it could stand at."""
        paper, day = task.context.channel, task.context.issue_date
        if paper is None or day is None:
            return
        if settled.no_issue:
            self.try_next(paper, day)
        elif settled.outcome is Outcome.INDEX and settled.links:  # a refresh may still lead nowhere
            self.found.add((paper, day))

    def unanswered(self, task: Task, reason: str) -> None:
        """The same for an index that did not answer; its day stays owed."""
        if task.context.kind is not Kind.ARTICLE and task.context.channel and task.context.issue_date:
            self.try_next(task.context.channel, task.context.issue_date)

    def try_next(self, paper: str, day: date) -> None:
        """Make the next index address pending, unless this day's issue was found."""
        if (paper, day) not in self.found:
            self.renew(self.next_index(paper, day))

    def settle_days(self) -> None:
        """Record each walked day: complete, still owed, awaited (today) or without an issue."""
        now = this_second()
        today = now.astimezone(SITE_ZONE).date()
        with self.keeper.database.begin() as session:
            for paper, day in sorted({*self.untried, *self.found}):
                issues.settle(session, site=self.keeper.profile.name, paper=paper, day=day, today=today, now=now)
                row = issues.find(session, paper, day)
                if row and row.note:
                    runs.note(session, self.keeper.run_id, f"e-paper {paper} of {day}: {row.note}")


def index_addresses(paper: Paper, day: date) -> Iterator[str]:
    """Every address the index of a day could stand at, the likeliest first."""
    for generation in paper.generation:
        if generation.since <= day <= (generation.until or date.max):
            yield from filled(generation, day)


def filled(generation: Generation, day: date) -> Iterator[str]:
    """The addresses at which a generation's index of a day could stand, in the profile's order."""
    for template in generation.issue:
        yield template.format(yyyymmdd=f"{day:%Y%m%d}", yyyy=f"{day:%Y}", mm=f"{day:%m}", dd=f"{day:%d}")


def _range(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError(f"{name}={text!r} is not a day; write it as 2024-07-26") from error
