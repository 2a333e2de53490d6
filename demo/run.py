"""The main job on the bundled replica: what `make demo` shows.

    replica.json ──► Replica ──► ReplicaServer ──► crawl columns, then the e-paper's weeks ──► Shown

A second run finds the same replica at the same addresses, and so nothing new.
"""

from __future__ import annotations

import errno
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from crawler.report import RunReport
from crawler.run import Progress, SpiderRun, crawl
from demo.place import Place, others_in
from demo.profile import ISSUE_RANGES
from demo.replica import Replica
from demo.server import ReplicaServer
from storage.archive.names import list_files
from storage.config import Config
from storage.errors import ConfigError
from storage.query.health import contents
from storage.query.search import find
from storage.query.shape import articles
from storage.records import Outcome
from storage.search.question import Question
from storage.store import issues, rejected
from storage.store.database import Database

PORT = 8765
SEED = Path(__file__).resolve().parents[2] / "shared" / "seed"
"""Where the text of one real page may lie: beside the checkout."""
WORDS = ("攻坚", "港口", "台风", "新区", "项目")
"""Two-character words for the search to propose, the first that is found."""
PAGES = (Outcome.NEW, Outcome.CHANGED, Outcome.SAME, Outcome.DUPLICATE, Outcome.PART, Outcome.REJECTED)
"""How a page ends that should be an article."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the demo's archive holds, and what this run did to it."""

    reports: tuple[RunReport, ...]
    finished: bool
    """Whether every run took place and came to its end."""
    grown: int
    """Articles the replica got before the crawl."""
    seconds: float
    lists: int
    """List pages, feeds and indexes read in this run."""
    pages: int
    """Article pages fetched in this run."""
    stored: int
    """New and changed articles of this run."""
    sources: Mapping[str, int]
    """Source → articles of the archive, the most frequent first; empty name: none given."""
    columns: Mapping[str, int]
    captures: int
    warc_files: int
    warc_bytes: int
    days: Mapping[str, int]
    """State of an e-paper day → days."""
    rejected: Mapping[str, int]
    """Reason → pages."""
    word: str
    """A word that is found."""
    article_id: str | None
    """The first article it is found in; None: no article at all."""


def run(
    config: Config,
    *,
    port: int | None = None,
    grow: int = 0,
    seed: Path | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    on_end: Callable[[RunReport], None] | None = None,
) -> Shown:
    """Crawl the replica into the archive in force. Once in a process, like `crawl`.

    Args:
        port: Of the replica on 127.0.0.1; None: the one it had, else 8765, or a free one where that is in use.
        grow: Articles that it gets first.
        seed: Directory with the text of one real page, served as one more article where it is there; None: `SEED`.

    Raises:
        ConfigError: the archive holds another site, or the port is in use, or not the one its addresses have.
        ArchiveError: as `crawl`.
    """
    started = time.monotonic()
    _check_alone(config)
    place = Place.of(config)
    kept = place.read()
    chosen = _port(port, kept.get("port"))  # the addresses of its articles: they stay what they are
    replica = Replica.build(seed or SEED, state=kept.get("replica"))
    grown = len(replica.grow(grow)) if grow else 0
    with _served(replica, chosen, known="port" in kept) as server, _without_proxy():
        place.write(port=int(server.url.rpartition(":")[2]), replica=replica.state(), url=server.url)
        own = config.model_copy(update={"site": str(place.profile)})
        reports = crawl(own, _spider_runs(), on_progress=on_progress, on_end=on_end)
    with Database.open(config.database_url) as database, database.read() as session:
        return _shown(session, config, reports, grown=grown, seconds=time.monotonic() - started)


def _check_alone(config: Config) -> None:
    """Invented articles must not come among real ones."""
    if others := others_in(config):
        raise ConfigError(
            f"the archive in {config.archive_directory.parent} holds the site {', '.join(others)}; the demo's invented "
            "articles must not come among its own. Use another directory: XHA_HOME=demo-archive xha demo"
        )


def _port(wanted: int | None, kept: int | None) -> int | None:
    if wanted is not None and kept is not None and wanted != kept:
        raise ConfigError(
            f"the demo's articles have addresses of port {kept}; leave --port out, or take the demo away first with "
            "`xha demo --remove`"
        )
    return kept or wanted


@contextmanager
def _served(replica: Replica, port: int | None, *, known: bool) -> Iterator[ReplicaServer]:
    with ExitStack() as stack:
        try:
            server = stack.enter_context(_server(replica, port))
        except (OSError, OverflowError) as error:
            taken = getattr(error, "errno", None) == errno.EADDRINUSE
            why = "is in use by another program" if taken else f"cannot be used ({getattr(error, 'strerror', error)})"
            remedy = (
                "the demo's articles have its address: end that program, or take the demo away with `xha demo --remove`"
                if known
                else "leave --port out, and a free one is found"
            )
            raise ConfigError(f"port {port or PORT} {why}; {remedy}") from error
        yield server


def _server(replica: Replica, port: int | None) -> ReplicaServer:
    try:
        return ReplicaServer(replica, port=PORT if port is None else port)
    except OSError as error:
        if port is not None or error.errno != errno.EADDRINUSE:
            raise
        return ReplicaServer(replica, port=0)


@contextmanager
def _without_proxy() -> Iterator[None]:
    """The replica is on this machine: no proxy knows the way to it."""
    names = ("no_proxy", "NO_PROXY")
    before = {name: os.environ.get(name) for name in names}
    for name in names:
        os.environ[name] = ",".join(filter(None, (before[name], "127.0.0.1")))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _spider_runs() -> list[SpiderRun]:
    weeks = [{"since": str(since), "until": str(until)} for since, until in ISSUE_RANGES]
    return [SpiderRun(spider="columns"), *(SpiderRun(spider="epaper", arguments=week) for week in weeks)]


def _shown(session: Session, config: Config, reports: Sequence[RunReport], *, grown: int, seconds: float) -> Shown:
    found = list(articles(session, find(session)))
    counts = Counter[Outcome]()
    for report in reports:
        counts.update(report.counts)
    word, hit = _hit(session)
    files = list_files(config.archive_directory)
    return Shown(
        reports=tuple(reports),
        finished=[report.state for report in reports] == ["finished"] * len(_spider_runs()),
        grown=grown,
        seconds=seconds,
        lists=counts[Outcome.INDEX],
        pages=sum(counts[outcome] for outcome in PAGES),
        stored=counts[Outcome.NEW] + counts[Outcome.CHANGED],
        sources=_most(article["source"] for article in found),
        columns=_most(article["column"] for article in found),
        captures=contents(session).rows["capture"],
        warc_files=len(files),
        warc_bytes=sum(file.path.stat().st_size for file in files),
        days=_most(row.state.value for row in issues.latest(session, 10_000)),
        rejected={reason.value: number for reason, number in rejected.counts(session).items()},
        word=word,
        article_id=hit,
    )


def _most(names: Iterator[str | None]) -> dict[str, int]:
    return dict(Counter(name or "" for name in names).most_common())


def _hit(session: Session) -> tuple[str, str | None]:
    """A word and an article it is found in; the beginning of a headline where none of the words is."""
    for word in WORDS:
        if hit := next(find(session, Question.of(word), limit=1), None):
            return word, hit
    newest = next(articles(session, find(session, limit=1)), None)
    return (newest["title"][:2], newest["id"]) if newest else (WORDS[0], None)
