"""Where an article stood in the printed paper: by its address, by what the index said, by what its page prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from urllib.parse import unquote, urlsplit

from crawler.parse.dates import day_in_url
from crawler.parse.document import Document
from crawler.parse.newsprint import words
from crawler.parse.pagelabels import Label, covering, read_label
from crawler.sites.profile import Generation, Paper, SiteProfile
from storage.records import Edition, How

_ARTICLE = re.compile(r"(?i)^Artic(?:el|le)(?P<label>[A-Z]{0,2}\d{1,4})\d{3}[A-Z]{0,2}\.html?$")
"""Used where the profile has no generation for an address."""
_BEHIND_NAME = re.compile(r"\s+(?=(?:19|20)\d\d\s*[年-])|\s*[\[(（]?\s*[上下前后]一版|\s+星期")
"""What may follow a page's name on its line."""
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
    """The page that the article's own page prints: the one that holds a known number, else the only one it names."""
    labels = sorted(dict.fromkeys(_labels(document)), key=lambda label: label.name is None)
    if known:
        return covering(known.partition("-")[0], labels)
    return labels[0] if len({label.text for label in labels}) == 1 else None


def _labels(document: Document) -> Iterator[Label]:
    for text in _lines(document):
        if len(text) <= words.LONGEST_PAGE_LINE and (label := read_label(text)):
            name = _BEHIND_NAME.split(label.name or "", maxsplit=1)[0].strip()
            yield Label(text=label.text, name=name or None)


def _lines(document: Document) -> Iterable[str]:
    """Lines and their parts: `2024年07月26日 第01版:要闻` names a page in its second half."""
    for line in (*(block.text for block in document.blocks), *re.split(r"[-_|]", document.title_tag)):
        yield line
        parts = line.split(" ")
        if 1 < len(parts) <= 5 and len(line) <= words.LONGEST_PAGE_LINE:
            yield from parts[1:]
