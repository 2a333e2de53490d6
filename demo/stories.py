"""Stories of the replica: texts of `demo.writer` with the facts a newsroom adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from demo.dice import Dice
from demo.story import Picture, Story
from demo.writer import features, words, write
from storage.records import SITE_ZONE, Moment, Precision

_CAPTIONS = (
    "图为{place}一角。 {name} 摄",
    "图为工作人员在{place}忙碌。 本报记者 {name} 摄",
    "图为雨后的{place}。 {name} 摄",
)


def website_story(number: int, at: datetime) -> Story:
    """The article of a number as the website prints it: a time to the second, a source, an editor."""
    text, dice = write(number, at.date()), Dice(f"newsroom {number}")
    authors = tuple(dice.some(words()["reporters"], dice.number(1, 2)))
    return Story(
        title=text.title,
        paragraphs=text.paragraphs,
        published=Moment(at=at),
        byline=f"{words()['paper']}/{words()['site']}记者 {' '.join(authors)}",
        authors=authors,
        source=dice.choice((f"海右报业·{words()['paper']}", words()["site"])),
        editor=dice.choice(words()["editors"]),
    )


def to_the_minute(story: Story) -> Story:
    """The story on a page that prints no seconds."""
    at = story.published.at.replace(second=0)
    return replace(story, published=Moment(at=at, precision=Precision.MINUTE))


def with_pictures(story: Story, folder: str, count: int) -> Story:
    """The story with pictures of its own."""
    dice = Dice(f"pictures {story.title}")
    pictures = []
    for place in range(count):
        caption = dice.choice(_CAPTIONS)
        named = caption.format(place=dice.choice(words()["towns"]), name=dice.choice(words()["reporters"]))
        pictures.append(Picture(path=f"/pic/{folder}/{dice.number(100000, 999999)}_{place}.png", caption=named))
    return replace(story, pictures=tuple(pictures))


def print_story(number: int, day: date, *, broken: bool = False, end_byline: bool = False) -> Story:
    """The article of a number as the paper prints it: a dateline, a byline, no time of day, no editor.

    Args:
        broken: A print column ends in the middle of a sentence.
        end_byline: The reporter stands in brackets under the text instead of above it.
    """
    text, dice = write(number, day), Dice(f"newsroom {number}")
    author = dice.choice(words()["reporters"])
    if end_byline:
        byline = f"({author[0]} {author[1]})" if len(author) == 2 else f"({author})"
    else:
        byline = dice.choice((f"□记者 {author} 报道", f"□本报记者 {author}"))
    return Story(
        title=text.title,
        paragraphs=(dateline(day) + text.paragraphs[0], *text.paragraphs[1:]),
        published=Moment.of_day(day),
        kicker=text.kicker if dice.number(1, 3) == 1 else None,
        subtitle=text.subtitle if dice.number(1, 2) == 1 else None,
        byline=byline,
        authors=(author,),
        broken=broken,
    )


def dateline(day: date) -> str:
    """`本报7月24日讯 ` for the day before; a Monday's paper has had a weekend and does not say."""
    eve = day - timedelta(days=1)
    return "本报讯 " if day.weekday() == 0 else f"本报{eve.month}月{eve.day}日讯 "


def feature(name: str, published: Moment, *, source: str | None, editor: str | None, byline: str, author: str) -> Story:
    """A written-out article."""
    text = features()[name]
    return Story(
        title=text.title,
        paragraphs=text.paragraphs,
        published=published,
        kicker=text.kicker or None,
        subtitle=text.subtitle or None,
        byline=byline,
        authors=(author,),
        source=source,
        editor=editor,
    )


def at(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    """A time of the site's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=SITE_ZONE)
