"""The words and filters that `search` and `export` share."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

if TYPE_CHECKING:
    from storage.query.filters import Filters
    from storage.search.question import Question

MOST = 1_000_000_000
"""Bound of every number that is asked for: no archive has so many of anything, and databases refuse twenty digits."""

FULL_WIDTH_MINUS = "－"
"""Means the same before a word, and begins no option."""


class Asking(TyperCommand):
    """A command that takes words: `-广告` is one to be left out, and no option that does not exist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.context_settings["ignore_unknown_options"] = True
        self._short = {name for one in self.params for name in one.opts if len(name) == 2}

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]  # as in cli.main
        """Read the command line."""
        # `-oil` would be `-o il`: a file that nobody asked for, and an answer that holds the word.
        plain = [FULL_WIDTH_MINUS + one[1:] if one[:2] in self._short and len(one) > 2 else one for one in args]
        left = super().parse_args(ctx, plain)
        for word in ctx.params["words"] or ():
            if word.startswith("--"):
                near = get_close_matches(word, [name for one in self.params for name in one.opts], n=1)
                ctx.fail(f"No such option: {word}{''.join(f'; did you mean {one}?' for one in near)}")
        return left


Words = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="WORDS",
        help="Each must stand in the article; '\"a b\"' is one phrase, a OR b one of two, a -b without b. "
        "None: every article.",
    ),
]
Since = Annotated[str, typer.Option(metavar="DAY", help="First day of publication: 2024-07-26.")]
Until = Annotated[str, typer.Option(metavar="DAY", help="Last day of publication.")]
Source = Annotated[str, typer.Option(metavar="TEXT", help="Part of the source (来源).")]
Editor = Annotated[str, typer.Option(metavar="NAME", help="Whole name of an editor (责任编辑).")]
Author = Annotated[str, typer.Option(metavar="NAME", help="Whole name of an author (记者, 通讯员).")]
Column = Annotated[str, typer.Option(metavar="TEXT", help="Part of the column (栏目).")]
Channel = Annotated[str, typer.Option(metavar="NAME", help="Channel or paper of the site's profile that led there.")]
State = Annotated[str, typer.Option(metavar="STATE", help="live, gone (from the site) or edited (seen in two states).")]
Edition = Annotated[
    str,
    typer.Option(
        metavar="PLACE", help="Place in the paper: 2024-07-26, 01版, 要闻, or '2024-07-26 01版'; =04: not 04-05."
    ),
]


def question(words: list[str] | None, **filters: str) -> tuple[Question, Filters]:
    """Words and filters as the library takes them.

    Raises:
        BadQuery: one of them cannot be understood.
    """
    from storage.query.filters import Filters
    from storage.search.question import read_question

    return read_question(" ".join(words or ())), Filters.read(**filters)
