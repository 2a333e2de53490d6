"""Whether a line is nothing but credits: labels of those who worked on an article, each with names behind it."""

from __future__ import annotations

import re

from crawler.parse.furniture import CREDIT_WORDS, SPACED_CREDIT_WORDS
from crawler.parse.names import is_name

_HOUSE = r"(?:[\u4e00-\u9fff]{2,4}(?=(?:记者|编辑) ?[:|/]))?"
"""What may stand before a label of people: `每石记者:`."""
_LABEL = re.compile(
    rf"(?:^|(?<=[\s)\]】|/;,、(\[【<]))(?:{_HOUSE}{CREDIT_WORDS}(?: ?[:|/] ?|$)|{SPACED_CREDIT_WORDS} )"
)
_EDGE = " \t()[]【】<>《》「」〔〕|/*■□●◆▲△▌▍-—。.:"
_APART = re.compile(r"[\s、,/&;|()\[\]【】]+")
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{1,20}|[A-Za-z]{0,4}\d{2,10}|[\u4e00-\u9fff]{2,4}_?[A-Za-z]{1,4}\d{2,10}")
_DESK = re.compile(r"[\u4e00-\u9fff]{2,10}(?:部|组|中心|工作室|编辑部|办公室|频道|室)")


def is_credits(text: str) -> bool:
    """Whether a plain line is made of credits only.

    >>> [is_credits(line) for line in ("编辑 苗禾 校对 李禾", "(责编:苗禾、李禾)", "统筹:苗禾 设计:新媒体中心")]
    [True, True, True]
    >>> [is_credits(line) for line in ("设计:以人为本", "策划 创新", "图 书馆", "记者:你怎么看")]
    [False, False, False, False]
    """
    line = text.strip(_EDGE.replace(":", ""))
    marks = list(_LABEL.finditer(line))
    if not marks or marks[0].start() > 0:
        return False
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    values = [line[mark.end() : end].strip(_EDGE) for mark, end in zip(marks, ends, strict=True)]
    return all(map(_names_only, values))


def _names_only(value: str) -> bool:
    """Names, staff codes, login ids, desks; or nothing."""
    tokens = [token for token in _APART.split(value) if token]
    if len(tokens) == 2 and all(len(token) == 1 for token in tokens):
        tokens = ["".join(tokens)]  # 刘 腾
    return all(is_name(token) or _ID.fullmatch(token) or _DESK.fullmatch(token) for token in tokens)
