"""Pages of the 大众日报 platform: articleContent pages, NEWS pages, and the article interface of its app (JSON)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from crawler.parse.document import Document
from crawler.parse.families.dzrb_form import find_form, with_line_breaks
from crawler.parse.families.dzrb_json import BODY_ID, from_answer, from_state
from crawler.parse.families.generic import Generic, Told
from crawler.parse.fields.body import BodyReading
from crawler.parse.jsonread import looks_like_json
from crawler.parse.scene import Scene
from crawler.parse.vote import Witness
from storage.records import How, Page, Rejection

_PLATFORM = re.compile(r"[\s_|｜-]*(?:大众新闻|大众日报(?:客户端)?|大众报业(?:集团)?|大众新媒体大平台|海报新闻)\s*$")
"""What the platform adds behind a headline in the `title` element: `…_大众新闻_大众新媒体大平台`."""


class Dzrb(Generic):
    """`发布来源:` beside the time, `责任编辑:` under the text; or an interface's answer made into a page."""

    name = "dzrb"
    body = (f"#{BODY_ID}",)

    def unfold(self, page: Page) -> tuple[Page, Told] | Rejection:
        """An interface's answer, or a script's data, as a page; one without any line break with those of its text."""
        if looks_like_json(page.text):
            return from_answer(page)
        if (drawn := from_state(page)) is not None:
            return drawn
        return replace(page, text=with_line_breaks(page.text)), {}

    def title(self, document: Document) -> Iterable[Witness[str]]:
        """The line above the time; the `title` element without the platform's names."""
        if (form := find_form(document)) is not None and form.title:
            yield Witness(value=form.title, rule="position", place="above 发布来源", trust=0.9)
        told = document.title_tag
        if (own := without_platform(told)) != told and own:
            yield Witness(value=own, rule="title tag", place="title", trust=0.9)

    def believes(self, field: str, witness: Witness[Any]) -> bool:
        """A `title` that only names the platform says nothing of the page."""
        return field != "title" or not isinstance(witness.value, str) or bool(without_platform(witness.value))

    def span(self, document: Document) -> tuple[int, int] | None:
        """From the line of the source to 责任编辑."""
        form = find_form(document)
        return form.body if form else None

    def witnesses(self, field: str, scene: Scene) -> Iterable[Witness[Any]]:
        """What the line that says 发布来源 tells."""
        if (form := find_form(scene.document)) is None:
            return
        told = {"published": form.moment, "source": form.source, "authors": form.authors}.get(field)
        if told:
            place = f"发布来源 in {scene.document.path_of(scene.blocks[form.info].element)}"
            yield Witness(value=told, rule="label", place=place, trust=0.97)

    def tidy(self, body: BodyReading, scene: Scene) -> BodyReading:
        """What stood under a key of the interface was read there."""
        inside = any(element.get("id") == BODY_ID for element in (body.element, *body.element.iterancestors()))
        return replace(body, how=How(rule="api", place="content", confidence=0.97)) if inside else body


def without_platform(text: str) -> str:
    """A title without the platform's names behind it; nothing where it is made of them.

    >>> without_platform("青石镇修好了水渠_大众新闻_大众新媒体大平台"), without_platform("大众日报客户端")
    ('青石镇修好了水渠', '')
    """
    while (shorter := _PLATFORM.sub("", text)) != text:
        text = shorter
    return text
