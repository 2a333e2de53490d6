"""Sites of a handful of pages, for tests that ask about one thing."""

from __future__ import annotations

import json
from datetime import date

from standin_proxy import World
from standin_texts import story

WWW, EPAPER = "www.xihaiannews.com", "epaper.xihaiannews.com"
CONTENT = f"http://{EPAPER}/epaper/html/qdxhab/content"
NUMBERS = (801, 802, 803)


def small_www(**hosts: frozenset[str]) -> World:
    """A home page with three articles."""
    world = World(**hosts)
    rows = "".join(f"<li><a href='/a/{number}.html'>{story(number).title}</a></li>" for number in NUMBERS)
    world.add(f"http://{WWW}/", f"<ul>{rows}</ul>")
    for number in NUMBERS:
        world.add(f"http://{WWW}/a/{number}.html", page_of(number))
    return world


def page_of(number: int) -> str:
    """An article's page."""
    tale = story(number)
    text = "".join(f"<p>{paragraph}</p>" for paragraph in tale.paragraphs)
    return f"""<title>{tale.title}_西海岸新闻网</title><h1>{tale.title}</h1>
<div>2024-07-26 08:30 来源：西海岸新闻网</div>
<div id=content>{text}</div>"""


WHOLE = {f"https://{WWW}/a/{number}.html" for number in NUMBERS}


def add_issue(world: World, day: date, *numbers: int) -> None:
    """An issue of one page."""
    folder = f"{CONTENT}/{day:%Y%m%d}"
    listed = "".join(f"<a href=Articel01{number:03}NR.htm>{story(number).title}</a>" for number in numbers)
    world.add(f"{folder}/IssueIndex.htm", "<meta http-equiv=refresh content='0;url=Page01NU.htm'>")
    world.add(f"{folder}/Page01NU.htm", f"<div>{day:%Y年%m月%d日}</div><a href=Page01NU.htm>01版:要闻</a>{listed}")
    for number in numbers:
        tale = story(number)
        text = "<br>".join(f"　　{paragraph}" for paragraph in tale.paragraphs)
        world.add(
            f"{folder}/Articel01{number:03}NR.htm",
            f"<div class=neirong><h2>{tale.title}</h2></div><div id=contenttext>{text}</div>",
        )


def small_list() -> World:
    """A JSON list of the platform with three articles and an empty second page."""
    api, world = "http://phoneapi2.xrdz.dzng.com/index.php", World()
    items = [{"fileId": number, "colID": 1176, "title": story(number).title} for number in NUMBERS]
    asked = f"{api}/article/articleList?columnId=1176&page={{}}&vs=3&lastFileId={{}}&userId=0"
    world.add(asked.format(1, 0), json.dumps({"list": items}))
    world.add(asked.format(2, NUMBERS[-1]), json.dumps({"list": []}))
    for number in NUMBERS:
        content = "".join(f"<p>{paragraph}</p>" for paragraph in story(number).paragraphs)
        answer = {"title": story(number).title, "publishtime": "2020-12-04 10:00:00", "content": content}
        world.add(f"{api}/app_if/getArticleContent?articleId={number}&colID=1176", json.dumps(answer))
    return world
