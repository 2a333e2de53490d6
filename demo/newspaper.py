"""What the e-paper holds: two weeks in two generations side by side, one week of the oldest, days without an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from demo.dice import Dice
from demo.stories import print_story
from demo.story import Entry, Story
from demo.writer import words
from storage.records import Edition, Moment

PAPER = "lgb"
ISSUE_RANGES = ((date(2019, 7, 20), date(2019, 7, 26)), (date(2024, 7, 15), date(2024, 7, 29)))
"""First and last day of what the e-paper holds, weekends without an issue included."""

REDIRECTED = {date(2024, 7, 21): date(2024, 7, 22)}
"""A day without an issue whose index leads to another day's."""
_FIRST_ID = 75301
_OLD_WEEK = [date(2019, 7, 22) + timedelta(days=day) for day in range(5)]
_WEEKS = [date(2024, 7, 15) + timedelta(days=day) for day in (0, 1, 2, 3, 4, 7, 8, 9, 10, 11)]
_H5_ONLY = date(2024, 7, 29)
"""The PC edition of this day was never put online."""

_PLANS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("01", "要闻"), ("02", "镇街"), ("03", "城事")),
    (("01", "要闻"), ("02", "经济")),
    (("01", "要闻"), ("02", "要闻"), ("03", "身边的榜样"), ("04-05", "海洋文化节 醉美澜港")),
    (("01", "要闻"), ("02", "乡村振兴·村村有好戏"), ("T01", "建港三十年特刊")),
    (("01", "要闻"), ("02", "澜港十年|筑梦"), ("03", "城事"), ("04", "逸文")),
)
"""Pages of an issue, by day of the week."""


@dataclass(frozen=True, kw_only=True)
class PrintPage:
    """One print page."""

    label: str
    """版次 as printed: `01`, `04-05`, `T01`."""
    name: str
    entries: tuple[Entry, ...] = field(repr=False)

    @property
    def file(self) -> str:
        """Its number in file names: of pages printed as one, the first."""
        return self.label.partition("-")[0]


@dataclass(frozen=True, kw_only=True)
class Issue:
    """One day's issue in one generation."""

    generation: str
    """`shtml`, `pc` or `h5`."""
    day: date
    pages: tuple[PrintPage, ...]

    @property
    def folder(self) -> str:
        """Where its files stand, with a slash at the end."""
        folder = {
            "shtml": f"/shtml/{PAPER}",
            "pc": f"/epaper/html/{PAPER}/content",
            "h5": f"/epaper/h5/{PAPER}/content",
        }
        return f"{folder[self.generation]}/{self.day:%Y%m%d}/"


def issues(reprints: Sequence[Story]) -> tuple[Issue, ...]:
    """Every issue, oldest first, the generations of one day beside each other.

    Args:
        reprints: Website stories that the paper prints as well; one goes on the front page of a day.
    """
    waiting = list(reprints)
    made: list[Issue] = []
    number = 0
    for day in _OLD_WEEK:
        pages, number = _pages("shtml", day, number, None)
        made.append(Issue(generation="shtml", day=day, pages=pages))
    for day in [*_WEEKS, _H5_ONLY]:
        reprint = waiting.pop(0) if waiting and day.weekday() != 0 else None
        pages, number = _pages("pc", day, number, reprint)
        if day != _H5_ONLY:
            made.append(Issue(generation="pc", day=day, pages=pages))
        twins = tuple(replace(page, entries=tuple(map(h5_twin, page.entries))) for page in pages)
        made.append(Issue(generation="h5", day=day, pages=twins))
    return tuple(made)


def h5_twin(entry: Entry) -> Entry:
    """The same article in the h5 generation."""
    path = entry.path.replace("/epaper/html/", "/epaper/h5/").replace("NR.htm", "GN.htm")
    return replace(entry, path=path, layout="h5")


def _pages(generation: str, day: date, number: int, reprint: Story | None) -> tuple[tuple[PrintPage, ...], int]:
    """Pages of one day, and the number of the next article."""
    dice = Dice(f"issue {day}")
    pages = []
    for label, name in _PLANS[day.weekday()]:
        entries = []
        first = dice.number(1, 2)  # numbers restart on every page, not always at 001
        for place in range(dice.number(2, 3)):
            story = _story(generation, day, number)
            if reprint is not None and label == "01" and place == 0:
                story = _as_printed(reprint, day)
            edition = Edition(paper=PAPER, day=day, label=label, page_name=name)
            path, layout = _address(generation, day, label.partition("-")[0], first + place, number)
            entries.append(Entry(path=path, story=story, layout=layout, edition=edition))
            number += 1
        pages.append(PrintPage(label=label, name=name, entries=tuple(entries)))
    return tuple(pages), number


def _story(generation: str, day: date, number: int) -> Story:
    old = generation == "shtml"
    story = print_story(1000 + number, day, broken=number % 4 == 1, end_byline=old and number % 2 == 0)
    # The skin of the first week prints 稿件来源 into the text's own heading.
    return replace(story, source=words()["paper"]) if _layout(generation, day) == "pc-nested" else story


def _as_printed(reprint: Story, day: date) -> Story:
    """A website story as the paper prints it: same headline and text."""
    author = reprint.authors[0]
    return replace(
        reprint,
        published=Moment.of_day(day),
        byline=f"□记者 {author} 报道",
        authors=(author,),
        source=None,
        editor=None,
        pictures=(),
    )


def _layout(generation: str, day: date) -> str:
    if generation == "shtml":
        return "shtml"
    return "pc-nested" if day < date(2024, 7, 20) else "pc-plain"


def _address(generation: str, day: date, file: str, place: int, number: int) -> tuple[str, str]:
    layout = _layout(generation, day)
    if generation == "shtml":
        return f"/shtml/{PAPER}/{day:%Y%m%d}/{_FIRST_ID + number}.shtml", layout
    return f"/epaper/html/{PAPER}/content/{day:%Y%m%d}/Articel{file}{place:03}NR.htm", layout
