"""One article: to read, and everything known of it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from storage.query.details import details
from storage.query.history import compare, history
from storage.query.lookup import find_article
from web.channels import titles
from web.citations import bibtex, gbt7714
from web.figure import without_network
from web.reading import InForce, Reading, Searching
from web.render import page

routes = APIRouter(include_in_schema=False)


@routes.get("/article/{article_id}", response_class=HTMLResponse)
def show(request: Request, session: Reading, config: InForce, article_id: str) -> HTMLResponse:
    """The article as it is now."""
    row = find_article(session, article_id)
    found = details(session, row)
    paper = titles(config.site).get(found.paper or "")
    return page(
        request,
        "article.html",
        found=found,
        article=found.article,
        body=without_network(found.body_html),
        versions=history(session, row.id),
        citations=[("GB/T 7714", gbt7714(found, paper)), ("BibTeX", bibtex(found, paper))],
    )


@routes.get("/article/{article_id}/diff", response_class=HTMLResponse)
def diff(request: Request, session: Searching, article_id: str, before: int, after: int) -> HTMLResponse:
    """Two states side by side."""
    row = find_article(session, article_id)
    return page(
        request,
        "diff.html",
        article_id=row.id,
        title=row.title,
        before=before,
        after=after,
        versions=history(session, row.id),
        changes=compare(session, row.id, before, after),
    )
