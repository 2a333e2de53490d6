"""www as a PHP system with query strings, whose pages lie about their charset and whose pager calls a function."""

from __future__ import annotations

from datetime import datetime, timedelta

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

from storage.records import SITE_ZONE

WWW = "www.xihaiannews.com"
CATEGORIES = {2: "新区要闻", 3: "城事", 5: "健康", 8: "专栏"}
PER_PAGE, PAGES = 3, 4
NEWEST = datetime(2023, 12, 31, 22, 48, tzinfo=SITE_ZONE)


def build() -> StandIn:
    """Four categories: two of one numbering, one of another, one in Discuz!'s."""
    world, truths = World(only_http=frozenset({WWW})), []
    lists: dict[int, list[tuple[str, str, datetime]]] = {}
    for category in CATEGORIES:
        numbers = range(400 + 20 * category, 400 + 20 * category + PER_PAGE * (PAGES if category < 5 else 1))
        lists[category] = [_article(world, truths, category, number) for number in numbers]
        for page in range(1, len(lists[category]) // PER_PAGE + 1):
            html = _list(category, page, lists[category])
            world.add(f"http://{WWW}{_list_url(category, page)}", _lying(html, category))
    world.add(f"http://{WWW}{_list_url(2, 1)}&page=1", world.pages[f"{WWW}{_list_url(2, 1)}"])
    world.add(f"http://{WWW}/", _lying(_home(lists), 2))
    world.add(f"http://{WWW}/robots.txt", "User-agent: *\nDisallow: /search.php\n")
    return StandIn(
        name="www_php",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("a=show", "article.php?id=", "mod=view&aid", "thread-"),
    )


def _lying(html: str, category: int) -> Answer:
    """UTF-8 that says gb2312, GBK that says utf-8, GBK with a header that says ISO-8859-1."""
    said, charset, header = {
        2: ("gb2312", "utf-8", "text/html"),
        3: ("utf-8", "gbk", "text/html; charset=utf-8"),
        5: ("gbk", "gbk", "text/html; charset=ISO-8859-1"),
        8: ("big5", "gbk", "text/html; charset=gb2312"),
    }[category]
    return Answer(html.replace("CHARSET", said), headers={"Content-Type": header}, charset=charset)


def _address(category: int, number: int) -> str:
    return {
        2: f"/index.php?m=content&c=index&a=show&catid=2&id={number}",
        3: f"/article.php?id={number}",
        5: f"/portal.php?mod=view&aid={number}",
        8: f"/thread-{number}-1-1.html",
    }[category]


def _canonical(category: int, number: int) -> str:
    known = {2: f"/index.php?a=show&c=index&catid=2&id={number}&m=content", 5: f"/portal.php?aid={number}&mod=view"}
    return f"https://{WWW}{known.get(category) or _address(category, number)}"


def _list_url(category: int, page: int) -> str:
    first = {
        2: "/index.php?m=content&c=index&a=lists&catid=2",
        3: "/list.php?tid=3",
        5: "/portal.php?mod=list&catid=5",
        8: "/forum-8-1.html",
    }[category]
    return first if page == 1 else f"{first}&page={page}"


def _article(world: World, truths: list[Truth], category: int, number: int) -> tuple[str, str, datetime]:
    tale, when = story(number), NEWEST - timedelta(days=number % 37, minutes=7 * (number % 11))
    text = "".join(f"<div>&nbsp;&nbsp;&nbsp;&nbsp;{paragraph}</div>" for paragraph in tale.paragraphs)
    inner = f"""<div id="wrap">
<div class="pos">当前位置：<a href="/">首页</a>»<a href="{_list_url(category, 1)}">{CATEGORIES[category]}</a></div>
<div class="title"><h2>{tale.title}</h2></div>
<div class="info">发布时间：{when:%Y年%m月%d日 %H:%M}｜来源：青岛西海岸报｜作者：{tale.reporter}
｜责任编辑：{tale.editor}｜点击：{number}</div><div id="content">{text}</div>
<div class="pn"><p>上一条：<a href="{_address(category, number - 1)}">没有了</a></p></div>
<div class="hot"><h3>热门排行</h3><ol><li><a href="/search.php?q=1">搜索更多精彩新闻内容</a></li></ol></div></div>"""
    world.add(f"http://{WWW}{_address(category, number)}", _lying(_frame(tale.title, inner), category))
    truths.append(
        Truth(
            url=_canonical(category, number),
            title=tale.title,
            published=f"{when:%Y-%m-%dT%H:%M:00+08:00}",
            source="青岛西海岸报",
            editor=tale.editor,
            authors=(tale.reporter,),
            body=tale.paragraphs,
        )
    )
    return _address(category, number), tale.title, when


def _row(one: tuple[str, str, datetime]) -> str:
    url, title, when = one
    return f"""<li><span class="time">{when:%m/%d}</span>
<a href="{url.replace("&", "&amp;")}" title="{title}">{title[:12]}…</a></li>"""


def _list(category: int, page: int, articles: list[tuple[str, str, datetime]]) -> str:
    rows = "".join(map(_row, articles[(page - 1) * PER_PAGE : page * PER_PAGE]))
    pages = len(articles) // PER_PAGE
    onward = f'<a href="javascript:turn({page + 1})">下一页</a><a href="javascript:turn({pages})">尾页</a>'
    last = f'<a href="javascript:turn({page})">下一页</a>'  # stays where it is, as bad pagers do
    options = "".join(f"<option value={number}>{number}</option>" for number in range(1, pages + 1))
    script = f"""<script>function turn(n) {{ window.location.href = "{_list_url(category, 1)}&page=" + n; }}</script>"""
    pager = f"<div>{onward if page < pages else last}<select>{options}</select></div>{script}" if pages > 1 else ""
    return _frame(CATEGORIES[category], f"<ul class=txtlist>{rows}</ul>{pager}")


def _home(lists: dict[int, list[tuple[str, str, datetime]]]) -> str:
    boxes = "".join(
        f'<div class="box"><h3>{CATEGORIES[category]}</h3><ul>{"".join(map(_row, articles[:2]))}</ul></div>'
        for category, articles in lists.items()
    )
    return _frame("西海岸新闻网", boxes)


def _frame(title: str, inner: str) -> str:
    menu = "".join(
        f'<li><a href="{_list_url(category, 1).replace("&", "&amp;")}">{label}</a></li>'
        for category, label in CATEGORIES.items()
    )
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head>
<meta http-equiv="Content-Type" content="text/html; charset=CHARSET" />
<title>{title} - 西海岸新闻网 - Powered by Discuz!</title>
</head><body><ul id="menu"><li><a href="/index.php">首页</a></li>{menu}<li>
<a href="/member.php?mod=register">注册</a></li>
<li><a href="http://club.xihaiannews.com/forum-58-1.html">论坛</a></li></ul>{inner}
<div id="ft"><a href="/archiver/">Archiver</a><a href="/misc.php?id=9">手机版</a></div></body></html>"""
