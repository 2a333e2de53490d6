"""A line of data as its elements part it: what stands in boxes side by side is not one word."""

from __future__ import annotations

import re

from crawler.parse.labelmarks import KIND, Label, bare_word
from crawler.parse.lines import Block, Piece
from crawler.parse.outlets import is_outlet
from crawler.parse.shapes import HAN, fold, plain

_WORD = re.compile(rf"[\d{HAN}A-Za-z]")
MIN_CHARS = 2
"""Of a text node that is a value or a label; single signs in elements of their own are one word taken apart."""


def spoken(block: Block) -> str:
    """The line with a blank between elements side by side, and a colon behind a label that is all of an element.

    `<i>来源</i>青石网<span>苗禾</span>` is `来源:青石网 苗禾`. The text of a line of one piece is as it is.
    """
    pieces = [(piece, text) for piece in block.pieces if (text := fold(piece.text))]
    if len(pieces) < 2 or block.link_chars == len(block.text):
        return block.text
    out, place = "", 0
    for at, (piece, text) in enumerate(pieces):
        start = block.text.find(text, place)
        if start < 0:
            return block.text
        if at and start == place:
            out += _joint(*pieces[at - 1], piece, text)
        elif at and start > place and _is_label(*pieces[at - 1]) and block.text[place:start].isspace():
            out += ":"
        out += block.text[place : start + len(text)]
        place = start + len(text)
    return out + block.text[place:]


def _joint(before: Piece, said: str, piece: Piece, text: str) -> str:
    """What parts two text nodes that touch."""
    if not (_WORD.match(text[0]) and _WORD.match(said[-1])):
        return ""
    if _is_label(before, said):
        return ":"
    linked = before.element.tag == "a" and not before.tail and is_outlet(said)
    boxes = not before.tail and not piece.tail and min(len(said), len(text)) >= MIN_CHARS
    return " " if linked or boxes else ""


def _is_label(piece: Piece, said: str) -> bool:
    """Whether a text node is a label that is all of its element and has no colon."""
    word = None if piece.tail else bare_word(plain(said))
    return word is not None and word == said.replace(" ", "") and KIND[word] is not Label.OTHER
