"""www as a content system of today: UTF-8, cards of `div`, dated folders, a pager of numbers, other hosts' articles."""

from __future__ import annotations

from datetime import datetime, timedelta

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

from storage.records import SITE_ZONE

WWW = "www.xihaiannews.com"
SECTIONS = {"news": "要闻", "society": "社会·民生", "town": "镇街动态"}
PER_PAGE, PAGES = 4, 3
NEWEST = datetime(2024, 7, 26, 17, 5, tzinfo=SITE_ZONE)


def build() -> StandIn:
    """Three sections of twelve articles; two more on other hosts of the site, listed on the home page alone."""
    world, truths = World(only_https=frozenset({WWW})), []
    lists = {}
    for place, name in enumerate(SECTIONS):
        numbers = range(100 + 20 * place, 100 + 20 * place + PER_PAGE * PAGES)
        lists[name] = [(number, *_article(world, truths, number)) for number in numbers]
        for page in range(PAGES):
            world.add(_page_url(name, page), _section(name, page, lists[name]))
    guests = [_dzrb(world, truths, 201), _dzplus(world, truths, 202)]
    # The bare domain leads to www, and the home page says twice where it is.
    world.add("http://xihaiannews.com/", Answer("", 302, {"Location": f"https://{WWW}/"}))
    world.add(f"http://{WWW}/", _home(lists, guests))
    world.add(f"http://{WWW}/topic/2024/kaihai/", _topic())
    world.add(f"http://{WWW}/robots.txt", "User-agent: *\nDisallow: /admin/\n")
    world.add(f"http://{WWW}/about/20240101.html", _frame("关于我们", "<h1>关于我们</h1><p>网站由本地报社主办。</p>"))
    return StandIn(
        name="www_cards",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("content_", "/articleContent/", "/general/"),
        most_requests=90,
    )


def _address(number: int, when: datetime) -> str:
    return f"/{when:%Y-%m/%d}/content_{number}.html"


def _article(world: World, truths: list[Truth], number: int) -> tuple[str, str, datetime]:
    tale, when = story(number), NEWEST - timedelta(hours=5 * (number % 20), minutes=number)
    path = _address(number, when)
    paragraphs = "".join(f"<p>{text}</p>" for text in tale.paragraphs)
    body = f"""
<div class="crumb"><a href="/">首页</a> &gt; <a href="/news/">要闻</a> &gt; 正文</div>
<article class="post"><h1 class="post-title">{tale.title}</h1>
<div class="post-meta"><time datetime="{when:%Y-%m-%dT%H:%M:00+08:00}">{when:%Y-%m-%d %H:%M}</time>
<span class="src">来源：西海岸新闻网</span><span>作者：{tale.reporter}</span>
<span class="size">字号 大 中 小</span></div>
<div class="post-body">{paragraphs}<p class="editor">责任编辑：{tale.editor}</p></div></article>
<div class="share-bar">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<aside class="related"><h4>相关阅读</h4><ul><li><a href="{path}?from=related">本篇</a></li></ul></aside>"""
    world.add(f"http://{WWW}{path}", _frame(f"{tale.title} - 西海岸新闻网", body))
    truths.append(
        Truth(
            url=f"https://{WWW}{path}",
            title=tale.title,
            published=f"{when:%Y-%m-%dT%H:%M:00+08:00}",
            source="西海岸新闻网",
            editor=tale.editor,
            authors=(tale.reporter,),
            body=tale.paragraphs,
        )
    )
    return path, tale.title, when


def _dzrb(world: World, truths: list[Truth], number: int) -> tuple[str, str]:
    """An article on the platform, linked with a share button's tail."""
    tale = story(number)
    url = f"dzrb.dzng.com/articleContent/1176_{number}.html"
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in tale.paragraphs)
    world.add(
        f"http://{url}",
        f"""<!DOCTYPE html><html><head><title>{tale.title}</title></head><body><div id="news-header">
<h1>{tale.title}</h1>
<div class="infor"><div><span>2024-07-25 10:49:09</span><span>发布来源：大众报业·青岛西海岸报</span></div></div></div>
<div id="news-con"><p>青岛西海岸报/西海岸新闻网记者 {tale.reporter} {tale.second}</p>{text}</div>
<div>责任编辑: {tale.editor}&nbsp;&nbsp; </div><div>评论：<textarea></textarea><button>提交评论</button></div>
<div class="foot">备案号 鲁ICP备00000000号 版权所有</div></body></html>""",
    )
    truths.append(
        Truth(
            url=f"https://{url}",
            title=tale.title,
            published="2024-07-25T10:49:09+08:00",
            source="大众报业·青岛西海岸报",
            editor=tale.editor,
            authors=(tale.reporter, tale.second),
            body=tale.paragraphs,
        )
    )
    return f"http://{url}?from=groupmessage&isappinstalled=0", tale.title


def _dzplus(world: World, truths: list[Truth], number: int) -> tuple[str, str]:
    """An article on the platform's phone pages, whose name it has on another host."""
    tale = story(number)
    path = f"general/0/NEWS{number}0099ABC"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in tale.paragraphs)
    world.add(
        f"https://m.dzplus.dzng.com/share/{path}",
        f"""<html><head><title>{tale.title}_大众新闻_大众新媒体大平台</title></head><body><main>
<h1>{tale.title}</h1><div class="time">2024-07-24 09:12:33</div><div class="source">来源：青岛西海岸报</div>
<div class="article-content">{text}</div></main></body></html>""",
    )
    truths.append(
        Truth(
            url=f"https://dzrb.dzng.com/{path}",
            title=tale.title,
            published="2024-07-24T09:12:33+08:00",
            source="青岛西海岸报",
            body=tale.paragraphs,
        )
    )
    return f"//m.dzplus.dzng.com/share/{path}", tale.title


def _page_url(name: str, page: int) -> str:
    return f"http://{WWW}/{name}/" + (f"index_{page + 1}.html" if page else "")


def _card(number: int, path: str, title: str, when: datetime) -> str:
    """A card, its links in one of the ways pages write them."""
    link = (f"https://{WWW}{path}", f"//{WWW}{path} ", f"{path}?from=timeline", f"http://{WWW}{path}#content")[
        number % 4
    ]
    stamp = (f"{when:%Y-%m-%d}", f"{when:%m-%d %H:%M}", f"{when:%Y年%m月%d日}", f"{when:%Y/%m/%d}")[number % 4]
    return f"""<div class="card"><a class="thumb" href="{link}"><img src="/img/{number}.jpg" alt=""></a>
<div class="card-body"><h3><a href="{link}" target="_blank">{title}</a></h3><p class="summary">点击查看详情……</p>
<span class="date">{stamp}</span></div></div>"""


def _section(name: str, page: int, articles: list[tuple[int, str, str, datetime]]) -> str:
    cards = "".join(_card(*one) for one in articles[page * PER_PAGE : (page + 1) * PER_PAGE])
    numbers = "".join(
        f'<li class="active"><span>{number + 1}</span></li>'
        if number == page
        else f'<li><a href="{_page_url(name, number).removeprefix("http:")}">{number + 1}</a></li>'
        for number in range(PAGES)
    )
    return _frame(f"{SECTIONS[name]}", f'<div class="list">{cards}</div><ul class="page-list">{numbers}</ul>')


def _home(lists: dict[str, list[tuple[int, str, str, datetime]]], guests: list[tuple[str, str]]) -> str:
    boxes = "".join(
        f'<section><h2>{SECTIONS[name]}</h2><a class="more" href="/{name}/">更多</a>'
        + "".join(_card(*one) for one in articles[:2])
        + "</section>"
        for name, articles in lists.items()
    )
    listed = "".join(f'<li><a href="{url}">{title}</a></li>' for url, title in guests)
    return _frame(
        "西海岸新闻网",
        f"""<div class="banner"><a href="/topic/2024/kaihai/">聚焦第三届灯塔湾开海节</a></div>{boxes}
<ul class="platform">{listed}</ul><div class="ad">
<a href="/ad/20240701.html">海景新房首付八万起欢迎来电垂询</a></div>""",
    )


def _topic() -> str:
    return _frame(
        "聚焦第三届灯塔湾开海节",
        "<ul>"
        + "".join(f'<li><a href="/topic/2024/kaihai/#{number}">第{number}场</a></li>' for number in range(9))
        + "</ul>",
    )


def _frame(title: str, inner: str) -> str:
    nav = "".join(f'<a href="https://{WWW}/{name}/">{label}</a>' for name, label in SECTIONS.items())
    return f"""<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"></head><body>
<header><nav><a href="/">首页</a>{nav}<a href="https://epaper.xihaiannews.com/epaper/html/qdxhab/content/PaperIndex.htm">
数字报</a><a href="/login">登录</a></nav></header><main>{inner}</main>
<footer><a href="/about/20240101.html">关于我们</a><a href="/about/contact.html">联系方式与投稿邮箱地址</a>
<a href="http://gov.example.cn/2024/0726/1.html">友情链接：某某区人民政府网站</a>
<p>版权所有 未经许可不得转载 互联网新闻信息服务许可证 37120180000</p></footer></body></html>"""
