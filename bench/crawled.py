"""What a crawl leaves around generated articles: captures, states, sightings, outcomes, runs, planned runs, issues.

All of it follows from an article's place in the archive: every fifth was printed, every fiftieth edited, every two
hundredth removed. No WARC file is made, so a capture's row leads nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, literal, select

from storage.records import Kind, Moment, Outcome
from storage.store.tables import (
    ArticleRow,
    ArticleState,
    CaptureRow,
    IssueRow,
    IssueState,
    OutcomeRow,
    PlannedOutcome,
    PlannedRow,
    Reading,
    RunRow,
    RunState,
    SightingKind,
    SightingRow,
    VersionRow,
)

SITE, CHANNEL, PAPER = "bench", "www", "benchpaper"
PRINTED_EVERY, EDITED_EVERY, GONE_EVERY = 5, 50, 200
PRINT_PAGES = 16
PAGE_NAMES = ("要闻", "综合", "民生", "经济", "文化", "教育", "体育", "副刊")
ARTICLES_OF_A_RUN = 100
BACKFILL_SHARE = 10
"""The first run brought a tenth of the archive, as making up for older years does."""
HOW = {
    field: {"rule": "label", "place": "div.article > div.head", "confidence": 0.97}
    for field in ("title", "published", "source", "editor", "authors", "body")
}

_FIRST_DAY = datetime(2014, 1, 1, tzinfo=UTC)
_APART = timedelta(days=3_650) / 1_000_000
_FETCHED_AFTER, _EDITED_AFTER, _GONE_AFTER = timedelta(minutes=10), timedelta(hours=9), timedelta(days=30)
_READING = tuple(name for name in Reading.__annotations__ if not name.startswith("_"))

Row = dict[str, Any]


def begin_of(place: int) -> datetime:
    """The article at that place appeared within a day from then on."""
    return _FIRST_DAY + place * _APART


def life(place: int, at: datetime) -> Row:
    """Columns of an article that appeared at that moment: where it was printed, and what became of it."""
    fetched, edited = at + _FETCHED_AFTER, not place % EDITED_EVERY
    gone = not (place + 1) % GONE_EVERY
    printed = not place % PRINTED_EVERY
    page = place // PRINTED_EVERY % PRINT_PAGES
    return {
        "state": ArticleState.GONE if gone else ArticleState.LIVE,
        "first_seen_at": fetched,
        "last_seen_at": fetched + _EDITED_AFTER if edited else fetched,
        "last_changed_at": fetched + _EDITED_AFTER if edited else fetched,
        "gone_at": at + _GONE_AFTER if gone else None,
        "version_id": 2 * place + 1 + edited,
        "edition_paper": PAPER if printed else None,
        "edition_day": Moment(at=at).day if printed else None,
        "edition_label": f"{page + 1:02d}" if printed else None,
        "edition_page_name": PAGE_NAMES[page % len(PAGE_NAMES)] if printed else None,
        "how": HOW,
    }


def write(connection: Connection, articles: Sequence[Row], run_of: Callable[[int], int | None]) -> None:
    """Write articles with all that a crawl writes beside them.

    Args:
        articles: Columns, `life` among them.
        run_of: Place of an article → the run that found it, if any; its row is there.
    """
    captures = [one for article in articles for one in _captures(article, run_of)]
    connection.execute(insert(CaptureRow), captures)
    connection.execute(insert(ArticleRow), list(articles))
    connection.execute(insert(VersionRow), [one for article in articles for one in _versions(article)])
    connection.execute(insert(SightingRow), [one for article in articles for one in _sightings(article)])
    connection.execute(insert(OutcomeRow), [one for article in articles for one in _outcomes(article, run_of)])


def runs(number: int) -> dict[int, range]:
    """Run → places of the articles it found, of an archive of so many."""
    backfill = number // BACKFILL_SHARE
    starts = [0, *range(backfill, number, ARTICLES_OF_A_RUN)] if backfill else [0]
    return {
        run: range(first, last) for run, (first, last) in enumerate(zip(starts, [*starts[1:], number], strict=True), 1)
    }


def run_finder(number: int) -> Callable[[int], int]:
    """Place of an article → its run, as `runs` has them."""
    backfill = number // BACKFILL_SHARE
    return lambda place: 1 if place < backfill or not backfill else 2 + (place - backfill) // ARTICLES_OF_A_RUN


def write_runs(connection: Connection, number: int) -> None:
    """Write the runs of an archive of so many articles, and the planned runs they go back to. A page of each failed."""
    known = runs(number)
    connection.execute(insert(PlannedRow), [_planned(run, places) for run, places in known.items()])
    connection.execute(insert(RunRow), [_run(run, places) for run, places in known.items()])
    connection.execute(insert(OutcomeRow), [_failure(run, places) for run, places in known.items()])


def write_issues(connection: Connection) -> None:
    """Write a row for every day on which something was printed; the articles are there."""
    day, label = ArticleRow.edition_day, ArticleRow.edition_label
    words = literal(PAPER), literal(IssueState.COMPLETE, IssueRow.state.type), literal("")
    counted = select(words[0], day, words[1], func.count(label.distinct()), func.count(), words[2])
    names = ["paper", "day", "state", "pages", "articles", "note"]
    connection.execute(insert(IssueRow).from_select(names, counted.where(day.is_not(None)).group_by(day)))


def _place(article: Row) -> int:
    return int(article["version_id"] - 1) // 2


def _fetches(article: Row) -> Iterator[tuple[int, datetime]]:
    """Number of a capture, which is that of its version too, and its time; the last one is the current state's."""
    first = 2 * _place(article) + 1
    yield first, article["first_seen_at"]
    if article["version_id"] != first:
        yield first + 1, article["last_changed_at"]


def _captures(article: Row, run_of: Callable[[int], int | None]) -> Iterator[Row]:
    for number, at in _fetches(article):
        yield {
            "id": number,
            "run_id": run_of(_place(article)),
            "url": article["url"],
            "canonical_url": article["canonical_url"],
            "fetched_at": at,
            "status": 200,
            "digest": f"sha256:{number:064x}",
            "warc_file": f"{at:%Y/%m}/bench.warc.gz",
            "offset": number * 9_000,
            "length": 9_000,
            "kind": Kind.ARTICLE,
            "content_type": "text/html",
        }


def _versions(article: Row) -> Iterator[Row]:
    """The state as it is; before it, of an edited article, one with another headline and another end."""
    reading = {name: article.get(name) for name in _READING}
    for number, at in _fetches(article):
        state = reading
        if number != article["version_id"]:
            body = article["body"].rsplit("，", 3)[0] + "，下文待续。"
            other = {"title": article["title"][:-2], "body": body, "body_html": f"<p>{body}</p>"}
            state = reading | other | {"fingerprint": f"{article['url']}#1", "text_fingerprint": f"{article['url']}#1"}
        yield state | {
            "id": number,
            "article_id": article["id"],
            "number": number - 2 * _place(article),
            "capture_id": number,
            "seen_at": at,
            "images": [],
        }


def _sightings(article: Row) -> Iterator[Row]:
    seen = {
        "article_id": article["id"],
        "site": SITE,
        "canonical_url": article["canonical_url"],
        "url": article["url"],
        "column": None,
        "day": None,
        "label": None,
        "page_name": None,
        "first_seen_at": article["first_seen_at"],
        "last_seen_at": article["last_seen_at"],
    }
    yield seen | {"kind": SightingKind.URL, "place": article["url"]}
    if day := article["edition_day"]:
        label, name = article["edition_label"], article["edition_page_name"]
        printed = {"day": day, "label": label, "page_name": name}
        yield seen | printed | {"kind": SightingKind.EDITION, "place": f"{PAPER} {day} {label}"}
    else:
        yield seen | {"kind": SightingKind.COLUMN, "place": CHANNEL, "column": article["column"]}


def _outcomes(article: Row, run_of: Callable[[int], int | None]) -> Iterator[Row]:
    first = 2 * _place(article) + 1
    for number, at in _fetches(article):
        yield {
            "run_id": run_of(_place(article)),
            "capture_id": number,
            "url": article["url"],
            "outcome": Outcome.NEW if number == first else Outcome.CHANGED,
            "reason": "first seen" if number == first else "title, body differ",
            "article_id": article["id"],
            "version_id": number,
            "judged_at": at,
        }


def _planned(run: int, places: range) -> Row:
    began = begin_of(places[0])
    return {
        "id": run,
        "job": "website",
        "due_at": began,
        "outcome": PlannedOutcome.RAN,
        "started_at": began,
        "finished_at": began + timedelta(hours=1),
        "exit_code": 0,
    }


def _run(run: int, places: range) -> Row:
    began = begin_of(places[0])
    changed = sum(1 for place in places if not place % EDITED_EVERY)
    return {
        "id": run,
        "site": SITE,
        "spider": "columns",
        "arguments": {},
        "started_at": began,
        "finished_at": began + timedelta(hours=1),
        "state": RunState.FINISHED,
        "host": "bench",
        "pid": run,
        "heartbeat_at": began + timedelta(hours=1),
        "counts": {"new": len(places), "changed": changed, "failed": 1},
        "planned_id": run,
        "notes": [],
    }


def _failure(run: int, places: range) -> Row:
    return {
        "run_id": run,
        "url": f"http://bench.example/list/{run}",
        "outcome": Outcome.FAILED,
        "reason": "HTTP 503",
        "judged_at": begin_of(places[0]) + timedelta(minutes=30),
    }
