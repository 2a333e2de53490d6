"""Breaking lines of Chinese: between any two characters, but not before 。 nor after 《, nor inside a Latin word."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len, get_character_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

NOT_FIRST = frozenset("，。、；：？！）」』】》〉”’…—～·％%,.;:?!)]}")
"""What may not begin a line (GB/T 15834: points and closing marks stay with what they close)."""
NOT_LAST = frozenset("（「『【《〈“‘([{")
"""What may not end one."""
LOOK_BACK_CHARACTERS = 24
"""How far before the edge a good place is looked for; longer Latin words (addresses) are cut at the edge."""


class Chinese:
    """A text that fills the width it is given, in a table or alone."""

    def __init__(self, text: Text | str) -> None:
        self.text = Text(text) if isinstance(text, str) else text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines."""
        for line in wrap(self.text, options.max_width):
            line.no_wrap, line.overflow = True, "fold"
            yield line

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From one character to the longest line."""
        longest = max((cell_len(line) for line in self.text.plain.split("\n")), default=0)
        return Measurement(min(2, longest), longest).with_maximum(options.max_width)


def wrap(text: Text, width: int) -> list[Text]:
    """`text` in lines of at most `width` cells; its own line breaks stay.

    >>> [line.plain for line in wrap(Text("新区今年开工，项目很多。"), 12)]
    ['新区今年开', '工，项目很', '多。']
    """
    lines: list[Text] = []
    for paragraph in text.split("\n", allow_blank=True):
        pieces = paragraph.divide(list(_cuts(paragraph.plain, max(width, 2))))
        for index, piece in enumerate(pieces):
            plain = piece.plain
            # The blanks at which a line was broken neither indent the next one nor fill this one.
            first = len(plain) - len(plain.lstrip(" ")) if index else 0
            lines.append(piece[first : max(first, len(plain.rstrip(" ")))])
    return lines


def _cuts(plain: str, width: int) -> Iterator[int]:
    """Indexes at which lines after the first begin."""
    start = 0
    while (edge := _fits(plain, start, width)) < len(plain):
        lowest = max(start, edge - LOOK_BACK_CHARACTERS)
        good = next((cut for cut in range(edge, lowest, -1) if _may_cut(plain[cut - 1], plain[cut])), edge)
        yield good
        start = good
        while start < len(plain) and plain[start] == " ":
            start += 1


def _fits(plain: str, start: int, width: int) -> int:
    """Index behind the last character that `width` cells hold, beginning at `start`; at least one is held."""
    used = 0
    for index in range(start, len(plain)):
        used += get_character_cell_size(plain[index])
        if used > width:
            return max(index, start + 1)
    return len(plain)


def _may_cut(left: str, right: str) -> bool:
    if left == " " or right == " ":
        return True
    if right in NOT_FIRST or left in NOT_LAST:
        return False
    if left.isascii() and right.isascii():
        return left in "/&?" and right != "/"  # where an address may be cut
    return True
