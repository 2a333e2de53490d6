"""A check says of each selector whether it still works, and calls a fault only what is one."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace

import pytest

from crawler.parse.decode import page_from_text
from crawler.sitecheck.fields import Answer
from crawler.sitecheck.names import generation_of, names_in
from crawler.sitecheck.report import Pages, SiteCheck, report_on
from crawler.sites.profile import SiteProfile, load_profile
from storage.records import Context, Kind, Page

BASE = "https://news.bridge.example"
PROFILE = f"""
name = "bridge"
title = "长桥新闻网"
hosts = ["news.bridge.example"]

[[channel]]
name = "zj"
title = "镇街"
start = ["{BASE}/zj/"]
links = [LINKS]

[[paper]]
name = "daily"
title = "长桥日报"

  [[paper.generation]]
  name = "pc"
  family = "paperindex"
  since = 2020-01-01
  issue = ["{BASE}/paper/html/{{yyyymmdd}}/index.htm"]
  page = '^Page(?P<label>\\d\\d)'
  article = '^Articel(?P<label>\\d\\d)'

[selectors.generic]
"""
TITLE = "长桥镇第{}座水闸完工 沿岸农田用上活水"
TEXT = "".join(
    f"<p>{line}</p>"
    for line in (
        "7月25日，长桥镇水闸全部完工，沿岸十二个村的三千亩农田用上了活水，村民奔走相告。",
        "镇水利站站长介绍，这座闸去年冬天开工，施工时渠底淤泥厚近一米，施工队分段作业。",
        "目前渠道已恢复通水，两岸补种的苗木也已栽完，镇里还安排了专人负责日常巡查和养护。",
    )
)


def profile(selectors: str, links: str = '"ul.list a"') -> SiteProfile:
    """The site with selectors of its own."""
    return SiteProfile.model_validate(tomllib.loads(PROFILE.replace("LINKS", links) + selectors))


def article(number: int, *, source: str = "<b class=source>来源：长桥日报</b>", text: str = TEXT) -> Page:
    """A page of the site."""
    title = TITLE.format(number)
    html = f"""<html><head><title>{title}_长桥新闻网</title></head><body><h1>{title}</h1>
<div class=info>2024-07-26 09:3{number} {source}</div><div id=text>{text}</div></body></html>"""
    return page_from_text(
        html, f"{BASE}/zj/202407/t20240726_10{number}.html", Context(kind=Kind.ARTICLE, site="bridge")
    )


def listing(css_class: str = "list") -> Page:
    """The list page."""
    items = "".join(
        f"<li><a href=/zj/202407/t20240726_10{number}.html>{TITLE.format(number)}</a></li>" for number in range(6)
    )
    html = f"<html><body><ul class={css_class}>{items}</ul></body></html>"
    return page_from_text(html, f"{BASE}/zj/", Context(kind=Kind.LISTING, site="bridge"))


def check(selectors: str, *pages: Page, links: str = '"ul.list a"', index: Page | None = None) -> SiteCheck:
    """What is said of the channel's pages."""
    came = Pages(name="zj", indexes=(index or listing(),), articles=pages or tuple(map(article, range(3))))
    return report_on([came], profile(selectors, links))


def field(done: SiteCheck, name: str):
    """One field of the channel's articles."""
    (channel,) = done.channels
    return next(one for one in channel.fields["generic"] if one.name == name)


def test_a_selector_that_reads_what_the_rules_read_agrees():
    """The plain case: found on every page, nothing to say."""
    done = check('source = [".source"]\ntitle = ["h1"]\nbody = ["#text"]')
    for name in ("source", "title", "body"):
        assert field(done, name).answers == {Answer.AGREE: 3}, name
        assert [(one.found, one.of) for one in field(done, name).selectors] == [(3, 3)]
    assert done.faults == ()


def test_a_selector_that_reads_something_else_differs_with_both_values():
    """A class that moved to another element still finds something: only the values tell."""
    moved = article(1, text=f"{TEXT}<p class=partner>石门晚报</p>")
    done = check('source = [".partner"]', moved)
    (found,) = field(done, "source").differences
    assert field(done, "source").answers == {Answer.DIFFER: 1}
    assert (found.selector, found.rules) == ("石门晚报", "长桥日报")


def test_a_selector_alone_may_know_what_the_rules_do_not():
    """That is what selectors are for."""
    done = check('editor = [".duty"]', article(1, source="<i class=duty>禾小苗</i>"))
    assert field(done, "editor").answers == {Answer.SELECTOR: 1}


def test_a_selector_that_matches_nothing_anywhere_is_a_fault():
    """The site was rebuilt; the general rules hide it, so that nobody would notice."""
    done = check('source = ["#laiyuan"]')
    assert field(done, "source").answers == {Answer.RULES: 3}
    assert done.faults == ("selectors.generic: source '#laiyuan' matches nothing on 3 pages",)


def test_an_element_without_a_value_is_nothing_found():
    """`来源：` with nothing behind it: the selector's element is there, what it is for is not."""
    done = check('published = [".info b"]')
    assert done.faults == ("selectors.generic: published '.info b' matches nothing on 3 pages",)


def test_an_alternative_for_another_skin_is_no_fault():
    """Selectors are tried in order; one that is not needed on these pages may be needed on older ones."""
    done = check('source = ["#laiyuan", ".source"]')
    assert [one.found for one in field(done, "source").selectors] == [0, 3]
    assert done.faults == ()


def test_an_alternative_that_would_be_needed_is_a_fault():
    """On one page none of them finds anything: the dead one is missed."""
    pages = (article(1), article(2), article(3, source="来源：长桥日报"))
    done = check('source = ["#laiyuan", ".source"]', *pages)
    assert done.faults == ("selectors.generic: source '#laiyuan' matches nothing on 3 pages",)


def test_a_selector_found_on_some_pages_is_no_fault():
    """Not every page has an editor."""
    done = check('source = [".source"]', article(1), article(2, source=""))
    assert field(done, "source").answers == {Answer.AGREE: 1, Answer.NOTHING: 1}
    assert done.faults == ()


def test_what_few_articles_have_is_not_missed_where_nothing_shows_it():
    """No page of the sample has a kicker, as far as anybody can tell: its selector may well be right."""
    done = check('kicker = ["h3.pre"]')
    assert [(one.found, one.of) for one in field(done, "kicker").selectors] == [(0, 3)]
    assert done.faults == ()


def test_what_every_article_has_is_missed_whoever_reads_it():
    """An article has a time, even where no rule finds it on these pages."""
    day = re.compile("2024-07-26 09:3. ")
    pages = [
        replace(page, text=day.sub("", page.text), url=f"{BASE}/zj/{n}.html")
        for n, page in enumerate(map(article, range(2)))
    ]
    done = check('published = [".when"]', *pages)
    assert field(done, "published").answers == {Answer.NOTHING: 2}
    assert done.faults == ("selectors.generic: published '.when' matches nothing on 2 pages",)


def test_list_links_found_by_selectors():
    """The plain case of a list."""
    (channel,) = check("").channels
    assert [(one.articles, one.fell_back) for one in channel.lists] == [(6, False)]
    assert [(one.found, one.of) for one in channel.links[0].selectors] == [(1, 1)]


def test_list_links_found_by_shape_are_a_fault_with_the_number():
    """The crawl goes on by shape, and somebody should mend the profile."""
    done = check("", index=listing("neu"))
    assert done.channels[0].lists[0].fell_back
    assert done.faults == (
        "channel zj: links 'ul.list a' matches nothing on 1 page; 6 links were found by shape instead",
    )


def test_a_channel_without_selectors_asks_for_shapes():
    """Links by shape are what its profile wants."""
    done = check("", links="")
    assert not done.channels[0].lists[0].fell_back
    assert done.faults == ()


def test_an_interface_whose_list_moved_is_a_fault():
    """General rules find the list elsewhere in the answer; the profile says where it no longer is."""
    known = load_profile("xihaian")
    url = "http://phoneapi2.xrdz.dzng.com/index.php/article/articleList?columnId=1"
    items = ", ".join(f'{{"fileId": "{n}", "colID": "7", "title": "{TITLE.format(n)}"}}' for n in range(3))
    context = Context(kind=Kind.LISTING, site="xihaian")
    moved = page_from_text(f'{{"data": {{"rows": [{items}]}}}}', url, context)
    there = page_from_text(f'{{"list": [{items}]}}', url, context)
    assert report_on([Pages(name="dzrb-list", indexes=(moved,))], known).faults == (
        "channel dzrb-list: its 3 articles were found by general rules, not where the profile says",
    )
    assert report_on([Pages(name="dzrb-list", indexes=(there,))], known).faults == ()


def test_a_list_without_articles_is_a_fault():
    """Whatever the selectors say: nothing would be crawled."""
    empty = page_from_text(
        "<html><body><p>建设中</p></body></html>", f"{BASE}/zj/", Context(kind=Kind.LISTING, site="bridge")
    )
    assert "channel zj: no article links on 1 page" in check("", index=empty).faults


def test_a_channel_of_which_nothing_came_is_a_fault_with_its_reason():
    """Silence is no proof that a profile holds."""
    came = Pages(name="zj", failures=((f"{BASE}/zj/", "HTTP 404"),))
    assert report_on([came], profile("")).faults == ("channel zj: no page of it came: HTTP 404",)


def test_a_channel_left_out_is_no_fault():
    """Without Chromium a rendered channel cannot be judged."""
    assert report_on([Pages(name="zj", left_out="needs Chromium")], profile("")).faults == ()


def test_articles_none_of_which_can_be_read_are_a_fault():
    """Links lead to pages that are no articles: the shape of the profile's articles fits something else."""
    lost = page_from_text("<html><title>404</title><body>404 Not Found</body></html>", f"{BASE}/zj/1.html")
    done = check("", lost)
    assert done.faults == ("channel zj: none of 1 article pages could be read (error-page)",)
    assert done.channels[0].unread[0].url == lost.url


def test_pages_of_an_interface_do_not_count_against_selectors():
    """Its answers are read by their keys; selectors are for the web pages of the family."""
    known = load_profile("xihaian")
    url = "http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId=1&colID=2"
    answer = '{"title": "' + TITLE.format(1) + '", "content": "' + TEXT + '", "publishtime": "2024-07-26 09:31:00"}'
    page = page_from_text(answer, url)
    done = report_on([Pages(name="dzrb-list", articles=(page,), indexes=(listing(),))], known)
    fields = {one.name: one for one in done.channels[0].fields["dzrb"]}
    assert fields["title"].answers == {Answer.RULES: 1}
    assert all(tried.of == 0 for tried in fields["title"].selectors)
    assert not [fault for fault in done.faults if fault.startswith("selectors")]


def test_an_issue_without_articles_is_a_fault():
    """The shapes of a generation's file names no longer fit."""
    context = Context(kind=Kind.ISSUE, site="bridge", channel="daily")
    page = page_from_text("<a href=Story01.htm>水闸完工</a>", f"{BASE}/paper/html/20240726/index.htm", context)
    good = page_from_text("<a href=Articel01001.htm>水闸完工</a>", page.url, context)
    assert report_on([Pages(name="daily/pc", indexes=(page,))], profile("")).faults == (
        "e-paper daily/pc: no article links on 1 page",
    )
    assert report_on([Pages(name="daily/pc", indexes=(good,))], profile("")).faults == ()


def test_everything_a_profile_fetches_from_has_a_name():
    """What has none cannot be checked."""
    assert [one.name for one in names_in(profile(""))] == ["zj", "daily/pc"]
    assert generation_of(f"{BASE}/paper/html/20240726/Articel01001.htm", profile("")) == "daily/pc"
    assert generation_of(f"{BASE}/zj/1.html", profile("")) is None


@pytest.mark.parametrize("known", [False, True])
def test_what_was_seen_live_is_told(known: bool):
    """A profile says which of its channels anybody has seen."""
    marked = PROFILE.replace("LINKS", "").replace('title = "镇街"', f'title = "镇街"\nseen_live = {str(known).lower()}')
    made = SiteProfile.model_validate(tomllib.loads(marked))
    assert report_on([Pages(name="zj", indexes=(listing(),))], made).channels[0].seen_live is known
