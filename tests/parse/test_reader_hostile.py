"""Whatever a server sends, the reader gives an answer, the same one twice, within bounds of time and memory."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import forms_local
import forms_papers
import forms_portals
import pytest
from growth import assert_grows_evenly, processor_seconds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.parse.decode import page_from_bytes, page_from_text
from crawler.parse.reader import examine
from storage.records import Article, Page, Reason, Rejection

ROOT = Path(__file__).resolve().parents[2]
URL = "https://news.example/2023/07/26/88.html"
PAGES = [form.html for form in (*forms_local.FORMS, *forms_papers.FORMS, *forms_portals.FORMS)]
MANY = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(page: Page) -> None:
    """The page is read without an error of ours, and reading it again gives the same."""
    first, second = examine(page).result, examine(page).result
    if isinstance(first, Rejection):
        assert first.reason is not Reason.UNREADABLE, first.detail
    else:
        assert first.problems == ()
    assert first == second


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A news page with parts cut out, doubled, moved or replaced by anything."""
    html = draw(st.sampled_from(PAGES))
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted((draw(st.integers(0, len(html))), draw(st.integers(0, len(html)))))
        part = draw(st.sampled_from(("", html[start:end] * 2, html[start:end][::-1]))) or draw(st.text(max_size=40))
        html = html[:start] + part + html[end:]
    return html[: draw(st.integers(0, len(html)))] if draw(st.booleans()) else html


@MANY
@given(damaged())
def test_damaged_pages(html: str) -> None:
    """A page with parts missing, doubled or reversed is read or rejected, never an error."""
    check(page_from_text(html, URL))


@MANY
@given(st.sampled_from(PAGES), st.data())
def test_truncated_pages(html: str, data: st.DataObject) -> None:
    """A page cut off anywhere, in the middle of a character too, is read or rejected."""
    whole = html.encode(data.draw(st.sampled_from(("utf-8", "gb18030"))))
    check(page_from_bytes(whole[: data.draw(st.integers(0, len(whole)))], URL))


TOKENS = [
    *("<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "</table>", "<br>", "<a href='x'>", "</a>", "<h1>", "</h1>"),
    *("</html>", "</body>", "<!--", "-->", "<script>", "</script>", "<pre>", "\n", "<title>", "</title>", "<ul><li>"),
    *("<style>", "<meta name=author content='", "<img src=1.jpg>", "<svg>", "<textarea>", "&nbsp;", "&#x110000;", "\0"),
    *(
        "2024-07-26 09:30",
        "来源：",
        "责任编辑：",
        "记者 ",
        "高禾",
        "青石日报",
        "（",
        "）",
        "【",
        "】",
        "，",
        "。",
        "|",
        "\ufffd",
    ),
    *(
        "青石镇老渠清淤完工，三千亩农田用上活水。",
        "原标题：",
        "下一页",
        "作者：",
        "文/图 ",
        "\u200b",
        "\U0001f600",
        "２０２４年",
    ),
]


@MANY
@given(st.lists(st.sampled_from(TOKENS), max_size=80).map("".join))
def test_random_pages(html: str) -> None:
    """Any sequence of tags, labels, names and times is read or rejected."""
    check(page_from_text(html, URL))


@MANY
@given(st.binary(max_size=600))
def test_binary(data: bytes) -> None:
    """Bytes that are no text at all are read or rejected."""
    check(page_from_bytes(data, URL))


@MANY
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_address(path: str, href: str) -> None:
    """An address or a link that cannot be read costs nothing else."""
    html = PAGES[0].replace("</body>", f"<a href='{href}'>下一页</a><img src='{href}'></body>")
    check(page_from_text(html, f"https://news.example/{path}"))
    check(page_from_text(html, path))


SENTENCE = "青石镇老渠清淤完工，三千亩农田用上活水，村民都说好。"
HEAD = "<title>海陆街夜校开班了</title><h1>海陆街夜校开班了</h1>"
KINDS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: HEAD + f"<p>{SENTENCE}</p>" * n,
    "lines of one element": lambda n: f"{HEAD}<div>{(SENTENCE + '<br>') * n}</div>",
    "short lines": lambda n: HEAD + "<p>短</p>" * n + f"<p>{SENTENCE}</p>",
    "headings": lambda n: HEAD * n + f"<p>{SENTENCE}</p>",
    "headings that begin alike": lambda n: HEAD + "<h2>海陆街</h2>" * n + f"<p>{SENTENCE}</p>",
    "data tables": lambda n: HEAD + "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>" * n + SENTENCE,
    "pictures": lambda n: HEAD + "".join(f"<p><img src=/{i}.jpg></p><p>{SENTENCE}</p>" for i in range(n)),
    "boxes of links": lambda n: HEAD + f"<h3>相关阅读</h3><p><a href=/a>{SENTENCE}</a></p><p>{SENTENCE}</p>" * n,
    "times": lambda n: HEAD + "<p>2024-07-26 09:30 来源：青石网 责任编辑：高禾</p>" * n + SENTENCE,
    "one line of labels": lambda n: f"{HEAD}<p>{'编辑：高禾 ' * n * 4}</p><p>{SENTENCE}</p>",
    "one line": lambda n: f"{HEAD}<p>{SENTENCE * n * 4}</p>",
    "one line of inline elements": lambda n: f"{HEAD}<p>{f'<b>{SENTENCE}</b>' * n}</p>",
    "preformatted lines": lambda n: f"{HEAD}<pre>{(SENTENCE + chr(10)) * n}</pre>",
    "tails of spans in pre": lambda n: f"{HEAD}<pre>{f'<b>x</b>{SENTENCE}{chr(10)}y' * n}</pre>",
    "nested": lambda n: HEAD + f"<div><p>{SENTENCE}</p>" * n,
    "title parts": lambda n: f"<title>{'海陆街夜校_' * n * 4}</title><h1>海陆街夜校</h1><p>{SENTENCE}</p>",
}
"""What is large about a page → a page of that kind, larger with n."""


@pytest.mark.parametrize("kind", KINDS)
def test_time_grows_with_size(kind: str) -> None:
    """Eight times as much of anything takes some eight times as long, not sixty-four: no page stops the crawl."""
    pages = {size: page_from_text(KINDS[kind](size), URL) for size in (1000, 8000)}
    assert_grows_evenly(lambda size: processor_seconds(lambda: examine(pages[size])), 1000)


LARGE = {
    "10 MB of paragraphs": f"'<h1>夜校开班了</h1>' + '<p>{SENTENCE}</p>' * 120_000",
    "10 MB of tags": "'<a href=/x.html><b>' * 520_000",
    "100,000 nested elements": f"'<h1>夜校开班了</h1>' + '<div>{SENTENCE}' * 100_000",
    "1 MB on one line": f"'<h1>夜校开班了</h1><p>' + '{SENTENCE}' * 13_000",
}
"""What is huge → an expression that makes it."""
MAX_MEGABYTES = 300
CODE = """
import pathlib
import resource
from crawler.parse.decode import page_from_text
from crawler.parse.reader import examine
result = examine(page_from_text({}, "https://news.example/1.html")).result
status = pathlib.Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
own = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss if own is None else own
print(getattr(result, "reason", "read"), kilobytes // 1024)
"""
"""Linux hands `ru_maxrss` of the process that started this one on to it; `VmHWM` is its own."""


@pytest.mark.parametrize("kind", LARGE)
def test_memory_is_bounded(kind: str) -> None:
    """A huge page is read or rejected in less memory than small machines have."""
    command = [sys.executable, "-c", CODE.format(LARGE[kind])]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    outcome, megabytes = done.stdout.split()
    assert outcome != Reason.UNREADABLE
    assert int(megabytes) < MAX_MEGABYTES


def test_nested_text_is_kept() -> None:
    """Text in elements nested deeper than the parser allows is not lost."""
    result = examine(page_from_text(f"{HEAD}{'<div>' * 5000}<p>{SENTENCE}</p>", URL)).result
    assert isinstance(result, Article)
    assert result.body == SENTENCE
