"""Print pages of any size are read in time that grows with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import assert_grows_evenly, processor_seconds
from print_pages import PC, SHIPPED, page_of

from crawler.parse.reader import examine
from storage.records import Article, Reason, Rejection

WHOLE = "渔港开工，渔民都来了，码头上热闹起来，大家都说好。"
OPEN = "渔船出海，渔民们在码头上等候着，天气很好，风平浪静，大家都说"
HEAD = "<p>文章内容</p><h2>渔港的早晨</h2>"
KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: HEAD + f"<p>{WHOLE}</p>" * n,
    "open lines": lambda n: HEAD + "".join(f"<p>{i}{OPEN}</p>" for i in range(n)),
    "one sentence without end": lambda n: HEAD + f"<p>{OPEN}，</p>" * n,
    "short lines": lambda n: f"{HEAD}<div id=contenttext>{'渔船<br>' * n}</div>",
    "headings": lambda n: "".join(f"<h2>渔船{i}号</h2>" for i in range(n)) + f"<p>{WHOLE}</p>",
    "headings in the text": lambda n: f"{HEAD}<div id=contenttext>{f'<h3>渔船</h3><p>{WHOLE}</p>' * n}</div>",
    "boxes of pictures": lambda n: HEAD + "".join(f"<div><img src={i}.jpg><p>渔船</p></div>" for i in range(n)),
    "pictures in a row": lambda n: HEAD + "".join(f"<img src={i}.jpg>渔船{i}<br>" for i in range(n)),
    "lists": lambda n: "<li onclick=go()>石桥集市改在每周六</li>" * n + HEAD + f"<p>{WHOLE}</p>",
    "page names": lambda n: "".join(f"<p>{i % 99:02}版:要闻{i}</p>" for i in range(n)) + HEAD + f"<p>{WHOLE}</p>",
    "jumps": lambda n: f"{HEAD}<p>{'渔港（下转6版）（上接4版）' * n}</p>",
    "inline elements": lambda n: f"{HEAD}<p>{'<b>渔</b><i>船</i>' * n}。</p>",
    "elements of one id": lambda n: HEAD + f"<div id=contenttext>{WHOLE}</div>" * n,
    "hidden fields": lambda n: "<input id=Text_title value=渔港>" * n + HEAD + f"<p>{WHOLE}</p>",
    "nested": lambda n: HEAD + f"<div><p>{WHOLE}" * n,
    "brackets": lambda n: f"{HEAD}<p>{'（石桥' * n}</p>",
    "indents": lambda n: f"{HEAD}<p>{chr(10) + ' ' * n}{(chr(0x3000) * 2 + WHOLE) * n}</p>",
}
"""What is large about a page → a page of that kind, larger with n."""


def seconds(html: str) -> float:
    """Processor time of one reading."""
    page = page_of(html, PC)
    found: list[Article | Rejection] = []
    spent = processor_seconds(lambda: found.append(examine(page, SHIPPED).result))
    assert not isinstance(found[0], Rejection) or found[0].reason is not Reason.UNREADABLE, found[0]
    return spent


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_size(kind: str) -> None:
    """Eight times as much of anything takes some eight times as long, not sixty-four: no page stops the crawl."""
    assert_grows_evenly(lambda size: seconds(KINDS[kind](size)), 300)
