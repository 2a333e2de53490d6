"""Answers that are none: a reader is told why in his language, a program in terms of what it gave."""

from __future__ import annotations

import asyncio
import re
import shutil
from copy import copy
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import Request
from starlette.responses import Response
from web_pages import read
from web_site import DAY, EDITED, Served, serving

from storage.errors import StoreError, TookTooLong
from web import refusals
from web.kept import NotYet
from web.language import CHINESE, ENGLISH

WRONG = {
    "/nothing": (404, "这个地址没有内容"),
    "/static/nothing.css": (404, "这个地址没有内容"),
    "/runs/999": (404, "没有第 999 次采集"),
    "/runs/x": (422, "参数 run_id 不能是“x”"),
    "/runs/0": (422, "参数 run_id 不能是“0”，最小为 1"),
    "/runs?planned_before=999": (404, "没有编号为 999 的计划"),
    "/capture/1234567": (404, "没有编号为 1234567 的原始页面"),
    "/article/zzz": (404, "没有编号以“zzz”开头的文章"),
    "/article/zz": (404, "至少写编号的前 3 个字符"),
    "/article/%E6%B8%A0": (404, "“渠”既不是文章编号"),
    f"/article/{{{EDITED}}}/diff?before=1&after=9": (404, "没有第 9 版，共 2 版"),
    f"/article/{{{EDITED}}}/diff?before=1": (422, "缺少参数 after"),
    "/figures/nothing.csv": (404, "没有名为“nothing”的数据；有："),
    "/paper/qdx/1850-01-01": (404, "没有 1850-01-01 这么早或这么晚的报纸"),
    f"/paper/nothing/{DAY}": (404, "档案里没有报纸“nothing”；有：qdx"),
    "/search?sort=best": (422, "参数 sort 不能是“best”；可选：newest, relevance"),
    "/search?source=" + "x" * 401: (422, "参数 source 太长了，最多 400 个字符"),
    "/search?since=gestern": (400, "“gestern”不是日期"),
}
"""Address → status, and what a Chinese page says."""
PROGRAMS = {
    "/api/nothing": "there is nothing at this address",
    "/api/runs/999": "there is no run 999",
    "/api/articles/zzz": "no article has an id that begins with 'zzz'",
    "/api/articles?since=gestern": "since: 'gestern' is not a day; write it as 2024-07-26",
    "/api/articles?since=2024-07-02&until=2024-07-01": "since 2024-07-02 lies after until 2024-07-01",
    "/api/stats/day?since=1700006400": "since: '1700006400' is not a day; write it as 2024-07-26",
    "/api/stats/day?since=2024-07-02&until=2024-07-01": "since 2024-07-02 lies after until 2024-07-01",
    "/api/articles?state=x": "state: 'x' is not one of live, gone, edited",
    "/api/articles?edition=01+02": "edition: '01 02' names two places; an article stands in one",
    "/api/articles?cursor=x": "cursor: 'x' was not given by a search in this order; begin at the first page",
}
"""Address → what a program is told."""


@pytest.mark.parametrize("path", WRONG)
def test_a_reader_is_told_in_his_language(client: httpx.Client, served: Served, path: str) -> None:
    """A page whose one sentence is English, or speaks of commands, says nothing to its reader."""
    status, sentence = WRONG[path]
    address = re.sub("{(.*?)}", lambda found: served.id_of(found[1]), path)
    (told,) = read(client, address, status).cssselect("main > p:not(:has(a))")
    assert sentence in told.text_content()
    assert told.get("lang") is None
    assert not re.search("`|xha|--", told.text_content())
    switched = read(client, f"{address}{'&' if '?' in address else '?'}lang=en", status)
    client.cookies.clear()
    (english,) = switched.cssselect("main > p:not(:has(a))")
    assert not re.search("[，。；（]|`|xha|--", english.text_content())


@pytest.mark.parametrize("path", PROGRAMS)
def test_a_program_is_told_of_its_parameters(client: httpx.Client, path: str) -> None:
    """Who gave `since` must not look for an option `--since`, nor be sent to a command he has not got."""
    assert client.get(path).json() == {"error": PROGRAMS[path]}


def test_what_cannot_be_done_is_told(client: httpx.Client) -> None:
    """An address that is only read says so, and which methods it has."""
    answer = client.post("/runs")
    assert (answer.status_code, "只供阅读" in answer.text, answer.headers["allow"]) == (405, True, "GET, HEAD")


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize(
    ("error", "chinese", "english"),
    [
        (TookTooLong(10), "需要 10 秒以上，已经中止", "more than 10 seconds and was broken off"),
        (StoreError("database postgresql://u@h/x: gone"), "数据库现在读不出来", "The database cannot be read now"),
        (PoolTimeout(), "同时来访的人太多", "Too many ask at once"),
        (NotYet(), "正在统计全部文章", "All articles are being counted"),
        (RuntimeError("a bug"), "程序的错误（RuntimeError）", "a fault of the program (RuntimeError)"),
    ],
)
def test_what_is_wrong_here_is_told(language: str, error: Exception, chinese: str, english: str) -> None:
    """Also when the archive fails a reader learns what he can do; where the database lies is not for him."""
    answer = answer_to(error, language)
    shown = bytes(answer.body).decode()
    assert answer.status_code == (500 if isinstance(error, RuntimeError) else 503)
    assert (chinese if language == CHINESE else english) in shown
    assert "postgresql" not in shown


@pytest.mark.parametrize(
    ("error", "heading", "again"),
    [
        (TookTooLong(10), "请换个问法", None),
        (StoreError("gone"), "档案暂时不能读", None),
        (PoolTimeout(), "请稍候", "5"),
        (NotYet(), "请稍候", "5"),
    ],
)
def test_a_heading_says_whether_to_wait(error: Exception, heading: str, again: str | None) -> None:
    """Who is told that the archive cannot be read, where only his question was too long, does not ask another."""
    answer = answer_to(error, CHINESE)
    assert f"<h1>{heading}</h1>" in bytes(answer.body).decode()
    assert answer.headers.get("retry-after") == again


def answer_to(error: Exception, language: str) -> Response:
    """What a reader of a page is told where this went wrong."""
    scope = {"type": "http", "path": "/", "query_string": f"lang={language}".encode(), "headers": [], "method": "GET"}
    request = Request(scope)
    handler = next((done for kind, done in refusals.HANDLERS.items() if isinstance(error, kind)), None)
    return asyncio.run(handler(request, error)) if handler else refusals.broken(request, error)  # type: ignore[arg-type]


def test_a_record_that_is_gone_is_told(served: Served, tmp_path: Path) -> None:
    """Without its WARC files the archive's pages still stand, and a capture says that its record cannot be read."""
    home = copy(served.home)
    home.path = tmp_path / "home"
    shutil.copytree(served.home.path, home.path, ignore=shutil.ignore_patterns("*.warc.gz"))
    with serving(home) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as asked:
        assert "原始记录现在读不出来" in read(asked, "/capture/2", 503).text_content()
        assert asked.get("/runs").status_code == 200
