"""Write the commands' part of docs/commands.md from the commands: `python -m cli.describe`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from typer.core import TyperCommand, TyperGroup

from cli.main import app

DOCUMENT = Path(__file__).parents[1] / "docs" / "commands.md"
BEGIN, END = "<!-- commands: begin -->", "<!-- commands: end -->"
WIDTH = 100
"""Columns of the help texts in the document."""


def commands_as_markdown() -> str:
    """One heading and its help for each command, in the order of `xha --help`."""
    return "\n\n".join(f"### {name}\n\n```text\n{text}\n```" for name, text in helps())


def helps() -> Iterator[tuple[str, str]]:
    """Every command, subcommands behind their group: (`xha search`, what its --help prints)."""
    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    yield from _of_group(group, "xha", None)


def _of_group(group: TyperGroup, name: str, parent: typer.Context | None) -> Iterator[tuple[str, str]]:
    context = typer.Context(group, info_name=name, parent=parent, terminal_width=WIDTH, max_content_width=WIDTH)
    yield context.command_path, group.get_help(context)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, TyperGroup):
            yield from _of_group(command, word, context)
        elif isinstance(command, TyperCommand):
            below = typer.Context(command, info_name=word, parent=context)
            yield below.command_path, command.get_help(below)


def renewed(document: str) -> str:
    """The document with its commands' part as the commands are now."""
    head, rest = document.split(BEGIN)
    tail = rest.split(END)[1]
    return f"{head}{BEGIN}\n\n{commands_as_markdown()}\n\n{END}{tail}"


if __name__ == "__main__":
    DOCUMENT.write_text(renewed(DOCUMENT.read_text("utf-8")), "utf-8")
