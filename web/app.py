"""The web application: its routes, its edge, what it holds open."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.staticfiles import StaticFiles

from storage.config import Config
from storage.errors import ArchiveError, BadQuery, NotFound, Wrong
from storage.store.database import Database
from web.api import articles, crawls, health, searching
from web.api import figures as stats
from web.api.models import Problem
from web.asking import MOST_CHARACTERS
from web.headers import Guard
from web.hosts import MISDIRECTED, Hosts
from web.kept import Kept
from web.language import language_of
from web.pages import article, capture, feed, figures, home, manual, newspaper, runs, search
from web.render import page
from web.wrong import Refused, told

STATIC = Path(__file__).parent / "static"
FOR_PROGRAMS = ("/api/", "/healthz")
"""Where errors are JSON, too."""
KEPT_SECONDS = 600
"""How old figures may be: nobody reads them to the minute, and counting a million articles takes a second or two."""
STATUS = {NotFound: 404, BadQuery: 400}
"""What an error means to whoever asked; any other is ours (503)."""


def create_app(config: Config, names: Collection[str] = ()) -> FastAPI:
    """The application over one archive. It opens the database when it starts, and only reads.

    Args:
        names: Under which it is reached, beside those of loopback and the address it is reached at.
    """

    @asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        with Database.open(config.database_url) as database:
            app.state.database, app.state.kept = database, Kept(KEPT_SECONDS)
            yield
            app.state.kept.close()

    app = FastAPI(
        title="西海岸新闻档案", lifespan=running, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json"
    )
    app.state.config = config
    for part in (home, search, article, capture, newspaper, figures, runs, feed, manual):
        app.include_router(part.routes)
    for answers in (searching, articles, crawls, stats):
        app.include_router(answers.routes, prefix="/api", responses={422: {"model": Problem}})
    app.include_router(health.routes)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(ArchiveError, _refused)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(RequestValidationError, _misunderstood)
    app.add_exception_handler(PoolTimeout, _crowded)
    app.add_middleware(Hosts, names=names, strange=_strange)
    app.add_middleware(Guard, broken=_broken)
    return app


async def _refused(request: Request, error: Exception) -> Response:
    """One of our own errors: a sentence says what is wrong and what to do."""
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 503)
    ours = None
    if isinstance(error, BadQuery) and isinstance(error.wrong, Wrong):
        ours = told(error.wrong, error.values, language_of(request))
    return _said(request, status, str(error), ours=ours, carried=_filters(request) if _is_of_words(error) else ())


async def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException), "registered for nothing else"
    return _said(request, error.status_code, str(error.detail), error.headers)


async def _misunderstood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError), "registered for nothing else"
    wrong = [f"{one['loc'][-1]}: {one['msg']}" for one in error.errors()]
    return _said(request, 422, "; ".join(wrong))


async def _crowded(request: Request, _: Exception) -> Response:
    return _said(request, 503, "too many ask at once; try again in a moment")


def _strange(request: Request, host: str) -> Response:
    """Asked under a name that is not ours."""
    ours = told(Refused.STRANGE_HOST, {"host": host}, language_of(request))
    return _said(request, MISDIRECTED, Refused.STRANGE_HOST.format(host=host), ours=ours)


def _broken(request: Request, error: Exception) -> Response:
    """A bug of ours. The server's log has its traceback; the reader gets a page and not a bare line."""
    return _said(request, 500, f"{type(error).__name__}: please report it with this address")


def _said(
    request: Request,
    status: int,
    sentence: str,
    headers: Mapping[str, str] | None = None,
    ours: str | None = None,
    carried: Iterable[tuple[str, str]] = (),
) -> Response:
    """An answer that is none.

    Args:
        sentence: In English, as programs are told.
        ours: In the language of the page, where it can be said in it.
        carried: Filters that still hold when the words have been mended.
    """
    if request.url.path.startswith(FOR_PROGRAMS):
        return JSONResponse({"error": sentence}, status_code=status, headers=headers)
    values = {"sentence": sentence, "ours": ours, "carried": carried, "line": _line(request)}
    answer = page(request, "error.html", status=status, code=status, **values)
    answer.headers.update(headers or {})
    return answer


def _is_of_words(error: Exception) -> bool:
    """Whether the words alone are wrong; a wrong filter carried on would be wrong again."""
    return isinstance(error, BadQuery) and "line" in error.values


def _filters(request: Request) -> list[tuple[str, str]]:
    """All that was asked for but the words, on its first page."""
    given = request.query_params.multi_items()
    return [(name, value) for name, value in given if value and name not in ("q", "cursor", "lang")]


def _line(request: Request) -> str:
    """The words that were asked for, to be mended."""
    return request.query_params.get("q", "")[:MOST_CHARACTERS]
