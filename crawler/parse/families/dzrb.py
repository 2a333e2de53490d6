"""Pages of the 大众日报 platform: articleContent pages, NEWS pages, and the article interface of its app (JSON)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from crawler.parse.document import Document
from crawler.parse.families.dzrb_form import find_form, with_line_breaks
from crawler.parse.families.dzrb_json import BODY_ID, from_answer, from_state
from crawler.parse.families.generic import Generic, Told
from crawler.parse.fields.body import BodyReading, find_body
from crawler.parse.jsonread import looks_like_json
from crawler.parse.scene import Scene
from crawler.parse.vote import Witness
from storage.records import How, Page, Rejection

_PLATFORM = re.compile(
    r"(?:^|[\s_|｜-]+)(?:大众新闻|大众日报|大众报业|大众新媒体大平台|海报新闻)(?:集团|客户端|网)?\s*$"
)
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

    def find_body(
        self, document: Document, selectors: tuple[str, ...], title: str | None, drop_lines: Collection[str]
    ) -> BodyReading | None:
        """What stands between the line of the source and 责任编辑."""
        form = find_form(document)
        within = form.body if form else None
        body = find_body(document, selectors=selectors, title=title, drop_lines=drop_lines, within=within)
        return body and _told_by_key(body)

    def witnesses(self, field: str, scene: Scene) -> Iterable[Witness[Any]]:
        """What the line that says 发布来源 tells."""
        form = find_form(scene.document) if field in ("published", "source", "authors") else None
        if form is None:
            return
        if told := {"published": form.moment, "source": form.source, "authors": form.authors}[field]:
            place = f"发布来源 in {scene.document.path_of(scene.blocks[form.info].element)}"
            yield Witness(value=told, rule="label", place=place, trust=0.97)


def _told_by_key(body: BodyReading) -> BodyReading:
    """The body, read by the interface's key where it stood under one."""
    around = (body.element, *body.element.iterancestors())
    if all(element.get("id") != BODY_ID for element in around):
        return body
    return replace(body, how=How(rule="api", place="content", confidence=0.97))


def without_platform(text: str) -> str:
    """A title without the platform's names behind it; nothing where it is made of them.

    >>> [without_platform(text) for text in ("青石镇通水_大众新闻_大众新媒体大平台", "大众日报客户端", "我与大众日报")]
    ['青石镇通水', '', '我与大众日报']
    """
    while (shorter := _PLATFORM.sub("", text)) != text:
        text = shorter
    return text
