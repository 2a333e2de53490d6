"""Images of an article as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from storage.store.tables import ImageRow

_ADD = insert(ImageRow.__table__)


def replace(session: Session, article_id: str, images: Sequence[Mapping[str, Any]]) -> None:
    """Make `images` ({url, caption} in order) the images of an article; one that stays keeps its capture."""
    rows = of_article(session, article_id)
    if [(row.url, row.caption) for row in rows] == [(image["url"], image["caption"]) for image in images]:
        return
    session.execute(delete(ImageRow).where(ImageRow.article_id == article_id))
    add(session, article_id, images, fetched={row.url: row.capture_id for row in rows})


def add(
    session: Session,
    article_id: str,
    images: Sequence[Mapping[str, Any]],
    *,
    fetched: Mapping[str, int | None] = MappingProxyType({}),
) -> None:
    """Write the images ({url, caption} in order) of an article that has none; `fetched`: URL → capture of a picture."""
    values = [
        {
            "article_id": article_id,
            "order": order,
            "url": image["url"],
            "caption": image["caption"],
            "capture_id": fetched.get(image["url"]),
        }
        for order, image in enumerate(images)
    ]
    if values:
        session.execute(_ADD, values)


def of_article(session: Session, article_id: str) -> Sequence[ImageRow]:
    """Images of an article in order."""
    return session.scalars(select(ImageRow).where(ImageRow.article_id == article_id).order_by(ImageRow.order)).all()
