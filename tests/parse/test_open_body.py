"""Where the body of a page begins: pages that leave out what HTML lets them leave out."""

from __future__ import annotations

import pytest

from crawler.parse.tree import parse_html


@pytest.mark.parametrize(
    ("html", "head", "body"),
    [
        ("<title>石桥</title><main><h1>渔船</h1></main>出海<footer>完</footer>", "石桥", "渔船出海完"),
        ("<html><head><title>石桥</title><main>渔船</main><div>出海</div>完", "石桥", "渔船出海完"),
        ("<head><meta charset=utf-8><title>石桥</title></head><section>渔船</section>", "石桥", "渔船"),
        ("<title>石桥</title><svg><title>帆</title></svg>", "石桥", "帆"),
    ],
)
def test_a_head_that_nobody_closes_ends_before_the_page(html: str, head: str, body: str) -> None:
    """Minified pages write neither head nor body: what a reader sees must not hide in the head."""
    root = parse_html(html)
    parts = {part.tag: "".join(part.itertext()) for part in root}
    assert parts == {"head": head, "body": body}
