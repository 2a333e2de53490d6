"""`scrapy crawl article -a urls=…`: given URLs, fetched again even if they were stored before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from crawler.reach import web_host
from crawler.spiders.base import LedgerSpider
from storage.contexts import read_context
from storage.records import Kind
from storage.store import ledger
from storage.store.ledger import Candidate


class ArticleSpider(LedgerSpider):
    """Fetches and stores given articles.

    Arguments: `urls` (separated by blanks or commas), `file` (one URL a line, `#` begins a comment).
    """

    name = "article"
    may_help = False  # whoever asks for pages now is told what became of them

    def __init__(self, urls: str = "", file: str = "", **arguments: str) -> None:
        given = {"urls": urls, "file": file} | arguments
        super().__init__(**{key: value for key, value in given.items() if value})
        self.given = urls.replace(",", " ").split()
        if file:
            lines = Path(file).read_text("utf-8").splitlines()
            self.given += [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
        self.keys: list[str] = []
        """Canonical URLs of the given ones; empty until first asked for."""
        self.given_hosts = frozenset(map(web_host, self.given))

    def channels(self) -> list[str] | None:
        """Whatever channel found them first."""
        return None

    def urls(self) -> list[str]:
        """Only what was given by hand, with its further pages."""
        self.keys = self.keys or [self.keeper.canonical(url) for url in self.given]
        return [*self.keys, *self.keeper.further]

    def seeds(self) -> Iterable[Candidate]:
        """The given URLs; what is known of one from a list page stays known."""
        for url in self.given:
            candidate = self.candidate(url, self.context(Kind.ARTICLE))
            with self.keeper.database.read() as session:
                row = ledger.find(session, candidate.canonical_url)
            known = read_context(row.context) if row and row.kind is Kind.ARTICLE else candidate.context
            yield replace(candidate, context=replace(known, recheck=False))
