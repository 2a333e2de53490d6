"""Answers that are none: on a page in its reader's language, to a program in English, with the status that says why."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from storage.errors import ArchiveError, BadQuery, Missing, NotFound, TookTooLong, WarcError, Wrong
from storage.search import question
from web.asking import MOST_CHARACTERS
from web.hosts import MISDIRECTED
from web.kept import NotYet
from web.language import language_of
from web.render import page
from web.wrong import Refused, Why, told

FOR_PROGRAMS = ("/api/", "/healthz")
"""Where errors are JSON, too."""

SOON = {"Retry-After": "5"}
"""When to ask again, in seconds (RFC 9110, 10.2.3)."""

log = logging.getLogger(__name__)


async def refused(request: Request, error: Exception) -> Response:
    """One of our own errors. What is wrong with the archive itself is for whoever looks after it: the log says it."""
    if isinstance(error, NotFound):
        return _said(request, 404, error.missing, error.values, english=error.plain)
    if isinstance(error, BadQuery):
        carried = _filters(request) if "line" in error.values else ()  # a wrong filter would be wrong again
        return _said(request, 400, error.wrong, error.values, english=error.plain, carried=carried)
    if isinstance(error, TookTooLong):
        return _said(request, 503, Refused.TOO_SLOW, {"seconds": f"{error.seconds:g}"})
    log.error("%r cannot be answered: %s", request.url.path, error)  # the path may hold what commands a terminal
    sentence = Refused.NO_RECORD if isinstance(error, WarcError) else Refused.NO_DATABASE
    return _said(request, 503, sentence, english=str(error))


async def not_here(request: Request, error: Exception) -> Response:
    """No route leads there, or none with that method."""
    assert isinstance(error, HTTPException), "registered for nothing else"
    sentence = {404: Refused.NO_PAGE, 405: Refused.READ_ONLY}.get(error.status_code, str(error.detail))
    headers = {"Allow": "GET, HEAD"} if error.status_code == 405 else error.headers  # `Guard` makes HEAD of every GET
    return _said(request, error.status_code, sentence, headers=headers)


async def misunderstood(request: Request, error: Exception) -> Response:
    """A parameter that is none of those that can be given; the page names the first."""
    assert isinstance(error, RequestValidationError), "registered for nothing else"
    found = error.errors()
    english = "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in found)
    return _said(request, 422, *_parameter(found[0]), english=english)


async def crowded(request: Request, _: Exception) -> Response:
    """No connection to the database was free in time."""
    return _said(request, 503, Refused.CROWDED, headers=SOON)


async def counting(request: Request, _: Exception) -> Response:
    """What is counted for all is not there yet; a page asks again by itself."""
    again = {} if request.url.path.startswith(FOR_PROGRAMS) else {"Refresh": SOON["Retry-After"]}
    return _said(request, 503, Refused.COUNTING, headers=SOON | again)


def strange(request: Request, host: str) -> Response:
    """Asked under a name that is not ours."""
    return _said(request, MISDIRECTED, Refused.STRANGE_HOST, {"host": host})


def broken(request: Request, error: Exception) -> Response:
    """A bug of ours. The server's log has its traceback; the reader gets a page and not a bare line."""
    return _said(request, 500, Refused.BROKEN, {"text": type(error).__name__})


HANDLERS: Mapping[type[Exception], Callable[[Request, Exception], Coroutine[Any, Any, Response]]] = {
    ArchiveError: refused,
    HTTPException: not_here,
    RequestValidationError: misunderstood,
    PoolTimeout: crowded,
    NotYet: counting,
}


def _parameter(wrong: Mapping[str, Any]) -> tuple[Refused, dict[str, object]]:
    """What pydantic says of one parameter, as a sentence of ours with its values."""
    values: dict[str, object] = {"name": wrong["loc"][-1], "text": str(wrong.get("input"))[:MOST_CHARACTERS]}
    bounds = wrong.get("ctx", {})
    match wrong["type"]:
        case "missing":
            return Refused.NOT_GIVEN, {"name": values["name"]}
        case "enum" | "literal_error":
            return Refused.NO_CHOICE, {**values, "known": ", ".join(re.findall(r"'(.*?)'", bounds["expected"]))}
        case "greater_than_equal":
            return Refused.TOO_SMALL, {**values, "least": bounds["ge"]}
        case "less_than_equal":
            return Refused.TOO_LARGE, {**values, "most": bounds["le"]}
        case "string_too_long":
            return Refused.TOO_LONG, {"name": values["name"], "most": bounds["max_length"]}
    return Refused.BAD_VALUE, values


def _said(
    request: Request,
    status: int,
    sentence: Why | str,
    values: Mapping[str, object] | None = None,
    *,
    english: str = "",
    headers: Mapping[str, str] | None = None,
    carried: Iterable[tuple[str, str]] = (),
) -> Response:
    """An answer that is none.

    Args:
        sentence: Why; in English alone where nobody but the command line was thought to ask so.
        english: As programs are told; empty: the sentence with its values.
        carried: Filters that still hold when the words have been mended.
    """
    values = values or {}
    known = isinstance(sentence, Missing | Wrong | Refused)
    english = english or (sentence.format(**values) if known else sentence)
    if request.url.path.startswith(FOR_PROGRAMS):
        return JSONResponse({"error": english}, status_code=status, headers=headers)
    ours = told(sentence, values, language_of(request)) if isinstance(sentence, Missing | Wrong | Refused) else None
    why = sentence.name if isinstance(sentence, Refused) else ""
    shown = {"sentence": english, "ours": ours, "why": why, "carried": carried, "line": _line(request)}
    answer = page(request, "error.html", status=status, code=status, **shown)
    answer.headers.update(headers or {})
    return answer


def _filters(request: Request) -> list[tuple[str, str]]:
    """All that was asked for but the words, on its first page."""
    given = request.query_params.multi_items()
    return [(name, value) for name, value in given if value and name not in ("q", "cursor", "lang")]


def _line(request: Request) -> str:
    """The words that were asked for, to be mended."""
    return request.query_params.get("q", "")[: question.MOST_CHARACTERS]
