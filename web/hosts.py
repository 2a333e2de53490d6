"""Under which names the archive is answered for: its own, and no other.

A page of another site can have its own name lead to this machine (DNS rebinding) and would read the whole archive in
the browser of whoever visits it; and a feed carries the name it was asked by. So a request that names another host
(RFC 9110, 7.2 and 15.5.20) is not answered. An address cannot be made to lead elsewhere: the one that was connected to
is always good.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names that lead to this machine from nowhere else."""
MISDIRECTED = 421
LONGEST_NAME = 253
"""Characters of a name in the DNS (RFC 1035, 2.3.4)."""

_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[^:\[\]]+))(?::\d*)?", re.I)
_NAME = re.compile(r"(?!-)[a-z0-9_-]+(?:\.[a-z0-9_-]+)*", re.I)


class Hosts:
    """Middleware that answers requests to its own names only.

    Args:
        names: Beside those of loopback and the address that was connected to.
        strange: Makes the answer to a request that names another host; it is given the name.
    """

    def __init__(self, app: ASGIApp, names: Collection[str], strange: Callable[[Request, str], Response]) -> None:
        self.app = app
        self.names = LOOPBACK | {address_of(name.lower()) for name in names}
        self.strange = strange

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] in ("http", "websocket"):
            here = {address_of(str(scope["server"][0]))} if scope.get("server") else set()
            for given in Headers(scope=scope).getlist("host"):
                name = name_of(given)
                if name not in self.names | here:
                    await self.strange(Request(scope), (name or given)[:LONGEST_NAME])(scope, receive, send)
                    return
        await self.app(scope, receive, send)


def name_of(host: str) -> str | None:
    """The name in a Host header, in small letters; None: it is none.

    >>> name_of("Archive.example:8764"), name_of("[::1]:80"), name_of("a b:c")
    ('archive.example', '::1', None)
    """
    found = _HOST.fullmatch(host.strip())
    return address_of((found["six"] or found["name"]).lower().removesuffix(".")) if found else None


def address_of(name: str) -> str:
    """An address in its shortest form, any other name as it is.

    >>> address_of("0:0:0:0:0:0:0:1"), address_of("::ffff:127.0.0.1"), address_of("localhost")
    ('::1', '127.0.0.1', 'localhost')
    """
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name
    return str((address.version == 6 and address.ipv4_mapped) or address)


def is_name(text: str) -> bool:
    """Whether this can be the name of a host, or its address.

    >>> is_name("archive.example"), is_name("192.0.2.7"), is_name("http://archive.example/"), is_name("a:80")
    (True, True, False, False)
    """
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return len(text) <= LONGEST_NAME and bool(_NAME.fullmatch(text))
    return True
