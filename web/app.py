"""The web application: its routes, its edge, what it holds open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from storage.config import Config
from storage.store.changes import Changes
from storage.store.database import Database
from web import refusals
from web.again import Again
from web.api import articles, crawls, health, searching
from web.api import figures as stats
from web.api.models import ANYWHERE, Problem
from web.headers import Guard
from web.hosts import Hosts
from web.kept import Kept
from web.pages import article, capture, feed, figures, home, manual, newspaper, runs, search
from web.reading import LONG_AT_WORK, SHORT_AT_WORK, turns
from web.remembered import Remembered

STATIC = Path(__file__).parent / "static"
KEPT_SECONDS = 600
"""How old figures may be: nobody reads them to the minute, and counting a million articles takes a second or two."""


def create_app(config: Config, names: Collection[str] = ()) -> FastAPI:
    """The application over one archive. It opens the database when it starts, and only reads.

    Args:
        names: Under which it is reached, beside those of loopback and the address it is reached at.
    """

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        with Database.open(config.database_url) as database:
            app.state.database, app.state.kept = database, Kept(KEPT_SECONDS)
            app.state.remembered, app.state.changes = Remembered(), Changes(database)
            app.state.short_turns, app.state.long_turns = turns(SHORT_AT_WORK), turns(LONG_AT_WORK)
            yield
            app.state.changes.close()
            app.state.kept.close()

    app = FastAPI(
        title="西海岸新闻档案", lifespan=running, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.config = config
    for part in (home, search, article, capture, newspaper, figures, runs, feed, manual):
        app.include_router(part.routes)
    for answers in (searching, articles, crawls, stats):
        app.include_router(answers.routes, prefix="/api", responses={422: {"model": Problem}, **ANYWHERE})
    app.include_router(health.routes, responses=ANYWHERE)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for kind, answer in refusals.HANDLERS.items():
        app.add_exception_handler(kind, answer)
    app.add_middleware(Again)
    app.add_middleware(Hosts, names=names, strange=refusals.strange)
    app.add_middleware(Guard, broken=refusals.broken)
    return app
