"""`scrapy crawl columns`: the website's channels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler.follow import not_met_yet
from crawler.render import can_render
from crawler.settle import Settled
from crawler.sites.profile import Channel, SiteProfile
from crawler.spiders.arguments import check_names
from crawler.spiders.base import LedgerSpider
from storage.records import Kind, Outcome
from storage.store import listings
from storage.store.ledger import Candidate, Task


class ColumnsSpider(LedgerSpider):
    """Walks list pages, JSON lists, sitemaps and feeds; by default only as far as there is something new.

    Arguments: `channel` (names, comma-separated; default all), `full` (1: walk every list to its end).
    """

    name = "columns"

    def __init__(self, channel: str = "", full: str = "", **arguments: str) -> None:
        given = {"channel": channel, "full": full} | arguments
        super().__init__(**{key: value for key, value in given.items() if value})
        self.full = full.lower() in ("1", "true", "yes")
        self.wanted = [name.strip() for name in channel.split(",") if name.strip()]

    @classmethod
    def renders(cls, profile: SiteProfile) -> bool:
        """Some channels are rendered."""
        return any(channel.render for channel in profile.channel)

    def check(self, profile: SiteProfile) -> None:
        """A channel that the profile does not have."""
        check_names("channel", self.wanted, [channel.name for channel in profile.channel], profile)

    def chosen(self) -> list[Channel]:
        """The channels of this run."""
        chosen = [one for one in self.keeper.profile.channel if one.name in (self.wanted or [one.name])]
        why = can_render()
        return [channel for channel in chosen if not (channel.render and why)]

    def channels(self) -> list[str]:
        """Only rows of the channels of this run."""
        return [channel.name for channel in self.chosen()]

    def seeds(self) -> Iterable[Candidate]:
        """Start pages, and the section pages that earlier runs found."""
        chosen = self.chosen()
        self.say_what_is_left_out(chosen)
        return not_met_yet(self.keeper, self.first_pages(chosen))

    def first_pages(self, chosen: list[Channel]) -> Iterable[Candidate]:
        """The first page of every list of these channels."""
        for channel in chosen:
            known: dict[str, Any] = {
                "channel": channel.name,
                "column": channel.title if channel.column else None,
            }
            for url in channel.start:
                yield self.candidate(url, self.context(Kind.LISTING, **known))
            with self.keeper.database.read() as session:
                yield from listings.first_pages(session, site=self.keeper.profile.name, channel=channel.name)

    def settled(self, task: Task, settled: Settled) -> None:
        """A start page that answered with an error."""
        if settled.outcome is Outcome.FAILED:
            self.unanswered(task, settled.reason)

    def unanswered(self, task: Task, reason: str) -> None:
        """A start page without which the run misses a channel: said, where any other page is only counted."""
        if task.context.kind is Kind.LISTING and not task.context.link_text and task.context.page_number == 1:
            self.keeper.note(f"channel {task.context.channel}: {task.url} could not be read: {reason}")

    def say_what_is_left_out(self, chosen: list[Channel]) -> None:
        """A channel that cannot be rendered here is left out aloud."""
        for channel in self.keeper.profile.channel:
            if channel.render and channel not in chosen and channel.name in (self.wanted or [channel.name]):
                self.keeper.note(f"channel {channel.name} left out: {can_render()}")
