"""JSON list interfaces: the platform's own, its relatives, and unknown ones."""

from __future__ import annotations

import json
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from list_pages import days, page_of, urls

from crawler.parse.jsonlist import read_json_list
from crawler.parse.jsonread import MAX_CHARS, read_json
from crawler.parse.listing import read_listing
from crawler.sites.profile import JsonList, load_profile
from storage.records import Kind, Listing

XIHAIAN = load_profile("xihaian")
(CHANNEL,) = [channel for channel in XIHAIAN.channel if channel.name == "dzrb-list"]
API = "http://phoneapi2.xrdz.dzng.com/index.php/"
FIRST = CHANNEL.start[0]


def listing(data: object, url: str = FIRST, **known: object) -> Listing:
    """What an answer of the shipped JSON channel leads to."""
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    return read_listing(page_of(text, url, channel=CHANNEL.name, **known), CHANNEL, XIHAIAN)


def item(number: int, **more: object) -> dict[str, object]:
    """An article as the interface lists it."""
    time = f"2024-07-{number % 28 + 1:02}T10:49:09"
    return {"fileId": number, "colID": 1176, "title": f"石桥镇新闻{number}", "publishtime": time} | more


def test_items_lead_to_the_article_interface() -> None:
    """Address from fileId and colID, day from the time with its T, text from the title."""
    found = listing({"list": [item(7001), item(7002, publishtime="2024-07-26 08:00:00.0", title="<b>灯塔</b>&amp;海")]})
    assert urls(found) == [
        f"{API}app_if/getArticleContent?articleId=7001&colID=1176",
        f"{API}app_if/getArticleContent?articleId=7002&colID=1176",
    ]
    assert days(found) == {"石桥镇新闻7001": date(2024, 7, 2), "灯塔&海": date(2024, 7, 26)}
    assert not found.fell_back


def test_nested_blocks_are_walked_in_order() -> None:
    """A block of the list is its articles; an article that carries related ones is one too."""
    block = {"title": "镇街", "fileId": 9, "colID": 9, "articleList": [item(7002), item(7003)]}
    found = listing({"list": [item(7001), block, item(7004, articleList=[item(7005)])]})
    assert [link.text[-4:] for link in found.links] == ["7001", "7002", "7003", "7004", "7005"]


def test_a_special_topic_is_a_list_of_its_own() -> None:
    """articleType 3 is fetched as a list; where its articles come along they are taken at once."""
    closed = item(7001, articleType=3)
    opened = item(7002, articleType="3", SpecialTopicList=[item(7003, articleType=0)])
    found = listing({"list": [closed, opened, item(7004, articleType=10)]})
    assert [(link.kind, link.text[-4:]) for link in found.links] == [
        (Kind.LISTING, "7001"),
        (Kind.ARTICLE, "7003"),
        (Kind.ARTICLE, "7004"),
    ]


def test_a_special_topic_s_content_lists_its_articles() -> None:
    """The article interface answers for a topic with links in HTML."""
    content = """<p><a href="http://dzrb.dzng.com/articleContent/1176_7001.html">石桥镇的渔船今天清晨出海</a></p>
    <p><a href="http://elsewhere.example.com/1.html">别的网站的一条新闻标题很长</a></p>"""
    answer = {"position": "3", "title": "石桥专题", "content": content}
    found = listing(answer, f"{API}app_if/getArticleContent?articleId=1&colID=2")
    assert urls(found) == ["http://dzrb.dzng.com/articleContent/1176_7001.html"]


def test_the_next_page_counts_on() -> None:
    """Page and last id are replaced in this page's own address; the column stays."""
    found = listing({"list": [item(7001), item(7002)]}, page_number=3)
    assert found.next_url
    asked = parse_qs(urlsplit(found.next_url).query)
    assert (asked["page"], asked["lastFileId"], asked["columnId"]) == (["4"], ["7002"], ["1176"])


@pytest.mark.parametrize("answer", [{"list": []}, {"list": [item(1)], "hasMore": False}, {"code": 404}, []])
def test_a_list_that_has_ended_has_no_next_page(answer: object) -> None:
    """An empty page, or one that says it is the last, ends the walk."""
    assert listing(answer).next_url is None


@pytest.mark.parametrize(
    "answer",
    [
        {"data": {"list": [item(7001)]}},
        {"data": [item(7001)]},
        [item(7001)],
        {"code": 0, "result": {"page": {"records": [item(7001)], "total": 1}, "menu": [{"id": 1, "x": 2}]}},
        {"data": {"blocks": [{"articleList": [item(7001)]}]}},
        {"list": None, "articles": [{"FileID": "7001", "columnId": "1176", "title": "石桥", "pubTime": "2024-07-02"}]},
    ],
)
def test_an_unknown_wrapper_is_searched(answer: object) -> None:
    """Where the configured path holds nothing, the first list of titled things is it, and the listing says so."""
    found = listing(answer)
    assert urls(found) == [f"{API}app_if/getArticleContent?articleId=7001&colID=1176"]
    assert [link.day for link in found.links] == [date(2024, 7, 2)]
    assert found.fell_back


def test_the_column_that_an_item_does_not_name_is_the_one_asked_for() -> None:
    """`columnId` of the list's own address stands in for a missing colID."""
    found = listing({"list": [{"fileId": 7001, "title": "石桥"}]})
    assert urls(found) == [f"{API}app_if/getArticleContent?articleId=7001&colID=1176"]


def test_an_item_without_ids_leads_where_it_says() -> None:
    """An address of its own serves where the template cannot be filled; the listing says so."""
    found = listing({"list": [{"title": "石桥", "contentUrl": "http://dzrb.dzng.com/general/0/NEWS1A"}]})
    assert urls(found) == ["http://dzrb.dzng.com/general/0/NEWS1A"]
    assert found.fell_back


def test_an_item_of_another_site_is_left_out() -> None:
    """Interfaces list advertisers' pages too."""
    assert listing({"list": [{"title": "石桥", "contentUrl": "http://elsewhere.example.com/1.html"}]}).links == ()


@pytest.mark.parametrize("wrapped", ["cb({});", "/**/jQuery123_4({})", "var list = {};", "\ufeff{}", "window.x={}"])
def test_wrapped_answers_are_unwrapped(wrapped: str) -> None:
    """JSONP, assignments and byte order marks."""
    text = wrapped.replace("{}", json.dumps({"list": [item(7001)]}))
    assert len(listing(text).links) == 1


COLUMNS = [
    {"columns": [{"columnId": 2131, "columnName": "西海岸"}, {"columnId": 7, "columnName": "济南"}]},
    {"data": {"list": [{"id": "1", "name": "区市", "children": [{"id": "2131", "name": "青岛西海岸"}]}]}},
    [{"colID": 2131, "colName": "黄岛"}, {"colID": "x y", "colName": "黄岛坏号"}],
    {"2131": {"columnid": 2131, "id": 2131, "title": "西海岸新区"}},
]


@pytest.mark.parametrize("answer", COLUMNS)
def test_a_directory_of_columns_leads_to_the_lists_we_want(answer: object) -> None:
    """Columns by name, wherever they stand in the answer, as sections that are lists."""
    found = listing(answer, f"{API}columns/getColumns?")
    assert [(link.kind, parse_qs(urlsplit(link.url).query)["columnId"]) for link in found.sections] == [
        (Kind.LISTING, ["2131"])
    ]
    assert found.links == ()


def test_paths_of_a_profile_reach_any_depth() -> None:
    """Dotted keys and lists within lists."""
    rules = JsonList(items=("none", "data.groups[].rows[]"), url="https://h.example/{id}", day=None)
    data = {"data": {"groups": [{"rows": [{"id": 1, "title": "一"}]}, {"rows": [{"id": 2, "title": "二"}]}]}}
    assert urls(read_json_list(page_of("", "https://h.example/"), data, rules)) == [
        "https://h.example/1",
        "https://h.example/2",
    ]


def test_deep_nesting_ends() -> None:
    """A hostile answer is a bounded piece of work."""
    assert read_json("[" * 100_000) is None
    answer: object = item(7001)
    for _ in range(200):
        answer = [answer]
    assert listing(answer).links == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["list", "title", "fileId", "colID", "articleList", "url", "publishtime", "content", "data"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(JSON)
def test_any_json_can_be_read(answer: object) -> None:
    """Whatever stands where, reading ends in a listing of the site's own addresses."""
    assert all("dzng.com" in link.url for link in listing(answer).links)


def test_json_is_bounded() -> None:
    """An answer of many millions of objects takes thirty times its length in memory; it is not read."""
    whole = '[{"id": 1}' + " " * (MAX_CHARS - 11) + "]"
    assert read_json(whole) == [{"id": 1}]
    assert read_json(whole + " ") is None
