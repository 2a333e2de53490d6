"""Atom feeds: the newest articles, or the newest that a search finds (RFC 4287)."""

from __future__ import annotations

from uuid import UUID, uuid5
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, Request
from starlette.responses import Response

from storage.query.search import Order, search
from storage.query.shape import ArticleShape, articles
from web.asking import Asking
from web.language import language_of, translations
from web.reading import Searching

ATOM = "http://www.w3.org/2005/Atom"
ENTRIES = 30
NEVER = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: a time that stays, so that nobody fetches it as news."""
NAMES = UUID("5d1c2c1e-5b1f-5c0b-9a53-0c7f6a3e1d40")
"""Namespace of our names (RFC 9562, 5.5), drawn once."""
SUMMARY_CHARACTERS = 200

routes = APIRouter(include_in_schema=False)


@routes.get("/feed.atom")
def feed(request: Request, session: Searching, asked: Asking) -> Response:
    """The newest answers, each with the beginning of its text."""
    found = list(
        articles(session, search(session, asked.question, asked.filters, order=Order.NEWEST, limit=ENTRIES).ids)
    )
    Xml.register_namespace("", ATOM)
    root = Xml.Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-CN"})
    base = str(request.base_url).rstrip("/")
    name = translations(language_of(request)).gettext("西海岸新闻档案")
    _add(root, "title", f"{name} · {asked.line}" if asked.line else name)
    _add(root, "id", _name(f"feed {asked.query()}"))
    _add(root, "updated", max((one["last_changed_at"] or "" for one in found), default=NEVER))
    _link(root, "self", asked.address(f"{base}/feed.atom"))
    _link(root, "alternate", asked.address(f"{base}/search"))
    for article in found:
        _entry(root, article, base)
    return Response(Xml.tostring(root, "utf-8", xml_declaration=True), media_type="application/atom+xml")


def _entry(root: Xml.Element, article: ArticleShape, base: str) -> None:
    entry = Xml.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "title", article["title"])
    _add(entry, "id", _name(f"article {article['id']}"))
    _add(entry, "updated", article["last_changed_at"] or NEVER)
    if (published := article["published_at"]) and "T" in published:
        _add(entry, "published", published)
    _link(entry, "alternate", f"{base}/article/{article['id']}")
    _link(entry, "via", article["url"])
    for author in article["authors"] or [article["source"] or "–"]:
        _add(Xml.SubElement(entry, f"{{{ATOM}}}author"), "name", author)
    _add(entry, "summary", article["body"][:SUMMARY_CHARACTERS])


def _add(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}{name}").text = _plain(text)


def _link(parent: Xml.Element, relation: str, address: str) -> None:
    Xml.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": _plain(address)})


def _plain(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return "".join(one for one in text if one in "\t\n" or (one >= " " and one not in "\ufffe\uffff"))


def _name(of: str) -> str:
    """A name that stays the same under whatever address the archive is served (RFC 4287, 4.2.6)."""
    return f"urn:uuid:{uuid5(NAMES, of)}"
