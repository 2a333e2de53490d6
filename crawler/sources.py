"""Where pages to look at come from without a network: files and the archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from crawler.parse.decode import decode
from crawler.parse.saved import open_saved
from crawler.sites.profile import SiteProfile
from storage.archive.reader import read_capture
from storage.config import Config
from storage.dedupe.canonical import canonical_url
from storage.errors import ConfigError, NotFound
from storage.localtime import local, present
from storage.query.lookup import find_article
from storage.records import Kind, Page
from storage.store import articles, captures, samples
from storage.store.captures import StoredCapture

LISTS = 3
"""List pages of a channel that are looked at."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A page, and where it came from."""

    page: Page
    address: str | None
    """Of the page; None where it is a file that names none."""
    origin: str
    """One phrase for people."""


def from_file(path: Path, data: bytes, url: str | None) -> Source:
    """The page of a saved file.

    Args:
        path: Names it; links are resolved from it where nothing else is known.
        data: What it holds.
        url: Address of the page; None: the one it names as its own.
    """
    page, address = open_saved(data, url=url, place=path.resolve().as_uri())
    return Source(page=page, address=address, origin=f"file {path}")


def from_archive(session: Session, config: Config, profile: SiteProfile, url: str) -> Source:
    """The latest whole capture of a page; of an article known at another address the capture it was read from.

    Raises:
        NotFound: nothing of this address is in the archive.
        WarcError: its record is not there, or not what its row says.
    """
    canonical = canonical_url(url, profile.canonical)
    row = captures.latest(session, canonical, not_after=present())
    if row is None:
        row = _of_article(session, url, canonical)
    if row is None:
        raise NotFound(f"the archive holds no page of {url}; `xha inspect --fetch {url}` would fetch it")
    return _opened(config, row)


def of_channel(session: Session, config: Config, profile: SiteProfile, channel: str, limit: int) -> list[Source]:
    """The last list pages and articles of a channel or paper that the archive holds.

    Args:
        limit: Articles at most.

    Raises:
        NotFound: the archive holds none.
        ConfigError: the profile has no such channel.
    """
    names = [*(one.name for one in profile.channel), *(one.name for one in profile.paper)]
    if channel not in names:
        raise ConfigError(f"no channel {channel!r} in site {profile.name!r}; there are: {', '.join(names)}")
    wanted = ((Kind.LISTING, LISTS), (Kind.ARTICLE, limit))
    rows = [
        row
        for kind, most in wanted
        for row in samples.of_channel(
            session, site=profile.name, channel=channel, kind=kind, limit=most, not_after=present()
        )
    ]
    if not rows:
        raise NotFound(f"the archive holds no page of the channel {channel}; `xha crawl` would fetch them")
    return [_opened(config, row) for row in rows]


def _of_article(session: Session, url: str, canonical: str) -> StoredCapture | None:
    try:
        row = find_article(session, url, canonical)
    except NotFound:
        return None
    version = next((one for one in articles.versions(session, row.id) if one.id == row.version_id), None)
    return captures.by_id(session, version.capture_id) if version else None


def _opened(config: Config, row: StoredCapture) -> Source:
    capture = read_capture(config.archive_directory, row.locator, digest=row.digest)
    place = f"{row.locator.file} at byte {row.locator.offset}"
    return Source(
        page=decode(capture), address=capture.url, origin=f"archive, fetched {local(row.fetched_at)} ({place})"
    )
