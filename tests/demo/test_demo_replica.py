"""The replica is what it says: every kind of page answers, the same every time."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from replica_pages import links_of, text_of, walk

from demo.newspaper import ISSUE_RANGES
from demo.render import LAYOUTS
from demo.replica import Replica
from storage.dedupe.fingerprint import fold

SEED_TEXT = """青螺山隧道今日贯通——三年掘进穿越五处断层

2021-02-24 10:49:09 发布来源:海右报业·澜港报

澜港报/澜港新闻网记者 陶然之 纪海舟

上午九时，青螺山隧道最后一排炮响过。

隧道全长四千二百米。

责任编辑: 方竹\x20\x20\x20

评论:
"""
ROOT = Path(__file__).resolve().parents[2]
DIGEST = """
import hashlib
from demo.replica import Replica
replica, digest = Replica.build(), hashlib.sha256()
for path in replica.addresses():
    answer = replica.answer(path)
    digest.update(repr((path, answer.status, answer.headers, answer.body)).encode())
print(digest.hexdigest())
"""
SHINGLE = 5
TOO_ALIKE = 0.75
"""Share of five-character pieces that two articles have in common; a reprint with another headline has more."""


@pytest.fixture(scope="module")
def replica() -> Replica:
    """The site as it is built; tests that change it build their own."""
    return Replica.build()


def test_there_is_enough_of_everything(replica):
    """Fewer articles or a missing page family would show less than the site's shape."""
    website = [entry for entry in replica.entries() if entry.edition is None]
    assert len(website) >= 60
    used = Counter(entry.layout for entry in replica.entries())
    assert set(used) == set(LAYOUTS) | {"parts"}
    assert used["gb2312"] > 1
    assert used["lying"] == used["parts"] == 1
    assert sum(bool(entry.story.pictures) for entry in website) > 5


def test_every_article_shows_its_headline_and_text(replica):
    """An article whose page lacks a paragraph could never be read as expected."""
    for entry in replica.entries():
        if entry.layout == "parts":
            continue
        shown = fold(html.fromstring(text_of(replica.answer(entry.path))).text_content())
        if entry.layout == "interface":
            shown = fold(json.dumps(json.loads(replica.answer(entry.path).body), ensure_ascii=False))
        assert fold(entry.story.title) in shown, entry.path
        for paragraph in entry.story.paragraphs:
            assert fold(paragraph).replace('"', '\\"' if entry.layout == "interface" else '"') in shown, entry.path


def test_lists_have_three_pages_and_name_every_article(replica):
    """A column that fits on two pages would not test paging; an article in no list would never be found."""
    listed = set()
    for start, word in (("/col/17.htmlx", "下一页"), ("/minsheng/", "下页")):
        pages = walk(replica, start, word)
        assert len(pages) >= 3
        listed |= {link for page in pages for link in links_of(replica, page)}
    for pages in (
        [f"/city/list_{n}.html" for n in (1, 2, 3)],
        ["/zhenjie/", "/zhenjie/index_1.html", "/zhenjie/index_2.html"],
    ):
        listed |= {link for page in pages for link in links_of(replica, page)}
    for entry in replica.entries():
        if entry.path.startswith(("/articleContent", "/zhenjie", "/content", "/minsheng")):
            assert entry.listed in listed, entry.path


def test_list_interface_pages_on(replica):
    """The JSON list must end, and hold each of its articles once, two of them in a nested block."""
    base, found = "/index.php/article/articleList?columnId=23&vs=3&page={}&lastFileId=0&userId=0", []
    for page in itertools.count(1):
        items = json.loads(replica.answer(base.format(page)).body)["list"]
        if not items:
            break
        found += [*items[0]["articleList"], *items[1:]]
    assert page > 3
    assert len(found) == len({item["fileId"] for item in found}) == 18


def test_interface_gives_an_article_with_placeholders(replica):
    """A reader that does not fill the placeholders loses the pictures; the replica must have some to fill."""
    entries = [one for one in replica.entries() if one.layout == "interface" and one.story.pictures]
    data = json.loads(replica.answer(entries[-1].path).body)
    assert "<!--IMAGEARRAY#0-->" in data["content"]
    assert data["images"][0]["imagearray"][0]["imageUrl"].startswith("/pic/")


def test_pictures_are_pictures(replica):
    """A broken PNG would be a replica that lies."""
    pictures = [picture for entry in replica.entries() for picture in entry.story.pictures]
    assert len({picture.path for picture in pictures}) > 5
    for picture in pictures:
        body = replica.answer(picture.path).body
        assert body.startswith(b"\x89PNG\r\n\x1a\n")
        start = body.index(b"IDAT") + 4
        zlib.decompress(body[start : body.index(b"IEND") - 8])


def test_redirects_lead_to_their_articles(replica):
    """A chain that does not arrive is a dead link, not a redirect."""
    chains = [entry for entry in replica.entries() if entry.via]
    assert max(len(entry.via) for entry in chains) == 2
    for entry in chains:
        address = entry.listed
        for _ in entry.via:
            answer = replica.answer(address)
            assert answer.status in (301, 302)
            address = answer.headers["Location"]
        assert address == entry.path


def test_charsets_are_declared_and_broken(replica):
    """One page is gb2312 as it says, one says so and is UTF-8."""
    by_layout = {entry.layout: entry for entry in replica.entries()}
    honest, lying = replica.answer(by_layout["gb2312"].path), replica.answer(by_layout["lying"].path)
    for answer in (honest, lying):
        assert b'charset="gb2312"' in answer.body
    assert by_layout["gb2312"].story.title in honest.body.decode("gbk")
    assert by_layout["lying"].story.title in lying.body.decode("utf-8")
    assert lying.headers["Content-Type"] == "text/html; charset=gb2312"


def test_robots_forbids_what_lists_lead_to(replica):
    """The forbidden address must be there to be fetched, or not fetching it would prove nothing."""
    assert "Disallow: /internal/" in replica.answer("/robots.txt").body.decode()
    forbidden = [link for link in links_of(replica, "/zhenjie/") if link.startswith("/internal/")]
    assert forbidden
    assert replica.answer(forbidden[0]).status == 200


def test_a_list_leads_to_a_missing_page(replica):
    """Without a dead link the crawl never sees a 404."""
    dead = [link for link in links_of(replica, "/city/list_1.html") if replica.answer(link).status == 404]
    assert len([link for link in dead if "content" in link]) == 1


def test_feeds_name_whole_addresses(replica):
    """A feed says where its site stands: under the name it was asked by."""
    feed = text_of(replica.answer("/rss.xml", {"Host": "localhost:80"}))
    assert "<link>http://localhost:80/opinion/" in feed
    assert "<loc>http://localhost:80/sitemap-2023.xml</loc>" in text_of(
        replica.answer("/sitemap.xml", {"Host": "localhost:80"})
    )


def test_two_builds_are_the_same_bytes(replica):
    """A replica with a clock, a die or a set's order in it would make every test against it a matter of luck."""
    digests = set()
    for seed in ("1", "2"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
        done = subprocess.run(
            [sys.executable, "-c", DIGEST], env=environment, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1
    other = Replica.build()
    for path in [*replica.addresses(), "/index.php/article/articleList?columnId=23&page=2", "/county/data.json?page=1"]:
        assert replica.answer(path) == other.answer(path), path


def test_no_two_articles_are_alike(replica):
    """Articles that differ in a number alone would be judged near-duplicates one day."""
    other = Replica.build()
    other.grow(60)
    texts = [one.body for one in other.expected(rendered=True)]
    assert len({one.title for one in other.expected(rendered=True)}) > len(texts) * 0.9
    shingles = [{text[n : n + SHINGLE] for n in range(len(text) - SHINGLE + 1)} for text in map("".join, texts)]
    for one, two in itertools.combinations(shingles, 2):
        assert len(one & two) / len(one | two) < TOO_ALIKE


def test_texts_read_like_news(replica):
    """Slots left open, or articles of one line, would not read like local news."""
    for one in replica.expected(rendered=True):
        assert 3 <= len(one.body) <= 12
        assert not set("{}[]") & set("".join((one.title, *one.body)))
    titles = "".join(one.title for one in replica.expected())
    assert "台风" in titles
    assert titles.count("港") > 10


def test_the_seed_is_one_more_article(tmp_path, replica):
    """The text beside the checkout must come out as it went in, and its absence must cost nothing else."""
    (tmp_path / "one.txt").write_text(SEED_TEXT, "utf-8")
    own = Replica.build(tmp_path)
    [seed] = [one for one in own.expected() if one.path not in {other.path for other in replica.expected()}]
    assert seed.title == "青螺山隧道今日贯通——三年掘进穿越五处断层"
    assert seed.published is not None
    assert seed.published.iso() == "2021-02-24T10:49:09+08:00"
    assert (seed.source, seed.editor, seed.authors) == ("海右报业·澜港报", "方竹", ("陶然之", "纪海舟"))
    assert seed.body == ("上午九时，青螺山隧道最后一排炮响过。", "隧道全长四千二百米。")
    assert seed.path in [link for page in walk(own, "/col/17.htmlx", "下一页") for link in links_of(own, page)]
    assert len(Replica.build(tmp_path / "nowhere").entries()) == len(replica.entries())
    (tmp_path / "one.txt").write_text("就一行", "utf-8")
    with pytest.raises(ValueError, match="not the text of an article page"):
        Replica.build(tmp_path)


def test_expected_articles_know_their_other_addresses(replica):
    """Reprints are one article with two sightings; two weeks stand in two generations."""
    reprints = [one for one in replica.expected() if one.edition is None and one.again]
    assert len(reprints) >= 3
    assert all(path.startswith("/epaper/") for one in reprints for path in one.again)
    twins = [one for one in replica.expected() if one.path.startswith("/epaper/html/") and one.again]
    assert {path.split("/")[2] for one in twins for path in one.again} == {"h5"}


def test_issue_ranges_hold_every_issue(replica):
    """A demo crawl over the ranges must meet every issue there is."""
    days = {entry.edition.day for entry in replica.entries() if entry.edition}
    assert all(any(since <= day <= until for since, until in ISSUE_RANGES) for day in days)
    assert all({since, until} & days for since, until in ISSUE_RANGES)
