"""What every spider does: take URLs from the ledger until none is due, and end each in exactly one count."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, IgnoreRequest
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from crawler import settle
from crawler.extension import Keeping
from crawler.keeper import INDEX_KINDS, Keeper, this_second
from crawler.leftovers import settle_index, settle_leftovers
from crawler.pace import Later
from crawler.reach import own_fault
from crawler.reasons import FORBIDDEN, reason_of
from crawler.render import can_render, render_settings
from crawler.settle import Settled
from crawler.sites.profile import SiteProfile, load_profile
from crawler.spiders.arguments import check_arguments
from crawler.spiders.requests import request_for
from crawler.spiders.schemes import Schemes
from crawler.spiders.share import Share
from crawler.spiders.silences import Silences
from storage.config import Config, load_config
from storage.errors import ArchiveError, SiteUnreachable
from storage.records import Capture, Context, Kind
from storage.store import ledger
from storage.store.ledger import Candidate, Task

MOST_IN_FLIGHT = 16
"""Leased and not yet settled. Politeness lets through one at a time; a few wait so that none is waited for."""
LOOK_AGAIN_SECONDS = 0.5
"""How often the ledger is asked while requests are under way (pages they find are taken at once)."""


class LedgerSpider(Spider):
    """Base of all spiders: the ledger is the queue."""

    full = False
    may_help = True
    """Whether a run may join one that does the same already."""
    seeds_at_once: int | None = None
    """How many start pages are made pending at a time, the next when these are taken; None: all."""

    def __init__(self, **arguments: str) -> None:
        super().__init__(self.name)
        check_arguments(type(self), self.name, arguments)
        self.arguments = arguments
        self.under_way: dict[str, Task] = {}
        self.wake = asyncio.Event()
        self.stopping = False
        self.sowing: Iterator[Candidate] | None = None
        """Start pages that have not been made pending; None: nobody has asked for them yet."""
        self.silences = Silences()
        self.error: ArchiveError | None = None
        """What ended the run before or in the middle of its work."""
        self.schemes = Schemes()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> LedgerSpider:
        """Scrapy's constructor; items that are through free their place."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.check(load_profile(crawler.settings["XHA_CONFIG_IN_FORCE"].site))
        crawler.signals.connect(spider.item_through, signal=signals.item_scraped)
        crawler.signals.connect(spider.item_through, signal=signals.item_dropped)
        crawler.signals.connect(spider.item_broken, signal=signals.item_error)
        crawler.signals.connect(spider.stop_leasing, signal=signals.spider_closed)
        return spider

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """What `xha.toml` says of fetching."""
        super().update_settings(settings)
        config = settings.get("XHA_CONFIG_IN_FORCE") or load_config()
        assert isinstance(config, Config)
        settings.set("XHA_CONFIG_IN_FORCE", config, priority="spider")
        settings.set("USER_AGENT", config.agent, priority="spider")
        settings.set("DOWNLOAD_TIMEOUT", config.page_timeout.total_seconds(), priority="spider")
        settings.set("RETRY_TIMES", config.retries, priority="spider")
        if cls.renders(load_profile(config.site)) and can_render() is None:
            render_settings(settings)

    @classmethod
    def renders(cls, profile: SiteProfile) -> bool:
        """Whether this spider fetches pages of the profile through Chromium."""
        return False

    # --- what a spider says of itself ---------------------------------------------------------------------------

    def check(self, profile: SiteProfile) -> None:
        """Raise ConfigError for arguments that the profile has nothing for: no run is opened then."""

    def seeds(self) -> Iterable[Candidate]:
        """Where this run starts: made pending even if they were fetched before."""
        raise NotImplementedError

    def channels(self) -> list[str] | None:
        """Channels or papers whose ledger rows are this spider's to take, left over by earlier runs included."""
        raise NotImplementedError

    def urls(self) -> list[str] | None:
        """Canonical URLs to take and no others; None: all of `channels`."""
        return None

    def settled(self, task: Task, settled: Settled) -> None:
        """An index page of this run ended; a spider may have something to try instead."""

    def unanswered(self, task: Task, reason: str) -> None:
        """A fetch got no response, for good as far as this run goes."""

    # --- the loop -----------------------------------------------------------------------------------------------

    @property
    def keeper(self) -> Keeper:
        """The run's open resources."""
        return Keeping.of(self.crawler)

    @cached_property
    def share(self) -> Share:
        """This run's share of its crawl."""
        return Share(self.keeper)

    async def start(self) -> AsyncIterator[Any]:
        """Settle what a dead run left, then lease, fetch and settle until nothing is due, nor under way anywhere."""
        Keeping.at_end(self.crawler, self.settle_unheard)
        try:
            await self.recover()
            while not self.stopping:
                free = not self.under_way
                if free and self.share.look():
                    await self.recover()
                tasks = self.lease()
                for task in tasks:
                    if request := self.request(task):
                        yield request
                if free and not tasks:
                    if self.share.over:
                        break
                    self.settle_unheard()  # the others may wait for it
                    self.share.rest()
                self.wake.clear()
                with suppress(TimeoutError):  # nothing ended meanwhile; look into the ledger all the same
                    await asyncio.wait_for(self.wake.wait(), LOOK_AGAIN_SECONDS)
        except ArchiveError as error:
            self.give_up(error)
        if self.error:
            raise CloseSpider("failed") from self.error

    async def recover(self) -> None:
        """Send what a dead run archived and did not settle on the rest of its way."""
        left = settle_leftovers(self.keeper)
        while not self.stopping and next(left, None):
            await asyncio.sleep(0)  # there may be hours of it: signals and the heart have their turn

    def renew(self, candidates: Iterable[Candidate]) -> None:
        """Make URLs pending, known or not."""
        wanted = list(candidates)
        with self.keeper.database.begin() as session:
            ledger.renew(session, wanted, now=this_second())

    def lease(self) -> list[Task]:
        """As many due URLs as there is room for; this run's start pages behind what earlier runs left."""
        room = 0 if self.stopping else MOST_IN_FLIGHT - len(self.under_way)
        tasks = self.share.take(room, channels=self.channels(), urls=self.urls())
        while len(tasks) < room and self.share.leads and self.sow():
            tasks += self.share.take(room - len(tasks), channels=self.channels(), urls=self.urls())
        self.under_way |= {task.canonical_url: task for task in tasks}
        return tasks

    def sow(self) -> bool:
        """Make the next start pages pending. False where none are left."""
        self.sowing = self.sowing or iter(self.seeds())
        if next_ones := list(islice(self.sowing, self.seeds_at_once)):
            self.renew(next_ones)
        return bool(next_ones)

    def request(self, task: Task) -> Request | None:
        """The request for one leased URL; None where its address is none: that is counted like any failure."""
        url = self.schemes.address(task.url)
        try:
            return request_for(self.crawler, task, url, full=self.full, callback=self.arrived, errback=self.lost)
        except ValueError as error:
            self.unfetched(task, task.url, f"no address: {error}")
            return None

    def arrived(self, response: Response) -> Iterator[Capture]:
        """Index pages are followed here; article pages go down the pipeline."""
        self.silences.answered(response.url)
        self.schemes.answered(response.meta["task"].url)
        task, capture = response.meta["task"], response.meta["capture"]
        if capture.context.kind not in INDEX_KINDS:
            yield capture
            return
        try:
            self.settled(task, settle_index(self.keeper, capture))
        except ArchiveError as error:
            self.give_up(error)
        finally:
            self.through(task.canonical_url)

    def lost(self, failure: Failure) -> None:
        """No usable response after all tries: counted with its reason, tried again by a later run."""
        request, error = failure.request, own_fault(failure.value) or failure.value  # type: ignore[attr-defined]
        task, reason = request.meta["task"], reason_of(error)
        try:
            if isinstance(error, ArchiveError):
                self.give_up(error)
            elif isinstance(error, Later):
                self.stop_leasing()
            else:
                heard = request.meta.get("capture") is not None or self.silences.heard(request.meta.get("drawing"))
                if not heard and reason != FORBIDDEN:
                    self.silence(request.url, reason, asked=not isinstance(error, IgnoreRequest))
                if not heard and (other := self.schemes.other(task.url, request.url, reason)):
                    self.ask_instead(task, other, reason)
                else:
                    self.unfetched(task, request.url, reason)
        except ArchiveError as broken:
            self.give_up(broken)
        finally:
            self.through(task.canonical_url)

    def ask_instead(self, task: Task, url: str, reason: str) -> None:
        """Count a silence, and make another address of the same page pending."""
        settle.silence(self.keeper, task.url, reason)
        with self.keeper.database.begin() as session:
            ledger.readdress(session, task.canonical_url, url)

    def silence(self, url: str, reason: str, *, asked: bool) -> None:
        """No answer. A site that went down, or cannot be reached at all, is left alone."""
        self.silences.note(url, reason, asked=asked)
        if not self.silences.too_many(task.url for task in self.under_way.values()):
            return
        if self.silences.answers:
            host = urlsplit(url).netloc
            self.give_up(SiteUnreachable(f"{host} stopped answering ({reason}); the next run goes on from here"))
        else:  # whether another run of this crawl had an answer is for `check_reachable` to say
            self.keeper.note("ended early: no host answered at all")
            self.stop_leasing()

    def unfetched(self, task: Task, url: str, reason: str) -> None:
        """Count a fetch that came to nothing."""
        settle.silence(self.keeper, url, reason)
        self.silences.unheard[task.canonical_url] = reason
        self.unanswered(task, reason)
        self.through(task.canonical_url)

    def settle_unheard(self) -> None:
        """What could not be fetched waits, longer each time; where nothing answered at all it is not to blame."""
        if self.silences.answers and self.silences.unheard:
            settle.put_off(self.keeper, self.silences.unheard)
            self.silences.unheard.clear()

    # --- ends ---------------------------------------------------------------------------------------------------

    def item_through(self, item: Any, response: Response) -> None:
        """An article page went all the way."""
        self.through(response.meta["task"].canonical_url)

    def item_broken(self, item: Any, response: Response, failure: Failure) -> None:
        """The way itself failed. A database or archive that cannot be written ends the run; its captures wait."""
        self.through(response.meta["task"].canonical_url)
        if isinstance(failure.value, ArchiveError):
            self.give_up(failure.value)

    def give_up(self, error: ArchiveError) -> None:
        """End the run early; everything under way stays in the ledger."""
        self.error = self.error or error
        self.stop_leasing()

    def through(self, key: str) -> None:
        """Free one place."""
        self.under_way.pop(key, None)
        self.wake.set()

    def stop_leasing(self) -> None:
        """The spider closes: nothing more is taken from the ledger."""
        self.stopping = True
        self.wake.set()

    def context(self, kind: Kind, **known: Any) -> Context:
        """A context of this site."""
        return Context(kind=kind, site=self.keeper.profile.name, **known)

    def candidate(self, url: str, context: Context) -> Candidate:
        """A URL for the ledger."""
        return Candidate(url=url, canonical_url=self.keeper.canonical(url), context=context)
