"""Both languages are whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import httpx
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from crawl_samples import Home
from fastapi.routing import APIRoute
from lxml import html
from paper_samples import paper_profile
from starlette.responses import HTMLResponse
from web_site import DAY, EDITED, HOSTILE, REMOVED, Served, serving

import web
from storage.errors import Wrong
from web.language import CHINESE, ENGLISH
from web.pages import article, capture, feed, figures, home, manual, newspaper, runs, search
from web.wrong import SENTENCES, Why, told

WEB = Path(web.__file__).parent
FIELD = re.compile(r"%\((\w+)\)s")
HAN = re.compile("[\u4e00-\u9fff]")
TRANSLATED = re.compile(
    r"{% trans.*?{% endtrans %}|\b_\(\".*?\"\)|\bpgettext\(\"\w+\", \".*?\"\)|(?<=else )\"中文\"", re.DOTALL
)
"""What a template hands to the catalogue, and the switch's own name of the other language."""

PAGES = {
    "/": 200,
    "/search": 200,
    "/search?q=渠 沿岸&column=要闻&state=live": 200,
    "/search?q=没有这个词": 200,
    f"/article/{{{EDITED}}}": 200,
    f"/article/{{{REMOVED}}}": 200,
    f"/article/{{{HOSTILE}}}": 200,
    f"/article/{{{EDITED}}}/diff?before=1&after=2": 200,
    f"/article/{{{EDITED}}}/diff?before=2&after=2": 200,
    "/capture/2": 200,
    "/paper": 200,
    f"/paper/qdx/{DAY}": 200,
    "/paper/qdx/2024-07-27": 200,
    "/paper/qdx/2019-01-01": 200,
    "/figures": 200,
    "/runs": 200,
    "/runs/1": 200,
    "/runs/3": 200,
    "/runs?before=3": 200,
    "/api/docs": 200,
    '/search?q="渠': 400,
    "/search?since=2024-13-01": 400,
    "/runs/x": 422,
    "/nothing": 404,
    "/article/zz": 404,
    "/paper/qdx/9999-12-01": 404,
}
"""Every kind of page in each of its states → status. A path of the site in braces stands for the article's id."""
EMPTY = {"/": 200, "/search": 200, "/paper": 200, "/figures": 200, "/runs": 200, "/runs/1": 404}
"""What can be looked at before anything was crawled."""


Sentence = tuple[str | None, str]
"""(context, words): the same words in another place may be other words in English."""


def said() -> set[Sentence]:
    """Every sentence of the templates, and of wrong questions."""
    found = extract_from_dir(
        WEB / "templates",
        [("**.html", "jinja2")],
        {"**.html": {"trimmed": "true"}},
        keywords={"_": None, "gettext": None, "pgettext": ((1, "c"), 2)},
    )
    ours = {(context, message) for _, _, message, _, context in found if isinstance(message, str)}
    return ours | {(None, sentence) for sentence in SENTENCES.values()}


def english() -> dict[Sentence, str]:
    """Sentence → its English."""
    with (WEB / "locale" / "en.po").open("rb") as source:
        return {(one.context, str(one.id)): str(one.string) for one in read_po(source) if one.id}


def test_every_sentence_has_its_english() -> None:
    """A page in English with a Chinese sentence in it is half a page; an English one that nobody says is dead."""
    assert said() == set(english())
    assert all(english().values())


def test_values_stand_in_both() -> None:
    """A name or a number that one language leaves out is lost to its readers."""
    for (_, chinese), translated in english().items():
        assert set(FIELD.findall(chinese)) == set(FIELD.findall(translated)), chinese


def test_the_same_words_elsewhere_are_other_words(client: httpx.Client) -> None:
    """Else a plot of authors is headed By, and a run's counts begin with a capital among small letters."""
    pages = {path: html.fromstring(client.get(path, params={"lang": "en"}).content) for path in ("/figures", "/runs/1")}
    signed = client.get("/api/articles", params={"author": "苗禾"}).json()["articles"][0]["id"]
    byline = html.fromstring(client.get(f"/article/{signed}", params={"lang": "en"}).content)
    client.cookies.clear()
    assert {"Author", "Editor", "Source"} <= {one.text_content() for one in pages["/figures"].cssselect("h2")}
    (nav,) = pages["/figures"].cssselect("header nav")
    assert nav.get("aria-label") == "Sections"
    assert pages["/runs/1"].cssselect(".count.good")[0].text_content() == "new 27"
    assert "By" in [one.text_content() for one in byline.cssselect(".byline dt")]
    assert "Author" in [one.text_content() for one in byline.cssselect("th")]


@pytest.mark.parametrize("wrong", SENTENCES, ids=lambda wrong: wrong.name)
def test_what_is_wrong_is_said_in_both(wrong: Why) -> None:
    """A reader of either language is told what is wrong with a question, with every value that the error carries."""
    places = {name: f"{name}-値" for _, name, _, _ in Formatter().parse(wrong) if name}
    numbers = {name: 1234 for name in ("number", "most", "at") if name in places}
    chinese, translated = (told(wrong, places | numbers, language) for language in (CHINESE, ENGLISH))
    assert chinese != translated
    for name in places.keys() - {"dash"} - ({"name"} if wrong is Wrong.NO_DAY else set()):  # a page has no options
        value = "1,234" if name in numbers else places[name]
        assert value in chinese, name
        assert value in translated, name


def test_templates_say_nothing_beside_the_catalogue() -> None:
    """A sentence that is written straight into a page stays Chinese for whoever reads English."""
    for template in (WEB / "templates").glob("*.html"):
        rest = TRANSLATED.sub("", template.read_text("utf-8"))
        assert not HAN.search(rest), (template.name, HAN.findall(rest))


def test_every_kind_of_page_is_walked() -> None:
    """A page that is added and not named here would be looked at by nobody in English."""
    parts = (article, capture, feed, figures, home, manual, newspaper, runs, search)
    routes = [route for part in parts for route in part.routes.routes if isinstance(route, APIRoute)]
    paths = {re.sub("[{}]", "", path).replace("//", "/").partition("?")[0] for path in PAGES}
    for route in routes:
        if route.response_class is HTMLResponse:
            kind = re.sub(r"{\w+}", ".+", route.path)
            assert any(re.fullmatch(kind, path) for path in paths), route.path


@pytest.mark.parametrize("path", PAGES)
def test_every_page_in_english(client: httpx.Client, served: Served, path: str) -> None:
    """The switch leads to the same page in the other language, with no sentence left in Chinese around the news."""
    address = re.sub("{(.*?)}", lambda found: served.id_of(found[1]), path)
    look_at_both(client, address, PAGES[path])


@pytest.fixture(scope="module")
def unused(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Asks a server whose archive holds nothing."""
    before = Home(tmp_path_factory.mktemp("unused"), paper_profile("http://127.0.0.1:9"))
    with serving(before) as url, httpx.Client(base_url=url, trust_env=False, timeout=30) as made:
        yield made


@pytest.mark.parametrize("path", EMPTY)
def test_every_page_of_an_empty_archive(unused: httpx.Client, path: str) -> None:
    """Who has just set it up is told what to do, in either language."""
    look_at_both(unused, path, EMPTY[path])


def look_at_both(client: httpx.Client, path: str, status: int) -> None:
    """Follow the switch of a page, and compare."""
    chinese = client.get(path, follow_redirects=True)
    assert chinese.status_code == status, chinese.text[:500]
    page = html.fromstring(chinese.content)
    assert page.get("lang") == CHINESE
    (switch,) = page.cssselect("header a[hreflang=en]")
    answer = client.get(switch.get("href"), follow_redirects=True)
    chosen = client.cookies.get("lang")
    client.cookies.clear()
    assert (answer.status_code, chosen) == (status, ENGLISH)
    english = html.fromstring(answer.content)
    assert english.get("lang") == ENGLISH
    for ours in english.cssselect("header nav a:not([lang]), header button, footer, thead th, dt, label, main button"):
        assert not HAN.search(ours.text_content()), ours.text_content()
    assert not [text for text in texts(english) if CATALOGUE.fullmatch(text)]
    assert [text for text in texts(page) if CATALOGUE.fullmatch(text)]


CATALOGUE = re.compile(
    "|".join(".+".join(map(re.escape, re.split(r"%\(\w+\)s", one))) for _, one in english() if HAN.search(one))
)
"""Any of the pages' own sentences."""


def texts(page: html.HtmlElement) -> list[str]:
    """What a page says to eyes and ears, each stretch of it, without the news themselves."""
    own = "not(ancestor-or-self::*[@lang='zh-CN' and not(self::html)])"
    found = page.xpath(f"//body//text()[{own}] | //title/text() | //@aria-label[{own}] | //@title | //@placeholder")
    return [" ".join(str(one).split()) for one in found]
