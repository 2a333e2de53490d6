"""The one address that names a page, and the identity that follows from it.

A canonical URL is a name, not something to fetch: http and https, a `www` server's default port, the letter case of
the host, the order of the query and a share button's tail do not tell two articles apart. What could tell two articles
apart stays: path (letter case and doubled slashes included), every other parameter, a route behind `#/` or `#!`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from operator import itemgetter
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit, urlunsplit

_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_CHARACTERS = 10
"""50 bits: among a million articles two share an id once in 2,000 archives (birthday bound)."""

_LONGEST_CHAIN = 8
"""Rules may build on each other; a chain longer than any profile has is a rule that only makes addresses longer."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_\w+|spm|scm|gclid|fbclid|bd_vid|hm(?:sr|pl|cu|kw|ci)|nsukey|wxsource|isappinstalled|share_?token"
    r"|share_?from|tdsourcetag|__biz_from|wechat_redirect|_",
    re.ASCII,
)
"""Parameters that say where a reader came from: campaign counters, share buttons, jQuery's cache breaker `_`."""
_SHARED_BY = re.compile(r"timeline|(?:single|group|friend)?message|weixin|wechat|weibo|qq|qzone|sina", re.IGNORECASE)
"""Values of `from` that WeChat, Weibo and QQ append; any other `from` may choose a page."""
_SESSION = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
_WHITE = re.compile(r"[\t\n\r]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_HOST_SAFE = "%!$&'()*+,;="
_PATH_SAFE = "!$&'()*+,;=:@/%"
_SCHEMES = ("http", "https")


class CanonicalRuleLike(Protocol):
    """A rule of a site profile: addresses that `match` fullmatches are named `url`."""

    @property
    def match(self) -> str:
        """Regular expression over the whole cleaned URL."""

    @property
    def url(self) -> str:
        """Replacement, `\\1` for groups."""


def canonical_url(url: str, rules: Iterable[CanonicalRuleLike] = ()) -> str:
    """The name of the page at `url`. Never raises; the canonical URL of a canonical URL is itself.

    Both schemes become `https`, unless the address carries a port of its own: a port speaks one protocol, so there
    the scheme belongs to the address. What is no http address is returned stripped of white space.

    >>> canonical_url("HTTP://Paper.Example.com:80/a//b/../1.htm?b=2&utm_source=x&a=1#top")
    'https://paper.example.com/a//1.htm?a=1&b=2'
    >>> canonical_url("http://127.0.0.1:8000/p/1.html")
    'http://127.0.0.1:8000/p/1.html'
    """
    names = [_clean(url)]
    known_rules = tuple(rules)
    while len(names) <= _LONGEST_CHAIN:
        named = _by_rule(names[-1], known_rules)
        if named == names[-1]:
            return named
        if named in names:
            return min(names[names.index(named) :])  # rules that lead round in a circle: any of them, always the same
        names.append(named)
    return names[0]  # rules that never come to rest join nothing


def article_id(canonical: str) -> str:
    """Ten lower-case Crockford base32 characters: the same article has the same id in every copy of the archive.

    >>> article_id("https://paper.example.com/1.htm")
    'fp10jky2tw'
    """
    bits = int.from_bytes(hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest(), "big") >> (256 - 50)
    return "".join(_CROCKFORD[bits >> shift & 31] for shift in range(5 * (_ID_CHARACTERS - 1), -1, -5))


def _by_rule(cleaned: str, rules: tuple[CanonicalRuleLike, ...]) -> str:
    for rule in rules:
        try:
            found = re.fullmatch(rule.match, cleaned)
            named = _clean(found.expand(rule.url)) if found else cleaned
        except (re.error, IndexError):
            continue  # a profile checks its rules when loaded; a broken one given otherwise joins nothing
        if named != cleaned:
            return named
    return cleaned


def _clean(url: str) -> str:
    text = _WHITE.sub("", url.strip())
    try:
        parts = urlsplit(text)
        netloc = _netloc(parts)
    except ValueError:  # a broken port or IPv6 address
        return text
    if parts.scheme not in _SCHEMES or not netloc:
        return text
    scheme = parts.scheme if ":" in re.sub(r"\[.*\]", "", netloc) else "https"
    path = _path(parts.path)
    return urlunsplit((scheme, netloc, path, _query(parts.query), _route(parts.fragment)))


def _netloc(parts: SplitResult) -> str:
    """Host in ASCII and lower case, with its port where that is not the scheme's own; user names go."""
    host = _ascii(parts.hostname or "").rstrip(".")  # only now: 。 is a dot too
    host = f"[{host}]" if ":" in host else quote(host, safe=_HOST_SAFE, errors="surrogatepass").lower()
    port = parts.port
    return host if port is None or port == _DEFAULT_PORTS.get(parts.scheme) else f"{host}:{port}"


def _ascii(host: str) -> str:
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return host


def _path(path: str) -> str:
    """Dot segments resolved (as every browser does), escapes in one spelling, session ids gone."""
    path = _escapes(_SESSION.sub("", path), _PATH_SAFE)
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    joined = "/".join(kept)
    return joined if joined.startswith("/") else "/" + joined


def _escapes(text: str, safe: str) -> str:
    """Upper-case escapes, none where a character needs none; everything else outside ASCII escaped as UTF-8."""

    def _spelled(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    return _ESCAPE.sub(_spelled, quote(text, safe=safe + "~", errors="surrogatepass"))


def _query(query: str) -> str:
    """Parameters in order of name, without those that only say where a reader came from."""
    if not re.search(r"[=&]", query):
        return _escapes(query, _PATH_SAFE + "?")
    # Latin-1 keeps every byte of an escape as it was, whatever charset it stands for.
    pairs = parse_qsl(_escapes(query, _PATH_SAFE + "?"), keep_blank_values=True, encoding="latin-1")
    kept = [(key, value) for key, value in pairs if not _only_tracks(key, value)]
    return urlencode(sorted(kept, key=itemgetter(0)), encoding="latin-1")


def _only_tracks(key: str, value: str) -> bool:
    if key.lower() == "from":
        return bool(_SHARED_BY.fullmatch(value))
    return bool(_TRACKING.fullmatch(key.lower()))


def _route(fragment: str) -> str:
    """`#/news/12` and `#!12` choose a page in sites drawn by a script; every other fragment is a place on one."""
    return _escapes(fragment, _PATH_SAFE + "?") if re.match(r"!?/.|!.", fragment) else ""
