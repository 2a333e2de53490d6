"""Downloader middlewares: which hosts are asked at all, and where their names may lead (law 10).

A page says where to go next, and whoever writes the page, or the DNS of a site, could send us into the network we
stand in. So a host that is not the site's is not contacted, and an address that is not public only where somebody
wrote that very address down: in the profile's `hosts`, or by hand for this run.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.error import ConnectError, DNSLookupError
from twisted.internet.error import TimeoutError as DNSTimeoutError

from crawler.extension import Keeping
from storage.errors import ArchiveError, ConfigError
from storage.records import Kind
from storage.secrets import hidden, without_user

WEB = ("http", "https")
LOCALHOST = ("127.0.0.1", "::1")
"""What the name `localhost` stands for wherever it is written (RFC 6761, section 6.3)."""
FAKE_ADDRESSES = ipaddress.ip_network("198.18.0.0/15")
"""Reserved for benchmarks (RFC 2544) and used by local proxies that answer every name with an address of their own;
nobody's own network lies there."""
CARRYING = tuple(map(ipaddress.IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
"""Where the last 32 bits are an address of IPv4: compatible and mapped (RFC 4291, 2.5.5), translated (RFC 2765, 2.1),
NAT64 (RFC 6052, 2.1)."""
LOCAL_NAT64 = ipaddress.IPv6Network("64:ff9b:1::/48")
"""For networks that carry private addresses (RFC 8215)."""
FROM_ANYWHERE = (Kind.ROBOTS, Kind.RESOURCE)
"""What may lie on another host: a robots.txt that redirects (RFC 9309, 2.3.1.2), a script library of a drawn page."""

OWN_FAULTS = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
"""Why a machine opens no socket. No site is to blame for it, and no page is to wait for it."""


class NotContacted(IgnoreRequest):
    """Nothing was sent; the message says why, in a few words."""


class Own:
    """Refuses what is not on the web, and hosts that are not the site's; stands before robots.txt is asked for."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Own:
        """Scrapy's constructor."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let pass what belongs to the site, or to a host that a person named for this run.

        Raises:
            NotContacted: it does not.
        """
        parts = urlsplit(request.url)
        if parts.scheme not in WEB:
            raise NotContacted(f"{parts.scheme}: is no web address")
        context, host = request.meta.get("context"), parts.hostname or ""
        if context is None or context.kind in FROM_ANYWHERE:
            return
        if not self.keeper.profile.owns(host) and host not in given_hosts(self.crawler):
            raise NotContacted(f"leads off the site to {host}")


class Public:
    """Refuses private addresses, whatever name leads there; stands behind the proxy's middleware, before the pace.

    The address that is judged is the one that is connected to: Scrapy's resolver gives one address a name and keeps
    it to the end of the process.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.keeper = Keeping.of(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Public:
        """Scrapy's constructor."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let pass what leads to a public address, or to one that was written down.

        Raises:
            NotContacted: it does not.
            CannotResolveHostError: nobody knows the name.
        """
        host = urlsplit(request.url).hostname or ""
        address = address_of(host)
        if address is None and request.meta.get("proxy"):
            return  # the proxy looks the name up, and what it reaches is its owner's to say
        address = address or await _resolved(host)
        if is_public(address) or address in written_down((*self.keeper.profile.hosts, *given_hosts(self.crawler))):
            return
        self.keeper.note(
            f"{host} was not contacted: it leads to the private address {address}. "
            f"If that is meant, write {address} into the hosts of the site profile"
        )
        raise NotContacted(f"leads to the private address {address}")


def web_host(url: str) -> str:
    """The host of an address that somebody gave by hand.

    >>> web_host("http://News.example:8080/1.html")
    'news.example'

    Raises:
        ConfigError: it is no address on the web, or one that names a user.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme in WEB and parts.hostname and parts.port != 0:
            if without_user(url) == url:
                return parts.hostname
            raise ConfigError(
                f"an address at {parts.hostname} holds a user name or password, which the archive would keep for ever; "
                "leave out what stands before the @"
            )
    except ValueError:  # brackets around what is no IPv6 address, or a port that is no number
        pass
    raise ConfigError(f"{hidden(url)!r} is not an http:// or https:// address")


def given_hosts(crawler: Crawler) -> frozenset[str]:
    """Hosts that a person named for this run."""
    given: frozenset[str] = getattr(crawler.spider, "given_hosts", frozenset())
    return given


def address_of(host: str) -> str | None:
    """The address that a host is by the way it is written, however odd; None for a name that has to be looked up.

    >>> [address_of(host) for host in ("10.0.0.1", "0:0::1", "0x7f.1", "2130706433", "127.0.0.1.", "１２７。１")]
    ['10.0.0.1', '::1', '127.0.0.1', '127.0.0.1', '127.0.0.1', '127.0.0.1']
    >>> [address_of(host) for host in ("localhost", "a.localhost.", "a.example", "127.1.example", "")]
    ['127.0.0.1', '127.0.0.1', None, None, None]
    """
    plain = unicodedata.normalize("NFKC", unquote(host)).replace("。", ".").rstrip(".").lower()
    if plain == "localhost" or plain.endswith(".localhost"):
        return LOCALHOST[0]
    try:  # as resolvers do: fewer parts, octal, hexadecimal
        return _address(plain) or socket.inet_ntoa(socket.inet_aton(plain))
    except (OSError, UnicodeEncodeError):
        return None


def is_public(address: str) -> bool:
    """Whether an address is anybody's on the internet rather than one of the network we stand in.

    >>> [is_public(one) for one in ("8.8.8.8", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "224.0.0.1")]
    [True, False, False, False, False, False]
    >>> [is_public(one) for one in ("2606:4700::1111", "64:ff9b::808:808", "64:ff9b::a9fe:a9fe", "2002:7f00:1::")]
    [True, True, False, False]
    """
    parsed = ipaddress.ip_address(address)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.is_site_local or parsed in LOCAL_NAT64:
            return False
        parsed = _carried(parsed) or parsed
    return parsed in FAKE_ADDRESSES or (parsed.is_global and not parsed.is_multicast)


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address that a gateway of IPv6 would send on to, where that is one of IPv4."""
    if any(address in network for network in CARRYING):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour


def written_down(hosts: Iterable[str]) -> set[str]:
    """The addresses among host names.

    >>> sorted(written_down(["a.example", "10.0.0.1", "localhost"]))
    ['10.0.0.1', '127.0.0.1', '::1']
    """
    named = set(hosts)
    return set(filter(None, map(_address, named))) | (set(LOCALHOST) if "localhost" in named else set())


def _address(text: str) -> str | None:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return None


def own_fault(error: BaseException | None) -> ArchiveError | None:
    """What ends the run, where a connection failed because this machine could open none; None for all else."""
    if not isinstance(error, ConnectError) or error.osError not in OWN_FAULTS:
        return None
    told = os.strerror(error.osError)
    return ArchiveError(f"no connection can be opened ({told}); check the limit of open files (`ulimit -n`) and memory")


async def _resolved(host: str) -> str:
    from twisted.internet import reactor as installed  # only now: Scrapy has chosen which one

    reactor: Any = installed  # a module whose functions are the reactor's methods, which no type can say
    try:
        address: str = await maybe_deferred_to_future(reactor.resolve(host))
    except (DNSLookupError, DNSTimeoutError) as error:
        raise CannotResolveHostError(str(error)) from error
    return address
