"""Pages as tests read them."""

from __future__ import annotations

import httpx
from lxml import html


def read(client: httpx.Client, path: str, status: int = 200) -> html.HtmlElement:
    """A page, parsed."""
    answer = client.get(path, follow_redirects=True)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.content)


def text(page: html.HtmlElement) -> str:
    """What a page says, blanks folded."""
    return " ".join(page.text_content().split())
