"""The spider of a check: a few pages of each channel, and of the newest issue in each generation of an e-paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from urllib.parse import urlsplit

from crawler.keeper import this_second
from crawler.render import can_render
from crawler.settle import Settled
from crawler.sitecheck.names import Named, generation_of, names_in
from crawler.sites.profile import SiteProfile
from crawler.spiders.base import LedgerSpider
from crawler.spiders.epaper import filled
from storage.errors import ConfigError
from storage.records import SITE_ZONE, Kind
from storage.store import samples
from storage.store.ledger import Candidate, Task

MORE_LISTS = 2
"""List pages of a channel beside its start pages: sections, and what a directory of columns leads to."""
MOST_INDEXES = 5
"""Issue indexes that lead on to each other."""
MOST_EDITIONS = 2
"""Print pages of an issue."""
MOST_ADDRESSES = 12
"""Addresses at which a generation's newest issue is looked for."""
DAYS_BACK = 7
"""Days at whose addresses it is looked for where no entry page leads to it: a paper rests for a week at New Year."""


def requests_for(chosen: Iterable[Named], articles: int) -> int:
    """How many requests a check may make, at most; redirects and second tries aside."""
    hosts: set[str] = set()
    total = 0
    for one in chosen:
        hosts |= {urlsplit(url).netloc for url in one.start}
        lists = len(one.start) + MORE_LISTS if one.channel else MOST_ADDRESSES + MOST_INDEXES + MOST_EDITIONS
        total += lists + articles
    return total + len(hosts)  # each has a robots.txt


def chosen_from(profile: SiteProfile, wanted: str) -> list[Named]:
    """The channels and generations that are to be checked.

    Args:
        wanted: Names of channels and papers with commas between; empty: all.

    Raises:
        ConfigError: the profile has none of that name.
    """
    every = names_in(profile)
    names = [name.strip() for name in wanted.split(",") if name.strip()]
    for name in names:
        if not any(name in (one.name, one.name.partition("/")[0]) for one in every):
            known = ", ".join(one.name for one in every)
            raise ConfigError(f"no channel or paper {name!r} in site {profile.name!r}; there are: {known}")
    return [one for one in every if not names or one.name in names or one.name.partition("/")[0] in names]


@dataclass
class _Hunt:
    """The search for a generation's newest issue."""

    addresses: list[Candidate] = field(default_factory=list)
    """Not tried yet, the likeliest first."""
    found: bool = False


class SampleSpider(LedgerSpider):
    """Fetches a sample and ends. Meant for an archive that is thrown away: it leaves most of the ledger pending.

    Arguments: `channel` (names of channels and papers, comma-separated; default all), `articles` (of each), `known`
    (addresses of issue indexes that were there, separated by blanks).
    """

    name = "sample"

    def __init__(self, channel: str = "", articles: str = "3", known: str = "", **arguments: str) -> None:
        given = {"channel": channel, "articles": articles, "known": known} | arguments
        super().__init__(**{key: value for key, value in given.items() if value})
        self.wanted = channel
        self.articles = int(articles)
        self.known = known.split()
        self.hunts: dict[str, _Hunt] = {}

    @classmethod
    def renders(cls, profile: SiteProfile) -> bool:
        """Some channels are rendered."""
        return any(channel.render for channel in profile.channel)

    def chosen(self) -> list[Named]:
        """What is fetched here: a channel that needs Chromium only where there is one."""
        why = can_render()
        every = chosen_from(self.keeper.profile, self.wanted)
        return [one for one in every if not (why and one.channel and one.channel.render)]

    def channels(self) -> None:
        """Told by their addresses."""

    def seeds(self) -> Iterable[Candidate]:
        """All start pages, and the first address of each generation's newest issue."""
        for one in self.chosen():
            for url in one.channel.start if one.channel else ():
                yield self.candidate(url, self.context(Kind.LISTING, channel=one.name))
            if one.generation:
                self.hunts[one.name] = _Hunt(addresses=list(islice(self._addresses(one), MOST_ADDRESSES)))
                yield from self._next_address(one.name)

    def urls(self) -> list[str]:
        """The sample as far as it is known by now: the first pages that were found of each channel."""
        with self.keeper.database.read() as session:

            def found(one: Named, kind: Kind) -> Iterator[str]:
                name = one.name.partition("/")[0]
                for row in samples.discovered(session, site=self.keeper.profile.name, channel=name, kind=kind):
                    own = one.channel or generation_of(row.url, self.keeper.profile) == one.name
                    if own and row.context.page_number == 1 and row.context.part_of is None:
                        yield row.canonical_url

            return [
                url
                for one in self.chosen()
                for kind, most in self._limits(one)
                for url in islice(found(one, kind), most)
            ]

    def settled(self, task: Task, settled: Settled) -> None:
        """An index without an issue: try the next address."""
        if settled.no_issue:
            self._try_next(task)
        elif settled.links and (name := generation_of(task.url, self.keeper.profile)) in self.hunts:
            self.hunts[name].found = True

    def unanswered(self, task: Task, reason: str) -> None:
        """The same where none answered."""
        if task.context.kind in (Kind.ISSUE, Kind.EDITION):
            self._try_next(task)

    def _limits(self, one: Named) -> tuple[tuple[Kind, int], ...]:
        if one.channel:
            return (Kind.LISTING, len(one.channel.start) + MORE_LISTS), (Kind.ARTICLE, self.articles)
        return (
            (Kind.ISSUE, MOST_ADDRESSES + MOST_INDEXES),
            (Kind.EDITION, MOST_EDITIONS),
            (Kind.ARTICLE, self.articles),
        )

    def _addresses(self, one: Named) -> Iterator[Candidate]:
        """Where a generation's newest issue may be found: entry pages, indexes known to be there, the last days' ones.

        The likeliest address of each day comes before the next likeliest of any: a paper rests on some days, but does
        not move daily.
        """
        assert one.paper, "a generation is a paper's"
        assert one.generation, "only generations have issues"
        own = (url for url in self.known if generation_of(url, self.keeper.profile) == one.name)
        for url in (*one.generation.latest, *own):
            yield self.candidate(url, self.context(Kind.ISSUE, channel=one.paper.name))
        last = min(this_second().astimezone(SITE_ZONE).date(), one.generation.until or date.max)
        days = [last - timedelta(days=back) for back in range(DAYS_BACK)]
        by_day = [[(day, url) for url in filled(one.generation, day)] for day in days]
        for alike in zip(*by_day, strict=True):
            for day, url in alike:
                yield self.candidate(url, self.context(Kind.ISSUE, channel=one.paper.name, issue_date=day))

    def _try_next(self, task: Task) -> None:
        name = generation_of(task.url, self.keeper.profile)
        if name in self.hunts and not self.hunts[name].found:
            self.renew(self._next_address(name))

    def _next_address(self, name: str) -> Iterator[Candidate]:
        if self.hunts[name].addresses:
            yield self.hunts[name].addresses.pop(0)
