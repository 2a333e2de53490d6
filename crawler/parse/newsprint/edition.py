"""Where an article stood in the printed paper: by its address, by what the index said, by what its page prints."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from crawler.parse.dates import day_in_url
from crawler.parse.document import Document
from crawler.parse.newsprint import words
from crawler.parse.pagelabels import Label, covering, read_label
from crawler.parse.shapes import plain
from crawler.sites.profile import Generation, Paper, SiteProfile
from storage.records import Edition, How

_ARTICLE = re.compile(r"(?i)^Artic(?:el|le)(?P<label>[A-Z]{0,2}\d{1,4})\d{3}[A-Z]{0,2}\.html?$")
"""Used where the profile has no generation for an address."""
_BEHIND_NAME = re.compile(r"\s+(?=(?:19|20)\d\d\s*[年-])|\s*(?:[\[(（]\s*)?[上下前后]一版|\s+星期")
"""What may follow a page's name on its line."""
HALF = 0.5
MOST_PARTS = 5
"""Words of a line of which one may name a page."""
_NUMBER = re.compile(r"版[次号]\s*:\s*第?\s*([A-Za-z]{0,2}\d{1,3})")
_NAME = re.compile(r"版[名面]\s*:\s*([^\s:]{2,16})")
_FOLDER = re.compile(r"/(?:html|h5|shtml)/(\w+)/")


def issue_day(document: Document) -> tuple[date, str] | None:
    """The day of the issue and the rule that told it: address before context."""
    if (day := day_in_url(document.page.url)) is not None:
        return day, "url"
    day = document.page.context.issue_date
    return (day, "context") if day else None


def edition_of(document: Document, profile: SiteProfile | None) -> tuple[Edition, How] | None:
    """The edition, and how its page was found; None where no day is known."""
    known = issue_day(document)
    if known is None:
        return None
    day, rule = known
    url, context = document.page.url, document.page.context
    found = place_of(profile, url)
    paper = _paper(profile, context.channel, found, url)
    number = _number(url, found[1] if found else None)
    label, name, label_rule = context.label, context.page_name, "context"
    printed = _printed(document, label or number)
    if label is None and printed is not None:
        label, label_rule = printed.text, "position"
    elif label is None:
        label, label_rule = number, "url" if number else rule
    if name is None and printed is not None and printed.name:
        name = printed.name
    how = How(rule=label_rule, place="index of the issue" if label_rule == "context" else url, confidence=0.97)
    return Edition(paper=paper, day=day, label=label, page_name=name), how


def place_of(profile: SiteProfile | None, url: str) -> tuple[Paper, Generation] | None:
    """The paper and its generation to which an address belongs: those whose index addresses begin alike."""
    path = urlsplit(url).path
    for paper in profile.paper if profile else ():
        for generation in paper.generation:
            for template in (*generation.issue, *generation.latest):
                stem = urlsplit(template.split("{", 1)[0]).path.rsplit("/", 1)[0]
                if len(stem) > 1 and path.startswith(stem + "/"):
                    return paper, generation
    return None


def _paper(profile: SiteProfile | None, channel: str | None, found: tuple[Paper, Generation] | None, url: str) -> str:
    """The paper's code: of the channel that led here, of the profile, else the folder it lies in."""
    names = [paper.name for paper in profile.paper] if profile else []
    if channel in names or (channel and not names):
        return str(channel)
    if found is not None:
        return found[0].name
    folder = _FOLDER.search(urlsplit(url).path)
    return folder[1] if folder else (names[0] if names else "")


def _number(url: str, generation: Generation | None) -> str | None:
    """The number of the page that an article's file name begins with."""
    name = unquote(urlsplit(url).path.rpartition("/")[2])
    match = re.search(generation.article, name) if generation else None
    match = match if match and match.groupdict().get("label") else _ARTICLE.search(name)
    return match["label"] if match else None


def _printed(document: Document, known: str | None) -> Label | None:
    """The page that the article's own page prints: the one that holds a known number, else the only one it names
    outside of links.
    """
    labels = list(_labels(document))
    if known:
        named = sorted((label for label, _ in labels), key=lambda label: label.name is None)
        return covering(known.partition("-")[0], named)
    for candidates in ([label for label, linked in labels if not linked], [label for label, _ in labels]):
        named = sorted(candidates, key=lambda label: label.name is None)
        if len({label.text for label in named}) == 1:
            return named[0]
    return None


def _labels(document: Document) -> Iterator[tuple[Label, bool]]:
    """Every page that the page names, and whether the line that does leads there."""
    for text, linked in _lines(document):
        if len(text) <= words.LONGEST_PAGE_LINE and (label := read_label(text) or _spelt(text)):
            name = _BEHIND_NAME.split(label.name or "", maxsplit=1)[0].strip()
            yield Label(text=label.text, name=name or None), linked


def _spelt(text: str) -> Label | None:
    """`版次:02 版名:要闻`, each optional."""
    number, name = _NUMBER.search(plain(text)), _NAME.search(plain(text))
    return Label(text=number[1], name=name[1] if name else None) if number else None


def _lines(document: Document) -> Iterator[tuple[str, bool]]:
    """Lines and their parts: `2024年07月26日 第01版:要闻` names a page in its second half."""
    title = ((part, False) for part in re.split(r"[-_|]", document.title_tag))
    for line, linked in (*((block.text, block.link_share > HALF) for block in document.blocks), *title):
        yield line, linked
        parts = line.split(" ")
        if 1 < len(parts) <= MOST_PARTS and len(line) <= words.LONGEST_PAGE_LINE:
            yield from ((part, linked) for part in parts[1:])
