"""Lines of Chinese are broken where a printer would break them, and never lose a character."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.text import Text

from cli.chinese import NOT_FIRST, NOT_LAST, wrap
from cli.screen import clean

texts = st.text(alphabet="新区港口，。《》“”（）、：·—…abcXYZ019 -/\n　é❤한", max_size=120)


@given(texts, st.integers(2, 60))
def test_lines_fit_and_hold_everything(text: str, width: int):
    """A line that is too long is cut by the terminal; a character that is lost changes what was said."""
    lines = [line.plain for line in wrap(Text(text), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(alphabet="新区港口工程，。《》", max_size=80), st.integers(12, 40))
def test_points_stay_with_their_words(text: str, width: int):
    """A line that begins with 。 or ends with 《 reads like a mistake; only a row of points may force it."""
    lines = [line.plain for line in wrap(Text(text), width)]
    for before, after in pairwise(lines):
        if after[0] in NOT_FIRST or before[-1] in NOT_LAST:
            assert not any(_good(before, cut) for cut in range(1, len(before))), lines


def _good(line: str, cut: int) -> bool:
    return line[cut] not in NOT_FIRST and line[cut - 1] not in NOT_LAST


def test_latin_words_and_addresses():
    """A word in the middle of Chinese is not torn; an address longer than the line is broken behind its slashes."""
    assert [line.plain for line in wrap(Text("全区使用Python抓取新闻"), 14)] == ["全区使用Python", "抓取新闻"]
    assert [line.plain for line in wrap(Text("全区使用 Scrapy 抓取"), 12)] == ["全区使用", "Scrapy 抓取"]
    lines = [line.plain for line in wrap(Text("http://epaper.example.com/content/20240726/Articel01001NR.htm"), 40)]
    assert lines == ["http://epaper.example.com/content/", "20240726/Articel01001NR.htm"]


def test_style_survives_the_break():
    """A hit that is broken over two lines is marked on both."""
    text = Text("港口")
    text.append("扩建工程", style="red")
    lines = wrap(text, 8)
    assert [line.plain for line in lines] == ["港口扩建", "工程"]
    assert all(any(span.style == "red" for span in line.spans) for line in lines)


@given(st.text())
def test_cleaned_texts_do_nothing(text: str):
    """No text whatever may hold what a terminal obeys."""
    assert all(char == "\n" or char.isprintable() or char > "\x9f" for char in clean(text))
