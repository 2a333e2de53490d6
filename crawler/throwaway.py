"""Look without keeping: a crawl into an archive that is thrown away, at the pace that all workers share."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from crawler.report import RunReport
from crawler.run import Progress, SpiderRun, crawl
from crawler.sites.profile import SiteProfile, load_profile
from storage.archive.reader import read_capture
from storage.config import Config
from storage.contexts import read_context
from storage.dedupe.canonical import canonical_url
from storage.errors import SiteUnreachable
from storage.query.reports import Result, results
from storage.records import Capture, Context, Kind
from storage.store import captures, ledger, pace
from storage.store.database import Database

MOST_MOMENTS = 90
"""Moments taken ahead from the pace of a site; more than a hundred would pass for a clock that was set back."""


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """What came of a crawl of which nothing was kept."""

    run: RunReport
    captures: tuple[Capture, ...]
    """Responses in the order they came, robots.txt files left out."""
    results: tuple[Result, ...]
    """How each of them ended, fetches that got no response included."""
    contexts: Mapping[str, Context]
    """Address in `results` → what was known of it when it was requested; those that redirects led to are not there."""


def glimpse(
    config: Config, wanted: SpiderRun, *, requests: int, on_progress: Callable[[Progress], None] | None = None
) -> Glimpse:
    """Run a spider into an archive that is thrown away, and give what it held. Once in a process, like `crawl`.

    Args:
        requests: How many it will make, at most; so many moments are taken from the pace of the site.

    Raises:
        As `crawler.run.crawl`.
        KeyboardInterrupt: a signal ended it: what is there is not what was asked for.
    """
    with thrown_away(config) as place:
        take_moments(config, place, requests)
        with without_ledger():
            reports = crawl(place, [wanted], on_progress=on_progress)
        if not reports or reports[0].state == "interrupted":
            raise KeyboardInterrupt
        with Database.open(place.database_url) as database, database.read() as session:
            rows = [row for row in captures.every(session) if row.kind is not Kind.ROBOTS]
            ended = tuple(results(session, reports[0].run_id))
            contexts = dict(_contexts(session, ended, load_profile(config.site)))
        held = (replace(read_capture(place.archive_directory, row.locator), id=row.id) for row in rows)
        return Glimpse(run=reports[0], captures=tuple(held), results=ended, contexts=contexts)


def _contexts(session: Session, ended: Iterable[Result], profile: SiteProfile) -> Iterator[tuple[str, Context]]:
    for result in ended:
        if (row := ledger.find(session, canonical_url(result.url, profile.canonical))) is not None:
            yield result.url, read_context(row.context)


@contextmanager
def thrown_away(config: Config) -> Iterator[Config]:
    """The same configuration over an archive that is gone after the block."""
    with tempfile.TemporaryDirectory(prefix="xha-look-") as directory:
        place = {"database": f"sqlite:///{directory}/archive.db", "archive": Path(directory) / "warc"}
        copied = config.model_copy(update=place)
        for name in ("archive_directory", "database_file", "database_url"):
            copied.__dict__.pop(name, None)  # computed from the old values, if they were asked for before
        yield copied


@contextmanager
def without_ledger(urls: Iterable[str] = ()) -> Iterator[None]:
    """Say of a site that does not answer what is true where nothing is kept: nothing will be tried again."""
    try:
        yield
    except SiteUnreachable as error:
        hosts = ", ".join(sorted({urlsplit(url).netloc for url in urls}))
        told = f"no answer from {hosts}" if hosts else str(error).partition(". ")[0]
        raise SiteUnreachable(f"{told}; nothing was noted for a later try") from error


def take_moments(config: Config, throwaway: Config, requests: int) -> None:
    """Take moments from the pace that all workers share, and wait with the first request for the first of them.

    At the end of them the next worker's begin.
    """
    if config.database_file and not config.database_file.exists():
        return  # nobody else can be at work
    profile = load_profile(config.site)
    wanted = min(requests, MOST_MOMENTS)
    with Database.open(config.database_url) as database, database.begin() as session:
        waits = [pace.reserve(session, profile.name, profile.delay_seconds) for _ in range(wanted)]
        reserved = time.monotonic()
    with Database.open(throwaway.database_url) as database, database.begin() as session:
        pace.slow_down(session, profile.name, max(0.0, waits[0] - (time.monotonic() - reserved)))
