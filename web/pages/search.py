"""Search: answers with their snippets, facets beside them, a page at a time."""

from __future__ import annotations

import calendar
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, RedirectResponse, Response

from storage.query.cursor import LONGEST
from storage.query.facets import FacetKind, Facets, facets_of
from storage.query.frontpage import unindexed
from storage.query.search import Order, Page, search, search_with_newest
from storage.query.shape import articles, beside_headline
from storage.query.snippet import mark, snippet
from web.asking import Asked, Asking
from web.channels import titles
from web.reading import InForce, Searching
from web.remembered import Remembered
from web.render import page, whole

PATH = "/search"
SNIPPET_CHARACTERS = 120
LONGEST_FACET = 8
"""Values of a facet shown at once; the rest fold out."""

routes = APIRouter(include_in_schema=False)


@routes.get(PATH, response_class=HTMLResponse)
def results(
    request: Request,
    session: Searching,
    config: InForce,
    asked: Asking,
    sort: Order = Order.NEWEST,
    cursor: Annotated[str, Query(max_length=LONGEST)] = "",
) -> Response:
    """A page of answers. A form also sends the fields that were left empty: it is led to the address without them."""
    if not all(request.query_params.values()) or request.query_params.get("sort") == Order.NEWEST:
        short = asked.address(PATH, sort=_said(sort), cursor=cursor, lang=request.query_params.get("lang"))
        return RedirectResponse(short, status_code=303)
    found, beside = _answers(request, session, asked, sort, cursor)
    words = asked.question.words
    hits = [
        {
            "article": article,
            "title": mark(article["title"], words),
            "snippet": snippet(article["body"], words, length=SNIPPET_CHARACTERS, instead=beside_headline(article)),
        }
        for article in articles(session, found.ids)
    ]
    return page(
        request,
        "search.html",
        asked=asked,
        sort=sort,
        said=_said(sort),
        hits=hits,
        total=beside.of,
        following=asked.address(PATH, sort=_said(sort), cursor=found.cursor) if found.cursor else None,
        beginning=asked.address(PATH, sort=_said(sort)) if cursor else None,
        facets=_facets(beside, asked, sort),
        longest=LONGEST_FACET,
        channels=titles(config.site),
        unindexed=unindexed(session),
    )


def _answers(request: Request, session: Session, asked: Asked, sort: Order, cursor: str) -> tuple[Page, Facets]:
    """A page of answers, and what stands beside it: on further pages what the first one said, for some minutes."""
    remembered, counted_for = cast("Remembered", request.app.state.remembered), asked.query(sort=_said(sort))
    if cursor and (held := remembered.get(counted_for)):
        return search(session, asked.question, asked.filters, order=sort, cursor=cursor), held
    found, newest = search_with_newest(session, asked.question, asked.filters, order=sort, cursor=cursor or None)
    return found, remembered.put(counted_for, facets_of(session, newest))


def _said(sort: Order) -> str | None:
    return None if sort is Order.NEWEST else sort.value


def _facets(found: Facets, asked: Asked, sort: Order) -> dict[str, Any]:
    """Each value with the address that narrows the answers down to it, or opens them again where it does."""
    shown = {}
    for kind, values in found.by_kind.items():
        shown[kind.value] = [
            {"name": value.name, "number": value.number, **_choice(asked, kind, value.name, sort)} for value in values
        ]
    return {"kinds": shown, "of": found.of}


def _choice(asked: Asked, kind: FacetKind, value: str, sort: Order) -> dict[str, Any]:
    if kind is FacetKind.MONTH:
        first, last = _month(value)
        chosen = asked.given.get("since") == first and asked.given.get("until") == last
        change: dict[str, str | None] = {"since": None, "until": None} if chosen else {"since": first, "until": last}
    else:
        named = whole(value, kind)
        chosen = asked.given.get(kind.value) == named
        change = {kind.value: None if chosen else named}
    return {"chosen": chosen, "address": asked.address(PATH, sort=_said(sort), **change)}


def _month(month: str) -> tuple[str, str]:
    year, number = int(month[:4]), int(month[5:])
    return f"{month}-01", f"{month}-{calendar.monthrange(year, number)[1]:02d}"
