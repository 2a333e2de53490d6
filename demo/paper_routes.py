"""The e-paper's addresses → what makes their answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from types import ModuleType
from urllib.parse import urlsplit

from demo.answer import Answer, document, redirect
from demo.newspaper import PAPER, REDIRECTED, Issue, PrintPage
from demo.pages import h5, paperindex, shtml
from demo.pages.markup import refresh
from demo.png import png
from demo.routes import Route, article_routes

_FORMS: dict[str, ModuleType] = {"pc": paperindex, "h5": h5}


def paper_routes(issues: Sequence[Issue]) -> Iterator[tuple[str, Route]]:
    """Every address of the e-paper."""
    for issue in issues:
        for page in issue.pages:
            for entry in page.entries:
                yield from article_routes(entry)
        yield from _old_issue(issue) if issue.generation == "shtml" else _issue(issue)
    for generation in _FORMS:
        own = [issue for issue in issues if issue.generation == generation]
        newest = own[-1]
        index = newest.folder.rpartition(f"{newest.day:%Y%m%d}/")[0] + "PaperIndex.htm"
        yield index, _refresh(f"{newest.day:%Y%m%d}/IssueIndex.htm")
        for day, other in REDIRECTED.items():
            target = next(issue for issue in own if issue.day == other)
            missing = target.folder.replace(f"{other:%Y%m%d}", f"{day:%Y%m%d}")
            yield f"{missing}IssueIndex.htm", _redirect(f"{target.folder}IssueIndex.htm")
    old = [issue for issue in issues if issue.generation == "shtml"]
    yield f"/shtml/index_{PAPER}.shtml", _redirect(f"{old[-1].folder}index.shtml")


def _refresh(target: str) -> Route:
    return lambda _base: document(refresh(target))


def _redirect(target: str) -> Route:
    return lambda _base: redirect(target, 302)


def _issue(issue: Issue) -> Iterator[tuple[str, Route]]:
    form = _FORMS[issue.generation]
    yield f"{issue.folder}IssueIndex.htm", _refresh(form.page_file(issue.pages[0]))
    for page in issue.pages:
        yield f"{issue.folder}{form.page_file(page)}", partial(_page, form, issue, page)
        yield picture_path(issue, page), partial(_facsimile, picture_path(issue, page))


def picture_path(issue: Issue, page: PrintPage) -> str:
    """Where the picture of a print page stands."""
    return f"{issue.folder.partition('content/')[0]}IMAGE/{issue.day:%Y%m%d}/{page.file}.png"


def _facsimile(path: str, _base: str) -> Answer:
    return Answer(body=png(path), headers={"Content-Type": "image/png"})


def _page(form: ModuleType, issue: Issue, page: PrintPage, _base: str) -> Answer:
    return document(form.print_page(issue, page))


def _old_issue(issue: Issue) -> Iterator[tuple[str, Route]]:
    for page in issue.pages:
        make = partial(_old_page, issue, page)
        yield f"{issue.folder}{shtml.page_file(page)}", make
        if page is issue.pages[0]:
            yield f"{issue.folder}index.shtml", make
            yield issue.folder, make


def _old_page(issue: Issue, page: PrintPage, base: str) -> Answer:
    return document(shtml.print_page(issue, page, _other_host(base)))


def _other_host(base: str) -> str:
    """The paper stands under two names: of this address the other."""
    parts = urlsplit(base)
    other = "localhost" if parts.hostname != "localhost" else "127.0.0.1"
    return f"http://{other}:{parts.port}" if parts.port else f"http://{other}"
