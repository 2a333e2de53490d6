"""A suggested profile as TOML, with how sure each selector is as a comment; checked by loading it."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crawler.parse.document import Document
from crawler.parse.fields.title import strip_site
from crawler.sites.profile import FamilyShape, SiteProfile
from crawler.suggest.choose import Suggestion
from crawler.suggest.lists import ChannelDraft
from crawler.suggest.samples import FIELDS, Sample


@dataclass(frozen=True, kw_only=True)
class Draft:
    """All that is known of a site from some of its pages."""

    name: str
    title: str
    hosts: tuple[str, ...]
    shapes: tuple[FamilyShape, ...]
    """Which pages which family reads, where that is known."""
    channels: tuple[ChannelDraft, ...]
    selectors: Mapping[str, Mapping[str, Sequence[Suggestion]]]
    """Family → field → selectors."""
    samples: Mapping[str, Sequence[Sample]]
    """Family → article pages."""
    left_out: tuple[str, ...] = ()
    """Pages that were of no use, each with the reason."""


def as_toml(draft: Draft) -> str:
    """The profile as `crawler.sites.profile` reads it.

    Raises:
        ValidationError: it would not be one. A bug of ours.
    """
    text = "\n".join(_lines(draft)) + "\n"
    SiteProfile.model_validate(tomllib.loads(text))
    return text


def site_title(documents: Sequence[Document], host: str) -> str:
    """What most pages call the site: og:site_name, else what stands behind their headlines; else the host."""
    named: Counter[str] = Counter()
    for document in documents:
        tail = document.title_tag.removeprefix(strip_site(document.title_tag, document))
        parts = [part for part in re.split(r"[\s_|｜丨\-–—·»>]+", tail) if part]
        named.update({document.meta.get("og:site_name") or (parts[-1] if parts else "")})
    del named[""]
    return named.most_common(1)[0][0] if named else host


def _lines(draft: Draft) -> Iterator[str]:
    articles = sum(map(len, draft.samples.values()))
    lists = sum(channel.pages for channel in draft.channels)
    yield f"# Made from {_some(articles, 'article page')} and {_some(lists, 'list page')}."
    yield "# Behind each selector: on how many pages it reads what the general rules read there, and how sure that is."
    yield "# See what was read with `xha inspect --html`, and whether it still holds with `xha sites check`."
    yield from (f"# Left out: {reason}" for reason in draft.left_out)
    yield ""
    yield f"name = {_string(draft.name)}"
    yield f"title = {_string(draft.title)}"
    yield f"hosts = [{', '.join(map(_string, draft.hosts))}]"
    for shape in draft.shapes:
        yield from ("", "[[shape]]", f"match = {_pattern(shape.match)}", f"family = {_string(shape.family)}")
    for channel in draft.channels:
        yield from _channel(channel)
    for family, found in draft.selectors.items():
        yield from ("", f"[selectors.{family}]")
        for name in (*FIELDS, "body"):
            yield from _field(name, found.get(name, ()), draft.samples[family])


def _channel(channel: ChannelDraft) -> Iterator[str]:
    yield from ("", "[[channel]]", f"name = {_string(channel.name)}", f"title = {_string(channel.title)}")
    yield f"start = [{_string(channel.start)}]"
    if channel.article:
        yield f"article = {_pattern(channel.article)}"
    if channel.links:
        yield from _array("links", channel.links)
    else:
        yield "# links: no selector finds just the articles; they are found by the shape of their addresses"


def _field(name: str, found: Sequence[Suggestion], samples: Sequence[Sample]) -> Iterator[str]:
    if found:
        yield from _array(name, found)
        return
    rules = Counter(
        how.rule for sample in samples if name in sample.values and (how := sample.inspection.field(name).how)
    )
    if rules:
        told = f"read on {_pages(sum(rules.values()), len(samples))} by {rules.most_common(1)[0][0]}"
        yield f"# {name}: {told}; no selector fits"


def _array(name: str, found: Sequence[Suggestion]) -> Iterator[str]:
    if len(found) == 1:
        yield f"{name} = [{_string(found[0].css)}] # {_worth(found[0])}"
        return
    yield f"{name} = ["
    for one in found:
        yield f"  {_string(one.css)}, # {_worth(one)}"
    yield "]"


def _worth(one: Suggestion) -> str:
    beyond = f" and {one.beyond} on which nothing else is found" if one.beyond else ""
    return f"{_pages(one.right, one.of)}{beyond}, {one.confidence:.0%} sure"


def _pages(number: int, of: int) -> str:
    return f"{number} of {_some(of, 'page')}"


def _some(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _string(text: str) -> str:
    """A basic TOML string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _pattern(regex: str) -> str:
    """A regular expression as a literal string, in which a backslash is itself."""
    return f"'{regex}'" if "'" not in regex and regex.isprintable() else _string(regex)
