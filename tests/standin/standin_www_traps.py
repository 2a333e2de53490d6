"""www whose home page leads to everything that is no article, and to articles by every odd way of writing a link."""

from __future__ import annotations

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

WWW = "www.xihaiannews.com"
BASE = f"http://{WWW}"
BRIEF = "青麦街道今天上午开放新建的社区书屋，居民凭身份证即可借阅，每人每次可借五本，借期一个月。"


def build() -> StandIn:
    """Eight articles among topics, albums, films, notices of absence, files and other people's pages."""
    world, truths = World(), []
    links = [
        *_written_oddly(world, truths),
        *_in_parts(world, truths),
        *_moved(world, truths),
        *_no_articles(world),
        *_brief(world, truths),
    ]
    items = "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in links)
    world.add(f"{BASE}/", _frame("西海岸新闻网", f"<ul>{items}</ul>"))
    return StandIn(
        name="www_traps",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("/2024/",),
    )


def _frame(title: str, inner: str) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>
<div id="head"><a href="/">首页</a></div>{inner}
<div id="foot">版权所有 西海岸新闻网 鲁ICP备00000000号</div></body></html>"""


def _page(number: int, paragraphs: tuple[str, ...] | None = None, foot: str = "") -> str:
    tale = story(number)
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in (paragraphs or tale.paragraphs))
    return _frame(
        f"{tale.title}_西海岸新闻网",
        f"""<div class="main"><h1>{tale.title}</h1><p class="info">2024-07-26 14:0{number % 10}　来源：青岛西海岸报
　编辑：{tale.editor}</p><div class="text">{text}</div>{foot}</div>""",
    )


def _truth(number: int, path: str, paragraphs: tuple[str, ...] | None = None) -> Truth:
    tale = story(number)
    return Truth(
        url=f"https://{WWW}{path}",
        title=tale.title,
        published=f"2024-07-26T14:0{number % 10}:00+08:00",
        source="青岛西海岸报",
        editor=tale.editor,
        body=paragraphs or tale.paragraphs,
    )


def _written_oddly(world: World, truths: list[Truth]) -> list[tuple[str, str]]:
    """Spaces, capitals, the bare domain, fragments, share buttons, backslashes: each article once."""
    links = []
    for number, hrefs in (
        (901, (" \n/2024/0726/901.html ", "/2024/0726/901.html#pinglun")),
        (902, ("HTTP://WWW.XIHAIANNEWS.COM/2024/0726/902.html", "//www.xihaiannews.com/2024/0726/902.html")),
        (903, ("http://xihaiannews.com/2024/0726/903.html?from=groupmessage", "/2024/0726/./903.html")),
        (904, ("\\2024\\0726\\904.html", "/2024/0726/904.html?utm_source=home&utm_medium=list")),
    ):
        path = f"/2024/0726/{number}.html"
        for host in (WWW, "xihaiannews.com"):
            world.add(f"http://{host}{path}", _page(number))
        truths.append(_truth(number, path))
        links += [(href, story(number).title) for href in hrefs]
    return links


def _in_parts(world: World, truths: list[Truth]) -> list[tuple[str, str]]:
    """An article on two pages, and one that stands in two columns under two addresses."""
    tale = story(905)
    onward = '<div class="page"><b>1</b> <a href="905_2.html">2</a> <a href="905_2.html">下一页</a></div>'
    world.add(f"{BASE}/2024/0726/905.html", _page(905, tale.paragraphs[:2], onward))
    back = '<div class="page"><a href="905.html">上一页</a> <a href="905.html">1</a> <b>2</b></div>'
    world.add(f"{BASE}/2024/0726/905_2.html", _page(905, tale.paragraphs[2:], back))
    truths.append(_truth(905, "/2024/0726/905.html"))
    for path in ("/yw/2024/0726/906.html", "/zj/2024/0726/916.html"):
        world.add(BASE + path, _page(906))
    truths.append(_truth(906, "/yw/2024/0726/906.html"))
    twice = story(906).title
    return [("/2024/0726/905.html", tale.title), ("/yw/2024/0726/906.html", twice), ("/zj/2024/0726/916.html", twice)]


def _moved(world: World, truths: list[Truth]) -> list[tuple[str, str]]:
    """One that moved within the site, one that leads home because it is gone, one that left the site."""
    world.add(f"{BASE}/2024/0726/907.html", Answer("", 301, {"Location": "/2024/07/26/907.shtml"}))
    world.add(f"{BASE}/2024/07/26/907.shtml", _page(907))
    truths.append(_truth(907, "/2024/07/26/907.shtml"))
    world.add(f"{BASE}/2024/0726/908.html", Answer("", 302, {"Location": "/"}))
    world.add(f"{BASE}/2024/0726/909.html", Answer("", 302, {"Location": "http://www.elsewhere.example/"}))
    return [(f"/2024/0726/{number}.html", story(number).title) for number in (907, 908, 909)]


def _no_articles(world: World) -> list[tuple[str, str]]:
    """Pages behind headlines that hold no article."""
    headlines = "".join(
        f'<li><a href="/2023/0101/{number}.html">{story(number).title}</a><span>2023-01-01</span></li>'
        for number in range(950, 962)
    )
    pictures = "".join(f'<p><img src="/i/{number}.jpg" width=900></p><p>{number}/12</p>' for number in range(1, 13))
    forum = _page(931)
    for url in ("http://club.xihaiannews.com/thread-12345-1-1.html", "http://jnsx.xihaiannews.com/2024/0726/931.html"):
        world.add(url, forum)
    pages = {
        "/2024/0726/topic/": ("聚焦灯塔湾第三届开海节专题报道", f"<h1>灯塔湾开海节</h1><ul>{headlines}</ul>"),
        "/2024/0726/921.html": ("组图：灯塔湾开海节现场千帆竞发", f"<h1>组图：千帆竞发</h1>{pictures}"),
        "/2024/0726/922.html": (
            "视频：灯塔湾开海节第一网鱼上岸",
            '<h1>第一网鱼上岸</h1><video src="/v/922.mp4"></video>',
        ),
        "/2024/0726/923.html": ("渔鼓巷老街改造方案开始征求意见", "<h2>抱歉，您访问的页面不存在或已被删除</h2>"),
        "/2024/0726/924.html": ("松涛镇今年将新建三所公办幼儿园", "<h1>松涛镇今年将新建三所公办幼儿园</h1>"),
    }
    for path, (title, inner) in pages.items():
        world.add(BASE + path, _frame(title, inner))
    shell = "<html><head><title></title></head><body><div id=app></div><script src=/app.js></script></body></html>"
    world.add(f"{BASE}/2024/0726/925.html", shell)
    absent = [
        ("/2024/0726/925.html", "柳河社区食堂开张老人用餐有补贴"),
        ("/2024/0726/926.html", "沙沟街道的千亩荷花今起进入盛期"),
        ("/upload/2024/0726/927.pdf", "关于公布夏季文化活动安排的通知"),
        ("/2024/0726/928.jpg", "白鹭岛上空出现罕见的双层彩虹"),
        ("http://club.xihaiannews.com/thread-12345-1-1.html", "网友热议灯塔湾开海节哪家鱼最鲜"),
        ("http://jnsx.xihaiannews.com/2024/0726/931.html", "旧版电子报里的一条新闻不归网站管"),
        ("http://www.elsewhere.example/2024/0726/929.html", "外地媒体眼中的灯塔湾开海节盛况"),
    ]
    return [*((path, title) for path, (title, _) in pages.items()), *absent]


def _brief(world: World, truths: list[Truth]) -> list[tuple[str, str]]:
    """An article of one sentence is one all the same."""
    world.add(f"{BASE}/2024/0726/930.html", _page(930, (BRIEF,)))
    truths.append(_truth(930, "/2024/0726/930.html", (BRIEF,)))
    return [("/2024/0726/930.html", story(930).title)]
