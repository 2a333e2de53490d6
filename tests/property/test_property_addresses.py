"""Addresses: every spelling of one is one name, and no two articles share a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st
from property_samples import any_text, tries

from crawler.sites.profile import load_profile
from storage.dedupe.canonical import article_id, canonical_url

RULES = load_profile("xihaian").canonical
SEGMENTS = st.text("ab1_~.-海%é", min_size=1, max_size=5).filter(lambda text: text not in (".", ".."))
NAMES = st.text("abid海", min_size=1, max_size=3)
TRACKING = st.sampled_from(
    ["utm_source=app", "spm=a.b", "from=timeline", "isappinstalled=0", "_=1721", "share_token=x"]
)


@dataclass(frozen=True)
class Address:
    """What tells one page from another."""

    host: str
    port: int | None
    path: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    route: str

    def key(self) -> object:
        """Equal for addresses of one page: parameters of different names may stand in any order."""
        return (*vars(replace(self, parameters=())).values(), sorted(self.parameters, key=lambda pair: pair[0]))


ADDRESSES = st.builds(
    Address,
    host=st.sampled_from(["a.cn", "www.a.cn", "海.cn", "127.0.0.1", "[2001:db8::1]"]),
    port=st.none() | st.integers(8000, 8002),
    path=st.lists(SEGMENTS, max_size=4).map(tuple),
    parameters=st.lists(st.tuples(NAMES, st.text("01海a", max_size=2)), max_size=3).map(tuple),
    route=st.just("") | st.sampled_from(["!/n/1", "/n/1", "/n/2"]),
)


def escaped(text: str, draw: st.DrawFn) -> str:
    """`text` as part of an address: each character itself or escaped, where both mean the same."""
    as_it_is = draw(st.integers(0, (1 << len(text)) - 1))
    case = draw(st.sampled_from([str.upper, str.lower]))
    parts = []
    for place, character in enumerate(text):
        escapes = "".join(f"%{byte:02x}" for byte in character.encode())
        parts.append(character if as_it_is >> place & 1 and character != "%" else case(escapes))
    return "".join(parts)


@st.composite
def spelled(draw: st.DrawFn, address: Address) -> str:
    """One of the many spellings of an address."""
    scheme = draw(st.sampled_from(["http", "HTTPS"] if address.port is None else ["http", "Http"]))
    host = draw(st.sampled_from([address.host, address.host.upper()]))
    host = draw(st.sampled_from([host, host.encode("idna").decode()])) if host[0] != "[" else host
    host += draw(st.sampled_from(["", "."])) if host[0] not in "[1" else ""
    default = {"http": ":80", "HTTPS": ":443"}.get(scheme, "")
    port = draw(st.sampled_from(["", default])) if address.port is None else f":{address.port}"
    user = draw(st.sampled_from(["", "user:secret@"]))
    path = ""
    for segment in address.path:
        path += draw(st.sampled_from(["/", "/", "/./", "/x/../"])) + escaped(segment, draw)
    path += draw(st.sampled_from(["", ";jsessionid=1F"])) if path else draw(st.sampled_from(["", "/"]))
    pairs = [f"{escaped(name, draw)}={escaped(value, draw)}" for name, value in address.parameters]
    for extra in draw(st.lists(TRACKING, max_size=2)):
        pairs.insert(draw(st.integers(0, len(pairs))), extra)
    query = ("?" if pairs else "") + "&".join(pairs)
    fragment = f"#{address.route}" if address.route else draw(st.sampled_from(["", "#", "#top"]))
    url = f"{scheme}://{user}{host}{port}{path}{query}{fragment}"
    return draw(st.sampled_from([url, f" {url}\n", url.replace("://", "://\t", 1)]))


@tries()
@given(ADDRESSES, st.data())
def test_every_spelling_of_an_address_has_one_name(address: Address, data: st.DataObject) -> None:
    """Else an article would be stored again whenever a list spells its address otherwise."""
    one, other = data.draw(spelled(address)), data.draw(spelled(address))
    assert canonical_url(one) == canonical_url(other)


@tries()
@given(ADDRESSES, ADDRESSES, st.data())
def test_two_addresses_never_share_a_name(one: Address, other: Address, data: st.DataObject) -> None:
    """Else one of two articles would be taken for the other and never be stored."""
    same = canonical_url(data.draw(spelled(one))) == canonical_url(data.draw(spelled(other)))
    assert same == (one.key() == other.key())


@tries()
@given(ADDRESSES, st.data())
def test_one_change_makes_another_address(address: Address, data: st.DataObject) -> None:
    """Else neighbours, which differ by one digit or one more parameter, would be one article."""
    path, pairs = (*address.path, "1"), (*address.parameters, ("id", "7"))
    kinds = [
        replace(address, path=path),
        replace(address, path=(*address.path, "2")),
        replace(address, path=(*path, "")),
        replace(address, parameters=pairs),
        replace(address, parameters=(*pairs, ("id", "7"))),
        replace(address, host="b.cn"),
        replace(address, port=9000),
    ]
    names = {canonical_url(data.draw(spelled(kind))) for kind in (address, *kinds)}
    assert len(names) == len(kinds) + 1


@tries(3)
@given(
    st.sampled_from(["http://", "https://", "HTTP://a.cn:80/", "//", "javascript:", "http://[", "http://海.cn/", ""]),
    any_text(),
    st.text(st.sampled_from("/?#%&=;:@.[]!|\\ \t海a1。．\ud800\udcff\xa0\x85"), max_size=20),
)
def test_anything_has_a_name_and_keeps_it(start: str, middle: str, end: str) -> None:
    """Else one odd link would end the reading of a list, or be fetched again and again under ever new names."""
    for rules in ((), RULES):
        name = canonical_url(start + middle + end, rules)
        assert canonical_url(name, rules) == name
        assert len(article_id(name)) == 10


@tries()
@given(st.integers(1, 10**9), st.text("abc海", max_size=5))
def test_rules_of_the_shipped_site_join_no_neighbours(number: int, tail: str) -> None:
    """Else the platform's articles, which differ by a number alone, would be one."""
    shapes = (
        "http://dzrb.dzng.com/articleContent/5_{}.html",
        "https://m.dzplus.dzng.com/share/general/0/NEWS{}abc",
        "http://epaper.xihaiannews.com/shtml/jnsx/20190517/{}.shtml",
        "http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId={}&colID=5&x=" + quote(tail),
    )
    names = {canonical_url(shape.format(number + step), RULES) for shape in shapes for step in (0, 1)}
    assert len(names) == 6  # the first and the last lead to the same two
