"""In a real Chromium: nothing hostile runs, nothing is loaded from elsewhere, everybody can use the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright
from web_site import DAY, EDITED, HOSTILE, SPREAD, Served

CHROMIUM = os.environ.get("XHA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine: install Debian's package `chromium`")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, served: Served) -> Iterator[Page]:
    """A fresh window at the home page's host; its errors fail the test."""
    context = browser.new_context(viewport=DESK, locale="zh-CN", base_url=served.url)
    made = context.new_page()
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    context.close()
    assert not errors


def test_what_a_page_tries_does_not_run(page: Page, served: Served) -> None:
    """A stored script, handler or javascript: address must run neither in the article nor in the raw capture."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    ((capture,),) = served.home.rows("SELECT capture_id FROM version WHERE article_id = ?", served.id_of(HOSTILE))
    for path in (f"/article/{served.id_of(HOSTILE)}", f"/capture/{capture}"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        for frame in page.frames:
            assert frame.evaluate("window.ran") is None, (path, frame.url)
        assert page.locator("a[href^='javascript']").count() == 0
    frame = next(frame for frame in page.frames if frame.url.endswith("/page"))
    assert "渠清淤完工" in frame.locator("body").inner_text()
    assert not [url for url in asked if not url.startswith(served.url) or url.endswith("/ran")]


def test_every_answer_forbids_script_that_is_not_ours(page: Page, served: Served) -> None:
    """The policy that keeps a reader safe even if a cleaned page were not clean."""
    for path in ("/", f"/article/{served.id_of(HOSTILE)}", "/search?q=渠", "/nothing"):
        answer = page.goto(path)
        assert answer is not None
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    drawn = page.request.get("/capture/2/page").headers["content-security-policy"]
    assert drawn.startswith("sandbox; default-src 'none'")
    assert "allow" not in drawn


def test_search_from_home_to_the_raw_page(page: Page) -> None:
    """The way of every reader: a word, a result, the article, the page behind it; facets update in place."""
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("沿岸")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.locator(".facets a", has_text="要闻").first.click()
    page.wait_for_url("**column=*")
    page.locator(".chosen a").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/*")
    page.locator(".origin a[href^='/capture/']").first.click()  # an article of several pages has a link to each
    page.wait_for_url("**/capture/*")
    assert page.frame_locator("iframe.page").locator("h1").first.inner_text()


def test_back_leads_to_the_answers_before(page: Page) -> None:
    """A facet that was chosen can be undone with the browser's own button."""
    page.goto("/search?q=渠")
    before = page.locator(".total").inner_text()
    page.locator(".facets a", has_text="云栖日报").first.click()
    page.locator(".chosen a").wait_for()
    page.go_back()
    page.locator(".chosen a").wait_for(state="detached")
    assert page.locator(".total").inner_text() == before


def test_words_and_filters_are_one_form(page: Page) -> None:
    """Else a new word is not asked for where the filters' button is pressed, and the filters are gone after Enter."""
    page.goto("/search?q=渠&sort=relevance")
    page.locator(".facets a", has_text="要闻").first.click()  # answers in place: a new form stands there
    page.locator(".chosen a").wait_for()
    asked = "?q=%E6%B2%BF%E5%B2%B8&{}column=%3D%E8%A6%81%E9%97%BB{}"
    page.locator("#q").fill("沿岸")
    page.locator(".filters button").click()
    page.wait_for_url("**/search" + asked.format("", "&sort=relevance"))
    page.locator("input[name=since]").fill("2024-01-01")
    page.locator("#q").press("Enter")
    page.wait_for_url("**/search" + asked.format("since=2024-01-01&", "&sort=relevance"))
    assert page.locator("#q").input_value() == "沿岸"


@pytest.mark.parametrize(("scheme", "viewport"), [("light", DESK), ("dark", PHONE)], ids=["light-desk", "dark-phone"])
def test_nobody_is_kept_out(browser: Browser, served: Served, scheme: str, viewport: dict[str, int]) -> None:
    """With a screen reader, a keyboard or weak eyes the pages work too: axe-core finds nothing wrong."""
    article = served.id_of(EDITED)
    paths = ("/", "/search?q=渠&column=要闻", f"/article/{article}", f"/article/{article}/diff?before=1&after=2",
             f"/paper/qdx/{DAY}", "/figures", "/runs", "/runs/1", "/capture/2", "/api/docs", "/nothing")  # fmt: skip
    context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=served.url, bypass_csp=True)
    page = context.new_page()
    found = {}
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        result = Axe().run(page, options={"iframes": False})
        if result.violations_count:
            found[path] = [(one["id"], one["nodes"][0]["html"][:120]) for one in result.response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the screen"
    context.close()
    assert not found


def test_a_phone_shows_what_is_near(browser: Browser, served: Served) -> None:
    """Else facets stand below all answers where nobody scrolls to, and the calendar shows the emptiest weeks."""
    with browser.new_context(viewport=PHONE, base_url=served.url, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/search?q=渠")
        facet, hit = page.locator(".facets a").first, page.locator(".hit").first
        assert not facet.is_visible()
        page.locator(".narrow summary").click()
        facet.wait_for()
        assert facet.bounding_box()["y"] < hit.bounding_box()["y"]  # type: ignore[index]  # both are visible
        facet.click()
        page.locator(".chosen a").first.wait_for()
        assert not facet.is_visible()
        page.goto("/figures")
        newest = page.locator("svg.heat rect").last.bounding_box()
        assert newest
        assert 0 < newest["x"] < PHONE["width"]
    with browser.new_context(viewport=DESK, base_url=served.url) as context:
        page = context.new_page()
        page.goto("/search?q=渠")
        assert page.locator(".facets a").first.is_visible()
        assert not page.locator(".narrow summary").is_visible()
        page.goto("/figures")
        calendar = page.locator("svg.heat").bounding_box()
        assert calendar
        assert calendar["x"] < 100


def test_arrows_lead_from_issue_to_issue(page: Page) -> None:
    """The keys that the foot of every page promises lead to the next issue, not to some day of another month."""
    page.goto("/paper/qdx/2024-07-27")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/paper/qdx/{DAY}")
    page.locator("#keys").click()
    page.goto("/paper/qdx/2024-07-27")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(300)
    assert page.url.endswith("2024-07-27")


def test_what_is_printed_can_be_checked(page: Page, served: Served) -> None:
    """Paper leads nowhere: it must say itself what is cited, which address was read, and each raw page's digest."""
    article = served.id_of(SPREAD[0])
    pages = page.request.get(f"/api/articles/{article}").json()["versions"][0]["pages"]
    page.emulate_media(media="print")
    page.goto(f"/article/{article}")
    printed = page.locator("body").inner_text()
    assert "[EB/OL]" in printed
    for one in pages:
        assert one["url"] in printed
        assert one["digest"] in printed
    drawn = "one => one.checkVisibility() ? getComputedStyle(one, '::after').content : 'none'"
    assert set(page.locator("a").evaluate_all(f"all => all.map({drawn})")) == {"none"}
    page.emulate_media(media="screen")
    assert "[EB/OL]" not in page.locator(".read").inner_text()


def test_a_wrong_filter_is_told(page: Page) -> None:
    """A button that does nothing leaves its reader alone."""
    page.goto("/search?q=渠")
    page.locator("input[name=since]").fill("2024-08-02")
    page.locator("input[name=until]").fill("2024-08-01")
    page.locator(".filters button").click()
    page.wait_for_url("**since=2024-08-02**")
    assert "起始日期 2024-08-02 在截止日期 2024-08-01 之后" in page.locator("main").inner_text()
