"""Run spiders in this process, one after another: what `xha crawl` and `xha fetch` stand on."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from twisted.internet.task import LoopingCall

from crawler.extension import Keeping
from crawler.keeper import this_second
from crawler.report import RunReport, check_reachable
from crawler.spiders.base import LedgerSpider
from storage.config import Config
from storage.errors import ArchiveError, StoreError
from storage.records import Outcome
from storage.store import ledger, outcomes

PROGRESS_SECONDS = 0.5


@dataclass(frozen=True, kw_only=True)
class SpiderRun:
    """One spider and its arguments."""

    spider: str | type[LedgerSpider]
    """By name as `scrapy list` has it, or by class."""
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """A glimpse of a run under way."""

    spider: str
    counts: Mapping[Outcome, int]
    under_way: int
    waiting: int
    """URLs of the site that are due."""


def crawl(
    config: Config,
    requests: Sequence[SpiderRun],
    *,
    on_progress: Callable[[Progress], None] | None = None,
    on_end: Callable[[RunReport], None] | None = None,
    log_level: str = "WARNING",
    asked_at: datetime | None = None,
) -> list[RunReport]:
    """Run spiders one after another. May be called once in a process (Twisted's reactor cannot be restarted).

    SIGINT and SIGTERM end the running spider in order and start no other.

    Args:
        on_end: Called with each report when its run has ended; also of runs after which an error is raised.
        asked_at: Of one of several workers: when all of them were started, see `storage.store.crews.join`.

    Raises:
        SiteUnreachable: no host answered anything in any of the runs.
        ArchiveError: the configuration, the database or the archive cannot be used.
    """
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.set("XHA_CONFIG_IN_FORCE", config, priority="cmdline")
    settings.set("LOG_LEVEL", log_level, priority="cmdline")
    settings.set("XHA_ASKED_AT", asked_at, priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    reports: list[RunReport] = []
    errors: list[ArchiveError] = []
    begun: list[tuple[Crawler, float]] = []

    def report() -> None:
        crawler, started = begun[-1]
        reports.append(report_of(crawler, time.monotonic() - started))
        if on_end:
            on_end(reports[-1])

    async def one_after_another() -> None:
        for wanted in requests:
            crawler = process.create_crawler(wanted.spider)
            begun.append((crawler, time.monotonic()))
            watch = _watch(crawler, on_progress)
            try:
                await process.crawl(crawler, **wanted.arguments)
            except ArchiveError as error:
                errors.append(error)
                return
            finally:
                if watch.running:
                    watch.stop()
            report()
            if reports[-1].error:
                errors.append(reports[-1].error)
            if reports[-1].state != "finished":
                return

    _run_reactor(process, one_after_another)
    if len(reports) < len(begun) and not errors and _end(begun[-1][0]):
        report()
    if errors:
        raise errors[0]
    check_reachable(reports)
    return reports


def report_of(crawler: Crawler, seconds: float = 0.0) -> RunReport:
    """The report of a crawler that has stopped."""
    extension, spider = crawler.get_extension(Keeping), crawler.spider
    assert extension is not None
    assert isinstance(spider, LedgerSpider)
    return RunReport(
        run_id=extension.keeper.run_id,
        spider=spider.name,
        state=extension.state,
        counts=extension.counts,
        seconds=seconds,
        error=spider.error,
        notes=extension.notes,
        answers=spider.silences.answers,
        silences=spider.silences.hosts,
    )


def _end(crawler: Crawler) -> bool:
    """End a run whose crawler a signal stopped before it could say so itself; whether it had begun."""
    extension = crawler.get_extension(Keeping) if crawler.extensions else None
    if extension is None or crawler.spider is None:
        return False
    if not extension.ended:
        extension.closed(crawler.spider, "shutdown")
    return True


def spider_names() -> list[str]:
    """What `scrapy list` says."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    return sorted(SpiderLoader.from_settings(settings).list())


def _run_reactor(process: AsyncCrawlerProcess, main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run `main` inside the reactor, with the process's handling of SIGINT and SIGTERM around it."""
    from twisted.internet import reactor as installed  # only now: AsyncCrawlerProcess has chosen which one

    reactor: Any = installed  # a module whose functions are the reactor's methods, which no type can say
    raised: list[BaseException] = []

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            raised.append(error)
        if reactor.running:
            reactor.stop()

    def begin() -> None:
        asyncio.get_event_loop().create_task(main()).add_done_callback(ended)

    reactor.callWhenRunning(begin)
    process.start(stop_after_crawl=False)
    if raised:
        raise raised[0]


def _watch(crawler: Crawler, on_progress: Callable[[Progress], None] | None) -> LoopingCall:
    """Tell `on_progress` twice a second how far the run is."""

    def tell() -> None:
        extension = crawler.get_extension(Keeping) if crawler.crawling else None
        if extension is None or on_progress is None or extension.ended:
            return
        keeper, spider = extension.keeper, crawler.spider
        assert isinstance(spider, LedgerSpider)
        try:
            with keeper.database.read() as session:
                counts = outcomes.counts(session, keeper.run_id)
                waiting = ledger.due_count(session, keeper.profile.name, this_second())
        except StoreError:  # the run itself will say so, if it lasts
            return
        on_progress(Progress(spider=spider.name, counts=counts, under_way=len(spider.under_way), waiting=waiting))

    watch = LoopingCall(tell)

    def begin() -> None:
        watch.start(PROGRESS_SECONDS, now=False)  # its Deferred ends with the watch: nobody may wait for it

    if on_progress is not None:
        crawler.signals.connect(begin, signals.engine_started, weak=False)
    return watch
