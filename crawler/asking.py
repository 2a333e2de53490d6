"""What the scripts of a page being drawn ask for, and when that has come to rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Method, and address without its query: two requests that differ in the rest ask the same place."""

QUIET_SECONDS = 0.7
"""How long nothing may be under way before a page counts as drawn: scripts take a moment between two requests."""
MOST_REQUESTS = 100
"""Bound on what one drawing may send: thirty scripts of a heavy page and fifty clicks on 加载更多, with room. Each
takes a turn at the site's pace from an article."""
MOST_ASKED = 2_000
"""Bound on what one drawing may ask for, refused or not: to refuse takes time as well, which a flood takes from us."""
UNANSWERED_TIMES = 3
"""How many times as long the first answer of a place is waited for: a slow list looks like a poll that is held open."""


@dataclass
class Asking:
    """What one drawing asked for. Times are seconds of a clock that only goes forward."""

    patience: float
    """How long a page may bring no new link although it goes on asking."""
    asked: int = 0
    """Requests of the browser, whatever became of them."""
    sent: int = 0
    dropped: int = 0
    """Requests that were not sent, or refused, because the page asked too often."""
    links: int = 0
    """Links on the page when it was last looked at."""
    last: float = 0.0
    """When something was last answered that was not a mere poll."""
    news: float = 0.0
    """When there was last a new link, or an answer of a place that had given none."""
    under_way: Counter[Key] = field(default_factory=Counter)
    answered: set[Key] = field(default_factory=set)
    meanwhile: set[Key] = field(default_factory=set)
    """What was asked for since the last news."""
    polled: set[Key] = field(default_factory=set)
    """What the page asks for again and again, and is refused from now on."""

    @property
    def exhausted(self) -> bool:
        """Whether nothing more may be sent."""
        return self.sent >= MOST_REQUESTS or self.asked >= MOST_ASKED

    def takes(self, key: Key) -> bool:
        """Whether a request may be sent; one that may not is counted."""
        taken = not self.exhausted and key not in self.polled
        self.dropped += not taken
        return taken

    def begin(self, key: Key) -> None:
        """A request waits, or is under way."""
        self.under_way[key] += 1
        self.meanwhile.add(key)

    def end(self, key: Key, now: float) -> None:
        """It got its answer, or will get none."""
        self.under_way -= Counter([key])
        if key in self.polled:
            return
        self.last = now
        if key not in self.answered:
            self.answered.add(key)
            self._renew(now)

    def see(self, links: int, now: float) -> None:
        """The page was looked at."""
        if links != self.links:
            self.links = links
            self._renew(now)

    def quiet(self, since: float, now: float) -> bool:
        """Whether nothing is under way and has not been for a while; `since`: when that was first asked."""
        return not self._open() and now - max(self.last, since) >= QUIET_SECONDS

    def rested(self, since: float, now: float) -> bool:
        """Whether the links have rested although requests go on."""
        times = UNANSWERED_TIMES if self._open() - self.answered else 1
        return now - max(self.news, since) >= times * self.patience

    def refuse_polls(self) -> None:
        """What was asked for while the links rested is refused from now on: clicks are not to wait behind it."""
        self.polled |= self.meanwhile

    def _open(self) -> set[Key]:
        return set(self.under_way) - self.polled

    def _renew(self, now: float) -> None:
        self.news = now
        self.meanwhile = set(self.under_way)
