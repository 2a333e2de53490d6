"""Which line is the headline: what page and index call the article, how its lines are set, what stands around them."""

from __future__ import annotations

import pytest
from print_pages import BLIND, SHIPPED, STORIES, facts, facts_of, read_page, refuse_page
from print_skins import page

from crawler.sites.profile import Selectors
from storage.records import Reason

REPORT, WIRE = STORIES["report"], STORIES["wire"]


def test_an_index_that_joins_headline_and_subtitle_tells_the_headline() -> None:
    """`标题 副标题` is what these indexes call an article: the first line of those it names is the headline."""
    told = f"{REPORT.title} {REPORT.subtitle}"
    article = read_page(page(REPORT, "inside", "unknown", "p"), profile=BLIND, link_text=told)
    assert facts(article) == facts_of(REPORT)


@pytest.mark.parametrize(
    "told", ["远洋渔业发展论坛在石桥…", "远洋渔业发展论坛在石桥开幕", "远洋渔业发展论坛在石桥开幕 "]
)
def test_an_index_tells_headline_from_kicker(told: str) -> None:
    """Of two plain lines alike, the one the index names is the headline, also where it cuts it."""
    article = read_page(page(WIRE, "inside", "unknown", "p"), profile=BLIND, link_text=told)
    assert facts(article) == facts_of(WIRE)


@pytest.mark.parametrize(
    "title", ["{}", "{}-石桥晚报", "{}_要闻_青岛西海岸报", "青岛西海岸报 | {}", "青岛西海岸报数字报 - 第04版:镇街 - {}"]
)
def test_the_title_element_tells_headline_from_kicker(title: str) -> None:
    """The names of paper and page around it do not matter."""
    html = page(WIRE, "inside", "unknown", "p", title=title.format(WIRE.title))
    assert facts(read_page(html, profile=BLIND)) == facts_of(WIRE)


def test_a_hidden_field_tells_the_headline_where_none_is_shown() -> None:
    """`#Text_title` and `#Text_author` hold what the skin may not print."""
    story = STORIES["signed"]
    html = page(story, "nothing", "span", "br").replace(
        "<body>",
        f"<body><input type=hidden id=Text_title value='{story.title}'><input type=hidden id=Text_date value=''>",
    )
    article = read_page(html)
    assert (article.title, article.how["title"].rule) == (story.title, "input")
    assert facts(article) == facts_of(story)


def test_a_hidden_field_and_a_glued_byline_name_the_author() -> None:
    """Where neither a line nor a bracket of its own names who wrote it."""
    first = "本报讯 石桥镇为最后一批渔船装上北斗终端。"
    html = "<h2>石桥镇为渔船装上北斗终端</h2><div id=contenttext><p>{}" + first + "</p></div>"
    hidden = read_page("<input type=hidden id=Text_author value='刘 禾'>" + html.format(""))
    glued = read_page(html.format("□记者 刘 禾 报道　　"))
    assert hidden.authors == glued.authors == ("刘禾",)
    assert hidden.body == glued.body == first


def test_a_page_without_headline_takes_the_indexs() -> None:
    """One stored page of the site has neither heading nor headline: the index knew it."""
    story = STORIES["signed"]
    article = read_page(page(story, "nothing", "span", "p"), link_text=story.title)
    assert (article.title, article.how["title"].rule) == (story.title, "context")
    assert article.body.splitlines() == list(story.body)
    assert refuse_page(page(story, "nothing", "span", "p")).reason is Reason.NO_TITLE


@pytest.mark.parametrize(
    "broken", ["石桥渔港改造<br>三年迈出大步伐", "<div>石桥渔港改造</div><div>三年迈出大步伐</div>"]
)
@pytest.mark.parametrize(
    ("told", "title"), [(None, "石桥渔港改造 三年迈出大步伐"), ("石桥渔港改造三年迈出大步伐",) * 2]
)
def test_a_headline_in_two_lines_is_one(broken: str, told: str | None, title: str) -> None:
    """It is joined as the index joins it, else with a blank; neither line is kicker or subtitle."""
    for html in (
        page(WIRE, "table", "div", "br").replace(WIRE.title, broken),
        page(WIRE, "neirong", "span", "p").replace(f"<h2>{WIRE.title}</h2>", f"<h2>{broken}</h2>"),
    ):
        article = read_page(html, link_text=told)
        assert (article.kicker, article.title, article.subtitle) == (WIRE.kicker, title, None)


def test_a_group_printed_twice_is_read_once() -> None:
    """Headline beside the text, the whole group in the table within it: kicker and subtitle are the table's."""
    html = page(REPORT, "table", "div", "br").replace(
        '<div id="contenttext"', f'<h2>{REPORT.title}</h2><div id="contenttext"'
    )
    assert facts(read_page(html)) == facts_of(REPORT)


LISTS = {
    "daoxiang": "<ul><li><a daoxiang=Articel04001NR.htm>石桥集市改在每周六</a></li></ul>",
    "onclick": "<table><tr><td onclick=show('Articel04001NR.htm')>石桥集市改在每周六</td></tr></table>",
    "li": "<ul><li>石桥集市改在每周六</li><li>灯塔村办起渔家夜校</li></ul>",
    "neirong": "<div><span neirong=x>石桥集市改在每周六</span></div>",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("name", STORIES)
def test_headlines_of_other_articles_are_no_kicker(listed: str, name: str) -> None:
    """The list of the page's articles may stand right above the headline, without one ordinary link."""
    story = STORIES[name]
    html = page(story, "content-h1", "unknown", "p", framed=False)
    html = html.replace("<div id=content class=detailCon>", f"<div id=content>{listed}")
    assert facts(read_page(html, profile=BLIND)) == facts_of(story)


@pytest.mark.parametrize("above", ["<p>海韵石桥</p><p>2024年07月26日 星期五</p>", "<p>海韵石桥</p><p>第04版：镇街</p>"])
def test_what_stands_above_the_date_is_no_kicker(above: str) -> None:
    """A slogan in the masthead, on a page that no word of a frame parts from its article."""
    story = STORIES["signed"]
    html = page(story, "content-h1", "span", "p", framed=False).replace("<h1>", f"{above}<h1>")
    assert facts(read_page(html, profile=BLIND)) == facts_of(story)


def test_claims_at_odds_cost_no_article() -> None:
    """Selector, index, hidden field and page each call it otherwise: the article is kept all the same."""
    selectors = {"paperindex": Selectors(title=(".slogan",))}
    profile = SHIPPED.model_copy(update={"selectors": selectors})
    html = page(WIRE, "inside", "unknown", "p").replace(
        "<body>",
        "<body><input id=Text_title value=论坛开幕><div class=slogan>海韵石桥</div><ul><li><a href=x>首页</a></ul>",
    )
    article = read_page(html, profile=profile, link_text=WIRE.title)
    assert article.body.splitlines() == list(WIRE.body)
