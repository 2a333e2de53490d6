"""Templates: filling them in, in the reader's language, with times in the site's zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.support import NullTranslations
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from storage.query.filters import FOUND_BY_PARTS, WHOLE
from storage.records import SITE_ZONE, Moment, Precision
from storage.search import question
from web.language import CHINESE, COOKIE, ENGLISH, YEAR_SECONDS, language_of, translations

TEMPLATES = Path(__file__).parent / "templates"
WEEKDAYS = "一二三四五六日"
WORDS_KEPT = 2_000
"""Of the templates; they have some hundred."""


@cache
def environment(language: str) -> Environment:
    """Templates of one language; what they print is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]  # of i18n
    gettext = _gettext(translations(language))
    made.globals.update({"_": gettext, "gettext": gettext})
    other = CHINESE if language == ENGLISH else ENGLISH
    made.globals.update(language=language, other=other, longest_line=question.MOST_CHARACTERS)
    made.filters.update(
        moment=moment, day=lambda given: day(given, language), published=published, number="{:,}".format, whole=whole
    )
    return made


def _gettext(catalogue: NullTranslations) -> Callable[..., Markup]:
    """What templates call for every word of ours. Jinja's own makes three calls through its context for each of them,
    and a page of runs has two thousand."""

    @lru_cache(maxsize=WORDS_KEPT)
    def pattern(text: str) -> Markup:
        return Markup(catalogue.gettext(text))  # noqa: S704 (of a template or of the catalogue, which are ours)

    @lru_cache(maxsize=WORDS_KEPT)
    def plain(text: str) -> Markup:
        return pattern(text) % {}

    def gettext(text: str, /, **variables: object) -> Markup:
        return pattern(text) % variables if variables else plain(text)

    return gettext


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page in the reader's language; the choice of one is remembered for a year."""
    language = language_of(request)
    values = {"path": request.url.path, "switch": _switched(request, language)} | values
    text = environment(language).get_template(template).render(values)
    response = HTMLResponse(text, status_code=status)
    if request.query_params.get("lang") in (CHINESE, ENGLISH):
        response.set_cookie(COOKIE, language, max_age=YEAR_SECONDS, httponly=True, samesite="lax")
    return response


def moment(at: datetime) -> str:
    """A moment in the site's zone, to the minute.

    >>> from datetime import UTC
    >>> moment(datetime(2024, 7, 26, 1, 2, 3, tzinfo=UTC))
    '2024-07-26 09:02'
    """
    return f"{at.astimezone(SITE_ZONE):%Y-%m-%d %H:%M}"


def published(given: Moment | None) -> str:
    """A time of publication, as exactly as it is known; empty where it is not."""
    if given is None:
        return ""
    return given.day.isoformat() if given.precision is Precision.DAY else moment(given.at)


def day(given: date, language: str) -> str:
    """A day as its readers write it.

    >>> day(date(2024, 7, 26), "zh-CN"), day(date(2024, 7, 26), "en")
    ('2024年7月26日 星期五', 'Friday, 26 July 2024')
    """
    if language == ENGLISH:
        return f"{given:%A}, {given.day} {given:%B} {given.year}"
    return f"{given.year}年{given.month}月{given.day}日 星期{WEEKDAYS[given.weekday()]}"


def whole(name: str, kind: str) -> str:
    """What a filter of a kind must be given to find a whole name and not each that has it as a part.

    >>> whole("要闻", "column"), whole("周二", "author")
    ('=要闻', '周二')
    """
    return WHOLE + name if kind in FOUND_BY_PARTS else name


def _switched(request: Request, language: str) -> str:
    """This page in the other language."""
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    return f"{request.url.path}?{urlencode([*query, ('lang', CHINESE if language == ENGLISH else ENGLISH)])}"
