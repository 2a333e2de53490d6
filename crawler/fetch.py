"""Fetch given addresses now: into the archive, or only to look at what they hold."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.parse.decode import decode
from crawler.reach import web_host
from crawler.report import RunReport
from crawler.run import Progress, SpiderRun, crawl
from crawler.sites.profile import SiteProfile, load_profile
from crawler.sources import Source
from crawler.throwaway import MOST_MOMENTS, Glimpse, glimpse, take_moments, thrown_away, without_ledger
from storage.config import Config
from storage.dedupe.canonical import canonical_url
from storage.query.details import Details, details
from storage.query.lookup import find_article
from storage.query.reports import rejected_reports, results
from storage.records import Outcome, Reason
from storage.store.database import Database

READ = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.DUPLICATE, Outcome.PART)
"""How a page ends from which an article was read."""
PASSING = (Outcome.REDIRECT, Outcome.RETRIED, Outcome.INDEX)
"""Ends of responses after which another one came."""


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
    with thrown_away(config) as throwaway, without_ledger(urls):
        take_moments(config, throwaway, moments_for(urls))
        return fetch(throwaway, urls, on_progress=on_progress)


def show(
    config: Config, urls: Sequence[str], *, on_progress: Callable[[Progress], None] | None = None
) -> tuple[dict[str, Source], dict[str, str]]:
    """Pages as they are fetched now, to be looked at; nothing of them is kept. The pace of the site is kept to.

    Returns:
        For each address its page, or why there is none.

    Raises:
        As `fetch`.
    """
    profile = load_profile(config.site)
    with tempfile.TemporaryDirectory(prefix="xha-") as directory:
        run = _spider_run(urls, Path(directory))
        done = glimpse(config, run, requests=moments_for(urls), on_progress=on_progress)
    answers = {
        canonical_url(one.context.requested or one.url, profile.canonical): one
        for one in done.captures
        if one.status == 200 and not one.truncated and one.context.part_of is None
    }
    keys = {url: canonical_url(url, profile.canonical) for url in urls}
    found = {
        url: Source(page=decode(answers[key]), address=answers[key].url, origin="fetched now, not kept")
        for url, key in keys.items()
        if key in answers
    }
    return found, {url: _why(done, key, profile) for url, key in keys.items() if key not in answers}


def _why(done: Glimpse, key: str, profile: SiteProfile) -> str:
    """How the fetch of an address ended: by its own last result, else, where redirects led on, by the very last."""
    own = [one for one in done.results if canonical_url(one.url, profile.canonical) == key]
    last = own[-1] if own else done.results[-1] if done.results else None
    if last and last.outcome is Outcome.REDIRECT:
        last = done.results[-1]
    return f"{last.outcome.value}: {last.reason}" if last else "no answer"


def moments_for(urls: Sequence[str]) -> int:
    """Requests that addresses take: one for each, and one for each host's robots.txt.

    Raises:
        ConfigError: one is no address.
    """
    return len(urls) + len(set(map(web_host, urls)))


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
