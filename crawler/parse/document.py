"""A page as a tree, its visible lines, meta values and JSON-LD, each computed once.

Every reader of a field looks at a page through this. Nothing here knows what an article is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

from crawler.parse.anchors import base_of
from crawler.parse.jsonld import read_json_ld
from crawler.parse.lines import HEADINGS, Block, Span, hides, lines_of
from crawler.parse.metatags import read_meta
from crawler.parse.shapes import fold, letters
from crawler.parse.tree import parse_html
from storage.records import Page

MAX_TITLE_CHARS = 1000
"""More of a `title` element is not read: headline, channel and site are shorter."""
MAX_KEY_CHARS = 300
PATH_STEPS = 4
"""Steps of a path for people, at most; an id ends it earlier."""

HEADLINE_LETTERS = 8
"""A shorter beginning of the `title` element may be a word that a paragraph begins with."""
SENTENCE_CHARS = 40
"""A line with a full stop, this long, is something to read; lines of a footer are shorter."""

__all__ = ["HEADINGS", "Block", "Document", "Span"]


class Document:
    """A page seen as a tree. Reads never raise, whatever the page holds; the tree is not to be changed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._paths: dict[HtmlElement, str] = {}  # several fields name the same lines
        self.stands: dict[str, tuple[int, int] | None] = {}
        """Where titles that were looked for stand (`scene.stand_of`)."""

    @cached_property
    def root(self) -> HtmlElement:
        """The `html` element; an empty one where the page holds nothing."""
        return parse_html(self.page.text)

    @cached_property
    def meta(self) -> Mapping[str, str]:
        """Lower-cased name, property, itemprop or http-equiv → the first content given for it, folded to one line."""
        return read_meta(self.root, self.page.text)

    @cached_property
    def json_ld(self) -> list[dict[str, object]]:
        """Every JSON-LD object of the page, lists and `@graph` made flat."""
        return read_json_ld(self.root)

    @cached_property
    def base(self) -> str:
        """The address that relative links start from."""
        return base_of(self.root, self.page.url)

    @cached_property
    def title_tag(self) -> str:
        """Text of the first `title` that is not a drawing's."""
        for element in self.root.iter("title"):
            parent = element.getparent()
            if parent is None or parent.tag != "svg":
                return fold(element.text_content()[:MAX_TITLE_CHARS])
        return ""

    @property
    def blocks(self) -> list[Block]:
        """The visible lines in document order: block elements and `<br>` end a line."""
        return self._lines[0]

    @property
    def spans(self) -> list[Span]:
        """Which lines each element holds, children before their parents."""
        return self._lines[1]

    @cached_property
    def _lines(self) -> tuple[list[Block], list[Span]]:
        """The visible lines; with those behind `visibility: hidden` where nothing else on the page is a sentence."""
        lines = lines_of(self.root)
        if not _has_sentence(lines[0]):
            unveiled = lines_of(self.root, veils=False)
            return unveiled if _has_sentence(unveiled[0]) else lines
        boxes = _boxes_beside_headline(lines[0], letters(self.title_tag))
        return lines_of(self.root, boxes=boxes) if boxes else lines

    @cached_property
    def keys(self) -> list[str]:
        """The letters of each line, by which headlines are told; none for a line too long to be one."""
        return [letters(block.text) if len(block.text) <= MAX_KEY_CHARS else "" for block in self.blocks]

    @cached_property
    def headings(self) -> list[Block]:
        """The lines that stand in h1 to h6, in document order."""
        return [block for block in self.blocks if block.tag in HEADINGS]

    def hidden(self, element: HtmlElement) -> bool:
        """Whether the element or one around it is hidden by its tag, an attribute or an inline style."""
        return hides(element) or any(hides(around) for around in element.iterancestors())

    def path_of(self, element: HtmlElement) -> str:
        """Where an element stands, for people: `div#content > p:nth-of-type(3)`. Also a CSS selector that finds it."""
        if (known := self._paths.get(element)) is not None:
            return known
        steps: list[str] = []
        node: HtmlElement | None = element
        while node is not None and len(steps) < PATH_STEPS:
            step, ends = _step(node)
            steps.insert(0, step)
            if ends:
                break
            node = node.getparent()
        path = self._paths[element] = " > ".join(steps)
        return path

    def select(self, css: str) -> list[HtmlElement]:
        """Elements that a CSS selector finds, in document order; none for a selector that cannot be read."""
        finder = _compiled(css)
        if finder is None:
            return []
        try:
            found = finder(self.root)
            return [one for one in found if isinstance(one, HtmlElement)] if isinstance(found, list) else []
        except etree.XPathError:
            return []


def _has_sentence(blocks: Iterable[Block]) -> bool:
    return any("。" in block.text and len(block.text) >= SENTENCE_CHARS for block in blocks)


def _boxes_beside_headline(blocks: Iterable[Block], told: str) -> set[HtmlElement]:
    """Inline elements side by side, the first of them the headline, that one line is made of: each is a line.

    Told by the `title` element, which begins with the headline and goes on otherwise than the line.
    """
    for block in blocks:
        if len(block.pieces) < 2 or block.pieces[0].tail or len(block.text) < 2 * HEADLINE_LETTERS:
            continue
        first = block.pieces[0].element
        if first is block.element or letters(block.text[:2])[:1] != told[:1]:
            continue
        key = letters(block.pieces[0].text[:MAX_TITLE_CHARS])
        if len(key) < HEADLINE_LETTERS or not told.startswith(key) or len(block.text) < len(key) * 2:
            continue
        if not told.startswith(letters(block.text[: len(block.pieces[0].text) + HEADLINE_LETTERS])):
            return {first, *first.itersiblings(first.tag)}
    return set()


def _step(node: HtmlElement) -> tuple[str, bool]:
    tag = str(node.tag)
    name = node.get("id", "")
    if name and name.replace("-", "").replace("_", "").isalnum() and not name[0].isdigit():
        return f"{tag}#{name}", True
    same = [*node.itersiblings(tag, preceding=True)]
    if same or next(node.itersiblings(tag), None) is not None:
        return f"{tag}:nth-of-type({len(same) + 1})", False
    return tag, False


@lru_cache(maxsize=512)
def _compiled(css: str) -> CSSSelector | None:
    try:
        return CSSSelector(css, translator="html")
    except (SelectorError, etree.XPathError):
        return None
