"""The site's own pages, in two markups that have nothing in common."""

from __future__ import annotations

from html import escape

from demo.pages.markup import INDENT, figures, long_date, paragraphs, whole
from demo.story import Story

_NAVIGATION = (
    '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zhenjie/">镇街</a></li>'
    '<li><a href="/city/list_1.html">城事</a></li><li><a href="/minsheng/">民生</a></li></ul>'
)
_FOOTER = """<div class="foot"><a href="/about.html">关于我们</a> <a href="/contact.html">联系我们</a>
<p>澜港新闻网版权所有 未经授权禁止转载 澜ICP备00000000号</p></div>"""


def trs(
    story: Story, column: str, *, charset: str = "utf-8", part: tuple[str, ...] | None = None, pager: str = ""
) -> str:
    """Labels in spans, text in `.TRS_Editor`, related links behind it.

    Args:
        charset: What the page declares.
        part: Paragraphs of this page, where the article is spread over several.
        pager: Links to the other parts.
    """
    when = story.published.iso()
    first = part is None or part[0] == story.paragraphs[0]
    byline = f"<p>{escape(story.byline)}</p>" if story.byline and first else ""
    body = f"""{_NAVIGATION}
<div class="crumb">当前位置：<a href="/">首页</a> &gt; {escape(column)} &gt; 正文</div>
<div class="article">
<h1>{escape(story.title)}</h1>
<div class="info"><span>{when[:10]} {when[11:16]}</span> <span>来源：{escape(story.source or "")}</span>
<span>编辑：{escape(story.editor or "")}</span>
<span>字号：<a href="javascript:;">大</a> <a href="javascript:;">小</a></span></div>
<div class="TRS_Editor">
{byline}
{figures(story.pictures if first else ())}
{paragraphs(part or story.paragraphs)}
</div>
{pager}
</div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/zhenjie/">更多镇街消息</a></li></ul></div>
{_FOOTER}"""
    return whole(f"{story.title}-{column}-澜港新闻网", body, charset=charset)


def zoom(story: Story, column: str) -> str:
    """Everything on one line with bars between, text broken by `<br>` alone, the editor under it."""
    day = story.published.day
    when = f"{long_date(day)} {story.published.iso()[11:16]}"
    authors = "、".join(story.authors)
    text = "<br><br>\n".join(f"{INDENT}{escape(line)}" for line in story.paragraphs)
    body = f"""<table width=100%><tr><td>{_NAVIGATION}</td></tr></table>
<div id="main"><h2 class="tt">{escape(story.title)}</h2>
<div class="line">发布时间: {when}｜来源: {escape(story.source or "")}｜作者: {escape(authors)}
｜责任编辑: {escape(story.editor or "")}</div>
<div id="zoom">{figures(story.pictures)}
{text}
</div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div></div>
{_FOOTER}"""
    return whole(f"{story.title} - {column} - 澜港新闻网", body)


def about(title: str) -> str:
    """A page about the site itself."""
    return whole(
        f"{title}-澜港新闻网", f"{_NAVIGATION}<h2>{title}</h2><p>这个网站和它报道的地方都是虚构的。</p>{_FOOTER}"
    )


def home(columns: list[tuple[str, str]], headlines: list[tuple[str, str]]) -> str:
    """The home page: the columns, the newest headlines, the e-paper."""
    menu = "".join(f'<li><a href="{path}">{name}</a></li>' for name, path in columns)
    news = "".join(f'<li><a href="{path}">{escape(title)}</a></li>' for title, path in headlines)
    body = f"""<ul class="nav">{menu}</ul>
<div class="top"><ul class="headlines">{news}</ul></div>
<div class="paper"><a href="/epaper/html/lgb/content/PaperIndex.htm">澜港报数字报</a></div>
{_FOOTER}"""
    return whole("澜港新闻网", body)
