"""What the replica knows of an article before any page is made of it: the truth that a crawl is held against."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from storage.records import Edition, Moment

UPDATES = (
    "记者随后从有关部门了解到，后续工作已经安排到人，进展将及时向社会公布。",
    "截至发稿，现场一切正常，相关单位表示将根据天气情况调整下一步安排。",
    "另据了解，市民关心的几个问题已经汇总成册，答复将在一周之内张贴出来。",
    "本网此前报道中的一处时间有误，现已更正。",
)
"""What an edit adds, in turn."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture of an article."""

    path: str
    caption: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article's text and facts; how they are printed is the page's business."""

    title: str
    paragraphs: tuple[str, ...] = field(repr=False)
    published: Moment
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    """As printed, e.g. `□记者 陶然之 报道`."""
    authors: tuple[str, ...] = ()
    """The names in it."""
    source: str | None = None
    editor: str | None = None
    pictures: tuple[Picture, ...] = ()
    broken: bool = False
    """Print columns broke a sentence of it in two."""

    def edited(self, times: int) -> Story:
        """The story after so many edits."""
        added = tuple(
            UPDATES[number % len(UPDATES)] + (f"（第{number + 1}次更新）" if number >= len(UPDATES) else "")
            for number in range(times)
        )
        return replace(self, paragraphs=self.paragraphs + added)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An article at its address."""

    path: str
    """Path and query: where it is fetched."""
    story: Story
    layout: str
    """Which page is made of it: a name of `demo.pages.LAYOUTS`."""
    edition: Edition | None = None
    via: tuple[str, ...] = ()
    """Addresses that redirect to it, one leading to the next; lists name the first."""
    scripted: bool = False
    """Only a list that a script draws leads to it."""

    @property
    def listed(self) -> str:
        """The address under which lists name it."""
        return self.via[0] if self.via else self.path


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What a crawl should have stored of one article."""

    path: str
    """Its address (of the first sighting, where its text stands at several)."""
    again: tuple[str, ...] = ()
    """Other addresses that show the same headline and text."""
    title: str
    kicker: str | None
    subtitle: str | None
    published: Moment | None
    source: str | None
    editor: str | None
    authors: tuple[str, ...]
    edition: Edition | None
    body: tuple[str, ...] = field(repr=False)
    """Paragraphs."""
    scripted: bool = False
    """Found only where pages can be rendered."""
