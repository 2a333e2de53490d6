"""Fetch given addresses now: into the archive, or only to look at what they hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from crawler.report import RunReport
from crawler.run import Progress, SpiderRun, crawl
from crawler.sites.profile import load_profile
from storage.config import Config
from storage.errors import SiteUnreachable
from storage.query.details import Details, details
from storage.query.lookup import find_article
from storage.query.reports import rejected_reports, results
from storage.records import Outcome, Reason
from storage.store import pace
from storage.store.database import Database

READ = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.DUPLICATE, Outcome.PART)
"""How a page ends from which an article was read."""
PASSING = (Outcome.REDIRECT, Outcome.RETRIED, Outcome.INDEX)
"""Ends of responses after which another one came."""
MOST_MOMENTS = 90
"""Moments taken ahead from the pace of a site; more than a hundred would pass for a clock that was set back."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What became of one page."""

    url: str
    """Address that answered at last."""
    outcome: Outcome
    reason: str
    """Why; one phrase."""
    details: Details | None
    """The article that was read from it; None where none was."""


@dataclass(frozen=True, kw_only=True)
class Fetch:
    """What became of all of them."""

    run: RunReport
    pages: tuple[Fetched, ...]
    """In the order they were judged; an article of several pages once."""


def fetch(config: Config, urls: Sequence[str], *, on_progress: Callable[[Progress], None] | None = None) -> Fetch:
    """Fetch addresses into the archive, known or not, and read what came. Once in a process, like `crawl`.

    Raises:
        ConfigError: one is no address.
        SiteUnreachable: none of their hosts answers.
        ArchiveError: the configuration, the database or the archive cannot be used.
        KeyboardInterrupt: a signal came before it had begun; later, `run.state` says that one came.
    """
    with tempfile.TemporaryDirectory(prefix="xha-") as directory:
        reports = crawl(config, [_spider_run(urls, Path(directory))], on_progress=on_progress)
    if not reports:
        raise KeyboardInterrupt  # a signal came before the run had begun
    with Database.open(config.database_url) as database:
        return Fetch(run=reports[0], pages=tuple(_pages(database, reports[0].run_id)))


def look(config: Config, urls: Sequence[str], *, on_progress: Callable[[Progress], None] | None = None) -> Fetch:
    """The same, and nothing of it is kept: the archive it goes to is thrown away. The pace of the site is kept to.

    Raises:
        As `fetch`.
    """
    with _thrown_away(config) as throwaway:
        _take_moments(config, throwaway, urls)
        try:
            return fetch(throwaway, urls, on_progress=on_progress)
        except SiteUnreachable as error:
            hosts = ", ".join(sorted({urlsplit(url).netloc for url in urls}))
            raise SiteUnreachable(f"no answer from {hosts}; nothing was noted for a later try") from error


def _spider_run(urls: Sequence[str], directory: Path) -> SpiderRun:
    """The addresses as an argument, which the run's row shows; in a file where they hold the argument's separators."""
    if len(urls) <= MOST_MOMENTS and not any("," in url or " " in url for url in urls):
        return SpiderRun(spider="article", arguments={"urls": " ".join(urls)})
    path = directory / "urls"
    path.write_text("\n".join(urls), "utf-8")
    return SpiderRun(spider="article", arguments={"file": str(path)})


def _pages(database: Database, run_id: int) -> Iterator[Fetched]:
    shown: set[str] = set()
    with database.read() as session:
        for result in results(session, run_id):
            if result.outcome in PASSING or (result.outcome is Outcome.PART and result.article_id in shown):
                continue
            found = None
            if result.outcome in READ and result.article_id:
                shown.add(result.article_id)
                found = details(session, find_article(session, result.article_id))
            reason = result.reason
            if result.outcome is Outcome.REJECTED:
                waiting = rejected_reports(session, Reason(result.reason))
                reason += "".join(f": {page['detail']}" for page in waiting if page["url"] == result.url)
            yield Fetched(url=result.url, outcome=result.outcome, reason=reason, details=found)


@contextmanager
def _thrown_away(config: Config) -> Iterator[Config]:
    """The same configuration over an archive that is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="xha-look-") as directory:
        place = {"database": f"sqlite:///{directory}/archive.db", "archive": Path(directory) / "warc"}
        copied = config.model_copy(update=place)
        for name in ("archive_directory", "database_file", "database_url"):
            copied.__dict__.pop(name, None)  # computed from the old values, if they were asked for before
        yield copied


def _take_moments(config: Config, throwaway: Config, urls: Sequence[str]) -> None:
    """Take this fetch's moments from the pace that all workers share, and wait with the first request for the first.

    One for each address and one for each host's robots.txt; at the end of them the next worker's begin.
    """
    if config.database_file and not config.database_file.exists():
        return  # nobody else can be at work
    profile = load_profile(config.site)
    wanted = min(len(urls) + len({urlsplit(url).netloc for url in urls}), MOST_MOMENTS)
    now = datetime.now(UTC)
    with Database.open(config.database_url) as database, database.begin() as session:
        waits = [pace.reserve(session, profile.name, profile.delay_seconds, now) for _ in range(wanted)]
    with Database.open(throwaway.database_url) as database, database.begin() as session:
        pace.slow_down(session, profile.name, now + timedelta(seconds=waits[0]), now=now)
