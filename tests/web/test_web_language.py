"""Both languages are whole."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web
from storage.errors import BadQuery, Wrong
from web.language import CHINESE, ENGLISH
from web.wrong import SENTENCES, told

WEB = Path(web.__file__).parent
FIELD = re.compile(r"%\((\w+)\)s")


def said() -> set[str]:
    """Every sentence of the templates, and of wrong questions."""
    found = extract_from_dir(
        WEB / "templates",
        [("**.html", "jinja2")],
        {"**.html": {"trimmed": "true"}},
        keywords={"_": None, "gettext": None},
    )
    return {message for _, _, message, _, _ in found if isinstance(message, str)} | set(SENTENCES.values())


def english() -> dict[str, str]:
    """Sentence → its English."""
    with (WEB / "locale" / "en.po").open("rb") as source:
        return {str(message.id): str(message.string) for message in read_po(source) if message.id}


def test_every_sentence_has_its_english() -> None:
    """A page in English with a Chinese sentence in it is half a page; an English one that nobody says is dead."""
    assert said() == set(english())
    assert all(english().values())


def test_values_stand_in_both() -> None:
    """A name or a number that one language leaves out is lost to its readers."""
    for chinese, translated in english().items():
        assert set(FIELD.findall(chinese)) == set(FIELD.findall(translated)), chinese


@pytest.mark.parametrize("wrong", Wrong, ids=lambda wrong: wrong.name)
def test_what_is_wrong_is_said_in_both(wrong: Wrong) -> None:
    """A reader of either language is told what is wrong with a question, with every value that the error carries."""
    places = {name: f"{name}-値" for _, name, _, _ in Formatter().parse(wrong) if name}
    numbers = {name: 1234 for name in ("number", "most", "at") if name in places}
    error = BadQuery(wrong, **(places | numbers))
    chinese, translated = told(error, CHINESE), told(error, ENGLISH)
    assert chinese
    assert translated
    assert chinese != translated
    for name in places.keys() - {"name"}:  # which option it was: a page has none
        value = "1,234" if name in numbers else places[name]
        assert value in chinese, name
        assert value in translated, name
