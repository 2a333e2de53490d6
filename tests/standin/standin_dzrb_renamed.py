"""The platform with keys in other letters, answers under `data`, blocks in blocks, and a list that never ends."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

from storage.records import SITE_ZONE

WEB, API = "dzrb.dzng.com", "phoneapi2.xrdz.dzng.com/index.php"
COLUMN = 2131
NEWEST = datetime(2022, 5, 20, 9, 15, tzinfo=SITE_ZONE)


def build() -> StandIn:
    """Nine articles in three pages; whatever is asked after them gets the third page again."""
    world, truths = World(), []
    items = [_article(world, truths, number) for number in range(7009, 7000, -1)]
    pages = [_answer([_block(items[:3])]), _answer(items[3:6]), _answer(items[6:])]
    last = ["0", "7007", "7004", *["7001"] * 6]
    for place, asked in enumerate(last, start=1):
        query = f"columnId={COLUMN}&page={place}&vs=3&lastFileId={asked}&userId=0"
        world.add(f"http://{API}/article/articleList?{query}", pages[min(place, 3) - 1])
    # 1176 is no column here: the directory knows which one it is.
    world.add(f"http://{API}/columns/getColumns?", _json({"data": [{"ColumnID": COLUMN, "ColumnName": "西海岸新区"}]}))
    world.add(
        f"http://{API}/article/articleList?columnId=1176&page=1&vs=3&lastFileId=0&userId=0",
        _json({"success": False, "data": None, "msg": "栏目不存在"}),
    )
    return StandIn(
        name="dzrb_renamed",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("getArticleContent", "/articleContent/"),
        most_requests=40,
    )


def _json(answer: Any) -> Answer:
    text = json.dumps(answer, ensure_ascii=False)
    return Answer(f"callback({text});", headers={"Content-Type": "application/javascript"})


def _answer(items: list[dict[str, Any]]) -> Answer:
    return _json({"success": True, "data": {"banner": [], "List": items, "Total": 9}})


def _block(items: list[dict[str, Any]]) -> dict[str, Any]:
    """A block whose own id is no article's, and which holds another block."""
    inner = {"Title": "民生", "FileID": "99", "ArticleList": items[1:]}
    return {"Title": "要闻", "FileID": "98", "articleList": [items[0], inner]}


def _article(world: World, truths: list[Truth], number: int) -> dict[str, Any]:
    tale, when = story(number), NEWEST - timedelta(minutes=41 * (7010 - number))
    content = "<br>".join(f"　　{paragraph}" for paragraph in tale.paragraphs)
    answer = {
        "Title": tale.title,
        "SubTitle": "",
        "Author": f"记者 {tale.reporter}",
        "Content": f"<div>{content}</div>",
    }
    known = {"PublishTime": f"{when:%Y-%m-%d %H:%M:%S}", "ReleaseSource": "青岛西海岸报"}
    world.add(
        f"http://{API}/app_if/getArticleContent?articleId={number}&colID={COLUMN}", _json({"data": answer | known})
    )
    truths.append(
        Truth(
            url=f"https://{WEB}/articleContent/{COLUMN}_{number}.html",
            title=tale.title,
            published=f"{when:%Y-%m-%dT%H:%M:%S+08:00}",
            source="青岛西海岸报",
            authors=(tale.reporter,),
            body=tale.paragraphs,
        )
    )
    return {
        "FileID": str(number),
        "ColID": str(COLUMN),
        "Title": tale.title,
        "PublishTime": f"{when:%Y-%m-%d %H:%M:%S}.0",
    }
