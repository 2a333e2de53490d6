"""Small records for the tests of the store: an invented paper in an invented town."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zlib import crc32

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from storage.dedupe.fingerprint import text_fingerprint
from storage.dedupe.judge import judge
from storage.records import Article, Capture, Context, How, Image, Kind, Locator, Moment, Verdict
from storage.store import articles, captures, ledger
from storage.store.database import Database
from storage.store.ledger import Candidate
from storage.store.tables import Base

NOW = datetime(2024, 7, 26, 1, 2, 3, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
LATER = NOW + MINUTE
DAY = date(2024, 7, 26)
BODY = "青石湾新修的木栈道昨日开放，清晨已有居民沿海散步。\n管理方说，夜间照明下月完工。"
EDITED = BODY + "\n更正：照明月底完工。"


def listed(number: int | str = 1, *, channel: str | None = "news", kind: Kind = Kind.ARTICLE, **more: Any) -> Candidate:
    """A link to page `number`, as a list page shows it."""
    context = Context(kind=kind, site="qsw", channel=channel, column="要闻", via="http://qsw.example/list", **more)
    return Candidate(url=f"http://qsw.example/{number}", canonical_url=address(number), context=context)


def address(number: int | str = 1) -> str:
    """Canonical URL of page `number`."""
    return f"https://qsw.example/{number}"


def article(number: int | str = 1, **changes: Any) -> Article:
    """What page `number` says."""
    plain = Article(
        url=f"http://qsw.example/{number}",
        title="木栈道开放",
        published=Moment(at=NOW),
        source="青石湾报",
        editor="林一",
        authors=("周二", "吴三"),
        body=BODY,
        body_html="<p>青石湾</p>",
        images=(Image(url="http://qsw.example/1.jpg", caption="栈道"),),
        how={"title": How(rule="selector", place="h1", confidence=0.99)},
        problems=("kicker: nothing",),
    )
    return replace(plain, **changes)


def capture(number: int | str = 1, *, at: datetime = NOW, run_id: int | None = None, **context: Any) -> Capture:
    """A response of page `number`, archived at a place of its own."""
    return Capture(
        url=f"http://qsw.example/{number}",
        fetched_at=at,
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=b"",
        context=Context(**({"kind": Kind.ARTICLE, "site": "qsw"} | context)),
        digest="sha256:00",
        locator=Locator(file="a.warc.gz", offset=crc32(f"{number} {at}".encode()), length=10),
        run_id=run_id,
    )


def keep(session: Session, given: Capture, number: int | str = 1) -> Capture:
    """Write a capture's row."""
    return captures.add(session, given, address(number))


def read(
    session: Session, reading: Article, number: int | str = 1, *, at: datetime = NOW, **context: Any
) -> tuple[Verdict, str, int | None]:
    """Judge and store a reading of page `number` fetched `at`: what the pipeline does. (verdict, article, version)."""
    kept = keep(session, capture(number, at=at, **context), number)
    known, twin = articles.known(session, address(number), text_fingerprint(reading), capture=kept)
    verdict = judge(reading, address(number), known, twin)
    return (verdict, *articles.store(session, reading, verdict, kept))


def discovered(database: Database, *candidates: Candidate) -> ledger.Discovered:
    """Find links, in a transaction of their own."""
    with database.begin() as session:
        return ledger.discover(session, candidates, now=NOW)


def leased(database: Database, owner: str = "a", *, limit: int = 10, now: datetime = NOW, **only: Any) -> list[str]:
    """Take what is due, in a transaction of its own; the last part of each address."""
    with database.begin() as session:
        tasks = ledger.lease(session, site="qsw", owner=owner, limit=limit, now=now, lease_seconds=60, **only)
        return [task.url.rpartition("/")[2] for task in tasks]


def count_of(session: Session, row: type[Base]) -> int:
    """Rows of a table."""
    return session.scalar(select(func.count()).select_from(row)) or 0


def segments(database: Database) -> set[int]:
    """Segments of the index that hold something, by their numbers."""
    with database.read() as session:
        return set(session.scalars(text("SELECT DISTINCT segid FROM search_index_idx")))
