"""The page for the eye: what was read is framed, nothing runs, nothing is fetched, nothing is lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parse"))  # for pages of all kinds

from crawl_samples import Answer, SmallSite
from inspect_pages import BODY, HIDDEN, TITLE, article, look
from near_pages import ARTICLES
from other_pages import BY_REASON

from crawler.inspect.inspection import inspect_page
from crawler.inspect.marked import POLICY, marked_page
from crawler.inspect.marks import Mark, put_marks
from crawler.inspect.spots import Stretch, whole
from crawler.parse.decode import page_from_text
from crawler.parse.document import Document
from crawler.parse.lines import lines_of

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
EVERY_PAGE = ARTICLES | {
    f"{reason} {name}": page for reason, pages in BY_REASON.items() for name, page in pages.items()
}
OURS = {"data-read", "data-label", "data-left-out", "data-aside", "data-picture", "title", "colspan", "rowspan"}
"""Attributes that may stand in what was a page of somebody else's."""


def drawn(page: str) -> html.HtmlElement:
    """The marked page as a browser would have it."""
    return html.fromstring(marked_page(look(page)))


def framed(root: html.HtmlElement, name: str) -> str:
    """What stands in the marks of a field on the page."""
    marks = root.xpath(f"//div[@id='xha-page']//span[contains(concat(' ', @data-read, ' '), ' {name} ')]")
    return "".join(mark.text_content() for mark in marks)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", TITLE),
        ("published", "2024-07-26 09:30"),
        ("source", "长桥日报"),
        ("editor", "李小禾"),
        ("authors", "苗禾"),
        ("body", "".join(BODY)),
        ("images", "picture https://news.bridge.example/pic/88.jpg"),
    ],
)
def test_what_was_read_is_framed(name: str, text: str):
    """The frame is what the page is made for."""
    assert framed(drawn(article()), name) == text


def test_a_name_inside_the_text_is_framed_in_both_colours():
    """The byline in brackets is the authors' and part of the text."""
    root = drawn(article())
    (both,) = root.xpath("//span[@data-read='body authors' or @data-read='authors body']")
    assert both.text == "苗禾"


def test_the_legend_tells_value_rule_and_confidence():
    """Whoever sees a frame must see what was made of it, and how sure that is."""
    legend = drawn(article()).get_element_by_id("xha-legend").text_content()
    assert "长桥日报" in legend
    assert "label 来源" in legend
    assert "95%" in legend
    assert "3 paragraphs" in legend
    assert "not read: kicker" in legend


def test_the_legend_of_a_rejected_page_tells_why():
    """A list page's legend says that it is one, with the figures."""
    page = BY_REASON[next(iter(BY_REASON))]
    for made in page.values():
        legend = drawn(made).get_element_by_id("xha-legend").text_content()
        assert f"no article: {look(made).result.reason}" in legend
        assert look(made).result.detail in legend


def test_lines_left_out_are_struck_with_their_reason():
    """Else a button in the text and the text look the same."""
    root = drawn(article())
    (line,) = root.xpath("//div[@id='xha-page']//span[@data-left-out]")
    assert (line.text, line.get("data-left-out")) == ("（原标题：老渠清淤完工）", "original title")


def test_what_the_reader_did_not_see_is_not_shown():
    """Hidden spam larger than the article would bury it."""
    assert HIDDEN in article()
    assert HIDDEN not in marked_page(look(article()))


def test_text_that_a_script_unveils_is_shown():
    """The reader reads it, so a person must see it."""
    veiled = article().replace("<body>", "<body><div style='visibility:hidden'>").replace("</body>", "</div></body>")
    assert look(veiled).field("body").value is not None
    assert framed(drawn(veiled), "body") == "".join(BODY)


HOSTILE = article(
    head="<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=https://evil.example/'>"
    "<link rel=stylesheet href=https://evil.example/a.css><style>@import 'https://evil.example/b.css';</style>"
    "<script src=https://evil.example/a.js></script>",
    more="<p onclick=steal() style='background:url(https://evil.example/c.png)'>点我<script>steal()</script></p>"
    "<a href='javascript:steal()'>领奖</a><img src=x onerror=steal()><iframe src=https://evil.example/></iframe>"
    "<form action=https://evil.example/><input name=a><button>送出</button></form><svg onload=steal()></svg>"
    "<object data=https://evil.example/d.swf></object><span data-read=title data-label=假>冒充标题</span>"
    "<noscript><p onclick=steal()>请启用脚本</p></noscript><xmp><script>steal()</script></xmp>"
    "<math><mtext><table><mglyph><style><img src onerror=steal()></style></mglyph></table></mtext></math>",
)


def test_nothing_dangerous_is_left():
    """The page came from the network: nothing of it may run, load or be sent from a file that a person opens."""
    text = marked_page(look(HOSTILE))
    page = html.fromstring(text).get_element_by_id("xha-page")
    for element in page.iter():
        assert element.tag not in ("script", "style", "iframe", "object", "form", "input", "img", "svg", "base", "link")
        assert element is page or set(element.attrib) <= OURS, html.tostring(element)
    assert f'http-equiv="Content-Security-Policy" content="{POLICY}"' in text
    assert text.count("http-equiv") == 1
    assert framed(html.fromstring(text), "title") == TITLE  # and not what called itself so


def test_a_value_cannot_break_out_of_the_legend():
    """A headline is a stranger's text in our markup."""
    title = "长桥镇<img src=x onerror=steal()>老渠清淤完工 三千亩农田用上活水"
    text = marked_page(look(article(title=title.replace("<", "&lt;").replace(">", "&gt;"))))
    assert "老渠清淤完工" in html.fromstring(text).get_element_by_id("xha-legend").text_content()
    assert "<img" not in text


@pytest.mark.skipif(CHROMIUM is None, reason="There is no Chromium here.")
def test_a_browser_fetches_nothing_and_runs_nothing(tmp_path: Path):
    """What a person opens must not tell the site that somebody looks, nor anything else."""
    with SmallSite() as site:
        site.pages = {"/a.js": Answer("document.title = 'ran'", headers={"Content-Type": "text/javascript"})}
        there = HOSTILE.replace("https://evil.example", site.url)
        (tmp_path / "raw.html").write_text(there, "utf-8")
        (tmp_path / "look.html").write_text(marked_page(look(there)), "utf-8")
        shown = browse(tmp_path / "look.html")
        assert site.requests == []
        assert "<title>长桥镇" in shown
        browse(tmp_path / "raw.html")
        assert site.requests != []  # the browser does fetch where it may


def browse(path: Path) -> str:
    """The document as Chromium has it once it is loaded."""
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", path.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


@pytest.mark.parametrize("name", EVERY_PAGE)
def test_every_kind_of_page_can_be_drawn(name: str):
    """Shells, errors, albums, empty pages: what puzzles the reader is what people want to look at."""
    root = drawn(EVERY_PAGE[name])
    assert root.get_element_by_id("xha-legend").text_content().strip()


@pytest.mark.parametrize("text", ["", "\x00", "{}", "<frameset><frame src=a></frameset>", "<p>" * 3000, "普通文字"])
def test_odd_documents_can_be_drawn(text: str):
    """Looking must not fail where reading does not."""
    page = page_from_text(text, "https://news.bridge.example/a.html")
    assert "xha-legend" in marked_page(inspect_page(page))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from("abc")), max_size=12))
def test_marks_change_no_text(ends: list[tuple[int, int, str]]):
    """Whatever overlaps, every character of the page stays, in its order."""
    document = Document(page_from_text(article(), "https://news.bridge.example/a.html"))
    pieces = [piece for line in document.blocks for piece in line.pieces]
    before = document.root.text_content()
    wanted = [
        Mark(
            stretch=Stretch(piece=pieces[(start * 7) % len(pieces)], start=min(start, end), end=max(start, end)),
            field=name,
        )
        for start, end, name in ends
    ]
    clipped = [
        Mark(
            stretch=Stretch(
                piece=one.stretch.piece,
                start=min(one.stretch.start, len(one.stretch.piece.text)),
                end=min(one.stretch.end, len(one.stretch.piece.text)),
            ),
            field=one.field,
        )
        for one in wanted
    ]
    put_marks([*clipped, *(Mark(stretch=one, field="body") for one in whole(document.blocks))])
    assert document.root.text_content() == before
    assert len(lines_of(document.root)[0]) == len(document.blocks)
