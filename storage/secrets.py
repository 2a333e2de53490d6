"""What must not be told: passwords in addresses, before one reaches a screen, a log, a row or a request."""

from __future__ import annotations

import re

HIDDEN = "***"
_BEFORE_HOST = re.compile(r"(//[^:@/\s'\"]*:)[^\s]*@")
"""`//user:password@`, with or without the colon that belongs before it; a password that somebody forgot to escape may
hold a slash or an @ itself."""
_USER = re.compile(r"^((?:[a-z][a-z0-9+.-]*:)?//)[^/?#]*@", re.I)
_PARAMETER = re.compile(r"([?&;]\w*(?:password|passwd|passfile|passwort|secret|token|apikey|api_key)=)[^&\s'\"]+", re.I)


def hidden(text: str) -> str:
    """`text` with passwords of addresses replaced.

    >>> hidden("database postgresql://me:geheim@db.example/news?sslpassword=x refused")
    'database postgresql://me:***@db.example/news?sslpassword=*** refused'
    >>> hidden("http://news.example/a:b@c")
    'http://news.example/a:b@c'
    """
    return _PARAMETER.sub(rf"\1{HIDDEN}", _BEFORE_HOST.sub(rf"\1{HIDDEN}@", text))


def without_user(url: str) -> str:
    """An address, or a reference to one, without the user name and password before its host. Never raises.

    >>> without_user("http://me:geheim@news.example:8080/@me?to=a@b")
    'http://news.example:8080/@me?to=a@b'
    >>> without_user("//me@news.example"), without_user("/p/me:geheim@news.example")
    ('//news.example', '/p/me:geheim@news.example')
    """
    return _USER.sub(r"\1", url)
