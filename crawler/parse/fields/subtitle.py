"""Kicker and subtitle: the lines right above and right below the headline that belong to it.

A line counts where markup says so: a class that means it, a heading in the headline's own box, or the two dashes with
which subtitles begin. Plain lines beside a headline are columns, outlets and buttons more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from crawler.parse.dates import find_moments
from crawler.parse.document import HEADINGS, Block, Document
from crawler.parse.fields.asides import tokens_of
from crawler.parse.labels import take_apart
from crawler.parse.lines import words
from crawler.parse.names import read_byline
from crawler.parse.outlets import is_furniture
from crawler.parse.scene import stand_of
from crawler.parse.shapes import fold, letters
from crawler.parse.vote import Ballot, Witness, vote

KICKER_CLASSES = words("pre pretitle kicker yinti shoulder jianti eyebrow introtitle uptitle toptitle")
SUBTITLE_CLASSES = words("sub subtitle subtit subhead subheading futi fubiaoti fubt ftitle deck vicetitle")
MIN_LETTERS = 5
"""Shorter ones are names of columns."""
MAX_CHARS = 90
MAX_LINES = 3
"""Of a subtitle, at most."""
INFO_WITHIN = 3
"""Lines below a subtitle among which time, source or byline follow; without them it is the text's first sub-heading."""
BOX_STEPS = 2
"""Steps up from the headline to the box that holds its companions."""
_DASHES = re.compile(r"^[—–―─]{1,2}(?=[^—–―─\s])")
_NOT_A_TITLE = re.compile(r"[。>»]|^\W*$|^(?:首页|当前位置|所在位置|位置|正文)")


@dataclass(frozen=True, kw_only=True)
class Companions:
    """The lines around a headline that belong to it."""

    kicker: tuple[Block, ...] = ()
    subtitle: tuple[Block, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """All of them: none is part of the body."""
        return tuple(block.text for block in (*self.kicker, *self.subtitle))


def companions(document: Document, title: str | None) -> Companions:
    """Kicker and subtitle lines of a headline; none where it does not stand on the page."""
    stand = stand_of(title, document) if title else None
    if stand is None:
        return Companions()
    first, last = stand
    head = document.blocks[first]
    above = document.blocks[first - 1 : first] if first else []
    kicker = [block for block in above if _may_be(block, title) and _is_kicker(block, head)]
    below: list[Block] = []
    for block in document.blocks[last + 1 : last + 1 + MAX_LINES]:
        if not _may_be(block, title) or not _is_subtitle(block, head, document.blocks):
            break
        below.append(block)
    return Companions(kicker=tuple(kicker), subtitle=tuple(below))


def hear(name: str, found: Companions, document: Document) -> list[Witness[str]]:
    """The witness of the kicker or the subtitle."""
    blocks = found.kicker if name == "kicker" else found.subtitle
    if not blocks:
        return []
    rule = "heading" if blocks[0].tag in HEADINGS else "class"
    text = fold(" ".join(block.text for block in blocks))
    return [Witness(value=text, rule=rule, place=document.path_of(blocks[0].element), trust=0.85)]


def decide(name: str) -> Callable[[Iterable[Witness[str]]], Ballot[str]]:
    """Who votes over the kicker or the subtitle."""
    return lambda witnesses: vote(name, witnesses, same=lambda one, other: letters(one) == letters(other))


def _may_be(block: Block, title: str | None) -> bool:
    text = block.text
    return (
        len(letters(text)) >= MIN_LETTERS
        and len(text) <= MAX_CHARS
        and not block.link_chars
        and not _NOT_A_TITLE.search(text)
        and letters(text) not in letters(title or "")
        and not _is_info(text)
    )


def _is_info(text: str) -> bool:
    """Whether a line speaks of time, source or people, or is furniture."""
    return bool(find_moments(text) or take_apart(text).labelled or read_byline(text) or is_furniture(text))


def _is_kicker(block: Block, head: Block) -> bool:
    return bool(_tokens(block) & KICKER_CLASSES) or (block.tag in HEADINGS and _in_one_box(block, head))


def _is_subtitle(block: Block, head: Block, blocks: Sequence[Block]) -> bool:
    if _tokens(block) & SUBTITLE_CLASSES or _DASHES.match(block.text):
        return True
    following = blocks[block.index + 1 : block.index + 1 + INFO_WITHIN]
    return block.tag in HEADINGS and _in_one_box(block, head) and any(_is_info(one.text) for one in following)


def _tokens(block: Block) -> frozenset[str]:
    """What the elements right around a line are called."""
    elements = {block.element, *(piece.element for piece in block.pieces)}
    return frozenset().union(*(tokens_of(element) for element in elements))


def _in_one_box(block: Block, head: Block) -> bool:
    box = head.element
    for _ in range(BOX_STEPS):
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html"):
            break
        box = parent
    return box is not head.element and box in block.element.iterancestors()
