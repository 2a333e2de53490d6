"""What all pages have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from html import escape

from demo.story import Picture

INDENT = "\u3000\u3000"
"""How Chinese pages indent a paragraph."""


def whole(title: str, body: str, *, head: str = "", charset: str = "utf-8") -> str:
    """An HTML document."""
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="{charset}">\n<title>{escape(title)}</title>\n'
        '<link rel="stylesheet" href="/style.css">\n'
        f"{head}</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def paragraphs(texts: Iterable[str], indent: str = INDENT) -> str:
    """One `<p>` each."""
    return "\n".join(f"<p>{indent}{escape(text)}</p>" for text in texts)


def figures(pictures: Iterable[Picture]) -> str:
    """Pictures, each with its caption under it."""
    return "\n".join(
        f'<p style="text-align:center"><img src="{picture.path}"></p>\n'
        f'<p style="text-align:center">{escape(picture.caption)}</p>'
        for picture in pictures
    )


def long_date(day: date) -> str:
    """`2024年07月26日`."""
    return f"{day.year}年{day.month:02}月{day.day:02}日"


def clock(moment: str) -> str:
    """`2024-07-26T10:49:09+08:00` as a page prints it."""
    return moment[:19].replace("T", " ")


def refresh(target: str) -> str:
    """A page that leads on by meta refresh, as the e-paper's software writes it."""
    return (
        f"<HTML><HEAD><META HTTP-EQUIV='REFRESH' CONTENT='0; URL={target}'>"
        "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=utf-8'></HEAD><BODY></BODY></HTML>"
    )
