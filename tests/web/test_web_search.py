"""The search page as a reader uses it: one form, short addresses, and numbers that are what their links find."""

from __future__ import annotations

from dataclasses import fields
from inspect import signature
from urllib.parse import urlencode

import httpx
import pytest
from web_pages import read, text
from web_site import EDITED, Served

import cli.search
from storage.query.filters import Filters


def test_search_marks_and_narrows(client: httpx.Client, served: Served) -> None:
    """One character finds, hits are marked, and a facet's link asks the same and less."""
    page = read(client, "/search?q=渠 沿岸")
    assert {mark.text_content() for mark in page.cssselect(".hit mark")} == {"渠", "沿岸"}
    (column,) = [link for link in page.cssselect(".facets a[href*=column]") if text(link) == "要闻"]
    assert column.get("href").startswith("/search?q=%E6%B8%A0+%E6%B2%BF%E5%B2%B8&column=%3D")
    assert "27 篇" in text(page)
    assert "26 篇" in text(read(client, "/search?q=渠 沿岸 -五公里"))


@pytest.mark.parametrize("day", ["2024-7-2", "20240702", "2024年7月2日"])
def test_form_keeps_a_day_however_it_was_written(client: httpx.Client, day: str) -> None:
    """A browser shows no day that is not written as HTML has it, and the form's next answer would be without it."""
    page = read(client, f"/search?since={day}&until={day}")
    assert [one.get("value") for one in page.cssselect("#filters input[type=date]")] == ["2024-07-02", "2024-07-02"]


def test_search_pages_follow_each_other(client: httpx.Client) -> None:
    """Every answer stands on exactly one page."""
    path, seen = "/search?q=渠", []
    while path:
        page = read(client, path)
        seen += [link.get("href") for link in page.cssselect(".hit h2 a")]
        path = next((link.get("href") for link in page.cssselect("a[rel=next]")), "")
    assert len(seen) == len(set(seen)) == int(text(read(client, "/search?q=渠").cssselect(".total")[0]).split()[0])


def test_a_wrong_question_is_told_where(client: httpx.Client) -> None:
    """A sentence says which character is wrong, instead of an empty page or an error of the server."""
    wrong = read(client, '/search?q=云栖 "渠', 400)
    assert '第 4 个字符是引号，后面没有与它配对的引号：云栖 "渠' in text(wrong)
    assert wrong.cssselect("#q")[0].get("value") == '云栖 "渠'
    assert "character 4 is never closed" in text(read(client, '/search?q=云栖 "渠&lang=en', 400))
    client.cookies.clear()
    assert "“gestern”不是日期" in text(read(client, "/search?since=gestern", 400))
    told = client.get("/api/articles", params={"q": '云栖 "渠'}).json()
    assert told == {"error": "the quotation mark at character 4 of '云栖 \"渠' is never closed"}


def test_every_filter_can_be_reached(client: httpx.Client) -> None:
    """What can be asked for on one way and not on another is looked for in vain; so is a filter that keeps nothing."""
    names = {one.name for one in fields(Filters)}
    form = read(client, "/search").cssselect("form.filters")[0]
    assert names <= {one.get("name") for one in form.cssselect("input, select")}
    described = client.get("/api/openapi.json").json()["paths"]
    for path in ("/api/articles", "/api/facets"):
        assert names <= {one["name"] for one in described[path]["get"]["parameters"]}, path
    assert names <= set(signature(cli.search.search).parameters)
    asked = {"since": "2024-07-26", "until": "2024-07-26", "edition": "=01", "state": "live", "channel": "qdx"}
    shown = read(client, f"/search?{urlencode(asked)}")
    assert text(shown.cssselect(".total")[0]) == "2 篇"
    assert client.get("/api/articles", params=asked).json()["total"] == 2
    for name, value in asked.items():
        (field,) = shown.cssselect(f"form.filters [name={name}]")
        assert field.value == value, name


def test_a_facet_gives_what_it_counts(client: httpx.Client) -> None:
    """A reader who clicks on 27 must not get 103."""
    page = read(client, "/search")
    kinds = [heading.text_content() for heading in page.cssselect(".facets h2")]
    assert kinds == ["月份", "来源", "栏目", "频道", "版次", "编辑", "作者", "状态"]
    for item in page.cssselect(".facets li"):
        number = item.cssselect(".small")[0].text_content()
        narrowed = read(client, item.cssselect("a")[0].get("href"))
        assert text(narrowed.cssselect(".total")[0]).split()[0] == number, item.text_content()


def test_addresses_carry_what_was_asked_and_nothing_else(client: httpx.Client) -> None:
    """Else every address that is passed on drags all the fields along that nobody filled in."""
    sent = {"q": "渠", "since": "", "until": "", "sort": "newest", "state": "", "source": "", "column": "=要闻"}
    answer = client.get("/search", params=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/search?q=%E6%B8%A0&column=%3D%E8%A6%81%E9%97%BB")
    assert client.get("/search", params={"q": ""}).headers["location"] == "/search"
    kept = {"q": "渠", "source": "", "sort": "relevance", "lang": "en"}
    assert client.get("/search", params=kept).headers["location"] == "/search?q=%E6%B8%A0&sort=relevance&lang=en"
    assert client.get("/search", params={"q": "渠", "sort": "relevance"}).status_code == 200


def test_taking_a_filter_off_keeps_the_order(client: httpx.Client) -> None:
    """Else the answers would be in another order without anybody having asked for it."""
    page = read(client, "/search?q=渠&sort=relevance&column=%3D要闻")
    (off,) = [link.get("href") for link in page.cssselect(".chosen a")]
    assert off == "/search?q=%E6%B8%A0&sort=relevance"


def test_mending_the_words_keeps_the_filters(client: httpx.Client) -> None:
    """Else a forgotten quotation mark would cost all that was set; but what is wrong itself is not carried on."""
    page = read(client, '/search?q=云栖 "渠&column=%3D要闻&sort=relevance', 400)
    fields = {one.get("name"): one.get("value") for one in page.cssselect(".find input[type=hidden]")}
    assert fields == {"column": "=要闻", "sort": "relevance"}
    assert not read(client, "/search?q=渠&since=gestern", 400).cssselect(".find input[type=hidden]")
    assert text(page.cssselect("h1")[0]) == "问法有误"


def test_a_bar_links_to_what_it_counts(client: httpx.Client, served: Served) -> None:
    """Else a reader who clicks on 35 gets the 103 of every source that has that name in its own."""
    bars = read(client, "/figures").cssselect(".bars tr")
    assert len(bars) > 2
    for bar in bars:
        link, number = bar.cssselect("a")[0].get("href"), text(bar.cssselect(".number")[0])
        assert ("source=" in link) is ("source=%3D" in link)
        assert text(read(client, link).cssselect(".total")[0]).split()[0] == number, link
    article = f"/article/{served.id_of(EDITED)}"
    named = [link.get("href") for link in read(client, article).cssselect(".byline a")]
    assert "/search?source=%3D%E4%BA%91%E6%A0%96%E6%97%A5%E6%8A%A5" in named
    heading = read(client, "/").cssselect(".column h2")[0]
    found = read(client, heading.cssselect("a")[0].get("href"))
    assert text(found.cssselect(".total")[0]).split()[0] == text(heading.cssselect(".small")[0])
    assert [text(one) for one in found.cssselect(".chosen a")] == ["从 2024-05-06 ✕", "到 2024-05-06 ✕", "栏目 要闻 ✕"]


def test_channels_are_called_what_readers_call_them(client: httpx.Client) -> None:
    """Else a reader sees codes like `qdx` that stand in no paper; the address keeps the code, which is what filters."""
    page = read(client, "/search")
    links = {text(one): one.get("href") for one in page.cssselect(".facets a")}
    assert links["云栖报"] == "/search?channel=qdx"
    options = {text(one): one.get("value") for one in page.cssselect("select[name=channel] option")}
    assert options == {"不限": "", "要闻": "news", "云栖报": "qdx"}
    (chosen,) = read(client, "/search?channel=qdx").cssselect(".chosen a")
    assert (text(chosen), chosen.get("aria-label")) == ("频道 云栖报 ✕", "去掉筛选 频道 云栖报")
    unknown = read(client, "/search?channel=nirgends")
    assert unknown.cssselect("select[name=channel]")[0].value == "nirgends"


def test_an_or_in_small_letters_is_pointed_out(client: httpx.Client) -> None:
    """Else three words are looked for where one of two was meant, and nobody learns why nothing is found."""
    assert "or 是当作普通词检索的" in text(read(client, "/search?q=渠 or 沟"))
    assert "and 是当作普通词检索的" in text(read(client, "/search?q=渠 AND 沿岸"))
    assert not read(client, "/search?q=渠 ＯＲ 沟").cssselect(".notice")
    assert read(client, "/search?q=渠 ＯＲ 沟").cssselect(".hit")


def test_feeds_are_declared_where_readers_look(client: httpx.Client) -> None:
    """Else a feed reader finds none on the home page, and a search's own comes behind that of the whole archive."""
    for path, status, expected in (
        ("/", 200, ["/feed.atom"]),
        ("/nothing", 404, ["/feed.atom"]),
        ("/search", 200, ["/feed.atom"]),
        ("/search?q=AB", 200, ["/feed.atom?q=AB", "/feed.atom"]),
    ):
        links = read(client, path, status).cssselect("link[type='application/atom+xml']")
        assert [link.get("href") for link in links] == expected, path
        assert all(link.get("title") for link in links)
    answer = client.get("/feed.atom").text
    assert "feed.atom?" not in answer
    assert "/search?" not in answer
