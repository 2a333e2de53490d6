"""Why there is no answer, said in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from storage.errors import Missing, Wrong
from web.language import translations


class Refused(StrEnum):
    """Why the server itself gives no answer, as a sentence with places for values."""

    NO_PAGE = "there is nothing at this address"
    READ_ONLY = "nothing can be changed here; this address can only be read"
    NOT_GIVEN = "{name} must be given"
    NO_CHOICE = "{name}: {text!r} is not one of {known}"
    TOO_SMALL = "{name}: {text!r} is less than {least}"
    TOO_LARGE = "{name}: {text!r} is more than {most}"
    TOO_LONG = "{name} is too long; {most} characters are the most"
    BAD_VALUE = "{name}: {text!r} cannot be taken"
    TOO_SLOW = "this takes longer than {seconds} seconds; ask for less: another word, fewer days"
    CROWDED = "too many ask at once; try again in a moment"
    COUNTING = "all articles are being counted; try again in some seconds"
    NO_RECORD = "the raw record cannot be read"
    NO_DATABASE = "the database cannot be read"
    BROKEN = "{text}: please report it with this address"
    STRANGE_HOST = "this server is not called {host!r}; if it should be, start it with: xha serve --name {host}"


Why = Missing | Wrong | Refused

SENTENCES: Mapping[Why, str] = {
    Refused.NO_PAGE: "这个地址没有内容，请检查是否写对。",
    Refused.READ_ONLY: "档案只供阅读，这个地址不接受修改。",
    Refused.NOT_GIVEN: "缺少参数 %(name)s。",
    Refused.NO_CHOICE: "参数 %(name)s 不能是“%(text)s”；可选：%(known)s。",
    Refused.TOO_SMALL: "参数 %(name)s 不能是“%(text)s”，最小为 %(least)s。",
    Refused.TOO_LARGE: "参数 %(name)s 不能是“%(text)s”，最大为 %(most)s。",
    Refused.TOO_LONG: "参数 %(name)s 太长了，最多 %(most)s 个字符。",
    Refused.BAD_VALUE: "参数 %(name)s 不能是“%(text)s”。",
    Refused.TOO_SLOW: "这样问需要 %(seconds)s 秒以上，已经中止；请换一个词，或缩小日期范围。",
    Refused.CROWDED: "同时来访的人太多，请稍后再试。",
    Refused.COUNTING: "正在统计全部文章，文章多时需要一些时间；统计好之前，本页每隔几秒自动刷新。",
    Refused.NO_RECORD: "原始记录现在读不出来；管理者可在服务日志中看到原因。",
    Refused.NO_DATABASE: "数据库现在读不出来；管理者可在服务日志中看到原因。",
    Refused.BROKEN: "这是程序的错误（%(text)s），请连同这个地址一起报告。",
    Refused.STRANGE_HOST: "本服务不叫“%(host)s”；如果确应以此名访问，请这样启动：xha serve --name %(host)s",
    Missing.RUN: "没有第 %(id)s 次采集。",
    Missing.PLANNED: "没有编号为 %(id)s 的计划。",
    Missing.CAPTURE: "没有编号为 %(id)s 的原始页面。",
    Missing.LEGIBLE: "原始记录 %(id)s 既不是网页，也不是文字，只能下载。",
    Missing.ARTICLE: "没有编号为“%(text)s”的文章。",
    Missing.ID: "“%(text)s”既不是文章编号，也不是网址。",
    Missing.PREFIX_TOO_SHORT: "“%(text)s”太短，认不出是哪篇文章；请至少写编号的前 %(least)s 个字符。",
    Missing.PREFIX_OF_SEVERAL: "有几篇文章的编号以“%(text)s”开头：%(known)s",
    Missing.PREFIX: "没有编号以“%(text)s”开头的文章。",
    Missing.VERSION: "文章“%(text)s”没有第 %(number)s 版，共 %(most)s 版。",
    Missing.FIGURES: "没有名为“%(text)s”的数据；有：%(known)s。",
    Missing.ISSUE: "没有 %(day)s 这么早或这么晚的报纸。",
    Missing.PAPER: "档案里没有报纸“%(text)s”；有：%(known)s。",
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


def told(sentence: Why, values: Mapping[str, object], language: str) -> str:
    """A sentence with its values in one of the languages of the pages."""
    said: str = translations(language).gettext(SENTENCES[sentence])
    return said % {name: _shown(name, value) for name, value in values.items()}


def _shown(name: str, value: object) -> object:
    """A number with its thousands apart, unless it is one of a row."""
    return f"{value:,}" if isinstance(value, int) and name != "id" else value
