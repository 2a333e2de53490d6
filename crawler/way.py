"""The way of a page, whole and in order.

    discover ────────► fetch ──► archive ────► parse ────► judge ────► store ──► query
    spiders, follow    Scrapy    middlewares   decode      known?      rows      storage/query
    ledger             Pace      Archive       read        judge       settle

`Capture` in, stored `Article` out. Live crawl, recovery after a crash and re-parse all go through `Way.travel`.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler import settle
from crawler.follow import follow
from crawler.keeper import INDEX_KINDS, Keeper
from crawler.parts import join
from crawler.worker import Reading, is_article, parse
from storage.records import Capture
from storage.store import outcomes


@dataclass(frozen=True)
class Way:
    """parse → judge → store, one capture at a time. `again`: a re-parse, which reads judged captures anew."""

    keeper: Keeper
    again: bool = False

    @settle.costs_its_page
    def travel(self, capture: Capture, ahead: Reading | None = None) -> settle.Settled:
        """From capture (and what it says, if read `ahead`) to rows, in one transaction; judged ones stay (law 4)."""
        if passed := settle.passing(self.keeper, capture):
            return passed  # robots.txt or a redirect: archived and counted, nothing to read
        article = is_article(capture)
        reading = join(self.keeper, capture, ahead or parse(capture, self.keeper.profile)) if article else None
        with self.keeper.database.begin() as session:
            if capture.id is not None and outcomes.judged(session, capture.id):
                return settle.again(self.keeper, session, capture, reading if self.again else None)
            if capture.context.kind in INDEX_KINDS:
                return settle.index(self.keeper, session, capture, follow(self.keeper, session, capture))
            if reading is None:
                return settle.answer(self.keeper, session, capture)  # gone, not modified, failed
            return settle.article(self.keeper, session, capture, reading)  # judge, then store
