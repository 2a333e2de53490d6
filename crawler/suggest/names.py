"""Which ids and classes are names that will last: words that mean something, not what a build or a page made up."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.parse.lines import words

MAX_NAME_CHARS = 32
"""Longer ids and classes are made by programs."""
_MEANING = words(
    """artibody article articlebody author authors banci bianji biaoti body breadcrumb bt byline cont content
    contents contenttext crumb crumbs daohang date detail details duty edit editor endtext fabu from headline
    headtitle info infor jizhe kicker laiyuan list lists location ly maintitle media message meta neirong news
    newslist origin post property pubdate publish pubtime rq shijian source story sub subtitle summary text time tit
    title titles trs txt weizhi wenzhang wz xiangqing xl zebian zeren zhengwen zoom zuozhe zw"""
)
_UTILITY = re.compile(
    r"(?:on|off|active|act|cur|current|selected|hover|first|last|odd|even|new|clear|clearfix|cl|cf|fl|fr|l|r|left|right"
    r"|center|middle|top|bottom|row|col|cols|container|wrap|wrapper|inner|outer|box|block|inline|hide|show|hidden"
    r"|visible|bold|red|blue|gray|grey|black|white|text|font|bg|border|none|auto|full|half|float|pull|main|w|h|m|p|f"
    r"|mt|mb|ml|mr|pt|pb|pl|pr|mg|pd|fs|fz|lh|xs|sm|md|lg|xl|width|height|margin|padding|px)(?:[-_]?\d+\w{0,2})?"
)
"""How a thing looks or stands, or its state of the moment."""
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NUMBERED = re.compile(r"\d{3,}")
"""A number in a name is that of this one page."""
_BUILT = re.compile(
    r"^(?:css|sc|jsx|jss|emotion|svelte|styled|data-v|ng|ember|yui|ext-gen)[-_]?[A-Za-z]*\d"
    r"|__[A-Za-z0-9]{5,}$"
    r"|[A-Za-z]\d+[A-Za-z]+\d*[A-Za-z]*\d"
)
"""Prefixes of style tools, the hash behind a CSS module's name, letters and digits in turns."""
_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ]{7,}")
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=4096)
def is_lasting(name: str) -> bool:
    """Whether an id or class can be expected to be there tomorrow and on the next page.

    >>> [is_lasting(name) for name in ("news-title", "TRS_Editor", "content_div", "xl_tit2")]
    [True, True, True, True]
    >>> [is_lasting(name) for name in ("article_40199", "css-1x2y3z", "Title__hK3f9a", "a1b2c3d4", "1st", "标题")]
    [False, False, False, False, False, False]
    """
    if len(name) > MAX_NAME_CHARS or not _IDENTIFIER.fullmatch(name):
        return False
    return not (_NUMBERED.search(name) or _BUILT.search(name) or _CONSONANTS.search(name))


def cost_of(name: str) -> float:
    """How little a lasting name says of what it is the name of; the less it says, the worse a selector it makes.

    >>> cost_of("news-title") < cost_of("zone") < cost_of("fl")
    True
    """
    if _MEANING.intersection(token.lower() for token in _TOKEN.findall(name)):
        return 1.0
    return 3.0 if _UTILITY.fullmatch(name.lower()) else 1.6
