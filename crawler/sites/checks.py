"""Checked values of a site profile: addresses, templates, selectors, patterns. Each refusal says what would fit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from string import Formatter
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import AfterValidator

from storage.secrets import without_user


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"must be a regular expression: {error}") from error
    return value


def _web_address(value: str) -> str:
    try:
        host = urlsplit(value).hostname
    except ValueError:
        host = None
    if not re.match(r"https?://[^/\s]+", value) or not host:
        raise ValueError("must be an http:// or https:// address")
    if without_user(value) != value:
        raise ValueError("must be an address without user name and password")
    return value


def _css(value: str) -> str:
    try:
        CSSSelector(value, translator="html")
    except SelectorError as error:
        raise ValueError(f"must be a CSS selector: {error}") from error
    return value


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError("must be a time zone such as Asia/Shanghai") from error
    return value


def _host(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)*", value):
        raise ValueError("must be a host name in lower case, without scheme, port and path")
    return value


def _holes(template: str) -> set[str]:
    """Names in braces; for templates only, which a profile may not otherwise use braces in."""
    try:
        return {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise ValueError(f"must be a template with names in braces: {error}") from error


def _issue_template(value: str) -> str:
    holes = _holes(_web_address(value))
    if unknown := holes - {"yyyymmdd", "yyyy", "mm", "dd"}:
        raise ValueError(f"must use no other names in braces than yyyymmdd, yyyy, mm, dd; has {min(unknown)!r}")
    if not holes & {"yyyymmdd", "dd"}:
        raise ValueError("must name the day: {yyyymmdd}, or {yyyy}, {mm} and {dd}")
    return value


def _id_template(value: str) -> str:
    if _holes(_web_address(value)) != {"id"}:
        raise ValueError("must hold {id} and no other name in braces")
    return value


def _next_template(value: str) -> str:
    if not value.startswith("?"):
        _web_address(value)
    if not _holes(value) <= {"page", "last"}:
        raise ValueError("must use no other names in braces than page and last")
    return value


def distinct(names: Iterable[str], what: str) -> None:
    """Raise ValueError at the first name that stands twice."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"must not have two {what} named {name!r}")
        seen.add(name)


Regex = Annotated[str, AfterValidator(_regex)]
Address = Annotated[str, AfterValidator(_web_address)]
Css = Annotated[str, AfterValidator(_css)]
Host = Annotated[str, AfterValidator(_host)]
IssueTemplate = Annotated[str, AfterValidator(_issue_template)]
IdTemplate = Annotated[str, AfterValidator(_id_template)]
NextTemplate = Annotated[str, AfterValidator(_next_template)]
Zone = Annotated[str, AfterValidator(_zone)]
