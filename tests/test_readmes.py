"""README.md and README.zh-CN.md are twins: who reads one of them is told what the other says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = ((ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md"))


def shape(text: str) -> list[str]:
    """Headings, list items and table rows by their kind, in order."""
    return re.findall(r"^(#+|-|\|)(?= )", text, re.MULTILINE)


def codes(text: str) -> Counter[str]:
    """What is to be typed, or stands in a file; placeholders for a name aside."""
    return Counter(re.sub(r"<\w+>", "<name>", code) for code in re.findall(r"`([^`]+)`", text))


def typed(text: str) -> list[str]:
    """Commands in indented blocks, without their remarks."""
    return [line.split("  #")[0].rstrip() for line in re.findall(r"^ {4}(?:make|\.venv).*", text, re.MULTILINE)]


def links(text: str) -> Counter[str]:
    """Where it leads to; to its twin counts as the same."""
    return Counter(re.findall(r"\]\(([^)]+)\)", text.replace("README.zh-CN.md", "twin").replace("README.md", "twin")))


@pytest.mark.parametrize("part", [shape, codes, typed, links])
def test_both_languages_say_the_same(part: Callable[[str], object]) -> None:
    """Else a command, a promise or a reservation would be known in one language only."""
    assert part(ENGLISH) == part(CHINESE)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", ENGLISH + CHINESE))))
def test_every_link_leads_somewhere(target: str) -> None:
    """Else a reader would be sent to a file that is not there."""
    assert target.startswith("http") or (ROOT / target).exists()
