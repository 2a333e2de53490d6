"""The headline.

The best witness is agreement of two that are written apart: a visible line and the beginning of the `title` element
(which adds channel and site behind it). A heading alone may be the channel's logo; meta titles may be cut at a quote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.body_worth import is_info
from crawler.parse.shapes import fold, letters
from crawler.parse.vote import Ballot, Witness, vote

MAX_TITLE = 150
"""Characters. The longest headlines of documents and decisions have about a hundred."""
MAX_HEADINGS = 60
"""More headings are not looked at: the headline is among the first."""
MAX_PARTS = 4
"""Lines that a headline is broken into, at most."""
BELIEVED = 0.5
"""A witness of less trust is no headline by himself."""
TITLE_FLOOR = 0.4
"""Lower than of other fields, for an article must have a headline: of two that are as likely one is taken."""
TOP_LINES = 80
"""Lines of a page among which the first time is looked for; menus take some fifty."""
_STOP = re.compile(r"[。；]|^\d+$|^[—–―]|[届次]会议")
"""In a line that is no headline, or tells of another day than that of publication."""
_CUT = re.compile(r"(?:…|\.{3,})$")
_QUOTES = "\"'“”‘’「」『』"
_META = {"og:title": 0.86, "twitter:title": 0.8, "articletitle": 0.86, "headline": 0.8, "title": 0.6}
_JSON_LD = {"headline": 0.86, "title": 0.8, "name": 0.55}
_SITE_WORD = re.compile(
    r"(?:网|网站|新闻|频道|中心|日报|晚报|在线|首页|门户|传媒|官网|资讯|客户端|平台|报|社|台|论坛|公司|政府|集团|委员会"
    r"|局|[nN]ews|\.com|\.cn|[Nn]et|App|APP)$"
)
_PARTING = re.compile(r"\s*(?:[_|｜丨]+|\s[-–—]+\s|--+|——(?=[^—]{2,12}$)|-(?=[^-]{2,16}$)|\s[·»>]\s|>>|<<)\s*")
_FURNITURE = re.compile(
    r"^(?:正在阅读|当前位置|您的位置|您的?当前|现在位置|原标题|本文原标题|标签|关键词|上一篇|下一篇|相关|推荐|热门|评论\W*\d)"
)


def same_title(one: str, other: str) -> bool:
    """Whether two readings are the same headline; one may be cut where the other has an inner quote.

    >>> same_title('青石“最美”巷口', "青石"), same_title("青石巷口", "青石"), same_title("青石镇的巷口", "青石镇…")
    (True, False, True)
    """
    a, b = letters(one), letters(other)
    if a == b:
        return True
    short, long_ = sorted((one, other), key=len)
    if _CUT.search(short) and letters(long_).startswith(letters(short)):
        return _PARTING.match(_behind(long_, letters(short)).lstrip(".…")) is None
    return bool(b and a) and long_.startswith(short) and long_[len(short) :].lstrip()[:1] in tuple(_QUOTES)


def hear(document: Document) -> list[Witness[str]]:
    """All witnesses of the headline."""
    heard = [*_shown(document), *_told(document)]
    believed = any(one.trust >= BELIEVED for one in heard)
    return [*heard, *_above_time(document, headings_only=believed)]


def decide(witnesses: Iterable[Witness[str]]) -> Ballot[str]:
    """Vote over the headline."""
    return vote("title", witnesses, same=same_title, best=_longest, floor=TITLE_FLOOR)


def _longest(values: Sequence[str]) -> str:
    """The most trusted, unless it is a cut form of another."""
    whole = [value for value in values if len(letters(value)) > len(letters(values[0]))]
    return max(whole, key=len) if whole else values[0]


def _shown(document: Document) -> Iterator[Witness[str]]:
    """Visible lines that the `title` element begins with, whole or behind the site's name; headings by themselves."""
    for title_tag in _beginnings(document.title_tag):
        told = letters(title_tag)
        for text, block, parts in _candidates(document, title_tag, told):
            yield Witness(
                value=text,
                rule="heading" if block.tag in HEADINGS else "position",
                place=document.path_of(block.element) + (f" (+{parts - 1} lines)" if parts > 1 else ""),
                trust=_trust(block, letters(text), told),
            )
    headings = _foremost([block for block in document.headings[:MAX_HEADINGS] if is_headline(block)])
    for block in headings:
        alone = sum(other.tag == block.tag for other in headings) == 1
        yield Witness(
            value=_whole(block, document.blocks),
            rule="lone heading",
            place=document.path_of(block.element),
            trust={"h1": 0.6, "h2": 0.5, "h3": 0.4}.get(block.tag, 0.2) + (0.12 if alone else -0.1),
        )


def _above_time(document: Document, *, headings_only: bool) -> Iterator[Witness[str]]:
    """The line right above the first line of a time: all there is where no heading and no `title` element tell."""
    for block, below in pairwise(document.blocks[:TOP_LINES]):
        if not is_info(below.text):
            continue
        usable = is_headline(block) and not any(_STOP.search(line.text) for line in (block, below))
        if usable and (block.tag in HEADINGS or not headings_only):
            yield Witness(
                value=_whole(block, document.blocks),
                rule="above the time",
                place=document.path_of(block.element),
                trust=0.8 if block.tag in HEADINGS else 0.66,
            )
        return


def _foremost(headings: list[Block]) -> list[Block]:
    """The headings of the highest rank there is: an h2 does not speak against an h1."""
    highest = min((block.tag for block in headings), default="")
    return [block for block in headings if block.tag == highest]


def is_headline(block: Block) -> bool:
    """Whether a heading may be a headline: more than a channel's name, no link to elsewhere, no furniture."""
    return (
        len(letters(block.text)) >= 5
        and len(block.text) <= MAX_TITLE
        and block.link_share < 0.8
        and not _FURNITURE.match(block.text)
        and "logo" not in (block.element.get("class", "") + block.element.get("id", "")).lower()
    )


def _whole(block: Block, blocks: Sequence[Block]) -> str:
    """All lines of a heading that `<br>` breaks, joined with a blank."""
    lines = [one.text for one in blocks[block.index : block.index + MAX_PARTS] if one.element is block.element]
    return fold(" ".join(lines))


def _beginnings(title_tag: str) -> list[str]:
    """The text of the `title` element, whole and from behind each of its first marks."""
    return [title_tag, *(title_tag[mark.end() :] for mark in islice(_PARTING.finditer(title_tag), 2))]


def _candidates(document: Document, title_tag: str, told: str) -> Iterator[tuple[str, Block, int]]:
    """Lines, or up to four lines together, with which the `title` element begins; the longest for each start."""
    if len(told) < 4:
        return
    found = 0
    for block, key in zip(document.blocks, document.keys, strict=True):
        if not key or not told.startswith(key) or len(block.text) > MAX_TITLE or found > MAX_HEADINGS:
            continue
        texts, got = _completed(document, block.index, title_tag, told)
        if len(got) >= 4:
            found += 1
            yield _as_told(texts, title_tag), block, len(texts)


def _completed(document: Document, place: int, title_tag: str, told: str) -> tuple[list[str], str]:
    """The line at a place with the lines behind it that go on with the `title` element, and their letters."""
    texts, got = [document.blocks[place].text], document.keys[place]
    for more in document.blocks[place + 1 : place + MAX_PARTS]:
        added = document.keys[more.index]
        # Behind a mark the title element names the site, though the next line may say the same.
        if not added or not told.startswith(got + added) or _PARTING.match(_behind(title_tag, got)):
            break
        texts.append(more.text)
        got += added
    return texts, got


def _behind(title_tag: str, got: str) -> str:
    """What stands in the `title` element behind the letters of its beginning."""
    left = len(got)
    for place, char in enumerate(title_tag):
        if left <= 0:
            return title_tag[place:]
        left -= len(letters(char))
    return ""


def _as_told(texts: Sequence[str], title_tag: str) -> str:
    """Lines joined as the `title` element joins them: with its blank, or without."""
    if len(texts) == 1:
        return texts[0]
    glued = "".join(texts)
    return glued if title_tag.startswith(glued) else fold(" ".join(texts))


def _trust(block: Block, got: str, told: str) -> float:
    """A heading that is the `title` element without its tail is the headline; a short plain line may be a channel."""
    share = len(got) / len(told)
    trust = 0.95 if block.tag in HEADINGS else 0.88
    if len(got) < 8 and share < 0.6:
        trust -= 0.35
    if block.link_share > 0.8 and block.tag not in HEADINGS:
        trust -= 0.1
    return trust


def _told(document: Document) -> Iterator[Witness[str]]:
    """What the page's head says: meta, JSON-LD, the `title` element without the names of channel and site."""
    for key, trust in _META.items():
        if text := document.meta.get(key):
            yield Witness(value=strip_site(text, document), rule="meta", place=key, trust=trust)
    for item in document.json_ld:
        kind = str(item.get("@type", ""))
        for key, trust in _JSON_LD.items():
            value = item.get(key)
            if isinstance(value, str) and value.strip() and (key != "name" or "Article" in kind):
                yield Witness(value=strip_site(fold(value), document), rule="json-ld", place=key, trust=trust)
    if document.title_tag:
        text = strip_site(document.title_tag, document)
        yield Witness(value=text, rule="title tag", place="title", trust=0.35 if _SITE_WORD.search(text) else 0.74)


def strip_site(text: str, document: Document) -> str:
    """A title without the names of channel and site behind it.

    A visible line that the text begins with tells where the headline ends; else parts behind `_`, `|`, ` - ` go where
    they are short or end like the name of a site.
    """
    wanted = letters(text)
    for heading in document.headings[:MAX_HEADINGS]:
        got = document.keys[heading.index]
        if len(got) >= 4 and _begins(text, wanted, got) and not _SITE_WORD.search(heading.text):
            return fold(text) if got == wanted else heading.text
    parts = _PARTING.split(fold(text))
    marks = _PARTING.findall(fold(text))
    keep = len(parts)
    while keep > 1 and _is_tail(parts[keep - 1], "".join(parts[: keep - 1])):
        keep -= 1
    kept = parts[0]
    for mark, part in zip(marks[: keep - 1], parts[1:keep], strict=True):
        kept += mark + part
    return kept.strip(" _-|｜—") or fold(text)


def _begins(text: str, wanted: str, got: str) -> bool:
    """Whether a title begins or ends with a heading; a short one only where a mark follows."""
    if len(got) >= 8:
        return wanted.startswith(got) or wanted.endswith(got)
    return got == wanted or (wanted.startswith(got) and _PARTING.match(_behind(text, got)) is not None)


def _is_tail(part: str, before: str) -> bool:
    return len(letters(before)) >= 5 and (len(part) <= 8 or (len(part) <= 24 and bool(_SITE_WORD.search(part))))
