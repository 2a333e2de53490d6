"""Where the parts of a print article stand on its page: headline group, text, pictures.

    furniture ──► headline group ──► byline ──► text ──► furniture
    … 文章内容    kicker, title,     □记者 …     本报讯 …   往期报纸 …
                  subtitles

The text is found by selectors, else between the words that e-papers put around it, else by density. The headline group
is what stands above it, inside the text's own element or outside; where it ends is told by how its lines are set and
by how reports begin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from crawler.parse.document import Block, Document
from crawler.parse.fields.body_where import Region, find_region
from crawler.parse.newsprint import words
from crawler.parse.newsprint.opening import Opening, open_article
from crawler.parse.newsprint.pictures import Boxes, boxes_on
from crawler.parse.newsprint.printline import Line, leads_away
from crawler.parse.shapes import plain
from storage.records import How

ABOVE = 16
"""Lines above the text that may hold its headline group."""
LONGEST_FRAME = 60
"""Characters of the line that ends with 文章内容; buttons may stand before it."""
LONGEST_ABOVE = 120
"""Characters of a line above the text; a longer one is another text."""
ENOUGH_OF_PROSE = 0.5
"""An element that a selector finds is the text where it holds this share of what density calls the text."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A print article's lines, sorted."""

    opening: Opening
    text: tuple[Block, ...] = field(repr=False)
    """From the first line of the text to the last, furniture between them included."""
    element: HtmlElement = field(repr=False)
    """The smallest that holds all of it."""
    how: How
    boxes: Boxes = field(repr=False)
    first: int
    """Index of the first line that is the article's."""
    last: int
    """Index of the last line of the text."""


@dataclass(frozen=True, kw_only=True)
class _Core:
    """Lines that are known to be the article's, the headline group perhaps among them."""

    lines: tuple[Block, ...]
    how: How
    sure: bool
    """Whether no line outside them is text."""


def lay_out(
    document: Document, body: Sequence[str] = (), images: Sequence[str] = (), papers: Collection[str] = ()
) -> Sheet | None:
    """Sort the lines of a page.

    Args:
        document: the page.
        body: CSS of the text, tried in order.
        images: CSS of its pictures.
        papers: names that a masthead may show.

    Returns:
        None where no line of the page can be an article's.
    """
    region = find_region(document)
    start = _start(document.blocks, usable(region.lines) if region else ())
    core = _core(document, body, region, start or 0)
    if core is None:
        return None
    end = _end(document.blocks, _first_prose(core.lines))
    lines = [line for line in core.lines if line.index < end]
    if start is not None and end < len(document.blocks):
        lines = document.blocks[start:end]  # between both words stands the article and nothing else
    if not lines:
        return None
    inside = {line.index for line in core.lines if core.sure}
    boxes = boxes_on(document, images, [line.index for line in usable(core.lines) if line.index < end])
    above = list(_above(document.blocks, lines[0].index, start))
    run = [line for line in (*above, *lines) if line.index not in boxes.lines]
    opening = open_article([Line.of(line, papers) for line in run], inside, framed=start is not None)
    text = tuple(line for line in run if line.index >= opening.text_from)
    held = text or tuple(lines)
    return Sheet(
        opening=opening,
        text=text,
        element=_holder(held),
        how=core.how,
        boxes=boxes,
        first=start if start is not None else opening.head[0].first if opening.head else held[0].index,
        last=held[-1].index,
    )


def _start(blocks: Sequence[Block], dense: Sequence[Block]) -> int | None:
    """The line behind 文章内容; None where no line says so, or what reads like the text stands above it."""
    for line in blocks[:-1]:
        if len(line.text) <= LONGEST_FRAME and words.BEGINS.search(plain(line.text)):
            below = [one for one in dense if one.index > line.index]
            return line.index + 1 if _size(below) >= _size(dense) * ENOUGH_OF_PROSE else None
    return None


def _end(blocks: Sequence[Block], first: int) -> int:
    """The first line of furniture below the text's first line; the number of lines where there is none."""
    for line in blocks[first + 1 :]:
        text = plain(line.text)
        if words.ENDS.search(text) and len(text) <= 120:
            return line.index
    return len(blocks)


def _first_prose(lines: Sequence[Block]) -> int:
    """The first line that holds the end of a sentence, else the first line."""
    prose = (line.index for line in lines if words.has_sentence(line.text) and not words.ENDS.search(plain(line.text)))
    return next(prose, lines[0].index)


def _core(document: Document, selectors: Sequence[str], region: Region | None, start: int) -> _Core | None:
    dense = usable(region.lines, start) if region else []
    for css in selectors:
        for chosen in _selected(document, css):
            held = usable(chosen, start)
            if held and _size(held) >= _size(dense) * ENOUGH_OF_PROSE:
                how = How(rule="selector", place=css, confidence=0.97)
                return _Core(lines=tuple(line for line in chosen if line.index >= start), how=how, sure=True)
    if dense and region:
        how = How(rule="density", place=document.path_of(region.element), confidence=0.9)
        return _Core(lines=tuple(line for line in region.lines if line.index >= start), how=how, sure=False)
    rest = document.blocks[start:] if start else []
    if usable(rest, start):
        how = How(rule="position", place="文章内容", confidence=0.9)
        return _Core(lines=tuple(rest), how=how, sure=False)
    return None


def _selected(document: Document, css: str) -> Iterator[list[Block]]:
    """The lines of all elements a selector finds (a paragraph each, on some skins), then those of each."""
    elements = document.select(css)
    inside = [set(element.iter()) for element in elements]
    every = set().union(*inside)
    yield [line for line in document.blocks if _within(line, every, elements)]
    if len(elements) > 1:
        for element, own in zip(elements, inside, strict=True):
            yield [line for line in document.blocks if _within(line, own, [element])]


def _within(line: Block, inside: set[HtmlElement], elements: Sequence[HtmlElement]) -> bool:
    piece = line.pieces[0]
    return piece.element in inside and not (piece.tail and piece.element in elements)


def usable(lines: Sequence[Block], start: int = 0) -> list[Block]:
    """The lines below the start that are neither links nor words that e-papers put around an article."""
    return [line for line in lines if line.index >= start and not leads_away(line) and not _is_frame(line)]


def _is_frame(line: Block) -> bool:
    text = plain(line.text)
    return any((words.BEGINS.search(text), words.ENDS.search(text), words.CONTROL.match(text)))


def _size(lines: Sequence[Block]) -> int:
    return sum(len(line.text) for line in lines)


def _above(blocks: Sequence[Block], first: int, start: int | None) -> Iterator[Block]:
    """The lines above the text that may be its headline group, down to it: all below 文章内容, else the nearest up to
    links that lead elsewhere or another text."""
    if start is not None:
        yield from blocks[start:first]
        return
    found: list[Block] = []
    for line in reversed(blocks[max(first - ABOVE, 0) : first]):
        if (leads_away(line) and not words.CONTROL.match(plain(line.text))) or len(line.text) > LONGEST_ABOVE:
            break
        found.append(line)
    yield from reversed(found)


def _holder(lines: Sequence[Block]) -> HtmlElement:
    """The smallest element that holds all lines."""
    around = [lines[0].element, *lines[0].element.iterancestors()]
    for line in lines[1:]:
        own = {line.element, *line.element.iterancestors()}
        around = [node for node in around if node in own]
    return around[0]
