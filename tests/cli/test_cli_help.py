"""What --help, docs/commands.md and the READMEs say of the commands is what the commands are."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from cli_samples import XHA
from typer.core import TyperCommand, TyperGroup

from cli.asking import Asking
from cli.describe import DOCUMENT, helps, renewed
from cli.edge import INTERRUPTED, NOBODY_READS
from cli.main import app
from storage import errors

ROOT = Path(__file__).parents[2]
HELPS = dict(helps())
READMES = ("README.md", "README.zh-CN.md")


def test_document_shows_the_commands_as_they_are():
    """Else people are told of options that are not there; write it with `python -m cli.describe`."""
    written = DOCUMENT.read_text("utf-8")
    assert written == renewed(written)


@pytest.mark.parametrize("name", HELPS)
def test_every_help_has_examples_that_are_commands(name: str):
    """Else the one part of a help that people copy is missing, or fails when it is copied."""
    examples = HELPS[name].partition("Examples:\n")[2].partition("\n\n")[0]
    assert examples
    for line in examples.splitlines():
        for wanted in re.findall(r"\bxha ([^|>&<]*)", line.split("   ")[0] + line.partition("   ")[2]):
            check_command(wanted)


@pytest.mark.parametrize("name", HELPS)
def test_every_parameter_says_what_it_is(name: str):
    """Else a help lists options whose meaning has to be guessed."""
    group = typer.main.get_command(app)
    for word in name.split()[1:]:
        assert isinstance(group, TyperGroup)
        group = group.commands[word]
    for parameter in group.params:
        assert getattr(parameter, "help", None), parameter.name


@pytest.mark.parametrize("name", READMES)
def test_readme_names_commands_that_exist(name: str):
    """Else the table of commands in the README is not true."""
    found = re.findall(r"\bxha ((?:[a-z]+)[^`\n]*)", (ROOT / name).read_text("utf-8"))
    assert len(found) > 10
    for wanted in found:
        check_command(wanted.partition("  ")[0].partition("#")[0])


def test_every_exit_code_is_in_the_document():
    """Else a script meets a code that nobody explains."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ArchiveError)]
    told = {int(code) for code in re.findall(r"^\| (\d+) \|", DOCUMENT.read_text("utf-8"), re.MULTILINE)}
    assert {0, INTERRUPTED, NOBODY_READS} | {kind.exit_code for kind in kinds} == told


def test_help_names_every_command_in_full():
    """A sentence that is cut off in the list of commands says nothing."""
    commands = HELPS["xha"].partition("Commands:\n")[2].splitlines()
    assert len(commands) == len(app.registered_commands) + len(app.registered_groups)
    assert all(line.endswith(".") and not line.endswith("...") for line in commands)


def test_version():
    """Reports of errors begin with it."""
    done = subprocess.run([XHA, "--version"], capture_output=True, text=True, check=True)
    assert re.fullmatch(r"xha \d+\.\d+\.\d+\S*\n", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "foreign"),
    [
        (["--help"], ("scrapy", "twisted", "sqlalchemy", "lxml", "apscheduler")),
        (["crawl", "--help"], ("scrapy", "twisted", "sqlalchemy", "lxml", "apscheduler")),
        (["search", "渠"], ("scrapy", "twisted", "lxml", "bs4")),
        (["show", "渠"], ("scrapy", "twisted", "bs4")),
        (["runs"], ("scrapy", "twisted", "lxml", "bs4")),
        (["export"], ("scrapy", "twisted", "lxml", "bs4")),
        (["parse", "nowhere.html"], ("scrapy", "twisted")),
        (["inspect", "nowhere.html"], ("scrapy", "twisted")),
        (["sites"], ("scrapy", "twisted")),
    ],
    ids=" ".join,
)
def test_questions_do_not_load_what_only_crawls_need(arguments: list[str], foreign: tuple[str, ...], crawled):
    """Else every question waits a second for Scrapy before it is asked."""
    code = f"""
import sys
sys.argv = ["xha", *{arguments!r}]
from cli.main import main
try:
    main()
except SystemExit:
    pass
print("loaded:", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""
    environment = crawled.home.environment
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert "typer" in loaded
    assert loaded.isdisjoint(foreign)


def check_command(text: str) -> None:
    """A command line as printed in a document can be parsed: its command and its options are there."""
    words = shlex.split(text.replace("…", ""))
    command = typer.main.get_command(app)
    while isinstance(command, TyperGroup) and words:
        if words[0].startswith("--"):
            return  # an option of xha itself
        assert words[0] in command.commands, text
        command = command.commands[words.pop(0)]
    if isinstance(command, TyperCommand):
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        given = {word.partition("=")[0] for word in words if word.startswith("-") and word != "-"}
        if isinstance(command, Asking):  # `-招聘` is a word to be left out
            given = {word for word in given if word.startswith("--") or word in known}
        assert given <= known, text
