"""Site profiles: the shipped one fits, a wrong one is refused with file, line and what was expected."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from crawler.sites.profile import SITES, SiteProfile, load_profile
from storage.errors import ConfigError

VALID = """name = "bridge"
title = "石桥网"
hosts = ["bridge.example"]

[[canonical]]
match = 'https://old\\.bridge\\.example/(.*)'
url = 'https://bridge.example/\\1'

[[channel]]
name = "news"
title = "要闻"
start = [
  "http://bridge.example/xw/",
  "http://bridge.example/zj/",
]
links = [".list a"]

[[channel]]
name = "app"
title = "客户端"
kind = "json"
start = ["http://api.bridge.example/list"]

  [channel.json]
  url = "http://api.bridge.example/{id}"
  next = "?page={page}"

  [[channel.directory]]
  match = "columns"
  keep = "石桥"
  list = ["http://api.bridge.example/list?c={id}"]

[[paper]]
name = "daily"
title = "石桥日报"

  [[paper.generation]]
  name = "pc"
  family = "paperindex"
  since = 2020-01-01
  issue = ["http://paper.bridge.example/{yyyy}-{mm}/{dd}/index.htm"]
  page = '^Page'
  article = '^Articel(?P<label>\\d\\d)'
"""


def refusal(tmp_path: Path, text: str) -> str:
    """What is said about a profile that does not fit, without the file's folder."""
    path = tmp_path / "bridge.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_profile(str(path))
    return str(caught.value).replace(f"{tmp_path}/", "")


def test_a_second_site_is_a_second_file(tmp_path: Path) -> None:
    """A file anywhere is a profile; nothing but the file is needed."""
    path = tmp_path / "bridge.toml"
    path.write_text(VALID, "utf-8")
    profile = load_profile(str(path))
    assert [channel.name for channel in profile.channel] == ["news", "app"]
    assert profile.timezone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "expected"),
    [
        ('title = "要闻"', 'titel = "要闻"', 11, "channel[0].titel", "unknown key"),
        ('name = "news"', "", 9, "channel[0].name", "is required and missing"),
        ('name = "news"', 'name = "News!"', 10, "channel[0].name", "should match pattern"),
        ('links = [".list a"]', "max_pages = 0", 16, "channel[0].max_pages", "greater than or equal to 1"),
        ('links = [".list a"]', 'max_pages = "many"', 16, "channel[0].max_pages", "valid integer"),
        ('links = [".list a"]', 'links = [".list a[["]', 16, "channel[0].links[0]", "must be a CSS selector"),
        ('links = [".list a"]', "article = '/a/(\\d+'", 16, "channel[0].article", "must be a regular expression"),
        ("http://bridge.example/zj/", "bridge.example/zj/", 14, "channel[0].start[1]", "http:// or https:// address"),
        ("http://bridge.example/zj/", "http://me:x@bridge.example/zj/", 14, "channel[0].start[1]", "without user name"),
        ('kind = "json"', 'kind = "xml"', 21, "channel[1].kind", "'list', 'json', 'sitemap' or 'feed'"),
        ("?page={page}", "?page={pgae}", 26, "channel[1].json.next", "than page and last"),
        ("list?c={id}", "list?c=1", 31, "channel[1].directory[0].list[0]", "must hold {id}"),
        ('family = "paperindex"', 'family = "html"', 39, "paper[0].generation[0].family", "'paperindex' or 'shtml'"),
        ("2020-01-01", '"soon"', 40, "paper[0].generation[0].since", "date"),
        ("{yyyy}-{mm}/{dd}/", "{year}/", 41, "paper[0].generation[0].issue[0]", "yyyymmdd, yyyy, mm, dd; has 'year'"),
        ("{yyyy}-{mm}/{dd}/", "", 41, "paper[0].generation[0].issue[0]", "must name the day"),
        ("(?P<label>\\d\\d)", "\\d\\d", 37, "paper[0].generation[0]", "must have a group (?P<label>…)"),
        (
            "since = 2020-01-01",
            "since = 2020-01-01\n  until = 2019-01-01",
            37,
            "paper[0].generation[0]",
            "until must not",
        ),
        ("example/\\1", "example/\\2", 5, "canonical[0]", "there is no \\2"),
        ('"bridge.example"]', '"http://bridge.example/"]', 3, "hosts[0]", "must be a host name"),
        (
            'hosts = ["bridge.example"]',
            'timezone = "Asia/Qingdao"\nhosts = ["bridge.example"]',
            3,
            "timezone",
            "Asia/Shanghai",
        ),
        ("[channel.json]", "[channel.jsn]", 24, "channel[1].jsn", "unknown key"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_line(
    tmp_path: Path, old: str, new: str, line: int, key: str, expected: str
) -> None:
    """`file:line: key: what was expected`, for every kind of mistake."""
    assert VALID.count(old) == 1
    messages = refusal(tmp_path, VALID.replace(old, new)).splitlines()
    assert any(one.startswith(f"bridge.toml:{line}: {key}: ") and expected in one for one in messages), messages


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('name = "app"', 'name = "news"', "two channels or papers named 'news'"),
        ('name = "daily"', 'name = "news"', "two channels or papers named 'news'"),
        (
            'http://api.bridge.example/list"]',
            'http://api.other.example/list"]',
            "must hold the host of http://api.other",
        ),
        ('  [channel.json]\n  url = "http://api.bridge.example/{id}"\n  next = "?page={page}"\n', "", "[channel.json]"),
    ],
)
def test_what_does_not_fit_together_is_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Names that clash, start pages nobody would fetch, a JSON channel that says nothing of its items."""
    assert expected in refusal(tmp_path, VALID.replace(old, new, 1))


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """One line for each, so that a profile is mended in one go."""
    wrong = VALID.replace('name = "news"', 'nmae = "news"').replace("links", "linsk")
    assert len(refusal(tmp_path, wrong).splitlines()) == 3


def test_a_site_without_a_profile_is_named(tmp_path: Path) -> None:
    """A misspelt name says which file was looked for, and what may stand there."""
    with pytest.raises(ConfigError, match=r"sites/nowhere\.toml: there is no such site profile; .* xihaian$"):
        load_profile("nowhere")


XIHAIAN = load_profile("xihaian")


def test_the_shipped_profile_owns_the_site_and_no_more() -> None:
    """Hosts with their subdomains; neither lookalikes nor the group's other sites."""
    owned = [
        "www.xihaiannews.com",
        "epaper.xihaiannews.com",
        "dzrb.dzng.com",
        "m.dzplus.dzng.com",
        "phoneapi2.xrdz.dzng.com",
    ]
    assert all(XIHAIAN.owns(host) for host in owned)
    assert not any(XIHAIAN.owns(host) for host in ["notxihaiannews.com", "dzng.com", "www.dzwww.com", ""])


@pytest.mark.parametrize(
    ("url", "family"),
    [
        ("https://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/Articel01003NR.htm", "paperindex"),
        ("https://epaper.xihaiannews.com/epaper/h5/qdxhab/content/20240726/Page08SC.htm", "paperindex"),
        ("http://jnsx.xihaiannews.com/shtml/jnsx/20170622/1.shtml", "shtml"),
        ("https://dzrb.dzng.com/articleContent/1176_1.html", "dzrb"),
        ("http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId=1&colID=2", "dzrb"),
        ("https://m.dzplus.dzng.com/share/general/0/NEWS1A", "dzrb"),
        ("http://www.xihaiannews.com/a/1.html", "generic"),
        ("http://dzng.com.example/1.html", "generic"),
    ],
)
def test_every_address_gets_its_family(url: str, family: str) -> None:
    """The reader is chosen by the address."""
    assert XIHAIAN.family_of(url) == family


@pytest.mark.parametrize(
    "day", [date(2017, 4, 24), date(2020, 1, 2), date(2020, 6, 1), date(2021, 7, 27), date(2024, 7, 26)]
)
def test_every_day_that_was_ever_seen_has_a_generation(day: date) -> None:
    """All sampled issues fall into at least one generation."""
    generations = XIHAIAN.paper[0].generation
    assert any(one.since <= day <= (one.until or date.max) for one in generations)


@pytest.mark.parametrize(
    ("name", "generation", "shape", "label"),
    [
        ("Articel01003NR.htm", "pc", "article", "01"),
        ("ArticelA06003SA.htm", "h5", "article", "A06"),
        ("ArticelT20001GN.htm", "h5", "article", "T20"),
        ("Articel100003NR.htm", "pc", "article", "100"),
        ("Page08SC.htm", "h5", "page", "08"),
        ("PageT12SC.htm", "h5", "page", "T12"),
        ("Page01a.htm", "pc", "page", "01"),
        ("v01.shtml", "shtml", "page", "01"),
        ("vA1.shtml", "shtml", "page", "A1"),
    ],
)
def test_file_names_of_the_e_paper_are_known(name: str, generation: str, shape: str, label: str) -> None:
    """Pages and articles of each generation, with the number in their name, and not the one for the other."""
    (found,) = [one for one in XIHAIAN.paper[0].generation if one.name == generation]
    match = re.search(getattr(found, shape), name)
    assert match
    assert match["label"] == label
    assert not re.search(found.page if shape == "article" else found.article, name)


@pytest.mark.parametrize(
    "name", ["IssueIndex.htm", "PaperIndex.htm", "PageArticleIndexLB.htm", "index.shtml", "vlist.shtml"]
)
def test_indexes_are_neither_pages_nor_articles(name: str) -> None:
    """An index is not taken for a print page."""
    for one in XIHAIAN.paper[0].generation:
        assert not re.search(one.page, name)
        assert not re.search(one.article, name)


def test_every_entry_of_the_shipped_profile_says_what_it_rests_on() -> None:
    """Each channel, rule and generation carries SITE, SIB, INF or GUESS; none claims to have been seen live."""
    text = (SITES / "xihaian.toml").read_text("utf-8")
    entries = re.findall(r"^ *\[\[?[^\]]+\]\]?.*$", text, re.MULTILINE)
    told = [entry for entry in entries if not entry.strip().startswith(("[[paper]]", "[channel.json]"))]
    assert [entry for entry in told if not re.search(r"# (?:SITE|SIB|INF|GUESS)", entry)] == []
    assert not any(channel.seen_live for channel in XIHAIAN.channel)


def test_profiles_cannot_be_changed_while_in_use() -> None:
    """A profile is data: a run cannot bend it."""
    with pytest.raises(ValueError, match="frozen"):
        XIHAIAN.delay_seconds = 0
    assert isinstance(XIHAIAN, SiteProfile)
