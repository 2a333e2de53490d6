"""What readers are shown: each page says what the archive holds."""

from __future__ import annotations

import re

import httpx
import pytest
from web_pages import read, text
from web_site import DAY, EDITED, HOSTILE, REMOVED, Served

ODD = (
    "/capture/99999999999999999999",
    "/runs/99999999999999999999",
    "/runs/-1",
    "/search?cursor=9999999999999999999.a",
    "/search?sort=relevance&cursor=9999999999999999999.a.5",
    "/api/articles?cursor=9999999999999999999.a",
    "/api/stats/day?since=0001-01-01",
    "/api/stats/day?until=9999-12-31",
    "/search?since=9999-12-31",
    "/paper/qdx/9999-12-01",
    "/paper/qdx/0001-01-01",
    "/article/%00",
    "/article/" + "x" * 5000,
    "/search?q=" + "港" * 1500,
    "/search?q=%00%ff",
    "/feed.atom?since=1",
    "/static/../app.py",
)


def test_home_shows_news_paper_edits_and_removals(client: httpx.Client, served: Served) -> None:
    """The first page answers what is new, and what nobody else noticed."""
    page = read(client, "/")
    said = text(page)
    assert "2024年5月6日 星期一" in said
    assert "报纸 · 2024年7月26日" in said
    links = {link.get("href") for link in page.cssselect("aside a")}
    assert {f"/article/{served.id_of(EDITED)}", f"/article/{served.id_of(REMOVED)}"} <= links
    assert "最近一次完整采集" in said


def test_article_shows_everything_known(client: httpx.Client, served: Served) -> None:
    """Fields, how each was read, versions, where seen, citations and the way to the raw record are on one page."""
    page = read(client, f"/article/{served.id_of(EDITED)}")
    said = text(page)
    for part in (
        "2024-05-06 08:30",
        "云栖日报",
        "陈禾",
        "版本（2）",
        "改动：正文",
        "字段如何读出",
        "[EB/OL]",
        "@online{",
        "sha256:",
    ):
        assert part in said, part
    assert page.cssselect("a[href*='/capture/']")
    assert [mark.get("value") for mark in page.cssselect("meter")]


def test_removed_article_says_so(client: httpx.Client, served: Served) -> None:
    """What the site took down is still there to read, and says that it was taken down."""
    assert "网站已撤下此文" in text(read(client, f"/article/{served.id_of(REMOVED)}"))


def test_diff_stands_side_by_side(client: httpx.Client, served: Served) -> None:
    """Both versions in two columns, what was taken out and put in marked in each."""
    page = read(client, f"/article/{served.id_of(EDITED)}/diff?before=1&after=2")
    rows = page.cssselect(".sides tbody tr")
    assert any(row.cssselect("td:first-child del") and row.cssselect("td:last-child ins") for row in rows)
    assert not page.cssselect(".sides td:first-child ins")
    assert "没有第 9 版，共 2 版" in text(read(client, f"/article/{served.id_of(EDITED)}/diff?before=1&after=9", 404))


def test_paper_in_reading_order(client: httpx.Client) -> None:
    """A day's pages and articles in the order of print; a day without an issue says so."""
    page = read(client, f"/paper/qdx/{DAY}")
    assert [heading.text_content().strip() for heading in page.cssselect(".sheet h2")] == ["01版 要闻", "02版 民生"]
    assert [len(sheet.cssselect("li")) for sheet in page.cssselect(".sheet")] == [2, 2]
    without = read(client, "/paper/qdx/2024-07-27")
    assert "这一天没有出报" in text(without)
    assert [link.get("href") for link in without.cssselect("a[rel=prev]")] == [f"/paper/qdx/{DAY}"]
    assert "档案没有找过这一天的报纸" in text(read(client, "/paper/qdx/2019-01-01"))
    assert "档案里没有报纸“nothing”" in text(read(client, f"/paper/nothing/{DAY}", 404))


def test_figures_come_with_their_data(client: httpx.Client) -> None:
    """Every plot's numbers can be taken away as CSV."""
    page = read(client, "/figures")
    assert page.cssselect("svg.heat rect")
    for link in page.cssselect("a[href$='.csv']"):
        answer = client.get(link.get("href"))
        assert answer.headers["content-type"].startswith("text/csv")
        assert answer.text.splitlines()[1:], link.get("href")
    (hours,) = [one for one in page.cssselect("svg.plot") if one.get("aria-label") == "发布的钟点"]
    assert [text(bar) for bar in hours.cssselect("rect")] == [
        f"{hour:02d}: {27 if hour == 8 else 0}" for hour in range(24)
    ]
    assert client.get("/figures/source.csv").text == "\ufeffsource,articles\n云栖日报,27\n"


def test_runs_tell_what_became_of_each_page(client: httpx.Client) -> None:
    """Whoever keeps the archive sees what came and what did not."""
    said = text(read(client, "/runs"))
    assert "新 27" in said
    assert "改动 1" in said
    assert "撤下" in text(read(client, "/runs/3"))
    assert "没有第 99 次采集" in text(read(client, "/runs/99", 404))


def test_timetable_tells_what_comes_and_what_came(client: httpx.Client) -> None:
    """Whoever waits for a crawl sees when the next is due, and of each that was planned the run it led to."""
    page = read(client, "/runs")
    jobs = [[text(cell) for cell in row] for row in page.cssselect("section:nth-of-type(1) tbody tr")]
    by_name = {job[1]: job for job in jobs}
    assert sorted(by_name) == ["columns", "epaper", "recheck", "verify"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:07", by_name["recheck"][0])
    assert by_name["epaper"][3] == "*/20 5-23 * * * 当天报纸收齐后略过"
    assert by_name["verify"][2] == "查验档案"
    (planned,) = page.cssselect("section:nth-of-type(2) tbody tr")
    assert [text(cell) for cell in planned] == ["2026-11-24 22:00", "look", "按时", "3", ""]
    assert [link.get("href") for link in planned.cssselect("a")] == ["/runs/3"]
    assert client.get("/api/planned").json()[0]["run_id"] == 3
    assert [job[0] for job in jobs] == sorted(job[0] for job in jobs)
    told = client.get("/api/timetable").json()  # a little later: another may be the next by now
    assert sorted(one["job"] for one in told) == sorted(by_name)
    due = [(one["next_at"], one["job"]) for one in told]
    assert due == sorted(due)


def test_coverage_is_drawn_and_can_be_taken_away(client: httpx.Client) -> None:
    """A field that is read ever less often must be seen at a glance, and the numbers behind it be had."""
    page = read(client, "/runs")
    (drawn,) = page.cssselect("svg.plot")
    assert len(drawn.cssselect("polyline")) == 4
    assert [text(one) for one in page.cssselect(".legend li")] == [
        "发布时间 100 %",
        "来源 87 %",
        "编辑 87 %",
        "栏目 87 %",
    ]
    (link,) = page.cssselect("a[href$='.csv']")
    assert client.get(link.get("href")).text.splitlines()[0] == "\ufeffmonth,articles,published_at,source,editor,column"


def test_capture_leads_to_the_record(client: httpx.Client, served: Served) -> None:
    """The raw page can be seen, read as text, and taken away as a WARC file."""
    from io import BytesIO

    from warcio.archiveiterator import ArchiveIterator

    ((number,),) = served.home.rows("SELECT capture_id FROM version WHERE article_id = ?", served.id_of(HOSTILE))
    assert "sha256:" in text(read(client, f"/capture/{number}"))
    source = client.get(f"/capture/{number}/source")
    assert source.headers["content-type"] == "text/plain; charset=utf-8"
    assert "<script>window.ran = 1" in source.text
    record = client.get(f"/capture/{number}/record").content
    kinds = [found.rec_type for found in ArchiveIterator(BytesIO(record), check_digests="raise")]
    assert sorted(kinds) == ["metadata", "request", "response", "warcinfo"]


def test_errors_are_pages(client: httpx.Client) -> None:
    """A wrong address is answered with a sentence and a way back."""
    for path, status in (("/nothing", 404), ("/article/zz", 404), ("/capture/99999999", 404), ("/runs/x", 422)):
        assert read(client, path, status).cssselect("main a[href='/']"), path


@pytest.mark.parametrize("path", ODD)
def test_odd_addresses_are_answered_in_a_sentence(client: httpx.Client, path: str) -> None:
    """Numbers no database counts to, days no calendar has, bytes that are no text: none of them is our failure."""
    answer = client.get(path)
    assert answer.status_code < 500, answer.text[:300]
    assert "content-security-policy" in answer.headers


def test_head_is_get_without_a_body(client: httpx.Client) -> None:
    """What checks links or watches a server asks so, and must not be told that the page is not there."""
    for path in ("/", "/api/articles", "/healthz", "/capture/2/record"):
        head, get = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == get.headers["content-length"]
