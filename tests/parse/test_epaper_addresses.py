"""Addresses of an issue's articles are found however an index writes them; an index in frames leads into them."""

from __future__ import annotations

import pytest
from issue_pages import DAY, PC_DAY, issue
from list_pages import page_of, urls

from crawler.parse.frames import framed_indexes
from storage.records import Kind

WRITTEN = {
    "written": """<script>document.write('<a href="Articel01002NR.htm">石桥镇的渔船今天出海</a>');
    document.write("<a href=\\"Articel01003NR.htm\\">灯塔村办起夜校</a>");</script>""",
    "array": """<script>a[0]="Articel01002NR.htm|石桥镇的渔船今天出海";
    a[1]='Articel01003NR.htm|灯塔村办起夜校';</script>""",
    "json": r"""<script>var a=[{"u":"\/epaper\/html\/qdxhab\/content\/20240726\/Articel01002NR.htm"},
    {"u":"\/epaper\/html\/qdxhab\/content\/20240726\/Articel01003NR.htm"}]</script>""",
    "pressed": """<td onmousedown="open('Articel01002NR.htm')">石桥镇</td>
    <p onMouseDown=go("Articel01003NR.htm")>夜校</p>""",
    "areas": """<MAP NAME=m><AREA SHAPE=POLY COORDS=1,2 HREF=Articel01002NR.htm>
    <AREA href='Articel01003NR.htm'></MAP>""",
    "parents": """<A HREF="../20240726/Articel01002NR.htm#top">石桥镇</A>
    <a href=" ./././Articel01003NR.htm ">夜校</a>""",
    "whole": """<a href="/epaper/html/qdxhab/content/20240726/Articel01002NR.htm">石桥镇</a>
    <a href="HTTPS://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/Articel01003NR.htm">夜校</a>""",
    "base": """<base href="/epaper/html/qdxhab/content/20240726/list/"><a href="../Articel01002NR.htm">石桥镇</a>
    <a href="../Articel01003NR.htm">夜校</a>""",
}


@pytest.mark.parametrize("html", WRITTEN.values(), ids=WRITTEN)
def test_an_address_is_found_however_it_is_written(html: str) -> None:
    """Escaped in a script, beside a name in an array, pressed, drawn on a map, relative in every way."""
    articles = urls(issue(html))
    assert articles == [PC_DAY + "Articel01002NR.htm", PC_DAY + "Articel01003NR.htm"]


def test_a_link_that_a_script_writes_says_what_it_leads_to() -> None:
    """What the index calls an article is a witness of its headline, also where a script calls it so."""
    listing = issue(WRITTEN["written"])
    assert [link.text for link in listing.links] == ["石桥镇的渔船今天出海", "灯塔村办起夜校"]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ("<FRAME SRC=PageArticleIndexBT.htm><frame src='left.htm#a'>", ["PageArticleIndexBT.htm", "left.htm"]),
        ("<frame src=../20240726/list.htm>", ["list.htm"]),
        ("<frame src=../20240725/list.htm><frame src=http://ads.example/a.htm><frame src=p.pdf>", []),
        ("<frame src=IssueIndex.htm><frame src=about:blank><frame>", []),
    ],
)
def test_frames_of_an_index_may_list_the_issue(frames: str, expected: list[str]) -> None:
    """Only frames of this host and this day, and never the index itself."""
    page = page_of(f"<html><frameset>{frames}</frameset></html>", PC_DAY + "IssueIndex.htm", Kind.ISSUE)
    assert framed_indexes(page, DAY) == [PC_DAY + name for name in expected]
