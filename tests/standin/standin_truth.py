"""What a stand-in holds, and what must be in the archive after it was crawled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from standin_proxy import World

NOT_RENDERED = {"channel": "www,dzrb-col,dzrb-list"}
"""Every channel of the website that needs no browser."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """One article as the archive must have it."""

    url: str
    """Canonical."""
    title: str
    published: str | None = None
    """ISO 8601 with +08:00; the day alone where no time is on the page."""
    source: str | None = None
    editor: str | None = None
    authors: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    """Paragraphs."""
    kicker: str | None = None
    subtitle: str | None = None
    day: str | None = None
    """E-paper: the day of the issue."""
    label: str | None = None
    """E-paper: 版次."""
    page_name: str | None = None
    """E-paper: 版名."""


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """A site behind the proxy, the crawl that is asked of it, and what must come of it."""

    name: str
    world: World
    truths: tuple[Truth, ...]
    spider: str
    arguments: Mapping[str, str] = field(default_factory=dict)
    articles: tuple[str, ...] = ()
    """Parts of an address by which the stand-in's article pages are known in the proxy's record."""
    most_requests: int = 60
    """More than this would be a walk that does not end."""
    issues: Mapping[str, str] = field(default_factory=dict)
    """E-paper: day → state in which it must be recorded."""

    @property
    def urls(self) -> set[str]:
        """Canonical addresses of all articles."""
        return {truth.url for truth in self.truths}
