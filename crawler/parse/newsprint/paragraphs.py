"""Lines of a print article → its paragraphs: sentences that print broke are whole again, what is only print's is gone.

A column of print ends in mid-sentence, and the line break survives; so do `（下转6版）` and `（上接4版）` where the
rest stood on another page. Lines without a stop for another reason (heads, lists, verse, forms) stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from crawler.parse.document import Block
from crawler.parse.newsprint import words
from crawler.parse.newsprint.marked import Marked
from crawler.parse.newsprint.signature import opening_byline, signatures
from crawler.parse.newsprint.typeset import Setting, setting_of
from crawler.parse.shapes import HAN, plain

SHORT_CHARS = 20
"""A line below it is a head, a signature or a verse unless it ends at a comma; columns of print break longer ones."""
CLAUSE_CHARS = 32
"""A line without any stop in it may be a head up to this length."""
CONTINUED_CHARS = 12
"""What goes on behind a break is no shorter, unless it ends the sentence."""
LONGEST_PARAGRAPH = 3000
"""Characters. Nothing is joined to a longer one: print has none, and what a server sends may have no end."""
INDENTED_SHARE = 0.8
LIST_LINES = 3
"""So many lines in a row without a stop are a list."""
CELL_CHARS = 60
"""Cells of tables with longer lines lay the page out, they hold no data."""

_JUMP_END = re.compile(rf"\s*[(（]\s*(?:下转|紧转|转)\s*第?\s*[A-Za-z]?[\d{HAN}]{{1,3}}?\s*版[^()（）]{{0,12}}[)）]\s*")
_JUMP_START = re.compile(
    rf"\s*[(（]\s*(?:上接|紧接|接)\s*第?\s*[A-Za-z]?[\d{HAN}]{{1,3}}?\s*版[^()（）]{{0,12}}[)）]\s*"
)
_OPEN_END = ("，", ",", "、", *"的和与及或在对把被将向从由以于至")
_PAIRS = ("“”", "《》", "（）", "()", "‘’", "「」")
_COMMAS = re.compile(r"[，,、。；;：:“”]")
_NAMES = re.compile(rf"[{HAN}·]{{1,5}}(?:[、, ]+[{HAN}·]{{1,5}}){{2,}}")
"""Names and nothing else."""


@dataclass(frozen=True, kw_only=True)
class _Part:
    """A line on its way to being a paragraph."""

    line: Block
    marked: Marked
    setting: Setting
    ends_page: bool
    """Whether 下转 stood at its end."""
    begins_page: bool
    """Whether 上接 stood at its start."""
    joined: bool = False

    @property
    def text(self) -> str:
        """What it says."""
        return self.marked.text

    @property
    def is_open(self) -> bool:
        """Whether it ends without the end of a sentence."""
        return not words.is_closed(self.text)

    @property
    def surely_open(self) -> bool:
        """Whether it ends within a sentence beyond doubt: at a comma, at 的 or 和, inside quotes or brackets."""
        text = self.text
        return text.endswith(_OPEN_END) or any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)


def paragraphs(lines: Sequence[Block]) -> list[Block]:
    """The paragraphs of an article's text.

    Args:
        lines: of the text, in order, furniture already left out.

    Returns:
        Paragraphs as lines again; one that differs from its line has an element of its own.
    """
    parts = [part for line in lines if (part := _part(line)).text or part.ends_page or part.begins_page]
    parts = _unsigned(_joined(parts))
    holders = Counter(line.element for line in lines)
    return [_written(part, holders[part.line.element] > 1) for part in parts if part.text]


def _part(line: Block) -> _Part:
    marked = Marked.of(line)
    ends = begins = False
    if (glued := words.COPYRIGHT.search(plain(marked.text))) is not None:
        marked = marked.without(glued.start(), glued.end())
    for match in reversed(list(_JUMP_END.finditer(marked.text))):
        ends = ends or match.end() == len(marked.text)
        marked = marked.without(match.start(), match.end())
    for match in reversed(list(_JUMP_START.finditer(marked.text))):
        begins = begins or match.start() == 0
        marked = marked.without(match.start(), match.end())
    return _Part(line=line, marked=marked, setting=setting_of(line), ends_page=ends, begins_page=begins)


def _joined(parts: Sequence[_Part]) -> list[_Part]:
    indented = _is_indented(parts)
    listed = _listed(parts)
    found: list[_Part] = []
    jumped = False
    for place, part in enumerate(parts):
        if not part.text:  # a line that held 下转 or 上接 and nothing else
            jumped = True
            continue
        jumped = jumped or part.begins_page or bool(found and found[-1].ends_page)
        if found and _may_go_on(found[-1], part):
            goes_on = jumped or _goes_on(found[-1], part, indented=indented, listed=place - 1 in listed)
        else:
            goes_on = False
        found[-1:] = [_whole(found[-1], part)] if goes_on else [*found[-1:], part]
        jumped = False
    return found


def _whole(part: _Part, other: _Part) -> _Part:
    return replace(part, marked=part.marked.joined(other.marked), ends_page=other.ends_page, joined=True)


def _is_indented(parts: Sequence[_Part]) -> bool:
    """Whether paragraphs of this page begin with an indent: what has none goes on with the line above it."""
    first = [part for before, part in pairwise(parts) if not before.is_open]
    return len(first) > 1 and sum(part.setting.indented for part in first) > INDENTED_SHARE * len(first)


def _listed(parts: Sequence[_Part]) -> set[int]:
    """Places of lines that stand among several without a stop: items of a list."""
    runs: list[list[int]] = [[]]
    for place, part in enumerate(parts):
        if part.is_open and not part.surely_open:
            runs[-1].append(place)
        elif runs[-1]:
            runs.append([])
    return {place for run in runs if len(run) >= LIST_LINES for place in run}


def _may_go_on(part: _Part, other: _Part) -> bool:
    """Whether a line is open, and the next is set like it and begins nothing of its own."""
    if (
        len(part.text) > LONGEST_PARAGRAPH
        or not part.is_open
        or part.setting.look != other.setting.look
        or _begins_something(other)
    ):
        return False
    return not (_is_list(part) or part.line.element.tag in ("li", "th") or _in_other_cell(part, other))


def _goes_on(part: _Part, other: _Part, *, indented: bool, listed: bool) -> bool:
    """Whether a line goes on with the sentence that the line above it leaves open."""
    if len(other.text) < CONTINUED_CHARS and other.is_open:
        return False
    hangs = indented and not other.setting.indented and part.setting.indented
    if hangs:
        return True
    if part.surely_open:
        return len(part.text) >= SHORT_CHARS or len(other.text) >= SHORT_CHARS or _is_running(part, other)
    enough = SHORT_CHARS if words.has_sentence(part.text) else CLAUSE_CHARS
    return len(part.text) >= enough and _is_running(part) and not listed and not _are_parallel(part, other)


def _begins_something(part: _Part) -> bool:
    line = plain(part.text)
    return bool(
        words.BULLET.match(line)
        or words.LEAD.match(line)
        or words.DATELINE.match(line)
        or words.LABELLED.match(line)
        or (line[:1] == "(" and line[-1:] == ")")
    )


def _is_list(part: _Part) -> bool:
    """Whether a line is a section's head, an item without a sentence or a line of a form."""
    line = plain(part.text)
    if part.surely_open or words.has_sentence(line):
        return False
    return bool(
        words.LABELLED.match(line)
        or _NAMES.fullmatch(line)
        or (words.BULLET.match(line) and len(line) < words.LONGEST_HEAD)
    )


def _in_other_cell(part: _Part, other: _Part) -> bool:
    cells = (part.line.element, other.line.element)
    return any(cell.tag == "td" for cell in cells) and cells[0] is not cells[1]


def _is_running(*parts: _Part) -> bool:
    """Whether lines read like running text: there are commas or stops inside of each."""
    return all(_COMMAS.search(part.text[:-1]) is not None for part in parts)


def _are_parallel(part: _Part, other: _Part) -> bool:
    """Whether two lines begin or end alike, as items of a list do."""
    one, two = plain(part.text), plain(other.text)
    return one[:2] == two[:2] or (one[0].isdigit() and two[0].isdigit()) or (other.is_open and one[-2:] == two[-2:])


def _unsigned(parts: list[_Part]) -> list[_Part]:
    """The paragraphs without the byline before the first sentence and the names behind the last one."""
    if parts and (byline := opening_byline(parts[0].text)) is not None:
        parts[0] = replace(parts[0], marked=parts[0].marked.without(byline.start, byline.end), joined=True)
    found = signatures([part.text for part in parts])
    if len(found) == 1:  # of several items each keeps its own
        place, signature = found[0]
        left = parts[place].marked.without(signature.start, signature.end)
        parts[place] = replace(parts[place], marked=left, joined=True)
    return parts


def _written(part: _Part, shared: bool) -> Block:
    """The line itself where it is a paragraph already; else one of its own."""
    line = part.line
    as_text = shared and (line.element.tag == "p" or (line.element.tag == "td" and len(line.text) > CELL_CHARS))
    if part.text == line.text and not part.joined and not as_text:
        return line
    return part.marked.written(line)
