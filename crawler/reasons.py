"""Why a fetch came to nothing, in a few words."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.reach import NotContacted

FORBIDDEN = "forbidden by robots.txt"
LONGEST_REASON = 120
_REASONS = (
    ("forbidden by robots", FORBIDDEN),
    ("offsite", "leads off the site"),
    ("max redirections", "too many redirects"),
    ("cannotresolve", "host name not found"),
    ("dnslookup", "host name not found"),
    ("host name not found", "host name not found"),  # of its robots.txt
    ("refused", "connection refused"),
    ("timeout", "timed out"),
    ("tunnel", "proxy refused"),
    ("dataloss", "response cut short"),
    ("ssl", "TLS failure"),
    ("tls", "TLS failure"),
    ("connectionlost", "connection lost"),
    ("connectionreset", "connection reset"),
    ("responsefailed", "connection lost"),
    ("downloadfailed", "connection lost"),
)


def reason_of(error: BaseException | None) -> str:
    """An exception of a fetch in a few words, the same for the same cause, so that counts can be grouped."""
    if isinstance(error, NotContacted):
        return str(error)  # its words, and host names in them, are not to be searched for signs
    name = type(error).__name__
    text = f"{name} {error}".lower()
    for sign, words in _REASONS:
        if sign in text:
            return words
    if type(error).__module__.startswith("playwright"):
        return f"browser: {str(error).splitlines()[0]}"[:LONGEST_REASON]
    return str(error) if isinstance(error, IgnoreRequest) and str(error) else name
