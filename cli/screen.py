"""What is printed and how wide: terminals, pipes, tables, times, and texts that came from the network."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Iterable
from typing import TextIO, cast

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from cli.chinese import Chinese

PIPED_WIDTH = 160
"""Columns of what goes into a file or another program and has no terminal to ask (COLUMNS says otherwise)."""
NARROW = 100
"""Below so many columns tables show days instead of minutes."""
UNKNOWN = "–"

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Control characters (an ESC would command the terminal) and those that reverse or hide text."""


class Screen(Console):
    """A console that leaves a closed pipe to cli.edge."""

    def put(self, renderable: RenderableType) -> None:
        """Print something made of rows. Into a file or pipe without the blanks that fill the last column."""
        if self.is_terminal:
            self.print(renderable)
            return
        with self.capture() as captured:
            self.print(renderable)
        self.file.write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

    def on_broken_pipe(self) -> None:
        """Instead of ending the program from here."""
        raise BrokenPipeError


def screen() -> Screen:
    """Standard output."""
    return _console(stderr=False)


def aside() -> Screen:
    """Standard error: progress, remarks, errors."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Screen:
    stream = sys.stderr if stderr else sys.stdout
    piped = not stream.isatty() and not os.environ.get("COLUMNS", "").isdigit()
    return Screen(stderr=stderr, highlight=False, emoji=False, markup=False, width=PIPED_WIDTH if piped else None)


class _Shown(io.TextIOBase):
    """Standard output where it is a terminal: texts for programs, without what would command it."""

    def write(self, text: str) -> int:
        sys.stdout.write(clean(text))
        return len(text)

    def isatty(self) -> bool:
        return True


def plain() -> TextIO:
    """Standard output for JSON, CSV and other text for programs: exact in a file or pipe, harmless on a terminal."""
    return cast("TextIO", _Shown()) if sys.stdout.isatty() else sys.stdout


def say(sentence: str) -> None:
    """One remark on standard error. Never broken into lines: a program may read it."""
    print(clean(sentence), file=sys.stderr, flush=True)


def clean(text: str) -> str:
    """`text` without characters that do something to a terminal or hide what it says.

    >>> clean("港口\\x1b[31m扩建\\u202e")
    '港口�[31m扩建�'
    """
    return _UNSEEN.sub("\ufffd", text.replace("\t", " "))


def some(number: int, thing: str) -> str:
    """`1 WARC file`, `2 WARC files`."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def table(*headings: str, fixed: Iterable[str] = (), numbers: Iterable[str] = ()) -> Table:
    """An empty table without lines, so that nothing of it can be cut off.

    Args:
        fixed: Columns that are never broken into lines.
        numbers: Columns that are aligned to the right; never broken either.
    """
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for heading in headings:
        number = heading in numbers
        made.add_column(heading, no_wrap=number or heading in fixed, justify="right" if number else "left")
    return made


def cell(value: object) -> Chinese:
    """A cell of text from anywhere; empty: –."""
    return Chinese(Text(clean(str(value))) if value not in (None, "") else Text(UNKNOWN, style="dim"))


def whole(value: object) -> Text:
    """A cell for a column that is never broken."""
    return Text(clean(str(value))) if value not in (None, "") else Text(UNKNOWN, style="dim")


def when(iso: str | None, *, days_only: bool = False) -> str:
    """A time of the JSON shape for a table: to the minute, or the day alone where no more is known.

    >>> when("2021-02-24T10:49:09+08:00"), when("2021-02-24"), when(None)
    ('2021-02-24 10:49', '2021-02-24', '')
    """
    if iso is None:
        return ""
    return iso[:10] if days_only else iso[:16].replace("T", " ")


def moment(iso: str | None) -> str:
    """The same to the second.

    >>> moment("2021-02-24T10:49:09+08:00"), moment("2021-02-24"), moment(None)
    ('2021-02-24 10:49:09', '2021-02-24', '')
    """
    return iso[:19].replace("T", " ") if iso else ""
