"""The shtml generation of 2019."""

from __future__ import annotations

from html import escape

from demo.newspaper import Issue, PrintPage
from demo.pages.markup import INDENT, long_date, whole
from demo.pages.print import HEAD, MORE, broken_lines, owner, stands_above
from demo.story import Entry


def page_file(page: PrintPage) -> str:
    """Its file."""
    return f"v{page.file}.shtml"


def print_page(issue: Issue, own: PrintPage, other_host: str) -> str:
    """One print page. Article addresses stand in scripts on the first page, and name the paper's other host on the
    second."""
    pages = "".join(
        f'<li><a href="{page_file(page)}">{page.label}版：{escape(page.name)}</a></li>' for page in issue.pages
    )
    place = issue.pages.index(own)
    titles = "".join(_title(entry, place, other_host) for entry in own.entries)
    # What begins on the front page and goes on inside is listed on both.
    front = issue.pages[0].entries[:1] if place == 1 else ()
    again = "".join(_title(entry, 1, other_host) for entry in front)
    body = f"""<div class="date">{long_date(issue.day)} 第{own.label}版：{escape(own.name)}</div>
<div class="pageNav"><ul>{pages}</ul></div>
<div class="titleNav"><ul>{titles}{again}</ul></div>
<div class="foot">{owner()}</div>"""
    return whole("澜港报", body)


def _title(entry: Entry, place: int, other_host: str) -> str:
    file = entry.path.rpartition("/")[2]
    if place == 0:
        return f'<li><a href="javascript:;" onclick="view(\'{file}\')">{escape(entry.story.title)}</a></li>'
    if place == 1:
        return f'<li><a href="{other_host}{entry.path}">{escape(entry.story.title)}</a></li>'
    return f'<li><a href="{file}">{escape(entry.story.title)}</a></li>'


def article(entry: Entry) -> str:
    """Kicker, headline and subtitle above one another, text in `#content_div`, furniture around it."""
    story = entry.story
    assert entry.edition is not None
    kicker = f'<p class="pre">{escape(story.kicker)}</p>' if story.kicker else ""
    subtitle = f'<p class="sub">{escape(story.subtitle)}</p>' if story.subtitle else ""
    above = f'<p align="left">{story.byline}</p>' if stands_above(story) else ""
    below = "" if above else f'<p align="left">{story.byline or ""}</p>'
    text = "\n".join(
        f'<p align="left">{INDENT if begins else ""}<font>{escape(line)}</font></p>'
        for line, begins in broken_lines(story)
    )
    body = f"""<div class="turn">可拖动滚动条浏览本版
[<a href="v01.shtml">上一版</a>] [<a href="v02.shtml">下一版</a>]</div>
<div class="bar">{HEAD}</div>
<div id="content">{kicker}<h1>{escape(story.title)}</h1>{subtitle}
<div id="content_div">{above}
{text}
{below}</div></div>
<div class="old"><a href="/shtml/index_lgb.shtml">{MORE}</a></div>
<div class="foot">{owner()}</div>"""
    return whole("澜港报", body)
