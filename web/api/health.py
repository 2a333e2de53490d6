"""`/healthz`: whether the archive can be read, and how fresh it is; for whatever watches the server."""

from __future__ import annotations

from fastapi import APIRouter

from storage.query.frontpage import freshness
from storage.query.shape import shanghai
from web.api.models import Model
from web.reading import Reading

routes = APIRouter(tags=["health"])


class Health(Model):
    """The state of the archive."""

    status: str
    """`ok`; where the archive cannot be read the answer is 503 instead."""
    last_run_at: str | None
    """When a crawl of lists last finished in order."""
    running: bool
    waiting: int
    """Addresses that are known and were never fetched."""
    owed_days: int
    """Issues of the e-paper that are not whole yet."""
    unindexed: int
    """Articles that are not in the search index as they are: all while it is being made anew."""


@routes.get("/healthz", response_model=Health)
def health(session: Reading) -> Health:
    """Whether the archive can be read, and how fresh it is."""
    fresh = freshness(session)
    return Health(
        status="ok",
        last_run_at=shanghai(fresh.last_run_at) if fresh.last_run_at else None,
        running=fresh.running,
        waiting=fresh.waiting,
        owed_days=len(fresh.owed_days),
        unindexed=fresh.unindexed,
    )
