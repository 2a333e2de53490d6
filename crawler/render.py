"""Channels whose pages exist only after script: fetched through a real Chromium (the extra `render`)."""

from __future__ import annotations

import importlib.util
import logging
import os
import shutil
from typing import Any

from scrapy.settings import BaseSettings

from crawler.sites.profile import Channel

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
MOST_CLICKS = 50
"""Bound on 加载更多: a list that never ends stops here."""
SETTLE_MS = 700
"""How long a click may take to bring something; the only list scraper known for such pages waits 3 s once."""

_COUNT_LINKS = "() => document.querySelectorAll('a[href]').length"


def chromium_path() -> str | None:
    """The browser to use: `$XHA_CHROMIUM`, else the first of the usual names on the PATH; None where there is none."""
    return os.environ.get("XHA_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def can_render() -> str | None:
    """Why pages cannot be rendered here, in one sentence; None where they can."""
    if importlib.util.find_spec("scrapy_playwright") is None:
        return "needs the extra: pip install 'xihaian-archive[render]'"
    if chromium_path() is None:
        return "needs Chromium: apt-get install chromium, or set XHA_CHROMIUM to its path"
    return None


def render_settings(settings: BaseSettings, user_agent: str) -> None:
    """Let Scrapy fetch requests that ask for it through Chromium; all others go the usual way."""
    handler = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
    settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler}, priority="spider")
    launch: dict[str, Any] = {
        "executable_path": chromium_path(),
        "args": [
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ],
        "chromium_sandbox": os.geteuid() != 0,  # Chromium refuses its sandbox to root
    }
    if proxy := os.environ.get("http_proxy") or os.environ.get("https_proxy"):
        launch["proxy"] = {"server": proxy, "bypass": os.environ.get("no_proxy", "")}
    settings.set("PLAYWRIGHT_LAUNCH_OPTIONS", launch, priority="spider")
    settings.set("PLAYWRIGHT_CONTEXTS", {"default": {"user_agent": user_agent, "locale": "zh-CN"}}, priority="spider")
    settings.set("PLAYWRIGHT_MAX_PAGES_PER_CONTEXT", 1, priority="spider")
    # It would print a traceback for every page that does not answer; the outcome says it in a word.
    logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)


def render_meta(channel: Channel) -> dict[str, Any]:
    """Request meta that has a list page rendered and unfolded."""
    from scrapy_playwright.page import PageMethod

    return {"playwright": True, "playwright_page_methods": [PageMethod(_unfold, channel.more)]}


async def _unfold(page: Any, texts: tuple[str, ...]) -> None:
    """Wait until script has put links on the page, then click 加载更多 until nothing new comes."""
    await page.wait_for_load_state("networkidle")
    for _ in range(MOST_CLICKS):
        before = await page.evaluate(_COUNT_LINKS)
        button = None
        for text in texts:
            found = page.get_by_text(text, exact=False).last
            if await found.count() and await found.is_visible():
                button = found
                break
        if button is None:
            return
        await button.click()
        await page.wait_for_timeout(SETTLE_MS)
        await page.wait_for_load_state("networkidle")
        if await page.evaluate(_COUNT_LINKS) == before:
            return
