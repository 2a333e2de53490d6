"""An article's stored HTML as our page may show it: nothing in it reaches for the network."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import PreformattedString, Tag

KEPT = frozenset(
    {"p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "figure", "figcaption", "strong", "em", "br", "a", "img"}
    | {"table", "thead", "tbody", "tr", "th", "td", "caption"}
)
"""What `storage` promises of stored HTML; anything else loses its tags here, whatever wrote it."""


def without_network(body_html: str) -> str:
    """Stored HTML with each picture replaced by a frame that names it: pictures are not archived, and a page of ours
    loads nothing from elsewhere. Links say that they lead out.

    The stored HTML was cleaned before it was stored. It is cut down again here, so that this page does not depend on
    who wrote the row.
    """
    soup = BeautifulSoup(body_html, "lxml")
    for hidden in soup.find_all(string=lambda one: isinstance(one, PreformattedString)):
        hidden.extract()  # comments, CDATA: nothing to read, and parsers differ in where they end
    for tag in soup.find_all(True):
        if tag.name in ("script", "style", "template", "noscript", "iframe", "object", "svg", "math"):
            tag.decompose()
    for tag in soup.find_all(True):
        if tag.name not in KEPT:
            tag.unwrap()
        elif tag.name == "img":
            tag.replace_with(_frame(soup, str(tag.get("src") or ""), str(tag.get("alt") or "")))
        else:
            tag.attrs = _attributes(tag)
    return soup.decode_contents()


def _attributes(tag: Tag) -> dict[str, str]:
    if tag.name == "a" and (address := str(tag.get("href") or "")).startswith(("http://", "https://")):
        return {"href": address, "rel": "noreferrer nofollow external"}
    return {name: str(tag[name]) for name in ("colspan", "rowspan") if tag.name in ("td", "th") and tag.has_attr(name)}


def _frame(soup: BeautifulSoup, address: str, alt: str) -> Tag:
    frame = soup.new_tag("span", attrs={"class": "absent"})
    if address.startswith(("http://", "https://")):
        link = soup.new_tag("a", attrs={"href": address, "rel": "noreferrer nofollow external"})
        link.string = alt or address.rsplit("/", 1)[-1]
        frame.append(link)
    else:
        frame.string = alt
    return frame
