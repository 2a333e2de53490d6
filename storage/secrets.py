"""What must not be told: passwords in addresses, before a sentence with one reaches a screen, a log or a row."""

from __future__ import annotations

import re

HIDDEN = "***"
_BEFORE_HOST = re.compile(r"(//[^:@/\s'\"]*:)[^\s]*@")
"""`//user:password@`, with or without the colon that belongs before it; a password that somebody forgot to escape may
hold a slash or an @ itself."""
_PARAMETER = re.compile(r"([?&;]\w*(?:password|passwd|passfile|passwort|secret|token|apikey|api_key)=)[^&\s'\"]+", re.I)


def hidden(text: str) -> str:
    """`text` with passwords of addresses replaced.

    >>> hidden("database postgresql://me:geheim@db.example/news?sslpassword=x refused")
    'database postgresql://me:***@db.example/news?sslpassword=*** refused'
    >>> hidden("http://news.example/a:b@c")
    'http://news.example/a:b@c'
    """
    return _PARAMETER.sub(rf"\1{HIDDEN}", _BEFORE_HOST.sub(rf"\1{HIDDEN}@", text))
