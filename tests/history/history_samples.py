"""Articles of several days, states and papers, for what counts and shows them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session
from store_samples import NOW, article, read

from storage.records import SITE_ZONE, Edition, Moment

HOUR = timedelta(hours=1)


def at(*parts: int) -> Moment:
    """A time of publication as the site prints it."""
    return Moment(at=datetime(*parts, tzinfo=SITE_ZONE))


def put(session: Session, number: int | str, *, seen: datetime = NOW, **fields: Any) -> str:
    """Store page `number`, whose text is its own unless given; its id."""
    own = {"title": f"青石湾第{number}号新闻", "body": f"第{number}段栈道昨日完工。\n第二段写{number}只风筝。"}
    _, article_id, _ = read(session, article(number, **(own | fields)), number, at=seen)
    return article_id


def printed(session: Session, number: int, edition: Edition) -> str:
    """Store page `number` of an issue; its id."""
    own = {"title": f"青石湾报第{number}条", "body": f"印在纸上的第{number}段。", "edition": edition}
    where = {"channel": edition.paper, "issue_date": edition.day, "label": edition.label}
    _, article_id, _ = read(session, article(number, **own), number, page_name=edition.page_name, **where)
    return article_id
