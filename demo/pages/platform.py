"""The platform: `articleContent` pages, the NEWS pages that followed them, the article interface of its app."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape

from demo.pages.markup import clock, figures, paragraphs, whole
from demo.story import Story

FOOTER = """<div class="footer"><p>备案号 澜ICP备00000000号&nbsp; 互联网新闻信息许可证编号:00000000000</p>
<p>Langang News Group&nbsp;&nbsp;&nbsp; 海右报业集团(澜港报社)&nbsp;&nbsp;&nbsp; 版权所有&nbsp;&nbsp;&nbsp;
联系电话:0000-00000000</p></div>"""


def article_content(story: Story) -> str:
    """Time and source on one line, byline, text, editor, comment form, footer."""
    body = f"""<div class="header"><a href="/col/17.htmlx">首页</a></div>
<div class="article">
<h1 class="title">{escape(story.title)}</h1>
<div class="info">{clock(story.published.iso())} 发布来源:{escape(story.source or "")}</div>
<div class="content">
<p>{escape(story.byline or "")}</p>
{figures(story.pictures)}
{paragraphs(story.paragraphs)}
</div>
<div class="editor">责任编辑: {escape(story.editor or "")}    </div>
</div>
<div class="comment"><p>评论:</p><form><textarea></textarea>
<a href="javascript:;">提交评论</a></form></div>
{FOOTER}"""
    return whole(story.title, body)


def news(story: Story) -> str:
    """The platform since 2023, as it stands once its script has run."""
    body = f"""<header class="top"><nav><a href="/county/">县域</a> <a href="/">首页</a></nav></header>
<main><div class="article-box">
<h1 class="article-title">{escape(story.title)}</h1>
<div class="article-info"><span class="source">来源：{escape(story.source or "")}</span>
<span class="time">{clock(story.published.iso())}</span><span class="read">阅读 1203</span></div>
<div class="article-content">
<p>{escape(story.byline or "")}</p>
{figures(story.pictures[:1])}
{paragraphs(story.paragraphs, indent="")}
</div>
<p class="duty">责任编辑：{escape(story.editor or "")}</p>
</div></main>
{FOOTER}"""
    return whole(f"{story.title}_海右新闻_海右新媒体大平台", body)


def interface(story: Story, file_id: str, column_id: str) -> str:
    """The article interface's JSON: content as HTML with a placeholder for each picture."""
    content = "".join(_content(story))
    pictures = [{"imageUrl": picture.path, "summary": picture.caption} for picture in story.pictures]
    answer = {
        "fileId": file_id,
        "colID": column_id,
        "position": "0",
        "title": story.title,
        "author": " ".join(story.authors),
        "source": story.source,
        "publishtime": story.published.iso()[:19],
        "content": content,
        "images": [{"imagearray": [picture]} for picture in pictures],
        "videos": [],
    }
    return json.dumps(answer, ensure_ascii=False)


def _content(story: Story) -> Iterator[str]:
    for place, text in enumerate(story.paragraphs):
        yield f"<p>\u3000\u3000{escape(text)}</p>"
        if place < len(story.pictures):
            yield f"<!--IMAGEARRAY#{place}-->"
    yield f"<p>责任编辑：{escape(story.editor or '')}</p>"


def interface_list(items: list[dict[str, str]]) -> str:
    """The list interface's JSON; its first two items stand in a nested block, as on the app's home page."""
    block = {"title": "头条", "articleList": items[:2]}
    return json.dumps({"list": [block, *items[2:]] if items else []}, ensure_ascii=False)
