"""Articles of an e-paper: one print article a page, whatever its skin.

The page is sorted into headline group and text once (`crawler/parse/newsprint/`), and every field is read from that.
Times, outlets and trails that stand on such a page speak of the paper, not of the article, and are not heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.parse.document import Document
from crawler.parse.families.generic import Generic, Told
from crawler.parse.fields import published
from crawler.parse.fields.body import BodyReading
from crawler.parse.fields.editor import clean_editor
from crawler.parse.labels import Label
from crawler.parse.names import read_names
from crawler.parse.newsprint.edition import edition_of, issue_day, place_of
from crawler.parse.newsprint.headline import Headlines, claims_on, hidden_field
from crawler.parse.newsprint.printline import is_data
from crawler.parse.newsprint.reading import made_whole, read_lines
from crawler.parse.newsprint.sheet import Sheet, lay_out, usable
from crawler.parse.newsprint.signature import bare_name, byline_of, opening_byline, signatures
from crawler.parse.outlets import is_outlet
from crawler.parse.scene import Scene
from crawler.parse.selected import selected
from crawler.parse.shapes import fold, letters, plain
from crawler.parse.vote import Witness
from crawler.sites.profile import Selectors, SiteProfile
from storage.records import Article, How, Moment, Page, Precision, Reason, Rejection

PRINTED_TRUST = 0.98
"""Of a time on the issue's day that the page prints."""
ADVERT_CHARS = 30
"""Text that an advertisement's slot may hold and still hold nothing: a telephone number."""

LONGEST_PAGE_NAME = 6
"""Characters of a print page's name behind an outlet."""

_PARAGRAPH = re.compile(r"(?:\r?\n[ \t]*|(?<=[。！？”]))\u3000\u3000+(?=[^\s<])")
"""An indent behind a line feed, or behind the end of a sentence."""
_ADVERT = re.compile(r"^\W*(?:公益)?广\s*告\W*$")
_OWNER = re.compile(r"(?:本网站|本报|本网)所有内容(?:均)?属《([^》]{2,20})》")
_SOURCE_RULES = frozenset(("label", "selector", "meta", "class"))
"""Witnesses that name the outlet as the article's source; the paper's name beside its date does not."""


class Newsprint(Generic):
    """What the families of the e-paper share."""

    body = ()
    index_page = re.compile(r"(?!)")
    """File names of pages that are no articles."""

    def __init__(self, profile: SiteProfile | None = None) -> None:
        self.profile = profile
        known = {str(name): chosen for name, chosen in profile.selectors.items()} if profile else {}
        self.selectors = known.get(self.name, Selectors())
        self._document: Document | None = None

    def for_page(self, profile: SiteProfile | None) -> Generic:
        """A fresh one: it keeps the page's lines as it sorted them."""
        return type(self)(profile)

    def unfold(self, page: Page) -> tuple[Page, Told] | Rejection:
        """The page with a line break wherever its source begins a paragraph by an indent and nothing else."""
        return replace(page, text=_PARAGRAPH.sub("<br>\u3000\u3000", page.text)), {}

    def refuse(self, document: Document) -> Rejection | None:
        """A print page carries several articles; a slot that says 广告 and nothing else carries none."""
        url = document.page.url
        name = unquote(urlsplit(url).path.rpartition("/")[2])
        if self.index_page.search(name):
            return self._refused_index(url)
        self._document = document
        if not self._is_advert():
            return None
        return Rejection(url=url, reason=Reason.ADVERTISEMENT, detail="The slot is titled 广告 and holds no text.")

    def title(self, document: Document) -> Iterable[Witness[str]]:
        """The headline among the lines above the text, and what page and index call it."""
        self._document = document
        return self.headlines.witnesses(self.claims)

    def believes(self, field: str, witness: Witness[Any]) -> bool:
        """Headlines are matched with the page's lines first; the rest of what general readers find is the paper's."""
        if field in ("title", "kicker", "subtitle"):
            return False
        if field == "published":
            return witness.rule == "selector"
        if field == "column":
            return witness.rule == "context"
        return field != "source" or witness.rule in _SOURCE_RULES

    def find_body(
        self, document: Document, selectors: tuple[str, ...], title: str | None, drop_lines: Collection[str]
    ) -> BodyReading | None:
        """The text below the headline group."""
        self._document = document
        if self.sheet is None:
            return None
        head = [text for line in self.headlines.head for text in line.texts]
        return read_lines(document, self.sheet, title, head)

    def judge(self, document: Document, body: BodyReading | None, title: str | None) -> tuple[Reason, str] | None:
        """A print article is short, and stands between lists of others: that alone makes it no list and no album."""
        verdict = super().judge(document, body, title)
        shown = title is not None and self.headlines.find(title) is not None
        if verdict and verdict[0] in (Reason.LIST_PAGE, Reason.ALBUM) and body is not None and shown:
            return None
        return verdict

    def witnesses(self, field: str, scene: Scene) -> Iterable[Witness[Any]]:
        """Days by the issue, names by where print puts them."""
        hear: Mapping[str, Callable[[Scene], Iterator[Witness[Any]]]] = {
            "published": self._published,
            "source": self._source,
            "authors": self._authors,
            "editor": self._editor,
        }
        return hear[field](scene) if field in hear else ()

    def tidy(self, body: BodyReading, scene: Scene) -> BodyReading:
        """The text in paragraphs: sentences that print columns broke are whole again, the signature is gone."""
        return made_whole(scene.document, self.sheet, body) if self.sheet else body

    def finish(self, article: Article, scene: Scene, profile: SiteProfile | None) -> Article | Rejection:
        """Edition, kicker and subtitle."""
        how = {name: found for name, found in article.how.items() if name not in ("kicker", "subtitle")}
        kicker, subtitle = self.headlines.around(article.title)
        texts = {"kicker": [line.text for line in kicker], "subtitle": [line.text for line in subtitle]}
        values = {name: fold(" ".join(found)) or None for name, found in texts.items()}
        how |= {name: self._how_beside(name, value, scene.document) for name, value in values.items() if value}
        found = edition_of(scene.document, profile)
        if found is not None:
            how["edition"] = found[1]
        return replace(
            article,
            kicker=values["kicker"],
            subtitle=values["subtitle"],
            edition=found[0] if found else None,
            next_url=None,  # 下一页 leads to the next article or print page
            how=how,
        )

    @property
    def document(self) -> Document:
        """The page being read."""
        assert self._document is not None, "a page is refused or not before anything of it is read"
        return self._document

    @cached_property
    def sheet(self) -> Sheet | None:
        """The page's lines, sorted."""
        return lay_out(self.document, self.selectors.body, self.selectors.images, self.papers)

    @cached_property
    def headlines(self) -> Headlines:
        """The headline group."""
        told = tuple(fold(claim.value) for claim in self.claims if claim.value)
        return Headlines(opening=self.sheet.opening if self.sheet else None, papers=self.papers, told=told)

    @cached_property
    def claims(self) -> list[Witness[str]]:
        """What profile, page and index call the article."""
        return claims_on(self.document, selected("title", self.document, self.selectors))

    @cached_property
    def papers(self) -> frozenset[str]:
        """Names that a masthead may show: the profile's papers, the one of the copyright line, the print page's."""
        known = [name for paper in (self.profile.paper if self.profile else ()) for name in (paper.title, paper.name)]
        owners = (_OWNER.search(line.text) for line in self.document.blocks[-40:])
        page_name = self.document.page.context.page_name
        return frozenset([*known, *(owner[1] for owner in owners if owner), *([page_name] if page_name else ())])

    def _refused_index(self, url: str) -> Rejection:
        place = place_of(self.profile, url)
        whole = place[1].whole_issue if place else "/h5/" in url
        if whole:
            detail = "The page carries the text of the whole issue; its articles have pages of their own."
            return Rejection(url=url, reason=Reason.WHOLE_ISSUE, detail=detail)
        return Rejection(url=url, reason=Reason.LIST_PAGE, detail="A print page or an index, which lists articles.")

    def _is_advert(self) -> bool:
        link_text = self.document.page.context.link_text
        texts = [line.text for line in self.headlines.head] or self._lone_lines()
        named = {letters(text) for text in texts} or {letters(link_text or "")}
        if not all(_ADVERT.match(text) for text in named):
            return False
        body = read_lines(self.document, self.sheet, None, ()) if self.sheet else None
        return body is None or len(letters(body.text)) <= ADVERT_CHARS

    def _lone_lines(self) -> list[str]:
        """What a page without any text says, furniture and links left out."""
        if self.sheet is not None:
            return []
        lines = usable(self.document.blocks)
        return [line.text for line in lines if not is_data(plain(line.text), self.papers)]

    def _published(self, scene: Scene) -> Iterator[Witness[Moment]]:
        """The issue's day, more exactly where the page prints a time beside the headline."""
        known = issue_day(scene.document)
        if known is None:
            yield from published.hear(scene)
            return
        day, rule = known
        yield Witness(value=Moment.of_day(day), rule=rule, place=scene.page.url, trust=0.97)
        if scene.page.context.issue_date == day and rule != "context":
            yield Witness(value=Moment.of_day(day), rule="context", place="day of the issue", trust=0.9)
        for witness in published.hear(scene):
            moment = witness.value
            exact = moment is not None and moment.precision is not Precision.DAY and moment.day == day
            if exact and witness.rule in ("label", "position", "meta", "time element"):
                yield replace(witness, trust=PRINTED_TRUST)  # first of those that agree: it tells more than the day

    def _source(self, scene: Scene) -> Iterator[Witness[str]]:
        """`稿件来源：海州日报 要闻` names a print page behind the outlet."""
        for block in scene.head:
            for one in scene.info(block).of(Label.SOURCE) if not scene.in_body(block) else ():
                outlet, _, page = one.value.partition(" ")
                if is_outlet(outlet) and 0 < len(page) <= LONGEST_PAGE_NAME and not is_outlet(page):
                    place = f"{one.word} in {scene.document.path_of(block.element)}"
                    yield Witness(value=outlet, rule="label", place=place, trust=0.97)

    def _authors(self, scene: Scene) -> Iterator[Witness[tuple[str, ...]]]:
        """A hidden field, a byline on the line of the first sentence, names in brackets behind the last one."""
        names, rest = read_names(hidden_field(scene.document, "text_author"))
        if names and not rest:
            yield Witness(value=tuple(names), rule="input", place="#Text_author", trust=0.8)
        if self.sheet and (line := self.sheet.opening.byline) is not None:
            bare = bare_name(line.plain)
            value = byline_of(line.plain) or ((bare,) if bare else ())
            yield Witness(value=value, rule="byline", place="below the headline", trust=0.8 if bare else 0.95)
        lines = [line.text for line in usable(self.sheet.text)] if self.sheet else []
        if lines and (byline := opening_byline(lines[0])) is not None:
            yield Witness(value=byline.names, rule="byline", place="before the first sentence", trust=0.93)
        names = [name for _, signed in signatures(lines) for name in signed.names]
        if names:
            place = "behind the last sentence"
            yield Witness(value=tuple(dict.fromkeys(names)), rule="signature", place=place, trust=0.92)

    def _editor(self, scene: Scene) -> Iterator[Witness[str]]:
        """`责任编辑` above the headline: who answers for the print page answers for its articles."""
        above = scene.blocks[: scene.headline[0]] if scene.headline else ()
        for block in above:
            for one in scene.info(block).of(Label.EDITOR) if "责" in block.text else ():
                if (value := clean_editor(one.value)) is not None and not one.glued:
                    place = f"{one.word} in {scene.document.path_of(block.element)}"
                    yield Witness(value=value, rule="label", place=place, trust=0.8)

    def _how_beside(self, name: str, value: str, document: Document) -> How:
        chosen = selected(name, document, self.selectors)
        if chosen and chosen[0].value is not None and letters(chosen[0].value) == letters(value):
            return How(rule="selector", place=chosen[0].place, confidence=0.97)
        return How(rule="position", place="above the headline" if name == "kicker" else "below it", confidence=0.85)
