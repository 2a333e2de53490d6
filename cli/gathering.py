"""The pages that a command looks at: saved files, addresses in the archive or fetched now, a channel's pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from cli.crawl import shown_in
from cli.given import opened
from cli.progress import progress
from cli.saved import read_whole

if TYPE_CHECKING:
    from crawler.sites.profile import SiteProfile
    from crawler.sources import Source
    from storage.config import Config


@dataclass
class Gathered:
    """Pages by what they were named, and why others are missing."""

    found: dict[str, Source] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, answer: Source | str) -> None:
        """A page, or why there is none."""
        if isinstance(answer, str):
            self.missing[name] = answer
        else:
            self.found[name] = answer


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a command line names."""

    targets: tuple[str, ...] = ()
    """Files and addresses."""
    url: str = ""
    """Of the saved page, or of the folder several are from."""
    fetch: bool = False
    """Addresses are fetched instead of looked for in the archive."""
    channel: str = ""
    limit: int = 0
    """Articles of the channel."""

    @property
    def addresses(self) -> list[str]:
        """Targets that are addresses."""
        return [target for target in self.targets if "://" in target]

    @property
    def files(self) -> list[str]:
        """All others."""
        return [target for target in self.targets if "://" not in target]


def gather(config: Config, profile: SiteProfile, wanted: Wanted) -> Gathered:
    """All pages, in the order they were named; a channel's behind them.

    Raises:
        ConfigError: --url is given without a file, or there is no such channel.
        NotFound: an address is not in the archive.
    """
    from storage.errors import ConfigError

    if wanted.url and not wanted.files:
        raise ConfigError("--url is the address of a saved page; give a FILE with it")
    came = Gathered()
    for name in wanted.files:
        came.add(name, read_file(Path(name), address_of(name, wanted)))
    if wanted.addresses and wanted.fetch:
        for url, answer in fetch_now(config, wanted.addresses).items():
            came.add(url, answer)
    if wanted.channel or (wanted.addresses and not wanted.fetch):
        from_archive(config, profile, wanted, came)
    order = {name: came.found[name] for name in wanted.targets if name in came.found}
    return Gathered(found=order | came.found, missing=came.missing)


def address_of(name: str, wanted: Wanted) -> str | None:
    """The address of a saved page as the command line gives it."""
    if not wanted.url:
        return None
    return wanted.url if len(wanted.files) == 1 else urljoin(wanted.url, Path(name).name)


def read_file(path: Path, url: str | None) -> Source | str:
    """The page of a file, or why it could not be opened."""
    from crawler.sources import from_file

    data = read_whole(path)
    return data if isinstance(data, str) else from_file(path, data, url)


def fetch_now(config: Config, addresses: list[str]) -> dict[str, Source | str]:
    """Pages as the site shows them now, or why they did not come."""
    from crawler.fetch import show

    with progress("fetching") as bar:
        pages, missing = show(config, addresses, on_progress=shown_in(bar))
    return {**pages, **missing}


def from_archive(config: Config, profile: SiteProfile, wanted: Wanted, came: Gathered) -> None:
    """Add what the archive holds of the addresses, and of the channel."""
    from crawler.sources import from_archive as look_up
    from crawler.sources import of_channel

    with opened(config) as database, database.read() as session:
        for url in wanted.addresses if not wanted.fetch else ():
            came.add(url, look_up(session, config, profile, url))
        if wanted.channel:
            for source in of_channel(session, config, profile, wanted.channel, wanted.limit):
                came.add(source.page.url, source)
