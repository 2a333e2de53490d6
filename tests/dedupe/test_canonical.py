"""Canonical URLs: one page, one name; two pages, two names."""

from __future__ import annotations

import hashlib
import string
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.sites.profile import load_profile
from storage.dedupe.canonical import article_id, canonical_url


@dataclass(frozen=True)
class Rule:
    """A rule as a profile has it."""

    match: str
    url: str


SHIPPED = load_profile("xihaian").canonical


def test_the_four_addresses_of_an_shtml_article_are_one() -> None:
    """Both schemes and both hosts of the 2017-2020 e-paper name one article."""
    path = "xihaiannews.com/shtml/jnsx/20190517/7001.shtml"
    addresses = [f"{scheme}://{host}.{path}" for scheme in ("http", "https") for host in ("epaper", "jnsx")]
    assert {canonical_url(address, SHIPPED) for address in addresses} == {f"https://epaper.{path}"}


def test_index_pages_of_the_two_shtml_hosts_stay_apart() -> None:
    """Two hosts' indexes are two tries at the same issue: joined, the second would never be fetched."""
    one, other = (f"http://{host}.xihaiannews.com/shtml/jnsx/20190517/index.shtml" for host in ("epaper", "jnsx"))
    assert canonical_url(one, SHIPPED) != canonical_url(other, SHIPPED)


@pytest.mark.parametrize(
    "address",
    [
        "http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId=77&colID=5",
        "https://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?colID=5&articleId=77&userId=0",
        "http://dzrb.dzng.com/articleContent/5_77.html",
    ],
)
def test_article_interface_and_article_page_are_one(address: str) -> None:
    """The JSON answer and the web page of a platform article are one article."""
    assert canonical_url(address, SHIPPED) == "https://dzrb.dzng.com/articleContent/5_77.html"


def test_share_address_of_a_platform_article_is_the_article() -> None:
    """A NEWS id names one article on the platform's two hosts."""
    shared = "https://m.dzplus.dzng.com/share/general/0/NEWS123abc?isappinstalled=0"
    assert canonical_url(shared, SHIPPED) == canonical_url("http://dzrb.dzng.com/general/0/NEWS123abc", SHIPPED)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/1.html", "https://A.CN:443/1.html"),
        ("http://a.cn", "http://a.cn:80/"),
        ("http://a.cn./1.html#top", "http://a.cn/./x/../1.html"),
        ("http://a.cn/n?id=3&utm_source=app&spm=a.b", "http://a.cn/n?id=3"),
        ("http://a.cn/n?id=3&from=timeline&isappinstalled=0", "http://a.cn/n?id=3"),
        ("http://a.cn/n?b=1&a=2", "http://a.cn/n?a=2&b=1"),
        ("http://a.cn/%e6%b5%b7/%7Ex", "http://a.cn/海/~x"),
        ("http://海.cn/1", "http://xn--90w.cn/1"),
        ("http://海。cn。/1", "http://xn--90w.cn/1"),
        ("http://a.cn/1.html;jsessionid=ABC?x=1", "http://a.cn/1.html?x=1"),
        (" http://a.cn/1.\nhtml ", "http://a.cn/1.html"),
        ("http://%E6%B5%B7..cn/1", "http://%e6%b5%b7..cn/1"),
    ],
)
def test_spellings_of_one_address_are_one(one: str, other: str) -> None:
    """Spelling, scheme and share-button tails do not make a second article."""
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.cn/1.html", "http://a.cn/01.html"),
        ("http://a.cn/A.html", "http://a.cn/a.html"),
        ("http://a.cn/a//b", "http://a.cn/a/b"),
        ("http://a.cn/a/", "http://a.cn/a"),
        ("http://a.cn/n?id=1", "http://a.cn/n?id=2"),
        ("http://a.cn/n?id=", "http://a.cn/n"),
        ("http://a.cn/n?from=3", "http://a.cn/n?from=4"),
        ("http://a.cn/n?a=1&a=2", "http://a.cn/n?a=2&a=1"),
        ("http://a.cn/#/news/1", "http://a.cn/#/news/2"),
        ("http://a.cn/n?k=%C4%E3", "http://a.cn/n?k=%C4%E4"),
        ("http://www.a.cn/1", "http://a.cn/1"),
        ("http://a.cn:8000/1", "http://a.cn:9000/1"),
        ("http://a.cn/a%2Fb", "http://a.cn/a/b"),
    ],
)
def test_addresses_that_may_differ_stay_distinct(one: str, other: str) -> None:
    """Whatever may choose another article is kept."""
    assert canonical_url(one) != canonical_url(other)


def test_a_port_of_its_own_keeps_its_scheme() -> None:
    """An address on a port that speaks one protocol is not renamed into one nobody answers."""
    assert canonical_url("http://127.0.0.1:8123/a") == "http://127.0.0.1:8123/a"


@pytest.mark.parametrize("address", ["http://海..cn/1", "http://a b.cn/1", "http://a.cn/%zz", "http://a.cn/?%zz=&=%"])
def test_what_no_standard_allows_has_a_lasting_name(address: str) -> None:
    """Host names and escapes that should not be."""
    assert canonical_url(canonical_url(address)) == canonical_url(address)


@given(st.text())
def test_any_text_has_a_name_and_keeps_it(text: str) -> None:
    """Never raises; twice is once."""
    once = canonical_url(text, SHIPPED)
    assert canonical_url(once, SHIPPED) == once


@given(
    st.sampled_from(["http://", "https://", "HTTP://", "//", ""]),
    st.text(alphabet=string.ascii_letters + "海ßİ.-:@[]%0", max_size=12),
    st.text(alphabet="ab./%2eE海;?&=#!+ _\\\t", max_size=20),
)
def test_odd_addresses_have_a_name_and_keep_it(scheme: str, host: str, rest: str) -> None:
    """The same over what looks like an address."""
    once = canonical_url(scheme + host + "/" + rest)
    assert canonical_url(once) == once


@given(st.text(alphabet="ab12", min_size=1, max_size=3), st.text(alphabet="ab12", min_size=1, max_size=3))
def test_rules_that_feed_each_other_come_to_rest(one: str, other: str) -> None:
    """Rules leading round in a circle, or making addresses longer for ever, still give one lasting name."""
    rules = [
        Rule(r"https://h/a(.*)", r"https://h/b\1"),
        Rule(r"https://h/b(.*)", r"https://h/a\1"),
        Rule(r"(https://h/1.*)", r"\g<1>1"),
        Rule(r"(https://h/2", r"x"),
    ]
    first = canonical_url(f"http://h/{one}", rules)
    assert canonical_url(first, rules) == first
    assert canonical_url(f"http://h/a{one}", rules) == canonical_url(f"http://h/b{one}", rules)
    if one[1:] != other[1:]:
        assert first != canonical_url(f"http://h/{other}", rules)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99)), max_size=4), st.integers(1, 10**6))
def test_numbered_articles_stay_distinct(query: list[tuple[str, int]], number: int) -> None:
    """The next article's address is another article."""
    tail = "&".join(f"{key}={value}" for key, value in query)
    names = {
        canonical_url(f"http://a.cn/{stem}{number + step}.html?{tail}") for stem in ("p/", "t2024_") for step in (0, 1)
    }
    assert len(names) == 4


def test_ids_are_the_top_fifty_bits_of_the_digest() -> None:
    """Ids of two copies of the archive agree, for they come from the address alone."""
    name = "https://a.cn/1.html"
    value = 0
    for character in article_id(name):
        value = value * 32 + "0123456789abcdefghjkmnpqrstvwxyz".index(character)
    assert value == int(hashlib.sha256(name.encode()).hexdigest(), 16) >> 206


@given(st.text())
def test_ids_never_fail(text: str) -> None:
    """An id is ten characters, whatever the address."""
    assert len(article_id(text)) == 10
