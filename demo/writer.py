"""Writes local news about invented places: `demo/texts/` holds the sentences, this joins them.

Slots of the building blocks: `{n:12-40}` a number (`{n:100-900/20}` in steps), and names, each the same throughout one
article: `{town}`, `{town2}`, `{village}`, `{person}` … `{date}` is the day before the article, `{half}` 上午 or 下午.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from demo.dice import Dice

TEXTS = Path(__file__).parent / "texts"

_NUMBER = re.compile(r"\{n:(\d+)-(\d+)(?:/(\d+))?\}")
_NAME = re.compile(r"\{([a-z]+)(\d?)\}")
_LISTS = {
    "town": "towns",
    "village": "villages",
    "harbour": "harbours",
    "road": "roads",
    "community": "communities",
    "school": "schools",
    "person": "people",
}
_FEWEST_FACTS, _MOST_FACTS = 1, 3
"""Beside those that belong to the headline."""
_TOLD_AGAIN = 40
"""From this size on a number is a fact of the article: the same slot gives it again in headline, lead and text."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """Headline and paragraphs of one article."""

    topic: str
    title: str
    subtitle: str
    kicker: str
    paragraphs: tuple[str, ...]


@cache
def words() -> dict[str, Any]:
    """Names of places, people and outlets."""
    return tomllib.loads((TEXTS / "words.toml").read_text("utf-8"))


@cache
def topics() -> tuple[dict[str, Any], ...]:
    """Building blocks by topic."""
    return tuple(
        topic
        for path in sorted(TEXTS.glob("topics_*.toml"))
        for topic in tomllib.loads(path.read_text("utf-8"))["topic"]
    )


def write(number: int, day: date) -> Text:
    """The article of a number: the topics in turn, its words as the number wills.

    Args:
        number: Names the article; two numbers never give the same text.
        day: The day it is published.
    """
    every = topics()
    topic, turn = every[number % len(every)], number // len(every)
    dice = Dice(f"{topic['name']} {number}")
    slots = _Slots(dice, day)
    headline = topic["headlines"][turn % len(topic["headlines"])]
    lead, *own = topic["angles"][turn % len(topic["headlines"])]
    others = [place for place in range(len(topic["facts"])) if place not in own]
    facts = [*own, *dice.some(others, dice.number(_FEWEST_FACTS, _MOST_FACTS))]
    blocks = [topic["leads"][lead], *(topic["facts"][place] for place in facts), dice.choice(topic["voices"])]
    if dice.number(1, 3) > 1:
        blocks.append(dice.choice(topic["closes"]))
    return Text(
        topic=topic["name"],
        title=slots.fill(headline),
        subtitle=slots.fill(dice.choice(topic["subtitles"])),
        kicker=slots.fill(dice.choice(topic["kickers"])),
        paragraphs=tuple(slots.fill(block) for block in blocks),
    )


class _Slots:
    """The names and numbers of one article."""

    def __init__(self, dice: Dice, day: date) -> None:
        self._dice = dice
        eve = day - timedelta(days=1)
        self._known: dict[str, str] = {
            "date": f"{eve.month}月{eve.day}日",
            "half": dice.choice(("上午", "下午")),
        }

    def fill(self, text: str) -> str:
        text = _NUMBER.sub(self._number, text)
        return _NAME.sub(lambda match: self._named(match[1], match[2]), text)

    def _number(self, slot: re.Match[str]) -> str:
        if slot[0] not in self._known:
            number = str(self._dice.number(int(slot[1]), int(slot[2]), int(slot[3] or 1)))
            if int(slot[2]) < _TOLD_AGAIN:
                return number
            self._known[slot[0]] = number
        return self._known[slot[0]]

    def _named(self, name: str, place: str) -> str:
        key = name + place
        if key not in self._known:
            taken = set(self._known.values())
            self._known[key] = self._dice.choice([word for word in words()[_LISTS[name]] if word not in taken])
        return self._known[key]


@cache
def features() -> dict[str, Text]:
    """Articles that are written out, by name."""
    given = tomllib.loads((TEXTS / "features.toml").read_text("utf-8"))
    return {
        name: Text(
            topic=name,
            title=one["title"],
            subtitle=one.get("subtitle", ""),
            kicker=one.get("kicker", ""),
            paragraphs=tuple(line.strip() for line in one["text"].splitlines() if line.strip()),
        )
        for name, one in given.items()
    }
