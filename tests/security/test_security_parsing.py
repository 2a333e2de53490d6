"""Documents made to exhaust or to spy: entities, bombs, depths, and every regular expression against nasty texts."""

from __future__ import annotations

import html
import importlib
import pkgutil
import random
import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType

import pytest
from growth import processor_seconds

import crawler.parse
import storage.dedupe
import storage.query
from crawler.parse.decode import page_from_text
from crawler.parse.document import Document
from crawler.parse.feeds import read_feed
from crawler.parse.jsonread import read_json
from crawler.parse.listing import read_listing
from crawler.parse.reader import examine
from crawler.sites.profile import load_profile
from storage.records import Reason, Rejection

URL = "https://news.example/feed.xml"
ITEM = "<item><title>{}</title><link>https://news.example/1.html</link></item>"
PROFILE = load_profile("xihaian")
MOST_SECONDS = 1.0
TRIES = 3
PAGE = (
    "<title>{0}</title><h1>{0}</h1><meta name=author content='{0}'><div class=info>{0}</div><p>来源：{0}</p>"
    "<p>青石镇老渠清淤完工，三千亩农田用上活水，村民都说好。{0}</p><a href='/2024/07/26/1.html'>{0}</a><pre>{0}</pre>"
    "<script>var a='{0}'</script>"
)
HARMLESS = "港口扩建工程今天开工了，村民都说好。"
LAUGHS = "<!DOCTYPE rss [<!ENTITY a0 'ha'>{}]>".format(
    "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
)
SPIES = {
    "a file": "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{path}'>]>",
    "a file by parameter": "<!DOCTYPE rss [<!ENTITY % p SYSTEM 'file://{path}'>%p;<!ENTITY x '%p;'>]>",
    "an outer document type": "<!DOCTYPE rss SYSTEM 'file://{path}'>",
    "an inclusion": "<!DOCTYPE rss [<!ENTITY x ''>]>",
}


def assert_bounded(work: Callable[[], object], pages: int) -> None:
    """Work takes no longer than reading so many harmless pages does, there and then: a busy machine lengthens both."""
    spent = []
    for _ in range(TRIES):
        harmless, own = processor_seconds(lambda: read_all(HARMLESS)), processor_seconds(work)
        if own < pages * harmless:
            return
        spent.append(f"{own:.2f} s beside {harmless:.2f} s of a harmless page")
    raise AssertionError(f"more than {pages} times as long: {spent}")


def read_all(line: str) -> None:
    """Read a page that has this line, 120,000 characters long, wherever a line may stand."""
    page = page_from_text(PAGE.format(html.escape(line * (120_000 // len(line)) + "港")), URL)
    examine(page)
    read_listing(page, PROFILE.channel[0], PROFILE)


@pytest.mark.parametrize("spy", SPIES)
def test_no_file_is_read_for_a_feed(spy: str, tmp_path: Path) -> None:
    """Else a feed could have a file of this machine stored as a headline."""
    secret = tmp_path / "secret"
    secret.write_text("geheim", "utf-8")
    include = f"<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='file://{secret}' parse='text'/>"
    text = SPIES[spy].format(path=secret) + f"<rss>{ITEM.format('港&x;' + include)}</rss>"
    found = read_feed(page_from_text(text, URL))
    assert "geheim" not in repr(found)
    result = examine(page_from_text(text + "<p>&x;</p>", URL)).result
    assert "geheim" not in repr(result)


def test_entities_do_not_grow() -> None:
    """Else a feed of one kilobyte would become gigabytes."""
    page = page_from_text(f"{LAUGHS}<rss>{ITEM.format('&a11;')}</rss>", URL)
    assert len(repr(read_feed(page))) < 10_000
    assert_bounded(lambda: read_feed(page), 4)


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS + "<p>&a11;</p>",
        "<svg>" * 50_000,
        f"<svg><style>{'@import url(x);' * 20_000}</style></svg>",
        "<p " + "a=1 " * 200_000 + ">x</p>",
        "<!--" * 100_000,
        "&" * 500_000,
        "&#1114112;" * 50_000,
    ],
    ids=["entities", "drawings", "imports", "attributes", "comments", "ampersands", "characters"],
)
def test_pages_made_to_exhaust_are_answered(text: str) -> None:
    """Else one page would hold up a crawl."""
    result = examine(page_from_text(text, URL)).result
    assert isinstance(result, Rejection)
    assert result.reason is not Reason.UNREADABLE
    assert_bounded(lambda: examine(page_from_text(text, URL)), 8)


@pytest.mark.parametrize("text", ["[" * 200_000, '{"a":' * 100_000, "9" * 100_000, "1e999999999", "[" + "1," * 100_000])
def test_json_made_to_exhaust_is_answered(text: str) -> None:
    """Else a list interface could end a run by depth, or by a number nobody can hold."""
    page = page_from_text(f'<script type="application/ld+json">{text}</script><p>港口</p>', URL)
    assert isinstance(Document(page).json_ld, list)
    assert_bounded(lambda: (read_json(text), Document(page).json_ld), 4)


def regexes() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every regular expression that modules hold which read pages, addresses and queries."""
    seen = set()
    for package in (crawler.parse, storage.dedupe, storage.query):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in vars(importlib.import_module(info.name)).items():
                held = (
                    value.values()
                    if isinstance(value, dict)
                    else value
                    if isinstance(value, tuple | list)
                    else (value,)
                )
                for one in held:
                    if isinstance(one, re.Pattern) and (one.pattern, one.flags) not in seen:
                        seen.add((one.pattern, one.flags))
                        yield f"{info.name}.{name}", one


PATTERNS = list(regexes())


def characters(pattern: str | bytes, flags: int) -> list[str]:
    """Characters that a pattern asks for, found in its own parse tree."""
    found: list[int] = []

    def walk(node: object) -> None:
        if isinstance(node, parser.SubPattern | list | tuple):
            items = list(node)
            if len(items) == 2 and items[0] in (codes.LITERAL, codes.NOT_LITERAL) and isinstance(items[1], int):
                found.append(items[1])
            elif len(items) == 2 and items[0] is codes.RANGE:
                found.append(items[1][0])
            for item in items:
                walk(item)

    # Locale and debug flags are of no matter here; a compiled pattern carries UNICODE, which bytes may not.
    walk(parser.parse(pattern, flags & (re.IGNORECASE | re.VERBOSE | re.DOTALL | re.MULTILINE)))
    return [chr(code) for code in dict.fromkeys(found)]


def nasty(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Texts that nearly match, over and over."""
    own = characters(pattern.pattern, pattern.flags)[:8]
    units = [
        *own,
        *(one + other for one in own[:3] for other in own[:3] if one != other),
        " ",
        "a",
        "1",
        "港",
        "<a ",
        "\n",
    ]
    for unit in dict.fromkeys(units):
        yield unit * (LONG // len(unit)) + "\x01"
    yield "".join(own) * (LONG // max(1, len(own))) + "\x01"
    yield (" ".join(own) + " ") * (LONG // (2 * len(own) + 1)) + "\x01"


LONG = 2_000
"""Characters at which a search that grows with the cube of them, or worse, takes minutes. Those that grow with the
square are seen in `test_pages_of_nasty_lines`: readers give most patterns short lines only."""


def too_slow(signum: int, frame: FrameType | None) -> None:
    """Ends a search: it looks at signals as it goes."""
    raise TimeoutError


def test_no_regular_expression_explodes() -> None:
    """Else a line made for it would keep a worker busy for years: no search takes a second, however near it comes."""
    assert len(PATTERNS) > 150
    before = signal.signal(signal.SIGVTALRM, too_slow)
    try:
        slow = [
            (name, pattern.pattern, text[:20])
            for name, pattern in PATTERNS
            for text in nasty(pattern)
            if not any(ends(pattern, text) for _ in range(TRIES))
        ]
    finally:
        signal.signal(signal.SIGVTALRM, before)
    assert slow == []


def ends(pattern: re.Pattern[str] | re.Pattern[bytes], text: str) -> bool:
    """Whether a search comes to its end within a second of processor time; what explodes never does."""
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)  # type: ignore[arg-type]
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True


def test_pages_of_nasty_lines() -> None:
    """Else a line of 120,000 characters in the right place would hold up a crawl, though no pattern explodes."""
    lines = sorted({text[:8]: text[:100] for _, pattern in PATTERNS for text in nasty(pattern)}.values())
    chosen = [*random.Random(4).sample(lines, 10), "." * 100, " " * 100, "\n" * 100]
    for line in chosen:
        assert_bounded(lambda line=line: read_all(line), 20)  # type: ignore[misc]
