"""The PaperIndex generation for computers: page lists, and articles in two skins."""

from __future__ import annotations

from html import escape

from demo.newspaper import Issue, PrintPage
from demo.pages.markup import INDENT, long_date, whole
from demo.pages.print import HEAD, MORE, broken_lines, owner, stands_above
from demo.story import Entry, Story

PAGE_SUFFIX = "BC"


def page_file(page: PrintPage) -> str:
    """Its file."""
    return f"Page{page.file}{PAGE_SUFFIX}.htm"


def print_page(issue: Issue, own: PrintPage) -> str:
    """One print page: all pages (each linked by number and by name), then its own articles; tags as the software writes
    them."""
    pages = "\n".join(
        f'<LI class=banci><span class="banci-{page.file}"><a href={page_file(page)}>{page.label}版</a></span>'
        f"<span><a href={page_file(page)}>{escape(page.name)}</a></span></LI>"
        for page in issue.pages
    )
    articles = "\n".join(f"<LI><a href={_file(entry)}>{escape(entry.story.title)}</a></LI>" for entry in own.entries)
    place = issue.pages.index(own)
    onward = f"<a href={page_file(issue.pages[place + 1])}>下一版</a>" if place + 1 < len(issue.pages) else ""
    areas = "".join(f'<area shape="rect" coords="0,0,9,9" href="{_file(entry)}">' for entry in own.entries)
    body = f"""<TABLE width=980><TR>
<TD class=date>{long_date(issue.day)}　第{own.label}版：{escape(own.name)}</TD></TR></TABLE>
<div class="picture"><img src="../../IMAGE/{issue.day:%Y%m%d}/{own.file}.png" usemap="#map">
<map name="map">{areas}</map></div>
<UL>
{pages}
</UL>
{onward}
<UL id=newslist>
{articles}
</UL>
<a href="PageArticleIndexBT.htm" style="display:none"></a>"""
    return whole("澜港报数字报", body)


def _file(entry: Entry) -> str:
    return entry.path.rpartition("/")[2]


def nested(entry: Entry) -> str:
    """The first week's skin: `#contenttext` holds a whole HTML document with a heading table and one division."""
    story = entry.story
    heading = f"""<table border=0 width=100%>
<tr><td align=center><font style="FONT-SIZE: 18px">{escape(story.kicker or "")}</font></td></tr>
<tr><td align=center><strong><font style="FONT-SIZE: 23px">{escape(story.title)}</font></strong></td></tr>
<tr><td align=center><font style="FONT-SIZE: 18px">{escape(story.subtitle or "")}</font></td></tr>
<tr><td><hr></td></tr>
<tr><td align=center>（ {story.published.day.isoformat()} ） 稿件来源：{story.source} {_page_name(entry)}</td></tr>
<tr><td align=center><font></font></td></tr>
</table>"""
    document = f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8">
<meta content="MSHTML 8.00.6001.18928" name="GENERATOR"></head><body>
{heading}
<div>{_lines(story)}</div><p></p></body></html>"""
    body = f"""<div class="turn">[<a href="Page01BC.htm">上一版</a>] [<a href="Page02BC.htm">下一版</a>]</div>
<div>{HEAD}</div>
<div id=contenttext class=contenttext>{document}</div>
<div class="old"><a href="../PaperIndex.htm">{MORE}</a></div>
<div class="foot">{owner()}</div>"""
    return whole("澜港报数字报", body)


def _page_name(entry: Entry) -> str:
    return escape((entry.edition.page_name if entry.edition else None) or "")


def _lines(story: Story) -> str:
    """Byline without indent, then paragraphs separated by `<br>` and indented with two wide blanks."""
    made = f"{story.byline}<br><br>" if stands_above(story) else ""
    made += "".join(f"{INDENT if begins else ''}{escape(text)}<br>\n" for text, begins in broken_lines(story))
    return made if stands_above(story) else f"{made}<br>{story.byline or ''}"


def plain(entry: Entry) -> str:
    """The second week's skin: kicker, headline and subtitle in `div.neirong`; every other page without furniture."""
    story = entry.story
    kicker = f"<h3>{escape(story.kicker)}</h3>" if story.kicker else ""
    subtitle = f"<h4>{escape(story.subtitle)}</h4>" if story.subtitle else ""
    byline = f"<p>　　{story.byline}</p>" if stands_above(story) else ""
    text = "\n".join(f"<p>{INDENT if begins else ''}{escape(line)}</p>" for line, begins in broken_lines(story))
    article = f"""<div class="neirong">{kicker}<h2>{escape(story.title)}</h2>{subtitle}
<span id="contenttext">{byline}
{text}
</span></div>"""
    if _is_bare(entry):
        return whole(story.title, article)
    body = f"""<div class="turn">[<a href="Page01BC.htm">上一版</a>] [<a href="Page02BC.htm">下一版</a>]</div>
<div>{HEAD}</div>
{article}
<div class="old"><a href="../PaperIndex.htm">{MORE}</a></div>
<div class="foot">{owner()}</div>"""
    return whole("澜港报数字报", body)


def _is_bare(entry: Entry) -> bool:
    return entry.path.endswith(("002NR.htm", "004NR.htm"))
