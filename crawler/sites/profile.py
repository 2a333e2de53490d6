"""A site's whereabouts as data: the model of `crawler/sites/<name>.toml`.

Nothing here knows how to read a page; selectors are hints that the readers try before their general rules.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from storage.tomlfile import load_toml

SITES = Path(__file__).parent


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


def _web_address(value: str) -> str:
    if not re.match(r"https?://[^/\s]+", value):
        raise ValueError("must be an http:// or https:// address")
    return value


Regex = Annotated[str, AfterValidator(_regex)]
Address = Annotated[str, AfterValidator(_web_address)]


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


class FamilyShape(_Strict):
    """Which pages a family's reader gets."""

    match: Regex
    """`re.search` over the URL."""
    family: Literal["dzrb", "paperindex", "shtml", "generic"]


class Selectors(_Strict):
    """CSS selectors tried in order before the general rules; the first that yields text wins."""

    title: tuple[str, ...] = ()
    subtitle: tuple[str, ...] = ()
    kicker: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    column: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    images: tuple[str, ...] = ()


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
    next: str | None = None
    """Template of the next page's address, with `{page}` (the number of the next page) and `{last}` (the last item's
    id); None where the answer is whole."""
    last: str = "fileId"
    """Key of an item that `{last}` in `next` takes."""


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
    links: tuple[str, ...] = ()
    """CSS selectors of article links on a list page; nothing found → links by shape, and the run says so."""
    next: tuple[str, ...] = ()
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
    column: bool = True
    """Whether `title` is a column's name that its articles should carry (a home page is not)."""
    max_pages: int = Field(default=200, ge=1)
    """Bound on pagination in one run: a calendar trap or an endless list ends here, and the run says so."""
    seen_live: bool = False
    """Whether anybody of this project has seen these pages live. Printed by `xha sites`."""


class Generation(_Strict):
    """One technical generation of an e-paper."""

    name: str
    family: Literal["paperindex", "shtml"]
    since: date
    until: date | None = None
    """Last day it is tried for; None: still."""
    latest: tuple[Address, ...] = ()
    """Entry pages that lead to the newest issue."""
    issue: tuple[Address, ...] = Field(min_length=1)
    """Templates of a day's index, `{yyyymmdd}`, `{yyyy}`, `{mm}`, `{dd}`; tried in order until one answers."""
    page: Regex
    """Shape of the last part of a print page's URL."""
    article: Regex
    """Shape of the last part of an article's URL; group `label` (版次 digits) where the id carries it."""
    whole_issue: bool = False
    """Its pages carry the text of the whole issue (h5): never one article."""


class Paper(_Strict):
    """An e-paper: one issue a day, or none."""

    name: str
    title: str
    generation: tuple[Generation, ...] = Field(min_length=1)


class SiteProfile(_Strict):
    """One site: hosts, pace, address rules, channels, papers."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    timezone: str = "Asia/Shanghai"
    hosts: tuple[str, ...] = Field(min_length=1)
    """Hosts that belong to it; subdomains included. Nothing else is followed."""
    delay_seconds: float = Field(default=1.2, ge=0)
    """Between two requests to the whole site, across all its hosts and all workers."""
    canonical: tuple[CanonicalRule, ...] = ()
    shape: tuple[FamilyShape, ...] = ()
    selectors: dict[str, Selectors] = Field(default_factory=dict)
    """Per family name."""
    channel: tuple[Channel, ...] = ()
    paper: tuple[Paper, ...] = ()

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
    return load_toml(path, SiteProfile)
