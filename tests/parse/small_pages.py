"""Small pages for the tests of single fields: a headline, a line under it, a text, a line below."""

from __future__ import annotations

from crawler.parse.decode import page_from_text
from crawler.parse.reader import Examination, examine
from storage.records import Article

TITLE = "云栖镇早稻开镰 机收率超过九成"
FIRST = "云栖镇的早稻从本周起陆续成熟，田间地头都是收割机的轰鸣声，种粮大户们抢着晴天收割，生怕赶上后天的雨。"
SECOND = "镇农技站站长介绍，今年早稻种了八千亩，亩产预计比去年高三十斤，机收率超过九成，五天之内可以全部收完。"
TEXT = f"<p>{FIRST}</p><p>{SECOND}</p>"
URL = "https://news.example/content/88.html"


def examined(
    info: str = "",
    below: str = "",
    *,
    text: str = TEXT,
    head: str = "",
    headline: str = f"<h1>{TITLE}</h1>",
    title: str = f"{TITLE}_云栖网",
    url: str = URL,
) -> Examination:
    """A page read, with its witnesses. `info`: markup under the headline; `below`: under the text."""
    html = (
        f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        "<ul><li><a href=/>首页</a></li><li><a href=/n/>要闻</a></li><li><a href=/v/>视频</a></li></ul>"
        f"{headline}{info}<div class=con>{text}</div>{below}"
        "<h3>热门新闻</h3><ul><li><a href=/1.html>石桥小学新操场启用</a> 07-21</li></ul>"
        "<p>云栖网版权所有 海ICP备00000001号</p></body></html>"
    )
    return examine(page_from_text(html, url))


def article(*parts: str, **more: str) -> Article:
    """The article of such a page."""
    result = examined(*parts, **more).result
    assert isinstance(result, Article), result
    return result


def lines_of_body(*parts: str, **more: str) -> list[str]:
    """The lines of its text."""
    return article(*parts, **more).body.splitlines()
