"""The skins of e-papers: each writes one story as a page, in markup that papers of the same software have used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from print_pages import Story

Lines = Iterable[str]
INDENT = "\u3000\u3000"
NESTED = (
    '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN">\n<html><head>'
    '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    '<meta content="MSHTML 8.00.6001.18928" name="GENERATOR"><style>p {{ margin: 0 }}</style></head>'
    '<body style="margin: 0">{}</body></html>'
)
"""What an editor of print systems writes into a page: a document of its own."""


def _bold(line: str, story: Story) -> str:
    return f"<strong>{line}</strong>" if line in story.heads else line


def by_br(lines: Lines, story: Story) -> str:
    """One block, paragraphs parted by `<br>` and indented; a line that goes on is not."""
    return "<div>" + "<br>\n".join(_indent(line, story) for line in lines) + "</div>"


def by_br_plain(lines: Lines, story: Story) -> str:
    """The same without indents."""
    return "<br />".join(_bold(line, story) for line in lines)


def by_p(lines: Lines, story: Story) -> str:
    """A `p` each."""
    return "".join(f"<p>{_bold(line, story)}</p>\n" for line in lines)


def by_p_indented(lines: Lines, story: Story) -> str:
    """A `p` each, every one indented, with empty ones between."""
    return "".join(f"<p>{INDENT}{_bold(line, story)}</p><p>&nbsp;</p>" for line in lines)


def by_div(lines: Lines, story: Story) -> str:
    """A `div` each."""
    return "".join(f"<div>{_bold(line, story)}</div>" for line in lines)


def by_left_p(lines: Lines, story: Story) -> str:
    """Upper case, attributes unquoted, tags left open."""
    return "".join(f"<P align=left><FONT face=宋体>{_bold(line, story)}</FONT>\n" for line in lines)


def by_cell(lines: Lines, story: Story) -> str:
    """All in one cell of a table that lays the page out."""
    inner = "<br>".join(_indent(line, story) for line in lines)
    return f'<table width="100%"><tr><td></td><td class=txt>{inner}</td></tr></table>'


def by_pre(lines: Lines, story: Story) -> str:
    """Lines of a `pre`."""
    return "<pre>" + "\n".join(_indent(line, story) for line in lines) + "</pre>"


def _indent(line: str, story: Story) -> str:
    whole = line in story.heads or any(paragraph.startswith(line) for paragraph in story.body)
    return (INDENT if whole else "") + _bold(line, story)


SETTINGS: dict[str, Callable[[Lines, Story], str]] = {
    "br": by_br,
    "br-plain": by_br_plain,
    "p": by_p,
    "p-indented": by_p_indented,
    "div": by_div,
    "left-p": by_left_p,
    "cell": by_cell,
    "pre": by_pre,
}
"""How paragraphs are set."""


def _group(story: Story, kicker: str, title: str, subtitle: str) -> str:
    """Kicker, headline and subtitles, each in its markup."""
    parts = [kicker.format(story.kicker)] if story.kicker else []
    return "".join([*parts, title.format(story.title), *(subtitle.format(line) for line in story.subtitles)])


def in_table(story: Story) -> str:
    """The header table that print editors put into the text's own element: a row for each line of the group."""
    cell = '<tr><td align="center" style="FONT-SIZE: {size}px">{text}</td></tr>'
    rows = [cell.format(size=18, text=f"<font style='font-size: 18px'>{story.kicker or ''}</font>")]
    title = f'<strong><font style="FONT-SIZE: 23px">{story.title}</font></strong>'
    rows.append(f"<tr><td align=center>{title}</td></tr>")
    rows += [cell.format(size=18, text=line) for line in story.subtitles or ("<font></font>",)]
    rows += ["<tr><td><hr></td></tr>", "<tr><td>（ 2024-07-26 ） 要闻</td></tr>", "<tr><td><div></div></td></tr>"]
    return f"<table>{''.join(rows)}</table>"


HEADS: dict[str, Callable[[Story], str]] = {
    "neirong": lambda s: f'<div class="neirong">{_group(s, "<h3>{}</h3>", "<h2>{}</h2>", "<h4>{}</h4>")}</div>',
    "margin15": lambda s: (
        f'<div class="bggray"><div class="margin15">{_group(s, "<h3>{}</h3>", "<h2>{}</h2>", "<h4>{}</h4>")}'
        "<h5></h5></div></div>"
    ),
    "duneirong": lambda s: f"<div class=duneirong>{_group(s, '<h3>{}</h3>', '<h2>{}</h2>', '<h4>{}</h4>')}</div>",
    "news-header": lambda s: f'<div id="news-header">{_group(s, "<p>{}</p>", "<h1>{}</h1>", "<p>{}</p>")}</div>',
    "view-title": lambda s: (
        f'<div class="xha-view-title">{_group(s, "<h3>{}</h3>", "<h1>{}</h1>", "<h2>{}</h2>")}</div>'
    ),
    "title-div": lambda s: (
        "<div id=title>"
        + _group(s, "<font size=3>{}</font><br>", "<font size=5><b>{}</b></font><br>", "<font size=3>{}</font><br>")
        + "</div>"
    ),
    "font-size": lambda s: _group(s, "<font size=3>{}</font><br>", "<font size=5>{}</font><br>", "{}<br>"),
    "zb": lambda s: f'<div class="zb">{_group(s, "<p>{}</p>", "<p><strong>{}</strong></p>", "<p>{}</p>")}</div>',
    "sized": lambda s: _group(
        s, '<div class="f-14">{}</div>', '<div class="f-20">{}</div>', '<div class="f-14">{}</div>'
    ),
    "strong": lambda s: _group(
        s, '<div class="f-14">{}</div>', '<div class="f-20"><strong>{}</strong></div>', '<div class="f-14">{}</div>'
    ),
    "content-h1": lambda s: _group(s, "<h3>{}</h3>", "<h1>{}</h1>", "<h4>{}</h4>"),
    "detConTit": lambda s: _group(s, "<p>{}</p>", '<h2 class="detConTit">{}</h2>', "<p>{}</p>"),
    "atitle": lambda s: f'<div class="atitle">{_group(s, "<h3>{}</h3>", "<h1>{}</h1>", "<h3>{}</h3>")}</div>',
    "con4": lambda s: f'<div class="con4">{_group(s, "<h5>{}</h5>", "<h3>{}</h3>", "<h5>{}</h5>")}</div>',
    "d_t_b": lambda s: f'<div class="d_t_b">{_group(s, "<p>{}</p>", "<p>{}</p>", "<p>{}</p>")}</div>',
    "centred": lambda s: _group(
        s, "<p align=center>{}</p>", '<p align=center><b style="font-size:18pt">{}</b></p>', "<p align=center>{}</p>"
    ),
}
"""How the headline group is set outside of the text."""

BODIES = {
    "span": '<span id="contenttext">{}</span>',
    "div": '<div id="contenttext" class="contenttext">{}</div>',
    "old": "<SPAN id=oldcontenttext>{}</SPAN>",
    "view": '<div id="article_view_content">{}</div>',
    "ozoom": '<div id="ozoom"><founder-content>{}</founder-content></div>',
    "news-con": '<div id="news-con">{}</div>',
    "unknown": '<div class="wzxs">{}</div>',
    "content_div": '<div id="content_div">{}</div>',
    "details": '<div class="details">{}</div>',
    "acon": '<div class="acon">{}</div>',
    "height-25": '<div class="f-14 height-25">{}</div>',
    "con3": '<div class="con3 fgrey12"><font>{}</font></div>',
    "bare": "{}",
}
"""What holds the text."""

PAPER_LIST = """<ul class="banci"><li><a href="Page01NU.htm">01版:要闻</a></li>
<li><a href="Page04NU.htm">04版:镇街</a></li><li><a href="Page08NU.htm">08版:逸文</a></li></ul>
<ul id=newslist><li><a href=Articel04001NR.htm>石桥集市改在每周六</a></li>
<li><a href=Articel04002NR.htm>灯塔村办起渔家夜校</a></li><li><a href=Articel04003NR.htm>{}</a></li></ul>"""
"""The print pages of the issue and the articles of this one, this article among them."""


def whole(head: str, body: str, *, framed: bool, beside: str = "", title: str = "石桥晚报") -> str:
    """A page around headline group and text.

    Args:
        framed: whether the words of the e-paper stand above and below the article.
        beside: what stands between masthead and article.
        title: of the `title` element.
    """
    above, below = FRAME if framed else ("", "")
    masthead = '<div class="hdr"><img src="logo.png"> 石桥晚报 2024年07月26日 星期五</div>'
    return (
        f"<html><head><title>{title}</title></head><body>{masthead}{beside}<div id=content class=detailCon>"
        f"{above}{head}{body}{below}</div></body></html>"
    )


FRAME = (
    "<p>可拖动滚动条浏览本版</p><p><a href=Page03NU.htm>[上一版]</a> <a href=Page05NU.htm>[下一版]</a></p>"
    "<p>文章内容</p>",
    "<div><a href=more>更多</a> 往期报纸</div><ul><li><a href=../20240725/>2024-07-25</a></li></ul>"
    "<p>本网站所有内容属《石桥晚报》所有,未经许可不得转载。</p>",
)
"""What e-papers print above and below an article."""


def page(
    story: Story, head: str, body: str, setting: str, *, framed: bool = True, beside: bool = False, title: str = ""
) -> str:
    """A story in one skin.

    Args:
        head: a name of `HEADS`; `table`: set in a table inside the text's element; `inside`: set like the text.
        body: a name of `BODIES`.
        setting: a name of `SETTINGS`.
        framed: whether 文章内容 and 往期报纸 stand around the article.
        beside: whether lists of pages and articles stand above it.
        title: of the `title` element; the paper's name where none is given.
    """
    lines = [*([story.byline] if story.byline else []), *story.lines]
    if head == "inside":
        lines = [*([story.kicker] if story.kicker else []), story.title, *story.subtitles, *lines]
    text = SETTINGS[setting](lines, story)
    if head == "table":
        text = NESTED.format(in_table(story) + text)
    group = HEADS[head](story) if head in HEADS else ""
    lists = PAPER_LIST.format(story.title) if beside else ""
    return whole(group, BODIES[body].format(text), framed=framed, beside=lists, title=title or "石桥晚报")


def upper(html: str) -> str:
    """The same page with its tags in upper case and attributes without quotes where these may go."""
    html = re.sub(r"</?\w+", lambda tag: tag[0].upper(), html)
    return re.sub(r'="([\w.#%/-]+)"', r"=\1", html)
