"""The language of a page: Chinese, which the templates are written in, or English by one switch."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

CHINESE, ENGLISH = "zh-CN", "en"
COOKIE = "lang"
YEAR_SECONDS = 365 * 24 * 3600

_CATALOGUE = Path(__file__).parent / "locale" / "en.po"


def language_of(request: Request) -> str:
    """What the address asks for (`?lang=en`), else what was chosen before; Chinese where nobody chose."""
    wanted = request.query_params.get("lang") or request.cookies.get(COOKIE)
    return ENGLISH if wanted == ENGLISH else CHINESE


@cache
def translations(language: str) -> NullTranslations:
    """The catalogue of a language; the templates' own words where there is none."""
    if language != ENGLISH:
        return NullTranslations()
    with _CATALOGUE.open("rb") as source:
        catalogue = read_po(source, locale=ENGLISH)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)
