"""Check a site profile: on pages fetched now, of which nothing is kept, or on those the archive holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy.orm import Session

from crawler.parse.decode import decode
from crawler.parse.refresh import refresh_target
from crawler.render import can_render
from crawler.run import Progress, SpiderRun
from crawler.sitecheck.names import Named, generation_of
from crawler.sitecheck.report import Pages, SiteCheck, report_on
from crawler.sitecheck.spider import MORE_LISTS, SampleSpider, chosen_from, requests_for
from crawler.sites.profile import SiteProfile, load_profile
from crawler.throwaway import Glimpse, glimpse
from storage.archive.reader import read_capture
from storage.config import Config
from storage.localtime import present
from storage.records import Kind, Outcome, Page
from storage.store import samples
from storage.store.captures import StoredCapture
from storage.store.database import Database

BAD = (Outcome.FAILED, Outcome.GONE)
INDEXES = (Kind.LISTING, Kind.ISSUE, Kind.EDITION)


def check_site(
    config: Config, *, channel: str = "", articles: int = 3, on_progress: Callable[[Progress], None] | None = None
) -> SiteCheck:
    """Fetch a few pages of each channel, politely, and see what the profile makes of them.

    They go the way of a crawl (robots.txt, the shared pace, the ledger, the archive) into an archive that is thrown
    away: a profile that no longer fits must not fill the real one with misread articles. Once in a process.

    Args:
        channel: Names of channels and papers with commas between; empty: all.
        articles: Of each channel, and of each generation's newest issue.

    Raises:
        ConfigError: there is no such channel or paper.
        SiteUnreachable: no host of the site answered.
        ArchiveError, KeyboardInterrupt: as `crawler.throwaway.glimpse`.
    """
    profile = load_profile(config.site)
    chosen = chosen_from(profile, channel)
    known = " ".join(_known_indexes(config, profile, chosen))
    run = SpiderRun(spider=SampleSpider, arguments={"channel": channel, "articles": str(articles), "known": known})
    came = glimpse(config, run, requests=requests_for(chosen, articles), on_progress=on_progress)
    return report_on([_fetched(one, came, profile) for one in chosen], profile)


def check_archive(config: Config, database: Database, *, channel: str = "", articles: int = 3) -> SiteCheck:
    """The same on the newest pages the archive holds of each channel; nothing is fetched.

    Raises:
        ConfigError: there is no such channel or paper.
        WarcError: a record is not there, or not what its row says.
    """
    profile = load_profile(config.site)
    chosen = chosen_from(profile, channel)
    return report_on([_archived(one, config, database, profile, articles) for one in chosen], profile)


def _known_indexes(config: Config, profile: SiteProfile, chosen: Iterable[Named]) -> Iterator[str]:
    """The newest issue of each generation that the archive holds: of one that has ended there is no newer."""
    if config.database_file and not config.database_file.exists():
        return
    with Database.open(config.database_url) as database, database.read() as session:
        for one in chosen:
            rows = _newest(session, one, profile, Kind.ISSUE, 1) if one.generation else []
            yield from (row.url for row in rows)


def _newest(session: Session, one: Named, profile: SiteProfile, kind: Kind, most: int) -> list[StoredCapture]:
    """The archive's pages that are this channel's or generation's own."""
    return samples.of_channel(
        session,
        site=profile.name,
        channel=one.name.partition("/")[0],
        kind=kind,
        limit=most,
        not_after=present(),
        fits=lambda url: one.channel is not None or generation_of(url, profile) == one.name,
    )


def _fetched(one: Named, came: Glimpse, profile: SiteProfile) -> Pages:
    if one.channel and one.channel.render and (why := can_render()):
        return Pages(name=one.name, left_out=why)
    own = [capture for capture in came.captures if _belongs(one, capture.context.channel, capture.url, profile)]
    pages = [decode(capture) for capture in own if capture.status == 200 and not capture.truncated]
    return Pages(
        name=one.name,
        indexes=_indexes(pages),
        articles=tuple(page for page in pages if page.context.kind is Kind.ARTICLE),
        failures=_failures(one, came, profile),
    )


def _belongs(one: Named, channel: str | None, url: str, profile: SiteProfile) -> bool:
    return channel == one.name if one.channel else generation_of(url, profile) == one.name


def _indexes(pages: Iterable[Page]) -> tuple[Page, ...]:
    """Pages that list, those aside that only lead on to another."""
    return tuple(page for page in pages if page.context.kind in INDEXES and not refresh_target(page))


def _failures(one: Named, came: Glimpse, profile: SiteProfile) -> tuple[tuple[str, str], ...]:
    """What gave no page, each with the reason; of an e-paper also the addresses at which there was no issue."""
    return tuple(
        (result.url, result.reason)
        for result in came.results
        if (result.outcome in BAD or (one.generation and result.outcome is Outcome.INDEX and result.reason))
        and (context := came.contexts.get(result.url)) is not None
        and _belongs(one, context.channel, result.url, profile)
    )


def _archived(one: Named, config: Config, database: Database, profile: SiteProfile, articles: int) -> Pages:
    lists = len(one.channel.start) + MORE_LISTS if one.channel else MORE_LISTS

    def pages(kind: Kind, most: int) -> list[Page]:
        with database.read() as session:
            rows = _newest(session, one, profile, kind, most)
        return [decode(read_capture(config.archive_directory, row.locator, digest=row.digest)) for row in rows]

    kinds = (Kind.LISTING,) if one.channel else (Kind.ISSUE, Kind.EDITION)
    return Pages(
        name=one.name,
        indexes=_indexes(page for kind in kinds for page in pages(kind, lists)),
        articles=tuple(pages(Kind.ARTICLE, articles)),
    )
