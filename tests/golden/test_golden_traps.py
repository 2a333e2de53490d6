"""Every known trap has a golden case that really holds it, and docs/extraction.md names them all."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_cases import GOLDEN, Facts, capture_of, cases, expected_of

from storage.tomlfile import load_toml

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "extraction.md"
ROW = re.compile(r"^\| (?P<trap>[^|]+) \| \[(?P<name>\w+)\]\(\.\./tests/golden/traps/(?P=name)/page\.html\) \|$", re.M)
TRAPS = GOLDEN / "traps"


def chars(html: str) -> int:
    """Characters of a piece of a page, tags and blanks aside."""
    return len(re.sub(r"<[^>]*>|\s", "", html))


def body_chars(name: str) -> int:
    """Characters of what a case says is the article's text."""
    expected = expected_of(TRAPS / name)
    assert expected is not None
    return sum(map(len, expected["body"]))


def _lacks(codec: str) -> Callable[[bytes], bool]:
    def holds(body: bytes) -> bool:
        try:
            body.decode(codec)
        except UnicodeDecodeError:
            return True
        return False

    return holds


def _behind(body: bytes, mark: str) -> int:
    return chars(body.decode("utf-8").split(mark, 1)[1])


HOLDS: dict[str, Callable[[bytes], bool]] = {
    "stray_end_tag": lambda body: body.index(b"</html>") < body.index(b"<h1>"),
    "hidden_spam": lambda body: _behind(body, "display:none") > 5 * body_chars("hidden_spam"),
    "long_comments": lambda body: _behind(body, "网友评论") > 3 * body_chars("long_comments"),
    "short_notice": lambda body: 100 <= body_chars("short_notice") <= 120,
    "gb18030_bytes": _lacks("gbk"),
    "gbk_said_utf8": _lacks("utf-8"),
    "utf8_said_gb2312": lambda body: b"gb2312" in body and not _lacks("utf-8")(body),
    "meta_time_differs": lambda body: b"T10:41" in body and b"08:15" in body,
    "day_glued_to_clock": lambda body: "2024-03-1208:15" in re.sub("<[^>]*>", "", body.decode("utf-8")),
}
"""Case → whether its bytes as sent hold the trap, where the page alone can show it."""


def test_document_names_every_case() -> None:
    """The table of traps must not name a case that is gone, nor lack one that is there."""
    told = {found["name"]: found["trap"] for found in ROW.finditer(DOCUMENT.read_text("utf-8"))}
    assert told == {case.name: load_toml(case / "facts.toml", Facts).trap for case in cases(TRAPS)}
    assert len(told) >= 30


@pytest.mark.parametrize("name", HOLDS)
def test_case_holds_its_trap(name: str) -> None:
    """A case that lost its trap in an edit would pass for ever and prove nothing."""
    assert HOLDS[name](capture_of(TRAPS / name).body)
