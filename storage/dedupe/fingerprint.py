"""What of an article counts as its text, and as its state."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from storage.records import Article

OWN_TEXT_CHARACTERS = 20
"""A folded body below this does not identify an article: `图片新闻` with an empty body stands in every issue. Longer
than such furniture, shorter than the shortest notices met (about 100 characters)."""

_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\ufe00-\ufe0f]+")
"""Whitespace, and what prints nothing: zero-width characters, direction marks, soft hyphens, variation selectors."""

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|bmp|svg)$", re.IGNORECASE)


def fold(text: str | None) -> str:
    """`text` with differences removed that no reader sees: width of characters, whitespace, zero-width characters.

    >>> fold("２０２４年 7月\\u200b２６日，\\n晴")
    '2024年7月26日,晴'
    """
    shown = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text or ""))
    return unicodedata.normalize("NFKC", shown)  # what stood apart may now be one character


def text_fingerprint(article: Article) -> str:
    """64 hex digits of headline and body; equal at two addresses means: the same article.

    A body too short to identify anything is taken together with the article's address, so that it equals itself alone.
    """
    body = fold(article.body)
    own = "" if len(body) >= OWN_TEXT_CHARACTERS else article.url
    return _digest((fold(article.title), body, own))


def parts(article: Article) -> dict[str, str]:
    """What an editor could change, field by field, in comparable form.

    Not in it: fields taken from the page that led here (`how` says `context`), for they differ with the way taken;
    column and edition, which say where an article stands, not what it says; markup that leaves the text as it is.
    """
    fields = {
        "title": fold(article.title),
        "subtitle": fold(article.subtitle),
        "kicker": fold(article.kicker),
        "published": article.published.iso() if article.published else "",
        "source": fold(article.source),
        "editor": fold(article.editor),
        "authors": "\n".join(fold(author) for author in article.authors),
        "body": fold(article.body),
        "images": "\n".join(f"{_picture(image.url)} {fold(image.caption)}" for image in article.images),
    }
    borrowed = {name for name, how in article.how.items() if how.rule == "context"}
    return {name: value for name, value in fields.items() if name not in borrowed}


def fingerprint(article: Article) -> str:
    """64 hex digits of `parts`; differs → the article was edited."""
    return _digest(f"{name}={value}" for name, value in parts(article).items() if value)


def _picture(url: str) -> str:
    """A picture's address without what changes from fetch to fetch: mirror host, scheme, and a cache's query."""
    try:
        split = urlsplit(url)
    except ValueError:  # an address that is none, e.g. an unclosed [
        return url
    return split.path if _PICTURE.search(split.path) else f"{split.path}?{split.query}"


def _digest(values: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for value in values:
        encoded = value.encode(errors="surrogatepass")
        whole.update(len(encoded).to_bytes(8) + encoded)  # lengths keep ("ab", "c") apart from ("a", "bc")
    return whole.hexdigest()
