"""The platform as its app saw it in 2020: a web page of columns, JSON lists and JSON articles, paging by last id."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

from storage.records import SITE_ZONE

WEB, API = "dzrb.dzng.com", "phoneapi2.xrdz.dzng.com/index.php"
WANTED, OTHER = 1176, 9
PER_PAGE = 4
NEWEST = datetime(2020, 12, 4, 18, 20, 31, tzinfo=SITE_ZONE)


def build() -> StandIn:
    """Ten articles in three pages of JSON and an empty fourth, one topic; two more on the web page alone."""
    world, truths = World(only_http=frozenset({"phoneapi2.xrdz.dzng.com"})), []
    items = [_article(world, truths, number) for number in range(5001, 5011)]
    pages = [items[:2], items[2:6], items[6:]]
    # A block of the first page, and an article shown twice.
    pages[0] = [{"fileId": 1, "colID": WANTED, "title": "镇街", "articleList": pages[0]}, _topic(world), items[2]]
    last = "0"
    for place, page in enumerate([*pages, []], start=1):
        asked = f"columnId={WANTED}&page={place}&vs=3&lastFileId={last}&userId=0"
        world.add(f"http://{API}/article/articleList?{asked}", _json({"code": 0, "list": page}))
        last = str(page[-1]["fileId"]) if page else last
    world.add(
        f"http://{API}/columns/getColumns?",
        _json(
            {"columns": [{"columnId": WANTED, "columnName": "青岛西海岸"}, {"columnId": OTHER, "columnName": "济南"}]}
        ),
    )
    web = [_web_article(world, truths, number) for number in (6001, 6002)]
    world.add(f"http://{WEB}/col/17.htmlx", _column_page(web))
    return StandIn(
        name="dzrb_app",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("getArticleContent", "/articleContent/"),
        most_requests=40,
    )


def _json(answer: Any) -> Answer:
    return Answer(json.dumps(answer), headers={"Content-Type": "text/html; charset=utf-8"})


def _article(world: World, truths: list[Truth], number: int) -> dict[str, Any]:
    tale, when = story(number), NEWEST - timedelta(hours=3 * (number - 5000))
    picture = {"imageUrl": f"http://respub.xrdz.dzng.com/pic_file/20201204/{number}.jpg"}
    content = "".join(f"<p>　　{paragraph}</p>" for paragraph in tale.paragraphs)
    answer = {
        "position": "1",
        "title": tale.title,
        "author": tale.reporter,
        "source": "青岛西海岸报",
        "publishtime": f"{when:%Y-%m-%d %H:%M:%S}.0",
        "editor": tale.editor,
        "content": f"<!--IMAGEARRAY#0-->{content}",
        "images": [{"imagearray": [picture]}],
        "videos": [],
    }
    world.add(f"http://{API}/app_if/getArticleContent?articleId={number}&colID={WANTED}", _json(answer))
    truths.append(
        Truth(
            url=f"https://{WEB}/articleContent/{WANTED}_{number}.html",
            title=tale.title,
            published=f"{when:%Y-%m-%dT%H:%M:%S+08:00}",
            source="青岛西海岸报",
            editor=tale.editor,
            authors=(tale.reporter,),
            body=tale.paragraphs,
        )
    )
    return {
        "fileId": number,
        "colID": WANTED,
        "colName": "西海岸",
        "title": tale.title,
        "source": "青岛西海岸报",
        "publishtime": f"{when:%Y-%m-%dT%H:%M:%S}",
        "picSmall": "",
    }


def _topic(world: World) -> dict[str, Any]:
    """A special topic: what the article interface answers for it is a list of links."""
    links = "".join(
        f'<p><a href="http://{WEB}/articleContent/{WANTED}_{number}.html">{story(number).title}</a></p>'
        for number in (5001, 5002, 5003)
    )
    answer = {"position": "3", "title": "灯塔湾开海节专题", "author": "", "content": links, "images": [], "videos": []}
    world.add(f"http://{API}/app_if/getArticleContent?articleId=4999&colID={WANTED}", _json(answer))
    return {"fileId": 4999, "colID": WANTED, "title": "灯塔湾开海节专题", "publishtime": "2020-12-04T08:00:00"}


def _web_article(world: World, truths: list[Truth], number: int) -> str:
    """A page in the platform's form, and its row on the column page."""
    tale = story(number)
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in tale.paragraphs)
    world.add(
        f"http://{WEB}/articleContent/17_{number}.html",
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>大众日报客户端</title></head><body>
<div class="container"><h2 class="tit">{tale.title}</h2><div class="infor"><div><span>2020-12-03 07:45:10</span>
<span>发布来源:大众报业·青岛西海岸报</span></div></div>
<div class="con">{text}<p>责任编辑: {tale.editor}&nbsp;&nbsp;</p></div>
<div class="comment">评论:<input><a>提交评论</a></div><div class="footer"><p>备案号 鲁ICP备00000000号</p>
<p>Dazhong News Group 大众报业集团 版权所有 联系电话:0531-00000000</p></div></div></body></html>""",
    )
    truths.append(
        Truth(
            url=f"https://{WEB}/articleContent/17_{number}.html",
            title=tale.title,
            published="2020-12-03T07:45:10+08:00",
            source="大众报业·青岛西海岸报",
            editor=tale.editor,
            body=tale.paragraphs,
        )
    )
    href = f"../articleContent/17_{number}.html"
    return f'<li><a target="_blank" title="{tale.title}" href="{href}">{tale.title[:8]}</a></li>'


def _column_page(rows: list[str]) -> str:
    return f"""<!DOCTYPE html><html><head><title>大众日报</title></head><body><div id="top">
<a href="/col/17.htmlx">推荐</a>
<a href="/col/{OTHER}.htmlx">济南</a></div><div id="columns"><a data-id="{WANTED}" href="javascript:;">西海岸</a>
<a data-id="{OTHER}">济南</a></div><div class="list"><ul>{"".join(rows)}</ul></div>
<p><a href="http://{WEB}/download.html" target="_blank">下载大众日报客户端看更多精彩</a></p></body></html>"""
