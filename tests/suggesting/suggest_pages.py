"""Pages of an invented site in two skins, with names that last and names that a build made up."""

from __future__ import annotations

from crawler.parse.decode import page_from_text
from storage.records import Page

HOST = "news.bridge.example"
PLACES = ("长桥", "青石", "云栖", "白沙", "梨花", "石门", "柳溪", "北岭")
PEOPLE = ("苗禾", "李小禾", "陈穗", "宋麦青")
SOURCES = ("长桥日报", "青石晚报", "云栖网")


def address(number: int) -> str:
    """Of an article."""
    return f"https://{HOST}/zhenjie/202407/t202407{10 + number}_{5000 + number}.html"


def title(number: int) -> str:
    """Headline."""
    return f"{PLACES[number % 8]}镇第{number}座水闸完工 沿岸农田用上活水"


def paragraphs(number: int) -> str:
    """Text."""
    place = PLACES[number % 8]
    return (
        f"<p>7月{10 + number}日，{place}镇第{number}座水闸全部完工，沿岸十二个村的三千亩农田用上了活水。</p>"
        f"<p>镇水利站站长介绍，这座闸去年冬天开工，施工时渠底淤泥厚近一米，{number}支队伍分段作业，日夜赶工。</p>"
        "<p>目前渠道已恢复通水，两岸补种的苗木也已栽完，镇里还安排了专人负责日常巡查和养护，方便随时处理。</p>"
    )


def boxed(number: int, *, editor: bool = True, meta: str = "") -> Page:
    """Lasting names beside made-up ones; an advert of varying height shifts every count of siblings."""
    day = f"2024-07-{10 + number} 0{number % 9}:30"
    adverts = "<div class=gg>推广：青石酒</div>" * (number % 3)
    duty = f"<p class='duty css-{number}a2b3c'>责任编辑：{PEOPLE[number % 4]}</p>" if editor else ""
    html = f"""<html><head><title>{title(number)}_长桥新闻网</title>{meta}</head><body>
<div class=nav><a href="/">首页</a> <a href="/zhenjie/">镇街</a></div>{adverts}
<div class="css-9x8y7z main-box" id="post_{5000 + number}">
<h1 class="css-1a2b3c article-title">{title(number)}</h1>
<div class="meta css-4d5e6f"><span class=time>{day}</span> <span class=source>来源：{SOURCES[number % 3]}</span></div>
<div class="css-7g8h9i article-content">{paragraphs(number)}</div>
{duty}</div>
<div class=foot>长桥新闻网 版权所有</div></body></html>"""
    return page_from_text(html, address(number))


def tabled(number: int) -> Page:
    """The older skin: one line with everything on it, in a table."""
    html = f"""<html><head><title>{title(number)}_长桥新闻网</title></head><body>
<table><tr><td><a href="/">首页</a></td></tr></table>
<table><tr><td><h2 id=headline>{title(number)}</h2></td></tr>
<tr><td id=infoline>2024-07-{10 + number} 10:00　来源：{SOURCES[number % 3]}　编辑：{PEOPLE[number % 4]}</td></tr>
<tr><td id=zoom>{paragraphs(number)}</td></tr></table>
<div class=foot>长桥新闻网 版权所有</div></body></html>"""
    return page_from_text(html, address(number))


def listed(number: int = 1, count: int = 8) -> Page:
    """A page of a list: headlines in the middle, links to columns and other things around."""
    items = "".join(
        f'<li><span>2024-07-{10 + one}</span><a href="{address(one)}">{title(one)}</a></li>'
        for one in range(number * 10, number * 10 + count)
    )
    html = f"""<html><head><title>镇街-长桥新闻网</title></head><body>
<div class=nav><a href="/">首页</a> <a href="/zhenjie/">镇街</a> <a href="/minsheng/">民生</a></div>
<ul class="css-0z9y8x news-list">{items}</ul>
<div class=foot><a href="/about/2019.html">关于长桥新闻网和它的网站声明</a></div></body></html>"""
    name = "" if number == 1 else f"index_{number - 1}.html"
    return page_from_text(html, f"https://{HOST}/zhenjie/{name}")
