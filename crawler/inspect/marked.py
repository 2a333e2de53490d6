"""A page for the eye: what was read is framed where it stands, and a legend says what, by which rule, how surely."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from html import escape

from lxml.html import HtmlElement

from crawler.inspect.inspection import FieldView, Inspection, said
from crawler.inspect.marks import READ, Mark, put_labels, put_marks, set_aside
from crawler.inspect.safe import safe_html, show_pictures, strip_ours, take_out_unseen
from crawler.inspect.spots import Spots, Stretch, whole
from crawler.inspect.style import NAMES, STYLE
from crawler.parse.anchors import base_of
from crawler.parse.fields.images import address_of
from crawler.parse.lines import Piece
from storage.records import Article, Rejection

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""No script, no picture, no font, no frame, no connection."""
LEGEND_CHARS = 60
"""Of a value in the legend; the page beside it shows all of it."""
MORE = "…"


def marked_page(inspection: Inspection) -> str:
    """A whole HTML document: the page without scripts and pictures, its fields framed, and the legend.

    It can be opened in any browser: nothing of it runs, and nothing is fetched.
    """
    spots = Spots(inspection)
    found = {field.name: spots.of(field) for field in inspection.fields}
    root = deepcopy(inspection.document.root)
    twins = dict(zip(inspection.document.root.iter(), root.iter(), strict=True))
    shown = {twins[node] for node in _holding_lines(inspection)}
    strip_ours(root)
    images = {twins[image]: words for image, words in _pictures(inspection).items()}
    marks = [Mark(stretch=one, field=name) for name, stretches in found.items() for one in stretches]
    marks += [Mark(stretch=stretch, left_out=why) for line, why in spots.left_out() for stretch in whole([line])]
    put_marks(_in_copy(mark, twins) for mark in marks)
    take_out_unseen(root, shown)
    show_pictures(root, images)
    set_aside(root)
    put_labels(root, {name: NAMES[name] for name in found})
    marked = {name for name, stretches in found.items() if stretches} | ({"images"} if images else set())
    return _document(inspection, safe_html(root), marked)


def _in_copy(mark: Mark, twins: dict[HtmlElement, HtmlElement]) -> Mark:
    stretch, piece = mark.stretch, mark.stretch.piece
    moved = Stretch(piece=Piece(twins[piece.element], piece.tail), start=stretch.start, end=stretch.end)
    return Mark(stretch=moved, field=mark.field, left_out=mark.left_out)


def _holding_lines(inspection: Inspection) -> set[HtmlElement]:
    """Elements with visible text inside."""
    found: set[HtmlElement] = set()
    for line in inspection.document.blocks:
        for piece in line.pieces:
            node = piece.element.getparent() if piece.tail else piece.element
            while node is not None and node not in found:
                found.add(node)
                node = node.getparent()
    return found


def _pictures(inspection: Inspection) -> dict[HtmlElement, str]:
    """The article's pictures, each with its address and caption."""
    result = inspection.result
    waiting = {image.url: image for image in result.images} if isinstance(result, Article) else {}
    base = base_of(inspection.document.root, inspection.page.url)
    found = {}
    for element in inspection.document.root.iter("img") if waiting else ():
        url = address_of(element, base)
        if url in waiting:
            image = waiting.pop(url)
            found[element] = " ".join(filter(None, ("picture", image.caption, image.url)))
    return found


def _document(inspection: Inspection, body: str, marked: set[str]) -> str:
    title = escape(inspection.field("title").text or inspection.page.url)
    return f"""<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{STYLE}</style>
</head>
<body>
<div id="xha-page">
{body}
</div>
<aside id="xha-legend">
{"".join(_legend(inspection, marked))}
</aside>
</body>
</html>
"""


def _legend(inspection: Inspection, marked: set[str]) -> Iterator[str]:
    """The box beside the page."""
    result = inspection.result
    yield f"<p data-url>{escape(inspection.page.url)}</p>\n"
    if isinstance(result, Rejection):
        yield f"<p data-rejected><b>no article: {escape(result.reason)}</b><br>{escape(result.detail)}</p>\n"
        yield from _figures(inspection)
    else:
        yield f"<p data-family>read as {escape(result.family)}</p>\n"
    read = [field for field in inspection.fields if field.value is not None and field.how is not None]
    if read:
        rows = "".join(_row(field, field.name in marked) for field in read)
        yield f"<table>\n{rows}</table>\n"
    if unread := [NAMES[field.name] for field in inspection.fields if field.value is None]:
        yield f"<p data-unread>not read: {escape(', '.join(unread))}</p>\n"
    yield "<p data-unread><s>struck out</s>: inside the text, and no part of it</p>\n"


def _row(field: FieldView, marked: bool) -> str:
    how = field.how
    assert how is not None, "only fields that were read have a row"
    place = "" if marked else " · not shown on the page"
    where = escape(" ".join(filter(None, (how.rule, how.place))) + place)
    return (
        f'<tr><th><span {READ}="{field.name}">{NAMES[field.name]}</span></th>'
        f'<td data-sure="{_degree(how.confidence)}">{how.confidence:.0%}</td>'
        f"<td>{escape(_short(field))}<br><small>{where}</small></td></tr>\n"
    )


def _degree(confidence: float) -> str:
    """`high` promises to be right 97 times in 100."""
    return "high" if confidence >= 0.9 else "middle" if confidence >= 0.7 else "low"


def _short(field: FieldView) -> str:
    if field.name == "body":
        lines = said(field.value).splitlines()
        return f"{len(lines)} paragraphs, {sum(map(len, lines))} characters"
    if field.name == "images":
        return f"{len(field.value)}"
    text = field.text
    return text if len(text) <= LEGEND_CHARS else text[: LEGEND_CHARS - 1] + MORE


def _figures(inspection: Inspection) -> Iterator[str]:
    own = [figure for figure in inspection.figures if figure.reason is getattr(inspection.result, "reason", None)]
    if own:
        rows = "".join(
            f"<tr><td>{figure.value:g}</td><td>{escape(figure.sign)} {figure.limit:g}</td>"
            f"<td>{escape(figure.what)}</td></tr>\n"
            for figure in own
        )
        yield f"<table data-figures>\n{rows}</table>\n"
