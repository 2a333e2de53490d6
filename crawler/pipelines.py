"""Scrapy's entry to the way of a page."""

from __future__ import annotations

from dataclasses import dataclass

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from crawler.extension import Keeping
from crawler.way import Way
from storage.records import Capture


@dataclass(frozen=True)
class Pipeline:
    """Sends what a spider yields on its way."""

    way: Way

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pipeline:
        return cls(Way(Keeping.of(crawler)))  # Scrapy's constructor; the run's open resources come from the extension

    def process_item(self, item: Capture) -> object:
        """Only what was stored as new or changed goes on to feed exports."""
        settled = self.way.travel(item)
        if settled.stored is None:
            raise DropItem(f"{settled.outcome} ({settled.reason})")
        return settled.stored
