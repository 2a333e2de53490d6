"""The form of an article page of the platform, told from its words alone:

    headline / time 发布来源:outlet / byline / paragraphs / 责任编辑: name / 评论: / 提交评论 / 备案号 …

Nobody of this project has seen the markup, so nothing here looks at an element.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.parse.dates import find_moments
from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.source import source_in
from crawler.parse.furniture import CONTROLS, FOOTER
from crawler.parse.labels import Label, take_apart
from crawler.parse.names import ROLE, read_byline
from crawler.parse.outlets import MAX_OUTLET
from crawler.parse.shapes import letters, plain
from storage.records import Moment

MAX_FOOTER_CHARS = 160
"""A longer line is prose."""
TIME_LINES = 3
"""Lines that a time standing apart from its source may be broken into."""
BETWEEN = 6
"""Lines of buttons that may stand between the headline and the line of the source."""
MAX_END_CHARS = 60
"""An editor's line is no longer."""
PROSE_CHARS = 20
"""So long is a sentence that begins the text; a 责任编辑 before it belongs to the lines under the headline."""
MIN_TITLE_LETTERS = 5
"""Shorter lines above the time name a channel."""
MOSTLY_LINK = 0.8

_SOURCE = re.compile(r"发\s?布\s?来\s?源\s?[:|]|發布來源\s?[:|]")
_TIME_ONLY = re.compile(r"^(?:发布(?:时间|日期)|时间)?[\s:\d/.\-年月日时分秒]{4,}$")
_END = re.compile(r"^\W*(?:责\s?任\s?编\s?辑|责\s?编|責任編輯)\s?[:|]")
_COMMENTS = re.compile(r"^\W*评\s?论\s?:?\s?(?:[(]\d*[)])?$")
_BEHIND = re.compile(r"^\W*(?:(?:提交|发表|我要|网友|最新|全部|热门)评论\W{0,2}$|备案号)")
_STOPS = re.compile("[，。；！？]")
_END_ANYWHERE = re.compile(r"责任编辑\s?[:|]|提交评论")
_BREAKING = re.compile(r"<(?:p|br|div|li|dd|td|tr|pre|section|article|h[1-6]|hr|blockquote)[\s/>]", re.I)
_CONTINUED = re.compile(r"^(?:—|――|--)")


@dataclass(frozen=True, kw_only=True)
class Form:
    """Where things stand on a page of this form, in indexes of its lines."""

    title: str | None
    """The line above the time, or the lines that one headline is broken into."""
    moment: Moment | None
    """None where the time stands neither on the line of the source nor right above it."""
    source: str
    authors: tuple[str, ...]
    """Of a byline that stands on the line of the source; empty where it stands apart."""
    info: int
    """The line of the source."""
    body: tuple[int, int] | None
    """First and last line between the line of the source and what ends the text; None where nothing ends it."""


def find_form(document: Document) -> Form | None:
    """The form of a page; None where no line says 发布来源 and an outlet."""
    for block in document.blocks:
        stands = "源" in block.text and _SOURCE.search(plain(block.text))
        if stands and (form := _form_at(block, document.blocks)) is not None:
            return form
    return None


def _form_at(block: Block, blocks: Sequence[Block]) -> Form | None:
    info = take_apart(block.text)
    label = next((one for one in info.of(Label.SOURCE) if not one.glued), None)
    if label is None or _STOPS.search(info.rest):
        return None
    value, last = label.value, block.index
    if not value and last + 1 < len(blocks):
        last += 1
        value = blocks[last].text
    named, authors = _without_byline(value)
    source = source_in(named) if 0 < len(named) <= MAX_OUTLET and not _STOPS.search(named) else None
    if source is None:
        return None
    first = block.index
    moment = info.moments[0].moment if info.moments else None
    if moment is None:
        moment, first = _time_above(blocks, first)
    return Form(
        title=_title_above(blocks, first),
        moment=moment,
        source=source,
        authors=authors,
        info=block.index,
        body=_text_below(blocks, last + 1),
    )


def _without_byline(value: str) -> tuple[str, tuple[str, ...]]:
    """An outlet, and the names of the byline behind it."""
    words = value.split(" ")
    place = next((place for place, word in enumerate(words) if ROLE.search(word)), len(words))
    names = read_byline(" ".join(words[place:]))
    return (" ".join(words[:place]), names) if names else (value, ())


def _time_above(blocks: Sequence[Block], first: int) -> tuple[Moment | None, int]:
    """A time on lines of its own right above the source, and the first of these lines."""
    for size in range(1, TIME_LINES + 1):
        above = blocks[max(first - size, 0) : first]
        if above and all(_TIME_ONLY.match(plain(block.text)) for block in above):
            found = find_moments(" ".join(block.text for block in above))
            if found:
                return found[0].moment, above[0].index
    return None, first


def _title_above(blocks: Sequence[Block], first: int) -> str | None:
    """The nearest line above that may be a headline; with the line before it where it begins with a dash."""
    above = [block.text for block in reversed(blocks[max(first - BETWEEN, 0) : first]) if _may_be_title(block)]
    parts = above[:1]
    for text in above[1:]:
        if not _CONTINUED.match(parts[0]):
            break
        parts.insert(0, text)
    return "".join(parts) or None


def _may_be_title(block: Block) -> bool:
    text = plain(block.text)
    if len(letters(text)) < MIN_TITLE_LETTERS or CONTROLS.match(text) or read_byline(text):
        return False
    return block.tag in HEADINGS or block.link_share < MOSTLY_LINK


def _text_below(blocks: Sequence[Block], start: int) -> tuple[int, int] | None:
    """From the line behind time and source to the one before 责任编辑, or before comments or footer."""
    begin = next((block.index for block in blocks[start:] if _is_prose(block)), None)
    if begin is None:
        return None
    behind = blocks[begin + 1 :]
    end = next((block.index for block in behind if _ends(block) or _is_behind(block)), len(blocks))
    if end == len(blocks) or not _ends(blocks[end]):  # 评论 alone may be a sub-heading before a 责任编辑
        end = next((block.index for block in behind if _COMMENTS.match(plain(block.text))), end)
    return (start, end - 1) if end < len(blocks) else None


def _is_prose(block: Block) -> bool:
    return len(block.text) >= PROSE_CHARS and bool(_STOPS.search(block.text))


def _ends(block: Block) -> bool:
    return len(block.text) <= MAX_END_CHARS and bool(_END.match(plain(block.text)))


def _is_behind(block: Block) -> bool:
    text = plain(block.text)
    return len(text) <= MAX_FOOTER_CHARS and bool(_BEHIND.match(text) or FOOTER.search(text))


def with_line_breaks(text: str) -> str:
    """A document with its line feeds made `<br>`, where no tag between its 发布来源 and its end breaks a line.

    So it is for words sent as plain text, and for words poured into one element.
    """
    start = _SOURCE.search(plain(text))
    if start is None:
        return text
    end = _END_ANYWHERE.search(plain(text), start.end())
    if _BREAKING.search(text, start.end(), end.start() if end else len(text)):
        return text
    return re.sub(r"\r\n?|\n", "<br>\n", text)
