"""A run's life inside Scrapy: opened before the first request, closed after the last item."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from twisted.internet.task import LoopingCall

from crawler.keeper import Keeper
from storage.config import Config, load_config
from storage.errors import ArchiveError, NotFound, StoreError
from storage.records import Outcome
from storage.store import runs

log = logging.getLogger(__name__)


class Keeping:
    """Holds the run's `Keeper`; `Keeping.of(crawler)` is how every other component gets at it."""

    def __init__(self, keeper: Keeper, spider: Spider) -> None:
        self.keeper = keeper
        self.spider = spider
        self.heart = LoopingCall(self._beat)
        self.counts: Mapping[Outcome, int] = {}
        self.notes: tuple[str, ...] = ()
        self.state = "finished"
        self.ended = False
        self.on_close: list[Callable[[], None]] = []
        """What spiders have left to write once every item is through, e.g. which e-paper days are complete."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Keeping:
        """Open the run.

        Raises:
            ArchiveError: the configuration, the database or the archive cannot be used.
        """
        config = crawler.settings.get("XHA_CONFIG_IN_FORCE") or load_config()
        assert isinstance(config, Config)
        spider = crawler.spider
        assert spider is not None
        arguments = {key: str(value) for key, value in getattr(spider, "arguments", {}).items()}
        keeper = Keeper.open(
            config,
            spider=spider.name,
            arguments=arguments,
            full=bool(getattr(spider, "full", False)),
            may_help=bool(getattr(spider, "may_help", False)),
            asked_at=crawler.settings.get("XHA_ASKED_AT"),
        )
        extension = cls(keeper, spider)
        crawler.signals.connect(extension.opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.closed, signal=signals.spider_closed)
        _before_shutdown(lambda: extension.abandoned(spider))
        return extension

    @classmethod
    def of(cls, crawler: Crawler) -> Keeper:
        """The keeper of the run `crawler` belongs to."""
        return cls._in(crawler).keeper

    @classmethod
    def at_end(cls, crawler: Crawler, write: Callable[[], None]) -> None:
        """Have `write` called once every item is through, before the run's row is finished."""
        cls._in(crawler).on_close.append(write)

    @classmethod
    def _in(cls, crawler: Crawler) -> Keeping:
        found = crawler.get_extension(cls)
        assert found is not None, "crawler.extension.Keeping must be among EXTENSIONS"
        return found

    def opened(self, spider: Spider) -> None:
        """Begin to show signs of life, so that a dead run can be told from a slow one."""
        self.heart.start(spider.settings.getfloat("HEARTBEAT_SECONDS"), now=False)

    def closed(self, spider: Spider, reason: str) -> None:
        """Finish the run's row, whatever ended it and whatever fails on the way."""
        self.ended = True
        if self.heart.running:
            self.heart.stop()
        for last in (*self.on_close, self.keeper.close_archive):
            try:
                last()
            except ArchiveError as broken:  # what is archived is safe
                self._fail(broken)
            except Exception as broken:  # a run's edge: a fault of ours must not leave its row open either
                log.exception("run %d: its last words failed", self.keeper.run_id)
                self._fail(ArchiveError(f"the run could not be ended in order: {broken!r}"))
        error = getattr(spider, "error", None)
        if error or reason == "start_error":
            self.state = "failed"
        elif reason != "finished":
            self.state = "interrupted"
        try:
            self._finish(str(error) if error else "" if reason == "finished" else reason)
        except StoreError as broken:  # nothing can be written any more; the next run marks this one as interrupted
            self.state = "failed"
            self._fail(broken)

    def _finish(self, why: str) -> None:
        with self.keeper.database.read() as session:
            self.notes = tuple(runs.notes(session, self.keeper.run_id))
        self.counts = self.keeper.close(self.state, why)
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.counts.items())) or "nothing to do"
        log.info("run %d %s: %s", self.keeper.run_id, self.state, told)

    def abandoned(self, spider: Spider) -> None:
        """The process ends. A run that Scrapy did not close ends here: one that was told to stop before its engine
        ran (Scrapy then stops the reactor and forgets the spider), or was told twice."""
        if not self.ended:
            self.closed(spider, "shutdown")

    def _fail(self, error: ArchiveError) -> None:
        self.spider.error = getattr(self.spider, "error", None) or error  # type: ignore[attr-defined]

    def _beat(self) -> None:
        try:
            ours = self.keeper.beat()
        except StoreError as error:  # one beat that is missed must not be the last
            log.warning("no sign of life could be given: %s", error)
        except NotFound:
            self._taken_over()
        else:
            if not ours:
                self._taken_over()

    def _taken_over(self) -> None:
        """Others may have what this run leased: it must not go on beside them."""
        self.heart.stop()
        self.spider.give_up(  # type: ignore[attr-defined]  # every spider here is a LedgerSpider, which stands above us
            StoreError(
                f"run {self.keeper.run_id} was taken for dead by another process, which may go on with its URLs "
                "(this one slept, or the clock jumped); it ended itself, and the next run goes on from here"
            )
        )


def _before_shutdown(last: Callable[[], None]) -> None:
    """Have `last` called when the reactor stops, in its own thread."""
    from twisted.internet import reactor as installed  # only now: Scrapy has chosen which one

    reactor: Any = installed  # a module whose functions are the reactor's methods, which no type can say
    reactor.addSystemEventTrigger("before", "shutdown", last)
