"""The column (栏目) of the website an article stands in: the last step of the trail of links above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crawler.parse.scene import Scene
from crawler.parse.shapes import fold, letters
from crawler.parse.vote import Ballot, Witness, vote

_STEP = re.compile(r"\s*(?:>{1,2}|›|»|→|＞|>>|\s/\s|\s-\s)\s*")
_LEAD = re.compile(r"^.*?(?:当前位置|所在位置|现在位置|您的位置|目前位置|首頁|位置)\s*(?:是|为)?\s*[:：]?\s*")
_NOT_A_COLUMN = re.compile(
    r"^(?:首页|首頁|主页|网站首页|正文|详情|内容|文章|新闻详情|详细内容|列表|返回|正在阅读|.*(?:网|门户|官网))$"
)
MAX_COLUMN = 16
"""Characters of a column's name."""
MAX_TRAIL = 120
"""Characters of a trail of links; it may end with the headline."""


def hear(scene: Scene) -> list[Witness[str]]:
    """All witnesses of the column."""
    return [*_trail(scene), *_told(scene)]


def decide(witnesses: Iterable[Witness[str]]) -> Ballot[str]:
    """Vote over the column."""
    return vote("column", witnesses, same=lambda one, other: letters(one) == letters(other))


def column_in(text: str, title: str | None = None) -> str | None:
    """The last column of a trail of links.

    >>> column_in("您所在的位置： 首页 > 快讯 > 公司 > 正文")
    '公司'
    """
    steps = [step for step in _STEP.split(_LEAD.sub("", fold(text))) if step]
    own = letters(title or "")
    kept = [
        step
        for step in steps
        if not _NOT_A_COLUMN.match(step)
        and len(step) <= MAX_COLUMN
        and not (own and letters(step) in own and len(step) > 6)
    ]
    return kept[-1] if kept else None


def _trail(scene: Scene) -> Iterator[Witness[str]]:
    end = scene.headline[0] if scene.headline else len(scene.blocks)
    for block in scene.blocks[max(0, end - 60) : end + 2]:
        text = block.text
        if len(text) > MAX_TRAIL or not (_STEP.search(text) or _LEAD.match(text)):
            continue
        steps = _STEP.split(text)
        if len(steps) < 2 or not ("首页" in text or "位置" in text or "正文" in text or block.link_share > 0.5):
            continue
        if (column := column_in(text, scene.title)) is not None:
            yield Witness(value=column, rule="trail", place=scene.document.path_of(block.element), trust=0.86)


def _told(scene: Scene) -> Iterator[Witness[str]]:
    for key in ("article:section", "og:article:section", "catalogs_name", "columnname", "channel"):
        value = scene.document.meta.get(key)
        if value and len(value) <= MAX_COLUMN and not value.isdigit():
            yield Witness(value=value, rule="meta", place=key, trust=0.75)
    if scene.page.context.column:
        yield Witness(value=scene.page.context.column, rule="context", place="the channel that led here", trust=0.8)
