"""Counts over the whole archive, for pages and programs alike: counted once for all who ask within some minutes."""

from __future__ import annotations

from starlette.requests import Request

from storage.query.stats import By, Count, counts
from web.reading import kept


def counted(request: Request, by: By) -> list[Count]:
    """All articles by one of their fields, as `counts`; at most twice `KEPT_SECONDS` old."""
    return kept(request, ("counts", by), lambda session: counts(session, by))
