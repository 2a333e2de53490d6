"""Pages of the 大众日报 platform: articleContent pages, NEWS pages, and the article interface of its app (JSON)."""

from __future__ import annotations

from crawler.parse.families.generic import Generic


class Dzrb(Generic):
    """`发布来源：` beside the time, `责任编辑:` under the text; or an interface's answer made into a page."""

    name = "dzrb"
