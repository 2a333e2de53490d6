"""How much a browser would hand over: asked before, because what it hands over is held in memory whole (law 10)."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import IgnoreRequest

from crawler.parse.decode import TOO_LONG

_BYTES = "new TextEncoder().encode(document.documentElement?.outerHTML ?? '').length"


async def refuse_above(page: Any, most_bytes: int) -> None:
    """Leave a browser page alone whose markup has more than `most_bytes` in UTF-8.

    Raises:
        IgnoreRequest: it has.
    """
    if await _bytes_of(page) > most_bytes:
        raise IgnoreRequest(f"response not whole: {TOO_LONG}")


async def _bytes_of(page: Any) -> int:
    """Asked in a world of its own: in the page's, its scripts may say what they like of its size."""
    session = await page.context.new_cdp_session(page)
    frames = await session.send("Page.getFrameTree")
    world = await session.send("Page.createIsolatedWorld", {"frameId": frames["frameTree"]["frame"]["id"]})
    asked = {"expression": _BYTES, "contextId": world["executionContextId"], "returnByValue": True}
    found: int = (await session.send("Runtime.evaluate", asked))["result"]["value"]
    return found
