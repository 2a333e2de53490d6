"""A suggested profile loads, and its selectors read on every given page what the general rules read there."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from suggest_pages import HOST, address, boxed, listed, paragraphs, tabled, title

from crawler.parse.decode import page_from_text
from crawler.parse.document import Document
from crawler.parse.listing import read_listing
from crawler.parse.reader import examine
from crawler.sites.profile import Selectors, SiteProfile, load_profile
from crawler.suggest.suggestion import suggest_profile
from storage.errors import ConfigError
from storage.records import Article, Page

XIHAIAN = load_profile("xihaian")
BOXED = [boxed(number) for number in range(1, 7)]
TABLED = [tabled(number) for number in range(11, 15)]
LISTS = [listed(1), listed(2)]


def suggested(pages: list[Page], path: Path) -> SiteProfile:
    """The profile as a site's file is loaded."""
    file = path / "bridge.toml"
    file.write_text(suggest_profile(pages, XIHAIAN), "utf-8")
    return load_profile(str(file))


def selectors(profile: SiteProfile) -> dict[str, tuple[str, ...]]:
    """Of pages of no known family."""
    return profile.selectors.get("generic", Selectors()).model_dump()


def test_every_selector_finds_the_one_right_element_on_every_page(tmp_path: Path):
    """A selector that finds more, or something else somewhere, is one to be debugged later."""
    found = selectors(suggested(BOXED, tmp_path))
    wanted = {"title": "h1", "published": "span", "source": "span", "editor": "p", "body": "div"}
    for name, tag in wanted.items():
        (css,) = found[name]
        for page in BOXED:
            (element,) = Document(page).select(css)
            assert element.tag == tag, (name, css)


def test_selectors_are_short_and_made_of_lasting_names(tmp_path: Path):
    """Neither the hash of a build, nor the number of a page, nor a count of siblings outlives the next change."""
    found = selectors(suggested(BOXED, tmp_path))
    every = [css for chosen in found.values() for css in chosen]
    assert found["title"] == (".article-title",)
    assert found["body"] == (".article-content",)
    assert found["editor"] == (".duty",)
    assert not [css for css in every if re.search(r"css-|nth|\d", css)]


def test_a_name_that_a_build_made_up_is_no_name(tmp_path: Path):
    """Where nothing else names the element, its box does; the hash is another one tomorrow."""
    bare = [replace(page, text=page.text.replace("<span class=source>", "<span class=css-3a9b1c>")) for page in BOXED]
    assert selectors(suggested(bare, tmp_path))["source"] == (".meta",)


@pytest.mark.parametrize("pages", [BOXED, TABLED, BOXED + TABLED], ids=["boxed", "tabled", "both"])
def test_pages_read_with_the_profile_as_without(pages: list[Page], tmp_path: Path):
    """The selectors must not change what is read, only make it surer."""
    profile = suggested(pages, tmp_path)
    for page in pages:
        plain, chosen = examine(page), examine(page, profile)
        assert isinstance(plain.result, Article)
        assert isinstance(chosen.result, Article)
        for name in ("title", "published", "source", "editor", "authors", "body"):
            assert getattr(chosen.result, name) == getattr(plain.result, name), (page.url, name)
        for name in ("title", "published", "source", "editor"):
            assert any(one.rule == "selector" for one in chosen.ballots[name].winners), (page.url, name)
        assert chosen.body.how.rule == "selector"


def test_two_skins_get_a_selector_each(tmp_path: Path):
    """A site keeps old pages in their old skin."""
    found = selectors(suggested(BOXED + TABLED, tmp_path))
    assert set(found["body"]) == {".article-content", "#zoom"}
    assert set(found["editor"]) == {".duty", "#infoline"}


def test_what_fits_one_page_of_several_is_not_suggested(tmp_path: Path):
    """One page in another skin is an accident."""
    found = selectors(suggested([*BOXED, tabled(11)], tmp_path))
    assert found["body"] == (".article-content",)
    assert found["editor"] == (".duty",)


def test_a_selector_that_is_wrong_on_one_page_is_not_suggested(tmp_path: Path):
    """On one page the class stands around another outlet first: whoever follows it would read that."""
    odd = boxed(7)
    odd = replace(odd, text=odd.text.replace("<h1", "<div><p class=source>来源：北岭晚报</p></div><h1", 1))
    assert examine(odd).result.source == "青石晚报"
    found = selectors(suggested([*BOXED, odd], tmp_path))["source"]
    assert found
    for css in found:
        assert css != ".source"
        assert "青石晚报" in Document(odd).select(css)[0].text_content()


def test_the_right_element_is_the_first_that_is_found(tmp_path: Path):
    """A selector that finds other things before it works by luck: one day they can be read as well."""
    before = [replace(page, text=page.text.replace("<h1", "<p class=duty>欢迎投稿</p><h1", 1)) for page in BOXED]
    for css in selectors(suggested(before, tmp_path))["editor"]:
        assert all(Document(page).select(css)[0].text_content().startswith("责任编辑") for page in before), css


def test_what_finds_one_element_is_preferred(tmp_path: Path):
    """The same class further down, around other stories' sources."""
    more = "<div class=more><span class=source>来源：北岭晚报</span></div><div class=foot>"
    pages = [replace(page, text=page.text.replace("<div class=foot>", more)) for page in BOXED]
    (css,) = selectors(suggested(pages, tmp_path))["source"]
    assert all(len(Document(page).select(css)) == 1 for page in pages), css


def test_a_box_that_holds_the_whole_article_is_no_place_of_its_editor(tmp_path: Path):
    """Where a line has no name its box may stand for it, but not everything around it."""
    bare = [replace(page, text=re.sub(r"<p class='duty[^>]*>", "<p>", page.text)) for page in BOXED]
    (css,) = selectors(suggested(bare, tmp_path))["editor"]
    assert len(Document(bare[0]).select(css)[0].text_content()) < 20, css


def test_a_text_selector_that_finds_another_story_is_not_suggested(tmp_path: Path):
    """On one page the class stands around another story, and the text elsewhere."""
    other = f"<div class=article-content>{paragraphs(3)}</div>"
    odd = boxed(7)
    odd = replace(odd, text=odd.text.replace("article-content", "story").replace("<div class=foot>", f"{other}<div>"))
    assert "第7座" in examine(odd).result.body
    assert ".article-content" not in selectors(suggested([*BOXED, odd], tmp_path))["body"]


def test_what_only_the_head_says_is_read_from_there(tmp_path: Path):
    """A time that no line shows can still be told by a selector: of the meta element."""
    pages = [
        boxed(number, meta=f'<meta name="PubDate" content="2024-07-{10 + number} 12:00:00">') for number in range(1, 5)
    ]
    bare = [replace(page, text=re.sub(r"<span class=time>.*?</span>", "", page.text)) for page in pages]
    assert selectors(suggested(bare, tmp_path))["published"] == ('meta[name="PubDate"]',)


def test_lists_become_channels_whose_selectors_find_their_articles(tmp_path: Path):
    """All the articles and nothing else, without falling back to shapes."""
    profile = suggested([*BOXED, *LISTS], tmp_path)
    (channel,) = profile.channel
    assert (channel.name, channel.title, channel.start) == ("zhenjie", "镇街", (LISTS[0].url,))
    for page in LISTS:
        found = read_listing(page, channel, profile)
        assert not found.fell_back
        assert [link.text for link in found.links] == [
            title(number) for number in range(10, 30) if f">{title(number)}<" in page.text
        ]


def test_links_that_are_no_articles_are_not_selected(tmp_path: Path):
    """Two lists of one class, addresses of many shapes: the list of other things must not come along."""
    others = "".join(f"<li><a href='/about/{number}.html'>办事</a></li>" for number in range(9))
    mixed = []
    for page in LISTS:
        text = re.sub(
            r"/zhenjie/202407/t\d+_(\d+)\.html", lambda one: f"/{one[1][-1] * 3}x{one[1]}/{one[1]}.html", page.text
        )
        folders = re.sub(r"/(\d)\1\1x", lambda one: f"/{'abcdefghij'[int(one[1])] * 3}/", text)
        mixed.append(replace(page, text=folders.replace("<div class=foot>", f"<ul class=news-list>{others}</ul><div>")))
    profile = suggested([*BOXED, *mixed], tmp_path)
    (channel,) = profile.channel
    assert channel.article is None
    for page in mixed:
        assert len(read_listing(page, channel, profile).links) == 8


def test_the_shape_of_articles_fits_all_of_them_and_no_list(tmp_path: Path):
    """An address that it leaves out is an article that is never fetched."""
    (channel,) = suggested([*BOXED, *LISTS], tmp_path).channel
    assert all(re.search(channel.article, address(number)) for number in range(1, 40))
    assert not any(re.search(channel.article, page.url) for page in LISTS)


def test_a_shape_that_fits_the_list_itself_is_not_suggested(tmp_path: Path):
    """`/zhenjie/2.html` is the second page of the list: it must not be taken for an article."""
    pages = [
        replace(page, text=re.sub(r"202407/t\d+_", "", page.text), url=f"https://{HOST}/zhenjie/{number}.html")
        for number, page in enumerate(LISTS, start=1)
    ]
    (channel,) = suggested([*BOXED, *pages], tmp_path).channel
    assert channel.article is None
    assert channel.links


def test_every_selector_says_how_sure_it_is():
    """More pages make it surer; whoever reads the file sees on how many it was right."""

    def sure(pages: list[Page]) -> int:
        (number,) = re.findall(
            r'title = \["\.article-title"\] # \d of \d pages?, (\d+)% sure', suggest_profile(pages, XIHAIAN)
        )
        return int(number)

    assert 50 < sure(BOXED[:1]) < sure(BOXED[:3]) < sure(BOXED) < 99


def test_fields_without_a_selector_say_how_they_were_read():
    """Else one looks in vain for what is missing."""
    text = suggest_profile(TABLED + BOXED[:1], XIHAIAN)
    assert "5 article pages" in text
    named = re.findall(r"^# (\w+): read on \d of 5 pages by \w+", text, re.M)
    assert all(name not in re.findall(r"^(\w+) = ", text, re.M) for name in named)


def test_the_order_of_the_pages_does_not_matter():
    """The same pages make the same selectors, so that two runs can be compared."""
    forth = suggest_profile([*BOXED, *TABLED], XIHAIAN)
    back = suggest_profile([*reversed(TABLED), *reversed(BOXED)], XIHAIAN)
    assert sorted(forth.splitlines()) == sorted(back.splitlines())


def test_names_and_titles_are_taken_from_the_pages(tmp_path: Path):
    """A profile without a name would not load."""
    profile = suggested([*BOXED, *LISTS], tmp_path)
    assert (profile.name, profile.title, profile.hosts) == ("news-bridge", "长桥新闻网", (HOST,))


def test_quotes_and_backslashes_of_a_site_do_not_break_the_file(tmp_path: Path):
    """Titles are strangers' texts."""
    nasty = '长桥"新闻\\网'
    pages = [replace(page, text=page.text.replace("_长桥新闻网</title>", f"_{nasty}</title>")) for page in BOXED]
    assert suggested(pages, tmp_path).title == nasty


def test_pages_of_a_known_site_keep_its_name_and_families(tmp_path: Path):
    """Selectors for pages that a family reads belong to that family."""
    url = "https://epaper.xihaiannews.com/epaper/html/qdxhab/content/2024072{}/Articel01003NR.htm"
    body = "<div class=neirong><h2>{}</h2><span id=contenttext>{}</span></div>"
    pages = [page_from_text(body.format(title(n), paragraphs(n)), url.format(n)) for n in range(1, 5)]
    profile = suggested(pages, tmp_path)
    assert profile.name == "xihaian"
    assert profile.family_of(pages[0].url) == "paperindex"
    assert profile.selectors["paperindex"].body == ("#contenttext",)


def test_pages_of_no_use_are_named():
    """A page that is neither article nor list is left out aloud."""
    lost = page_from_text(
        "<html><title>404</title><body><h1>404 Not Found</h1></body></html>", f"https://{HOST}/x.html"
    )
    text = suggest_profile([*BOXED, lost], XIHAIAN)
    assert f"# Left out: https://{HOST}/x.html: error-page." in text


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ([page_from_text(BOXED[0].text, "file:///tmp/a.html")], "no page says which site it is of"),
        (
            [page_from_text("<p>404 Not Found</p>", f"https://{HOST}/x.html")],
            "none of the pages is an article or a list",
        ),
    ],
)
def test_pages_that_make_no_profile_are_refused(pages: list[Page], said: str):
    """A sentence instead of an empty file."""
    with pytest.raises(ConfigError, match=said):
        suggest_profile(pages, XIHAIAN)
