"""Both languages are whole."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import web

WEB = Path(web.__file__).parent
FIELD = re.compile(r"%\((\w+)\)s")


def said() -> set[str]:
    """Every sentence of the templates."""
    found = extract_from_dir(
        WEB / "templates",
        [("**.html", "jinja2")],
        {"**.html": {"trimmed": "true"}},
        keywords={"_": None, "gettext": None},
    )
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


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
