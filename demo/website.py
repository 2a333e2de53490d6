"""What the website holds: its columns, newest article first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from demo.dice import Dice
from demo.stories import at, feature, to_the_minute, website_story, with_pictures
from demo.story import Entry, Story
from demo.writer import features, words
from storage.records import Moment

PER_PAGE = 8
NEWEST = date(2024, 7, 26)
GROWN_SINCE = at(date(2024, 7, 29), 8, 5, 11)
GROWN_FROM = 10_000
"""Number of the first article that the site grows; the writer knows it by this number."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of the website."""

    name: str
    title: str
    entries: tuple[Entry, ...] = field(repr=False)
    """Newest first."""


def columns(number_grown: int, seed: Story | None) -> tuple[Column, ...]:
    """All columns, with so many articles grown since; the seed article, where there is one, in 要闻."""
    lists: tuple[Column, ...] = (
        Column(name="yaowen", title="要闻", entries=tuple(_headlines(seed))),
        Column(name="zhenjie", title="镇街", entries=tuple(_towns())),
        Column(name="city", title="城事", entries=tuple(_city())),
    )
    added = [grown(number) for number in range(number_grown)]
    lists = tuple(
        replace(column, entries=(*reversed(added[place :: len(lists)]), *column.entries))
        for place, column in enumerate(lists)
    )
    return (
        *lists,
        Column(name="minsheng", title="民生", entries=tuple(_old())),
        Column(name="app", title="客户端", entries=tuple(_app())),
        Column(name="archive", title="旧闻", entries=tuple(_archive())),
        Column(name="opinion", title="言论", entries=tuple(_opinion())),
        Column(name="county", title="县域", entries=tuple(_county())),
    )


def _stories(first: int, count: int, newest: date, step_hours: int) -> Iterator[tuple[int, Story]]:
    """Numbers and stories, each some hours older than the one before."""
    for place in range(count):
        dice = Dice(f"time {first + place}")
        moment = at(newest, 17, 40) - timedelta(hours=step_hours * place)
        moment = moment.replace(hour=dice.number(7, 19), minute=dice.number(0, 59), second=dice.number(0, 59))
        story = website_story(first + place, moment)
        yield place, with_pictures(story, f"{first}", place % 3) if place % 4 == 1 else story


def _headlines(seed: Story | None) -> Iterator[Entry]:
    """要闻: the platform's article pages, a NEWS page now and then, the written-out articles, the seed."""
    written = iter(_features())
    for place, story in _stories(0, 26, NEWEST, 19):
        if place % 4 == 2 and (told := next(written, None)):
            yield Entry(path=f"/articleContent/17_{120026 - place}.html", story=told, layout="articleContent")
        if place % 7 == 5:
            yield Entry(path=f"/general/0/NEWS{20240700 + place}XHA", story=story, layout="news")
        else:
            yield Entry(path=f"/articleContent/17_{110026 - place}.html", story=story, layout="articleContent")
    if seed is not None:
        yield Entry(path="/articleContent/1176_1111015.html", story=seed, layout="articleContent")


def _features() -> Iterator[Story]:
    """The written-out articles as the website prints them."""
    for place, name in enumerate(features()):
        author = words()["reporters"][place * 2]
        yield with_pictures(
            feature(
                name,
                Moment(at=at(NEWEST - timedelta(days=1 + 3 * place), 9, 12 + place, 30)),
                source=f"海右报业·{words()['paper']}",
                editor=words()["editors"][place % len(words()["editors"])],
                byline=f"{words()['paper']}/{words()['site']}记者 {author}",
                author=author,
            ),
            "features",
            place % 3,
        )


def _towns() -> Iterator[Entry]:
    """镇街: dated folders; one article spread over three pages."""
    for place, story in _stories(100, 22, NEWEST, 26):
        day = story.published.day
        path = f"/zhenjie/{day:%Y%m}/t{day:%Y%m%d}_{5022 - place}.html"
        layout = "parts" if place == 9 else "trs"
        yield Entry(path=path, story=to_the_minute(story), layout=layout)


def _city() -> Iterator[Entry]:
    """城事: dated folders of another kind; three articles that moved."""
    moved = {
        4: ("/go/8001",),
        11: ("/old/8002.html", "/moved/8002.html"),
        17: ("/go/8003",),
    }
    for place, story in _stories(200, 20, NEWEST, 28):
        day = story.published.day
        path = f"/content/{day:%Y-%m}/{day:%d}/content_{40120 - place}.html"
        yield Entry(path=path, story=to_the_minute(story), layout="zoom", via=moved.get(place, ()))


def _old() -> Iterator[Entry]:
    """民生: the oldest part of the site, numbers alone; most of it in gb2312, one page only says so."""
    for place, story in _stories(300, 20, date(2024, 7, 12), 30):
        layout = "lying" if place == 3 else "gb2312" if place % 3 == 0 else "trs"
        yield Entry(path=f"/minsheng/show-{3020 - place}.html", story=to_the_minute(story), layout=layout)


def _app() -> Iterator[Entry]:
    """客户端: known only through the app's interface."""
    for place, story in _stories(400, 18, NEWEST, 31):
        path = f"/index.php/app_if/getArticleContent?articleId={910018 - place}&colID=23"
        yield Entry(path=path, story=replace(story, byline=None), layout="interface")


def _archive() -> Iterator[Entry]:
    """旧闻: in no list, only in the sitemap."""
    for place, story in _stories(500, 6, date(2023, 11, 30), 170):
        path = f"/archive/{story.published.day:%Y/%m}/{6006 - place}.html"
        yield Entry(path=path, story=to_the_minute(story), layout="zoom")


def _opinion() -> Iterator[Entry]:
    """言论: only in the feed."""
    for place, story in _stories(600, 8, NEWEST, 40):
        path = f"/opinion/{story.published.day:%Y%m%d}/{708 - place}.html"
        yield Entry(path=path, story=to_the_minute(story), layout="trs")


def _county() -> Iterator[Entry]:
    """县域: the list is drawn by a script."""
    for place, story in _stories(700, 14, NEWEST, 22):
        yield Entry(path=f"/general/0/NEWS{20240600 + place}CNT", story=story, layout="news", scripted=True)


def grown(number: int) -> Entry:
    """The article that the site grows as its so-many-th, from 0: in three columns by turns, each with its layout."""
    moment = GROWN_SINCE + timedelta(minutes=37 * number, seconds=11 * (number % 5))
    day, story = moment.date(), website_story(GROWN_FROM + number, moment)
    if number % 3 == 0:
        return Entry(path=f"/articleContent/17_{130001 + number}.html", story=story, layout="articleContent")
    if number % 3 == 1:
        path, layout = f"/zhenjie/{day:%Y%m}/t{day:%Y%m%d}_{7001 + number}.html", "trs"
    else:
        path, layout = f"/content/{day:%Y-%m}/{day:%d}/content_{50001 + number}.html", "zoom"
    return Entry(path=path, story=to_the_minute(story), layout=layout)
