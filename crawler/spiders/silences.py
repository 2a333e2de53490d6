"""What of a run got no answer, and when that is enough to stop asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from crawler.drawing import Drawing

MOST_SILENCES = 20
"""Requests in a row without any answer after which a site is taken to be down."""


@dataclass
class Silences:
    """The silences of one run. Nobody knocks for hours at the door of a site that is down."""

    answers: int = 0
    """Responses that reached the spider."""
    in_a_row: int = 0
    """Requests without any answer since the last answer. Before the first one, also what was not asked for because its
    host is known not to answer: a run over years of days would count them all."""
    hosts: dict[str, str] = field(default_factory=dict)
    """Host → why it did not answer when it was last asked."""
    unheard: dict[str, str] = field(default_factory=dict)
    """Canonical URL → why it could not be fetched. Leased to the end of the run: see `LedgerSpider.settle_unheard`."""

    def answered(self, url: str) -> None:
        """An answer came."""
        self.answers += 1
        self.in_a_row = 0
        self.hosts.pop(urlsplit(url).netloc, None)

    def heard(self, drawing: Drawing | None) -> bool:
        """Whether the markup of a page came that was then not drawn: an answer of its host."""
        came = drawing is not None and bool(drawing.url)
        if drawing and came:
            self.answered(drawing.url)
        return came

    def note(self, url: str, reason: str, *, asked: bool) -> None:
        """None came. `asked`: whether a request was sent at all."""
        self.hosts[urlsplit(url).netloc] = reason
        self.in_a_row += asked or not self.answers

    def silent(self, url: str) -> bool:
        """Whether the host of an address did not answer when it was last asked."""
        return urlsplit(url).netloc in self.hosts

    def too_many(self, under_way: Iterable[str]) -> bool:
        """Whether it is time to stop asking; not before each host that is being asked has failed to answer.

        Args:
            under_way: Addresses that were asked for and have not ended.
        """
        return self.in_a_row >= MOST_SILENCES and (bool(self.answers) or all(map(self.silent, under_way)))
