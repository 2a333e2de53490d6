"""The PaperIndex generation for telephones: every page of an issue carries the text of the whole issue."""

from __future__ import annotations

from html import escape

from demo.newspaper import Issue, PrintPage
from demo.pages.markup import INDENT, long_date, whole
from demo.pages.print import broken_lines, stands_above
from demo.story import Entry, Story

PAGE_SUFFIX = "SC"


def page_file(page: PrintPage) -> str:
    """Its file."""
    return f"Page{page.file}{PAGE_SUFFIX}.htm"


def print_page(issue: Issue, own: PrintPage) -> str:
    """Page list, date, then all articles of the issue, each behind a link to its own page."""
    pages = "\n".join(
        f'<p class="banlist-li"><a href="{page_file(page)}">{page.label}版:{escape(page.name)}</a></p>'
        for page in issue.pages
    )
    place = issue.pages.index(own)
    back = f'<a href="{page_file(issue.pages[place - 1])}">前一版</a>' if place else ""
    onward = f'<a href="{page_file(issue.pages[place + 1])}">下一版</a>' if place + 1 < len(issue.pages) else ""
    blocks = "\n".join(_block(entry) for page in issue.pages for entry in page.entries)
    date = long_date(issue.day)
    body = f"""<div class="banlist">
{pages}
</div>
<div class="turn">{back} {onward} <span>{date}</span></div>
<div class="all">
{blocks}
</div>"""
    return whole(f"澜港报 -微报纸-{date}", body)


def _block(entry: Entry) -> str:
    """Title and subtitle joined by a blank, the first paragraph behind them on the same line."""
    story = entry.story
    title = " ".join(part for part in (story.title, story.subtitle) if part)
    lines = [story.byline, *story.paragraphs] if stands_above(story) else [*story.paragraphs, story.byline]
    text = "<br>\n　　".join(escape(line) for line in lines if line)
    return f'<div class="item"><a href="{entry.path.rpartition("/")[2]}">{escape(title)}</a>   {text}</div>'


def article(entry: Entry) -> str:
    """One article on its own page."""
    story = entry.story
    subtitle = f'<h4 class="sub">{escape(story.subtitle)}</h4>' if story.subtitle else ""
    kicker = f'<h4 class="pre">{escape(story.kicker)}</h4>' if story.kicker else ""
    body = f"""<div class="bggray"><div class="margin15">{kicker}<h2>{escape(story.title)}</h2>{subtitle}
<div class="shijian">澜港报     {long_date(story.published.day)}</div></div></div>
<div id="contenttext" class="contenttext">{_text(story)}</div>
<div class="turn"><a href="Page01SC.htm">返回版面</a></div>"""
    return whole("澜港报 -微报纸", body)


def _text(story: Story) -> str:
    above = f"<p>{story.byline}</p>" if stands_above(story) else ""
    below = "" if above else f"<p>{story.byline or ''}</p>"
    lines = "\n".join(f"<p>{INDENT if begins else ''}{escape(line)}</p>" for line, begins in broken_lines(story))
    return f"{above}\n{lines}\n{below}"
