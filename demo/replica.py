"""The replica: a small site of the same shape, a pure function of its state.

    replica = Replica.build()
    replica.answer("/col/17.htmlx").body

What a site does over the years it does when told: `grow`, `edit`, `delete`, `misbehave`.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from demo.answer import Answer, Fault, conditional, missing
from demo.expectations import expectations
from demo.newspaper import Issue, PrintPage
from demo.newspaper import issues as all_issues
from demo.paper_routes import paper_routes
from demo.routes import Route, queried_routes, sorted_query, website_routes
from demo.seed import read_seed
from demo.stories import at
from demo.story import Entry, Expected, Story
from demo.website import NEWEST, columns, grown

CHANGE = timedelta(minutes=1)
"""How much newer every change makes a page: the replica has no clock."""


@dataclass
class _Misbehaviour:
    pattern: re.Pattern[str]
    fault: Fault
    left: int | None
    """Answers still to be spoilt; None: all."""


class Replica:
    """The site. Safe to ask from many threads while it is changed from one."""

    def __init__(self, state: Mapping[str, Any], seed: Story | None) -> None:
        self._grown = int(state.get("grown", 0))
        self._edits: dict[str, int] = dict(state.get("edits", {}))
        self._deleted: set[str] = set(state.get("deleted", ()))
        self._changes = int(state.get("changes", 0))
        self._seed = seed
        self._misbehaviours: list[_Misbehaviour] = []
        self._lock = threading.Lock()
        self._arrange()

    @classmethod
    def build(cls, seed_dir: Path | None = None, *, state: Mapping[str, Any] | None = None) -> Self:
        """The site as it is, or as it was when `state` was taken.

        Args:
            seed_dir: Directory with the text of one real article; it is served as one more. None, or a directory that
                is not there: everything else is the same.
            state: What `state()` gave, perhaps in another process.
        """
        return cls(state or {}, read_seed(seed_dir))

    def state(self) -> dict[str, Any]:
        """What was changed since it was built, ready for JSON; misbehaviour does not last."""
        return {
            "grown": self._grown,
            "edits": dict(sorted(self._edits.items())),
            "deleted": sorted(self._deleted),
            "changes": self._changes,
        }

    # --- what it is told ----------------------------------------------------------------------------------------

    def grow(self, number: int) -> list[str]:
        """Publish new articles, by turns in three columns, on top of their lists. Returns their addresses."""
        before = self._grown
        self._grown += number
        self._change()
        return [grown(place).path for place in range(before, self._grown)]

    def edit(self, path: str) -> None:
        """Add a paragraph to an article. Raises KeyError: there is none at this address."""
        self.entry(path)
        self._edits[path] = self._edits.get(path, 0) + 1
        self._change()

    def delete(self, path: str) -> None:
        """Take an article off the site: its lists no longer name it. Raises KeyError: there is none."""
        self.entry(path)
        self._deleted.add(path)
        self._change()

    def misbehave(self, pattern: str, fault: Fault, times: int | None = None) -> None:
        """Spoil answers: `replica.misbehave("^/zhenjie/", refuse(429, retry_after=2), times=3)`.

        Args:
            pattern: Searched in path and query.
            fault: Made by `demo.answer`'s `refuse`, `stall`, `cut` or `slow`.
            times: So many answers; None: until `behave()`.
        """
        with self._lock:
            self._misbehaviours.append(_Misbehaviour(pattern=re.compile(pattern), fault=fault, left=times))

    def behave(self) -> None:
        """Misbehave no longer."""
        with self._lock:
            self._misbehaviours.clear()

    # --- what it says -------------------------------------------------------------------------------------------

    def answer(self, target: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer to a GET.

        Args:
            target: Path and query.
            headers: Of the request; names in any case. `Host` names the site in feeds and sitemaps.
        """
        asked = {name.lower(): value for name, value in (headers or {}).items()}
        target = target.partition("#")[0]
        with self._lock:
            answer = self._found(target, asked)
            for one in self._misbehaviours:
                if one.left != 0 and one.pattern.search(target):
                    one.left = None if one.left is None else one.left - 1
                    return one.fault.spoil(answer)
        return answer

    def _found(self, target: str, asked: Mapping[str, str]) -> Answer:
        base = f"http://{asked.get('host', '127.0.0.1')}"
        key = sorted_query(target)
        if route := self._routes.get(key):
            answer = route(base)
            if answer.status != 200 or key == "/robots.txt":
                return answer
            return conditional(answer, self._changed.get(key, self._list_changed), asked)
        parts = urlsplit(target)
        if made := self._queried.get(parts.path):
            return conditional(made(dict(parse_qsl(parts.query))), self._list_changed, asked)
        return missing()

    # --- what it holds ------------------------------------------------------------------------------------------

    def entries(self) -> list[Entry]:
        """Every article, the website's first, at each of its addresses."""
        website = [entry for column in self._columns for entry in column.entries]
        return website + [entry for issue in self._issues for page in issue.pages for entry in page.entries]

    def addresses(self) -> list[str]:
        """Every path that answers, those aside that take any query."""
        return sorted(self._routes)

    def issues(self) -> list[Issue]:
        """Every issue of the e-paper in each of its generations, oldest first."""
        return list(self._issues)

    def entry(self, path: str) -> Entry:
        """The article at an address. Raises KeyError: there is none."""
        found = next((entry for entry in self.entries() if entry.path == path), None)
        if found is None:
            raise KeyError(f"the replica has no article at {path}")
        return found

    def expected(self, *, rendered: bool = False) -> list[Expected]:
        """What a crawl of all columns, then of the e-paper, should have stored: an article once, with its true fields.

        Args:
            rendered: Whether pages that a script draws can be read.
        """
        return [one for one in expectations(self.entries()) if rendered or not one.scripted]

    def _change(self) -> None:
        self._changes += 1
        with self._lock:
            self._arrange()

    def _arrange(self) -> None:
        whole = columns(self._grown, self._seed)
        # The paper prints what the website wrote first; later edits of the one are not edits of the other.
        reprints = [entry.story for entry in whole[0].entries if entry.path.startswith("/articleContent/17_12")]
        self._columns = [replace(column, entries=self._standing(column.entries)) for column in whole]
        self._issues = [self._issue(issue) for issue in all_issues(reprints)]
        self._routes: dict[str, Route] = {
            sorted_query(path): route for path, route in (*website_routes(self._columns), *paper_routes(self._issues))
        }
        self._queried = queried_routes(self._columns)
        self._changed: dict[str, datetime] = {
            sorted_query(entry.path): entry.story.published.at + CHANGE * self._edits.get(entry.path, 0)
            for entry in self.entries()
        }
        self._list_changed = at(NEWEST, 20, 0) + CHANGE * self._changes

    def _standing(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Articles as they are now, without those that are gone."""
        return tuple(
            replace(entry, story=entry.story.edited(self._edits.get(entry.path, 0)))
            for entry in entries
            if entry.path not in self._deleted
        )

    def _issue(self, issue: Issue) -> Issue:
        def standing(page: PrintPage) -> PrintPage:
            return replace(page, entries=self._standing(page.entries))

        return replace(issue, pages=tuple(map(standing, issue.pages)))
