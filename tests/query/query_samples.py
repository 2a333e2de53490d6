"""An invented paper's articles, stored by the store's own functions, and asked for as a person asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from store_samples import NOW, article, listed, read

from storage.query.filters import Filters
from storage.query.search import find
from storage.query.shape import ArticleShape, articles
from storage.records import SITE_ZONE, Moment
from storage.search.question import read_question
from storage.store import ledger
from storage.store.database import Database


def local(*parts: int) -> Moment:
    """A time of publication as the site prints it."""
    return Moment(at=datetime(*parts, tzinfo=SITE_ZONE))


def put(
    session: Session, number: int | str, *, at: datetime = NOW, context: Mapping[str, Any] | None = None, **fields: Any
) -> str:
    """Store page `number`, whose text is its own unless given; its id.

    Args:
        context: What was known when it was requested (`records.Context`).
    """
    own = {"title": f"青石湾第{number}号新闻", "body": f"第{number}段栈道昨日完工，居民前来散步，孩子在沙滩放风筝。"}
    _, article_id, _ = read(session, article(number, **(own | fields)), number, at=at, **(context or {}))
    return article_id


def list_in(session: Session, number: int | str, channel: str, column: str | None, *, at: datetime = NOW) -> None:
    """Let the list of a channel show page `number`."""
    candidate = listed(number, channel=channel)
    ledger.discover(session, [replace(candidate, context=replace(candidate.context, column=column))], now=at)


def print_at(session: Session, number: int | str, day: date, label: str | None = None, name: str | None = None) -> None:
    """Let a print page show page `number`."""
    candidate = listed(number, channel="qsw", issue_date=day, label=label, page_name=name)
    ledger.discover(session, [candidate], now=NOW)


def ask(database: Database, line: str = "", *, limit: int | None = None, **filters: str) -> list[ArticleShape]:
    """What a search prints."""
    with database.read() as session:
        ids = find(session, read_question(line), Filters.read(**filters), limit=limit)
        return list(articles(session, ids))


def found(database: Database, line: str = "", *, limit: int | None = None, **filters: str) -> list[str | None]:
    """Ids of what a search prints, in order."""
    return [one["id"] for one in ask(database, line, limit=limit, **filters)]
