"""Pages as a server should send them: what stands between the faults, and must come through unharmed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

GOOD = 8
"""Pages without a fault."""


def article(title: str) -> str:
    """An article page whose text follows from its headline."""
    paragraphs = (
        f"本报讯 记者从鹭洲街道获悉，{title}。这项工程去年秋天开工，历时七个月，沿线九个社区的居民因此受益。",
        "街道办事处负责人介绍，施工前这一带路面破损严重，雨天积水，居民多次反映。今年开春后，工人们分段作业，日夜赶工。",
        "目前主体部分已经投入使用，街道还安排了专人负责日常巡查和养护，并将在秋天补种两百棵行道树。",
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<html><head><meta charset="utf-8"><title>{escape(title)}_澜港新闻网</title></head><body>
<h1>{escape(title)}</h1><div class="info">2024-05-06 08:30:00　来源：澜港日报</div>
<div id="content">{text}</div><div>责任编辑：陈禾</div></body></html>
"""


def headline(number: int) -> str:
    """The headline of the page without a fault of this number."""
    return f"鹭洲街道第{number}处口袋公园建成开放 家门口添新景"


def good_path(number: int) -> str:
    """Its path."""
    return f"/good/{number}.html"


def listing(links: Iterable[tuple[str, str]], *, foot: str = "") -> str:
    """A list page of (address, text); `foot`: markup behind the list."""
    items = "".join(f'<li><a href="{escape(url)}">{escape(text)}</a></li>' for url, text in links)
    return f"<html><head><title>澜港要闻</title></head><body><ul class=list>{items}</ul>{foot}</body></html>"


def onward(url: str) -> str:
    """The link to a list's next page."""
    return f'<p class="pager"><a href="{escape(url)}">下一页</a></p>'
