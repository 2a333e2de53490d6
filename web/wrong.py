"""Why there is no answer, said in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from storage.errors import Wrong
from web.language import translations


class Refused(StrEnum):
    """Why the server itself gives no answer, as a sentence with places for values."""

    STRANGE_HOST = "this server is not called {host!r}; if it should be, start it with: xha serve --name {host}"


SENTENCES: Mapping[Wrong | Refused, str] = {
    Refused.STRANGE_HOST: "本服务不叫“%(host)s”；如果确应以此名访问，请这样启动：xha serve --name %(host)s",
    Wrong.LINE_TOO_LONG: "检索词共 %(number)s 个字符，太长了；最多 %(most)s 个。",
    Wrong.TOO_MANY_WORDS: "检索词太多了，最多 %(most)s 个。",
    Wrong.QUOTE_OPEN: "第 %(at)s 个字符是引号，后面没有与它配对的引号：%(line)s",
    Wrong.MINUS_ALONE: '第 %(at)s 个字符是减号，没有说明要排除什么；请紧接在词前，或加引号 "-" 检索减号本身：%(line)s',
    Wrong.MINUS_AFTER_OR: "第 %(at)s 个字符是减号，不能用在 OR 之后，否则其余文章都会找到：%(line)s",
    Wrong.OR_FIRST: '第 %(at)s 个字符处的 OR 前面没有词；要检索 OR 本身请加引号 "OR"：%(line)s',
    Wrong.OR_LAST: "第 %(at)s 个字符处的 OR 后面没有词：%(line)s",
    Wrong.NO_DAY: "“%(text)s”不是日期，请写成 2024-07-26 的样子。",
    Wrong.DAYS_REVERSED: "起始日期 %(since)s 在截止日期 %(until)s 之后。",
    Wrong.NO_STATE: "没有“%(text)s”这种状态；可选：%(known)s。",
    Wrong.TWO_PLACES: "“%(text)s”说了两处版面，一篇文章只在一处。",
    Wrong.NO_CURSOR: "“%(text)s”不是这样排序的检索给出的位置，请从第一页重新开始。",
}
"""In Chinese, as gettext knows them."""


def told(sentence: Wrong | Refused, values: Mapping[str, object], language: str) -> str:
    """A sentence with its values in one of the languages of the pages."""
    said: str = translations(language).gettext(SENTENCES[sentence])
    return said % {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
