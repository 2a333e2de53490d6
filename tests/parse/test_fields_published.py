"""The time of publication: the shown one before what machines are told, ours before other stories'."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from small_pages import FIRST, TEXT, TITLE, URL, article, examined

from crawler.parse.dates import find_moments, read_stamp
from crawler.parse.decode import page_from_text
from crawler.parse.reader import read
from storage.records import Article, Context, Kind

# What is odd → (markup under the headline, further head, expected).
TIMES = {
    "no blank between day and time": ("<p>2019年06月15日08:18</p>", "", "2019-06-15T08:18:00+08:00"),
    "over three blocks": ("<div>2019</div><div>09/07</div><div>19:02</div>", "", "2019-09-07T19:02:00+08:00"),
    "day and time in two blocks": ("<div>2019-09-07</div><div>19:02:11</div>", "", "2019-09-07T19:02:11+08:00"),
    "full-width digits": ("<p>２０１９－０９－０７　１９：０２</p>", "", "2019-09-07T19:02:00+08:00"),
    "weekday between": ("<p>2019年9月7日 星期六 19:02</p>", "", "2019-09-07T19:02:00+08:00"),
    "afternoon": ("<p>2019年9月7日 下午7:02</p>", "", "2019-09-07T19:02:00+08:00"),
    "hours and minutes in words": ("<p>2019年9月7日19时02分</p>", "", "2019-09-07T19:02:00+08:00"),
    "shown minute, other second in meta": (
        "<p>2018-12-28 19:55</p>",
        '<meta property="article:published_time" content="2018-12-28T19:56:29+08:00">',
        "2018-12-28T19:55:00+08:00",
    ),
    "shown minute, its second in meta": (
        "<p>2018-12-28 19:56</p>",
        '<meta property="article:published_time" content="2018-12-28T19:56:29+08:00">',
        "2018-12-28T19:56:29+08:00",
    ),
    "shown day, time in meta": (
        "<p>2018-12-28</p>",
        '<meta name="PubDate" content="2018-12-28 16:02">',
        "2018-12-28T16:02:00+08:00",
    ),
    "end of day in meta is a day": (
        "",
        '<meta name="firstpublishedtime" content="2007-08-20-23:59:59">',
        "2007-08-20",
    ),
    "UTC in meta": ("", '<meta name="publishdate" content="2018-12-28T16:02:00Z">', "2018-12-29T00:02:00+08:00"),
    "later change beside it": (
        "<p>2019-09-07 15:10:53 来源：云栖网</p><p>最后更新：2019-09-07 15:14:21</p>",
        '<script type="application/ld+json">{"pubDate": "2019-09-07T15:14:21"}</script>',
        "2019-09-07T15:10:53+08:00",
    ),
    "更新时间 is the only one": ("<p>更新时间：2019-09-07 15:10</p>", "", "2019-09-07T15:10:00+08:00"),
    "发布 before 更新": (
        "<p>更新时间：2019-09-08 10:00　发布时间：2019-09-07 15:10</p>",
        "",
        "2019-09-07T15:10:00+08:00",
    ),
    "成文日期 is the document's": (
        "<p>成文日期：2019-08-01</p><p>发布日期：2019-09-07</p>",
        "",
        "2019-09-07",
    ),
    "in a time element": ("<time datetime='2019-09-07T15:10:53+08:00'>三天前</time>", "", "2019-09-07T15:10:53+08:00"),
    "a date in the index, no other": ("<p>报名截止：2019-10-01</p>", "", None),
    "impossible day": ("<p>2019-02-30 10:00</p>", "", None),
    "none": ("", "", None),
}


@pytest.mark.parametrize("name", TIMES)
def test_time(name: str) -> None:
    """The time in this form is read, and times of other things are not taken for it."""
    info, head, expected = TIMES[name]
    found = article(info, head=head).published
    assert (found.iso() if found else None) == expected


BELOW = {
    "below the text with a label": ("<p>发布日期：2019-09-23 14:34:05</p>", "2019-09-23T14:34:05+08:00"),
    "in the line of the editor": ("<p>发布日期：2019-03-06 责任编辑：龙慧</p>", "2019-03-06"),
    "of other stories": ("<ul><li><a href=/2.html>长桥渔港迎来开渔</a> 2019-09-30</li></ul>", None),
    "of comments": ("<div class=comments><p>渔夫 2019-09-30 10:00</p><p>好消息，去年等了半个月。</p></div>", None),
    "of the copyright": ("<p>版权所有 2009-2019 云栖网</p>", None),
}


@pytest.mark.parametrize("name", BELOW)
def test_time_below_the_text(name: str) -> None:
    """Below the text only what is labelled as the publication's counts."""
    below, expected = BELOW[name]
    found = article("", below).published
    assert (found.iso() if found else None) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/2023-07/26/content_88.htm", "2023-07-26"),
        ("/202307/t20230726_88.html", "2023-07-26"),
        ("/n1/2023/0726/c88-1.html", "2023-07-26"),
        ("/content/20230726/Articel01003NR.htm", "2023-07-26"),
        ("/content/88.html", None),
        ("/content/20991399.html", None),
    ],
)
def test_day_in_the_address(path: str, expected: str | None) -> None:
    """Where the page prints no time, its address may carry the day."""
    found = article(url=f"https://news.example{path}").published
    assert (found.iso() if found else None) == expected


def test_event_in_the_text_is_not_the_publication() -> None:
    """A day that the text tells of is no time of publication."""
    text = f"<p>2018年3月5日，云栖镇召开春耕动员会，部署了全年的种植计划，各村都派人参加。</p>{TEXT}"
    assert article(text=text).published is None


def test_year_from_elsewhere() -> None:
    """A time printed without a year gets the year of the address, or of the day beside the link."""
    info = "<p>07-26 09:30　来源：云栖网</p>"
    assert article(info, url="https://news.example/2022/c_88.html").published.iso() == "2022-07-26T09:30:00+08:00"
    page = examined(info).page
    context = Context(kind=Kind.ARTICLE, site="small", listed_day=date(2021, 7, 26))
    reading = read(page_from_text(page.text, URL, context, datetime(2021, 7, 27, tzinfo=UTC)))
    assert isinstance(reading, Article)
    assert reading.published is not None
    assert reading.published.iso() == "2021-07-26T09:30:00+08:00"


def test_disagreement_lowers_confidence() -> None:
    """Time and meta that agree are surer than time and meta that differ."""
    meta = '<meta property="article:published_time" content="{}">'
    agreed = article("<p>2018-12-28 19:55</p>", head=meta.format("2018-12-28T19:55:00+08:00"))
    differing = article("<p>2018-12-28 19:55</p>", head=meta.format("2018-12-29T08:00:00+08:00"))
    assert agreed.how["published"].confidence > 0.95 > 0.9 > differing.how["published"].confidence


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-07-26 09:30:01", "2024-07-26T09:30:01+08:00"),
        ("2024-07-26 09:30", "2024-07-26T09:30:00+08:00"),
        ("2024-07-26", "2024-07-26"),
        ("2024年07月26日 09:30:01", "2024-07-26T09:30:01+08:00"),
        ("2024/7/6 9:05:01", "2024-07-06T09:05:01+08:00"),
        ("（ 2024-07-26 ）", "2024-07-26"),
        ("2024-07-26T09:30:01+08:00", "2024-07-26T09:30:01+08:00"),
        ("2024-07-26T01:30:01Z", "2024-07-26T09:30:01+08:00"),
        ("2024-07-26 09:30:01.0", "2024-07-26T09:30:01+08:00"),
        ("2012年 09月11日", "2012-09-11"),
        ("2024.07.26 09:30", "2024-07-26T09:30:00+08:00"),
        ("2024年7月26日上午9点30分", "2024-07-26T09:30:00+08:00"),
        ("2024-07-26 24:00", "2024-07-27T00:00:00+08:00"),
        ("2024-07-2609:30:01", "2024-07-26T09:30:01+08:00"),
        ("202407/26 09:30:01", "2024-07-26T09:30:01+08:00"),
        ("24-07-26 09:30", "2024-07-26T09:30:00+08:00"),
        ("2008-7-26 9:5:3", "2008-07-26T09:05:03+08:00"),
        ("2024-07-26(周五)09:30", "2024-07-26T09:30:00+08:00"),
        ("24-07-26", None),
        ("比分24-07-26", None),
        ("12024-07-26", None),
        ("1024-07-26", None),
        ("电话2024-0726", None),
        ("第3-4-5条", None),
    ],
)
def test_forms_of_times(text: str, expected: str | None) -> None:
    """Each way to print a time is read to its exactness; numbers that only look like one are not."""
    found = find_moments(text)
    assert [one.moment.iso() for one in found] == ([expected] if expected else [])


@pytest.mark.parametrize("text", ["1721957401", "1721957401000", "20240726093001", "2024-07-26T01:30:01Z"])
def test_stamps(text: str) -> None:
    """Unix times, packed digits and ISO stamps in meta name the same moment."""
    moment = read_stamp(text)
    assert moment is not None
    assert moment.at == datetime(2024, 7, 26, 1, 30, 1, tzinfo=UTC)


def test_title_and_text_are_ours() -> None:
    """The small page that these tests build is what they mean it to be."""
    read_page = article("<p>2019-09-07 15:10</p>")
    assert (read_page.title, read_page.body.splitlines()[0]) == (TITLE, FIRST)
