"""The whole reader on pages it has never met: every field, the text to the line, and nothing of what stands around."""

from __future__ import annotations

import forms_cms
import forms_ends
import forms_houses
import forms_lines
import forms_local
import forms_marks
import forms_others
import forms_papers
import forms_places
import forms_portals
import forms_regions
import pytest
from news_forms import Form

FILES = (
    forms_portals,
    forms_local,
    forms_papers,
    forms_others,
    forms_houses,
    forms_marks,
    forms_places,
    forms_ends,
    forms_lines,
    forms_cms,
    forms_regions,
)
FORMS = [form for file in FILES for form in file.FORMS]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_form(form: Form) -> None:
    """A page in this form gives all its fields, and its text without headline, labels, buttons and other stories."""
    article = form.read()
    assert {
        "title": article.title,
        "published": article.published.iso() if article.published else None,
        "source": article.source,
        "editor": article.editor,
        "authors": article.authors,
        "body": article.body.splitlines(),
    } == {
        "title": form.title,
        "published": form.published,
        "source": form.source,
        "editor": form.editor,
        "authors": form.authors,
        "body": list(form.body),
    }
