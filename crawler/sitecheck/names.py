"""What a profile fetches from, by name: its channels, and the generations of its e-papers."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.parse.newsprint.edition import place_of
from crawler.sites.profile import Channel, Generation, Paper, SiteProfile


@dataclass(frozen=True, kw_only=True)
class Named:
    """A channel, or one generation of an e-paper, as the profile has it."""

    name: str
    """Of the channel; of a generation `paper/generation`."""
    title: str
    seen_live: bool
    channel: Channel | None = None
    paper: Paper | None = None
    generation: Generation | None = None

    @property
    def start(self) -> tuple[str, ...]:
        """Where it begins: start pages; of a generation its entry pages, else the templates of its index."""
        if self.channel:
            return self.channel.start
        return (self.generation.latest or self.generation.issue) if self.generation else ()


def names_in(profile: SiteProfile) -> list[Named]:
    """All channels of a profile, then all generations of its papers."""
    channels = [Named(name=one.name, title=one.title, seen_live=one.seen_live, channel=one) for one in profile.channel]
    return channels + [
        Named(name=f"{paper.name}/{one.name}", title=paper.title, seen_live=one.seen_live, paper=paper, generation=one)
        for paper in profile.paper
        for one in paper.generation
    ]


def named(name: str, profile: SiteProfile) -> Named:
    """A channel or generation by its name.

    Raises:
        KeyError: the profile has none of that name.
    """
    return {one.name: one for one in names_in(profile)}[name]


def generation_of(url: str, profile: SiteProfile) -> str | None:
    """`paper/generation` of an e-paper address; None for any other."""
    place = place_of(profile, url)
    return f"{place[0].name}/{place[1].name}" if place else None
