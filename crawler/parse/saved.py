"""Pages saved to files: bytes → article, with the address that the page itself names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.parse.decode import page_from_bytes
from crawler.parse.document import Document
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile
from storage.records import Article, Page, Rejection


@dataclass(frozen=True, kw_only=True)
class SavedPage:
    """What a file holds."""

    url: str | None
    """Its address as given, or as the page names it; None where it names none."""
    charset: str
    result: Article | Rejection


def read_saved(data: bytes, *, url: str | None, place: str, profile: SiteProfile | None = None) -> SavedPage:
    """Read a saved page. Never raises.

    Args:
        data: The file.
        url: Where the page came from; None: what it names as its canonical address.
        place: Address of the file itself, from which links are resolved where there is no other.
    """
    page, address = open_saved(data, url=url, place=place)
    return SavedPage(url=address, charset=page.charset, result=read(page, profile))


def open_saved(data: bytes, *, url: str | None, place: str) -> tuple[Page, str | None]:
    """The page of a file, and its address as given or as the page names it; None where it names none.

    Args:
        data, url, place: As in `read_saved`.
    """
    page = page_from_bytes(data, url or place)
    if url is None and (url := own_address(Document(page))):
        page = page_from_bytes(data, url)
    return page, url


def own_address(document: Document) -> str | None:
    """The address a page gives itself: its canonical link, og:url, or its JSON-LD's @id; None where it has none."""
    return next((found for found in map(str.strip, _named(document)) if _is_address(found)), None)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and text.isprintable()
    except ValueError:  # half an IPv6 address
        return False


def _named(document: Document) -> Iterator[str]:
    for link in document.root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
    yield document.meta.get("og:url", "")
    for thing in document.json_ld:
        for key in ("@id", "mainEntityOfPage"):
            value = thing.get(key)
            value = value.get("@id") if isinstance(value, dict) else value
            if isinstance(value, str):
                yield value
