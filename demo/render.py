"""An article → the answers at its addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import parse_qsl, urlsplit

from demo.answer import Answer, document
from demo.pages import h5, own, paperindex, platform, shtml
from demo.story import Entry

JSON = "application/json; charset=utf-8"
_DECLARES_GB2312 = "text/html; charset=gb2312"
_PARTS = 3


def _interface(entry: Entry) -> Answer:
    asked = dict(parse_qsl(urlsplit(entry.path).query))
    return document(platform.interface(entry.story, asked["articleId"], asked["colID"]), content_type=JSON)


def _gb2312(entry: Entry) -> Answer:
    # Pages that say gb2312 are written in its superset.
    return document(own.trs(entry.story, "民生", charset="gb2312"), charset="gbk", content_type="text/html")


LAYOUTS: dict[str, Callable[[Entry], Answer]] = {
    "articleContent": lambda entry: document(platform.article_content(entry.story)),
    "news": lambda entry: document(platform.news(entry.story)),
    "interface": _interface,
    "trs": lambda entry: document(own.trs(entry.story, _column(entry))),
    "zoom": lambda entry: document(own.zoom(entry.story, _column(entry))),
    "gb2312": _gb2312,
    "lying": lambda entry: document(own.trs(entry.story, "民生", charset="gb2312"), content_type=_DECLARES_GB2312),
    "pc-nested": lambda entry: document(paperindex.nested(entry)),
    "pc-plain": lambda entry: document(paperindex.plain(entry)),
    "h5": lambda entry: document(h5.article(entry)),
    "shtml": lambda entry: document(shtml.article(entry)),
}
"""Layout → page. `parts` is no page but several."""

_COLUMNS = {"zhenjie": "镇街", "content": "城事", "minsheng": "民生", "archive": "旧闻", "opinion": "言论"}


def _column(entry: Entry) -> str:
    return _COLUMNS[entry.path.split("/")[1]]


def renderings(entry: Entry) -> Iterator[tuple[str, Callable[[], Answer]]]:
    """Every address an article has, with what makes its answer."""
    if entry.layout == "parts":
        yield from _parts(entry)
    else:
        yield entry.path, partial(LAYOUTS[entry.layout], entry)


def _parts(entry: Entry) -> Iterator[tuple[str, Callable[[], Answer]]]:
    for number in range(1, _PARTS + 1):
        yield part_path(entry.path, number), partial(_part, entry, number)


def _part(entry: Entry, number: int) -> Answer:
    texts = entry.story.paragraphs
    share = texts[len(texts) * (number - 1) // _PARTS : len(texts) * number // _PARTS]
    numbers = [_link(entry.path, other, str(other)) for other in range(1, _PARTS + 1) if other != number]
    onward = [_link(entry.path, number + 1, "下一页")] if number < _PARTS else []
    pager = f'<div class="page">{" ".join([*numbers, *onward])}</div>'
    return document(own.trs(entry.story, _column(entry), part=share, pager=pager))


def _link(path: str, number: int, name: str) -> str:
    return f'<a href="{part_path(path, number).rpartition("/")[2]}">{name}</a>'


def part_path(path: str, number: int) -> str:
    """Address of a part: `…_5013.html`, `…_5013_2.html`."""
    stem, _, ending = path.rpartition(".")
    return path if number == 1 else f"{stem}_{number}.{ending}"
