"""What an address asks for: words and filters, read once for the page, the API and the feeds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from storage.query.filters import Filters
from storage.search.question import Question, read_question

MOST_CHARACTERS = 400
"""Of one filter; the words have a bound of their own."""

_Text = Annotated[str, Query(max_length=MOST_CHARACTERS)]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question as it was asked and as it is understood."""

    line: str
    """The words as they were written."""
    given: Mapping[str, str]
    """The filters as they were written; only those that filter."""
    question: Question
    filters: Filters

    def address(self, path: str, **changes: str | None) -> str:
        """An address at a path that asks the same but for some changes; None or empty: without."""
        query = self.query(**changes)
        return f"{path}?{query}" if query else path

    def query(self, **changes: str | None) -> str:
        """What stands behind the question mark of such an address; empty where nothing is asked."""
        parts = self._parts | {name: _part(name, value) for name, value in changes.items()}
        return "&".join(filter(None, parts.values()))

    @cached_property
    def _parts(self) -> dict[str, str]:
        """Parameter → how it is written: a page of answers holds a hundred addresses that differ in one of them."""
        return {name: _part(name, value) for name, value in {"q": self.line, **self.given}.items()}


def _part(name: str, value: str | None) -> str:
    return urlencode({name: value}) if value else ""


# Asynchronous, and so without a thread: one would be waited for, behind those that compute.
async def _asked(
    q: Annotated[str, Query(description='Words: 港口 "红色 预警" 台风 OR 风暴 -广告')] = "",
    since: Annotated[str, Query(description="First day of publication, 2024-07-26")] = "",
    until: Annotated[str, Query(description="Last day of publication")] = "",
    source: Annotated[_Text, Query(description="Part of the source; =青岛西海岸报: the whole of it")] = "",
    editor: Annotated[_Text, Query(description="Whole name of one of the editors")] = "",
    author: Annotated[_Text, Query(description="Whole name of one of the authors")] = "",
    column: Annotated[_Text, Query(description="Part of the 栏目; =要闻: the whole of it")] = "",
    channel: Annotated[_Text, Query(description="Name of a channel or paper in the site's profile")] = "",
    edition: Annotated[
        _Text, Query(description="Day, 版次 or 版名 in print, or several: 2024-07-26 01版; =04: not 04-05")
    ] = "",
    state: Annotated[_Text, Query(description="live, gone or edited")] = "",
) -> Asked:
    given = {
        "since": since,
        "until": until,
        "source": source,
        "editor": editor,
        "author": author,
        "column": column,
        "channel": channel,
        "edition": edition,
        "state": state,
    }
    filtering = {name: value.strip() for name, value in given.items() if value.strip()}
    return Asked(line=q.strip(), given=filtering, question=read_question(q), filters=Filters.read(**filtering))


Asking = Annotated[Asked, Depends(_asked)]
"""The words and filters of an address. Raises BadQuery where they make no sense, which says where."""
