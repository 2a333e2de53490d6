"""A capture: what it is, the page as it was, its source, its WARC record."""

from __future__ import annotations

import re
from urllib.parse import quote

from fastapi import APIRouter, Request
from sqlalchemy.orm import Session
from starlette.responses import HTMLResponse, Response

from crawler.parse.decode import decode
from storage.archive.extract import file_info, record_group
from storage.archive.reader import read_capture
from storage.config import Config
from storage.errors import Missing, NotFound
from storage.records import Capture
from storage.store import captures
from storage.store.captures import StoredCapture
from web.headers import CAPTURE_POLICY
from web.reading import InForce, RowId, Searching
from web.render import page
from web.shown import Shown, shown_as

routes = APIRouter(include_in_schema=False)

_LINK = re.compile("<link", re.IGNORECASE)
"""None is of use to what may load nothing, and `preconnect` and `dns-prefetch` are no loading: no policy forbids them
(https://github.com/w3c/webappsec-csp/issues/282)."""


@routes.get("/capture/{capture_id}", response_class=HTMLResponse)
def show(request: Request, session: Searching, config: InForce, capture_id: RowId) -> HTMLResponse:
    """Where it lies, what came with it, and the page, or the text, in a frame that can do nothing."""
    stored = _stored(session, capture_id)
    capture = _read(config, stored)
    return page(request, "capture.html", stored=stored, capture=capture, shown=shown_as(capture))


@routes.get("/capture/{capture_id}/page")
def drawn(session: Searching, config: InForce, capture_id: RowId) -> Response:
    """What the frame shows: a page's own markup without its links to other files, which a browser draws and that is all
    it can do with it, or text.

    Raises:
        NotFound: it is neither.
    """
    capture, shown = _legible(config, _stored(session, capture_id))
    kind = "text/html" if shown is Shown.PAGE else "text/plain"
    headers = {"Content-Security-Policy": CAPTURE_POLICY}
    text = decode(capture).text
    markup = _LINK.sub("<no-link", text) if shown is Shown.PAGE else text
    return Response(markup, media_type=f"{kind}; charset=utf-8", headers=headers)


@routes.get("/capture/{capture_id}/source")
def source(session: Searching, config: InForce, capture_id: RowId) -> Response:
    """The page's markup as text.

    Raises:
        NotFound: it is neither a page nor text.
    """
    capture, _ = _legible(config, _stored(session, capture_id))
    return Response(decode(capture).text, media_type="text/plain; charset=utf-8")


@routes.get("/capture/{capture_id}/record")
def record(session: Searching, config: InForce, capture_id: RowId) -> Response:
    """Its WARC records, as they lie in the archive: a WARC file of its own that any tool can check."""
    stored = _stored(session, capture_id)
    name = quote(f"capture-{capture_id}.warc.gz")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    directory = config.archive_directory
    content = file_info(directory, stored.locator) + record_group(directory, stored.locator).data
    return Response(content, media_type="application/warc", headers=headers)


def _stored(session: Session, capture_id: int) -> StoredCapture:
    stored = captures.by_id(session, capture_id)
    if stored is None:
        raise NotFound(Missing.CAPTURE, id=capture_id)
    return stored


def _read(config: Config, stored: StoredCapture) -> Capture:
    return read_capture(config.archive_directory, stored.locator, digest=stored.digest)


def _legible(config: Config, stored: StoredCapture) -> tuple[Capture, Shown]:
    capture = _read(config, stored)
    shown = shown_as(capture)
    if shown is Shown.FILE:
        raise NotFound(Missing.LEGIBLE, id=stored.id)
    return capture, shown
