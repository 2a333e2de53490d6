"""A site's whereabouts as data: the model of `crawler/sites/<name>.toml`.

Nothing here knows how to read a page; selectors are hints that the readers try before their general rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, model_validator

from crawler.sites.checks import Address, Css, Host, IdTemplate, IssueTemplate, NextTemplate, Regex, Zone, distinct
from storage.errors import ConfigError
from storage.tomlfile import load_toml

SITES = Path(__file__).parent

FamilyName = Literal["dzrb", "paperindex", "shtml", "generic"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ChannelKind(StrEnum):
    """How a channel's start pages are read."""

    LIST = "list"
    """HTML list pages, by selectors, else by shape."""
    JSON = "json"
    """A JSON list interface."""
    SITEMAP = "sitemap"
    FEED = "feed"
    """RSS or Atom."""


class CanonicalRule(_Strict):
    """Several addresses of one page → the one that names it in the database."""

    match: Regex
    """Searched with `re.fullmatch` over the cleaned URL."""
    url: str
    """Replacement, `\\1` for groups."""

    @model_validator(mode="after")
    def _groups_exist(self) -> Self:
        groups = re.compile(self.match).groups
        if missing := [number for number in re.findall(r"\\(\d+)", self.url) if int(number) > groups]:
            raise ValueError(f"url must use groups that match has; there is no \\{missing[0]}")
        return self


class FamilyShape(_Strict):
    """Which pages a family's reader gets."""

    match: Regex
    """`re.search` over the URL."""
    family: FamilyName


class Selectors(_Strict):
    """CSS selectors tried in order before the general rules; the first that yields text wins."""

    title: tuple[Css, ...] = ()
    subtitle: tuple[Css, ...] = ()
    kicker: tuple[Css, ...] = ()
    published: tuple[Css, ...] = ()
    source: tuple[Css, ...] = ()
    editor: tuple[Css, ...] = ()
    authors: tuple[Css, ...] = ()
    column: tuple[Css, ...] = ()
    body: tuple[Css, ...] = ()
    images: tuple[Css, ...] = ()


class JsonList(_Strict):
    """Where things are in a JSON list answer; paths are dotted keys, `[]` walks a list."""

    items: tuple[str, ...] = ("list[]",)
    """Tried in order; nested blocks (`articleList`) are walked as well."""
    nested: str | None = None
    """Key of an item that may itself hold items."""
    url: str
    """Template of the address to fetch, with `{key}` of the item, e.g. `https://…?articleId={fileId}&colID={colID}`.
    """
    title: str = "title"
    day: str | None = "publishtime"
    next: NextTemplate | None = None
    """The next page's address, with `{page}` (the number of the next page) and `{last}` (the last item's id); begins
    with `?`: these parameters replaced in the address of this page. None where the answer is whole."""
    last: str = "fileId"
    """Key of an item that `{last}` in `next` takes."""


class Directory(_Strict):
    """How a start page of a channel that lists columns, not articles, leads to the lists of those we want."""

    match: Regex
    """Which of the channel's pages are such a directory (`re.search` over the URL)."""
    select: tuple[Css, ...] = ()
    """HTML: elements that each stand for one column. A JSON directory needs none: every object with an id and a name
    is one."""
    id: tuple[str, ...] = ("columnId", "columnID", "colID", "colId", "id")
    """Attributes (HTML) or keys (JSON) tried in order for a column's id."""
    id_shape: Regex = r"^\w+$"
    """What an id looks like inside that value (`re.search`; group 1 where it has one)."""
    name: tuple[str, ...] = ("columnName", "columnname", "colName", "name", "title")
    """JSON keys tried in order for its name; HTML: the element's text."""
    keep: Regex
    """Columns whose name this matches (`re.search`) are followed, no others."""
    list: tuple[IdTemplate, ...] = Field(min_length=1)
    """Addresses of a column's list, with `{id}`."""


class Channel(_Strict):
    """A stream of articles on the website: start pages, pagination, article links."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    """What readers call it; stored as the article's column (栏目) unless the page names one."""
    kind: ChannelKind = ChannelKind.LIST
    start: tuple[Address, ...] = Field(min_length=1)
    """Start pages; each is a list of its own."""
    article: Regex | None = None
    """URL shape of its articles (`re.search`); None: by the general shape rules."""
    links: tuple[Css, ...] = ()
    """CSS selectors of article links on a list page; nothing found → links by shape, and the run says so."""
    next: tuple[Css, ...] = ()
    """CSS selectors of the link to the next page; none found → by its text (下一页, 下页, ›)."""
    sections: bool = False
    """Also follow the site's own section links found on the start page, one level deep."""
    section: Regex | None = None
    """URL shape of section links; None: by the general shape rules."""
    render: bool = False
    """Fetch through Chromium and click 加载更多 until nothing new comes."""
    more: tuple[str, ...] = ("加载更多", "查看更多", "点击加载")
    """`render` only: texts of the button that loads more."""
    json_list: JsonList | None = Field(default=None, alias="json")
    directory: tuple[Directory, ...] = ()
    """Start pages that list columns; what they lead to comes back as sections."""
    column: bool = True
    """Whether `title` is a column's name that its articles should carry (a home page is not)."""
    max_pages: int = Field(default=200, ge=1)
    """Bound on pagination in one run: a calendar trap or an endless list ends here, and the run says so."""
    seen_live: bool = False
    """Whether anybody of this project has seen these pages live. Printed by `xha sites`."""

    @model_validator(mode="after")
    def _says_where_items_are(self) -> Self:
        if self.kind is ChannelKind.JSON and self.json_list is None:
            raise ValueError('kind = "json" needs a table [channel.json] that says where the items are')
        return self


class Generation(_Strict):
    """One technical generation of an e-paper."""

    name: str
    family: Literal["paperindex", "shtml"]
    since: date
    until: date | None = None
    """Last day it is tried for; None: still."""
    latest: tuple[Address, ...] = ()
    """Entry pages that lead to the newest issue."""
    issue: tuple[IssueTemplate, ...] = Field(min_length=1)
    """Templates of a day's index, `{yyyymmdd}`, `{yyyy}`, `{mm}`, `{dd}`; tried in order until one answers."""
    page: Regex
    """Shape of the last part of a print page's URL."""
    article: Regex
    """Shape of the last part of an article's URL; group `label` (版次 digits) where the id carries it."""
    whole_issue: bool = False
    """Its pages carry the text of the whole issue (h5): never one article."""
    seen_live: bool = False
    """Whether anybody of this project has seen its pages live. Printed by `xha sites`."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"until must not lie before since ({self.since})")
        if self.family == "paperindex" and "label" not in re.compile(self.article).groupindex:
            raise ValueError("article must have a group (?P<label>…) for the 版次 that a paperindex id begins with")
        return self


class Paper(_Strict):
    """An e-paper: one issue a day, or none."""

    name: str
    title: str
    generation: tuple[Generation, ...] = Field(min_length=1)


class SiteProfile(_Strict):
    """One site: hosts, pace, address rules, channels, papers."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    timezone: Zone = "Asia/Shanghai"
    hosts: tuple[Host, ...] = Field(min_length=1)
    """Hosts that belong to it; subdomains included. Nothing else is followed. A name that leads to a private address is
    refused unless that address stands here as well (`crawler/reach.py`)."""
    delay_seconds: float = Field(default=1.2, ge=0)
    """Between two requests to the whole site, across all its hosts and all workers."""
    canonical: tuple[CanonicalRule, ...] = ()
    shape: tuple[FamilyShape, ...] = ()
    selectors: dict[FamilyName, Selectors] = Field(default_factory=dict)
    """Per family name."""
    channel: tuple[Channel, ...] = ()
    paper: tuple[Paper, ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        distinct(
            (*(channel.name for channel in self.channel), *(paper.name for paper in self.paper)), "channels or papers"
        )
        for paper in self.paper:
            distinct((generation.name for generation in paper.generation), f"generations of {paper.name}")
        return self

    @model_validator(mode="after")
    def _addresses_are_its_own(self) -> Self:
        for url in self._addresses():
            if not self.owns(urlsplit(url).hostname or ""):
                raise ValueError(f"hosts must hold the host of {url}, or nothing would be fetched from it")
        return self

    def _addresses(self) -> Iterable[str]:
        for channel in self.channel:
            yield from channel.start
            for directory in channel.directory:
                yield from directory.list
        for paper in self.paper:
            for generation in paper.generation:
                yield from (*generation.latest, *generation.issue)

    def family_of(self, url: str) -> str:
        """Family whose reader this URL gets; `generic` where no shape matches."""
        return next((shape.family for shape in self.shape if re.search(shape.match, url)), "generic")

    def owns(self, host: str) -> bool:
        """Whether a host (without port) belongs to the site."""
        return any(host == own or host.endswith("." + own) for own in self.hosts)


def load_profile(name_or_path: str) -> SiteProfile:
    """A profile by name (`xihaian`) or by path to a TOML file.

    Raises:
        ConfigError: there is no such file, or it does not fit; names file and line.
    """
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = SITES / f"{name_or_path}.toml"
    if not path.exists():
        known = ", ".join(sorted(one.stem for one in SITES.glob("*.toml")))
        raise ConfigError(
            f"{path}: there is no such site profile; let `site` in the configuration be the path of a TOML file that "
            f"is there, or one of these names: {known}"
        )
    return load_toml(path, SiteProfile)
