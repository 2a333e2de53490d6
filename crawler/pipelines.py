"""The way of a page, whole and in order.

    discover ────────► fetch ──► archive ────► parse ────► judge ────► store ──► query
    spiders, follow    Scrapy    middlewares   decode      known?      rows      storage/query
    ledger             Pace      Archive       read        judge       settle

A `Capture` comes in as Scrapy's item; what goes out is the `Article` that was stored. The live crawl, the recovery
after a crash and the re-parse of the archive all go through `Way.travel`.
"""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extension import Keeping
from crawler.follow import follow
from crawler.keeper import INDEX_KINDS, Keeper
from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.settle import Settled, settle_again, settle_answer, settle_article, settle_index, settle_passing
from storage.records import Capture
from storage.store import outcomes


class Way:
    """parse → judge → store, for one capture at a time."""

    def __init__(self, keeper: Keeper, *, again: bool = False) -> None:
        self.keeper = keeper
        self.again = again  # a re-parse: a capture judged before is read anew, and only that

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Way:
        """Scrapy's constructor: the run's open resources come from the extension."""
        return cls(Keeping.of(crawler))

    def process_item(self, item: Capture) -> object:
        """Scrapy's entry. Only what was stored as new or changed goes on to feed exports."""
        settled = self.travel(item)
        if settled.stored is None:
            raise DropItem(f"{settled.outcome} ({settled.reason})")
        return settled.stored

    def travel(self, capture: Capture) -> Settled:
        """From capture to rows, in one transaction. A capture that was judged before stays as it was (law 4)."""
        if passed := settle_passing(self.keeper, capture):
            return passed  # robots.txt or a redirect: archived and counted, nothing to read
        reading = None
        if capture.context.kind not in INDEX_KINDS and capture.status == 200 and not capture.truncated:
            reading = read(decode(capture), self.keeper.profile)  # parse: pure, never raises
        with self.keeper.database.begin() as session:
            if capture.id is not None and outcomes.judged(session, capture.id):
                return settle_again(self.keeper, session, capture, reading if self.again else None)
            if capture.context.kind in INDEX_KINDS:
                return settle_index(self.keeper, session, capture, follow(self.keeper, session, capture))
            if reading is None:
                return settle_answer(self.keeper, session, capture)  # gone, not modified, failed
            return settle_article(self.keeper, session, capture, reading)  # judge, then store
