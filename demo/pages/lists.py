"""List pages, each column's with markup and paging of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from demo.pages.markup import whole


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a list."""

    path: str
    title: str
    day: str = ""


def platform_list(title: str, lines: Sequence[Line], number: int, count: int) -> str:
    """`/col/17.htmlx`: titles in attributes, 下一页 as a link."""
    items = "\n".join(
        f'<li><a target="_blank" href="{line.path}" title="{escape(line.title)}">{escape(line.title)}</a>'
        f"<span>{line.day}</span></li>"
        for line in lines
    )
    onward = f'<a href="/col/17_{number + 1}.htmlx">下一页</a>' if number < count else ""
    back = f'<a href="/col/17{f"_{number - 1}" if number > 2 else ""}.htmlx">上一页</a>' if number > 1 else ""
    body = f"""<div id="columns"><a href="/col/17.htmlx" data-id="17">{title}</a></div>
<div class="list"><ul>
{items}
</ul></div><div class="page">{back} {onward}</div>"""
    return whole(f"{title}_海右日报", body)


def trs_list(title: str, lines: Sequence[Line], number: int, count: int) -> str:
    """`/zhenjie/index_1.html`: a script counts the pages, no link does."""
    items = "\n".join(
        f'<li><span>[{line.day}]</span><a href="{line.path}">{escape(line.title)}</a></li>' for line in lines
    )
    body = f"""<h2>{title}</h2><ul class="news-list">
{items}
</ul><div class="pages"><script>createPageHTML({count}, {number - 1}, "index", "html");</script></div>"""
    return whole(f"{title}-澜港新闻网", body)


def numbered_list(title: str, lines: Sequence[Line], number: int, count: int) -> str:
    """`/city/list_2.html`: a table of headlines and a row of page numbers."""
    rows = "\n".join(
        f'<tr><td><a href="{line.path}">{escape(line.title)}</a></td><td>{line.day}</td></tr>' for line in lines
    )
    numbers = " ".join(
        f"<span>{page}</span>" if page == number else f'<a href="/city/list_{page}.html">{page}</a>'
        for page in range(1, count + 1)
    )
    body = f"""<table><tr><td><a href="/">首页</a> <a href="/zhenjie/">镇街</a></td></tr></table>
<table class="t2">
{rows}
</table><div class="pagenum">{numbers}</div>"""
    return whole(f"{title} - 澜港新闻网", body)


def old_list(title: str, lines: Sequence[Line], number: int, count: int) -> str:
    """`/minsheng/p2.html`: divisions instead of lists, 下页 in brackets; sent as gb2312."""
    items = "\n".join(
        f'<div class="item"><a href="{line.path}">{escape(line.title)}</a> ({line.day})</div>' for line in lines
    )
    onward = f'[<a href="/minsheng/p{number + 1}.html">下页</a>]' if number < count else ""
    body = f'<div class="box"><b>{title}</b>\n{items}\n<div>第{number}页/共{count}页 {onward}</div></div>'
    return whole(f"{title}-澜港新闻网", body, charset="gb2312")


COUNTY = """<header class="top"><a href="/">首页</a></header>
<main id="app"></main>
<button id="more" hidden>加载更多</button>
<script>
let page = 0;
const more = document.getElementById("more");
async function load() {
  const answer = await fetch("/county/data.json?page=" + (page + 1));
  const data = await answer.json();
  page += 1;
  for (const item of data.items) {
    const card = document.createElement("div");
    const link = document.createElement("a");
    link.href = item.url;
    link.textContent = item.title;
    card.append(link);
    document.getElementById("app").append(card);
  }
  more.hidden = !data.more;
}
more.addEventListener("click", load);
load();
</script>"""


def county() -> str:
    """A list that exists only after its script has run."""
    return whole("县域_海右新闻", COUNTY)
