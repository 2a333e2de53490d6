"""Commands: whatever is typed, `xha` ends with a documented exit code, without a traceback, and writes nowhere else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer
from crawl_samples import profile
from hypothesis import example, given
from hypothesis import strategies as st
from property_samples import NASTY, any_text, tries
from typer.core import TyperCommand, TyperGroup

from cli.main import app

ROOT = Path(__file__).resolve().parents[2]
CODES = set(range(8)) | {130, 141}
"""docs/commands.md explains each."""
WORKS = ("demo", "schedule", "serve")
"""They start servers or timetables; here their configuration is refused once their options were read."""
CLOSED = (("crawl",), ("fetch",))
"""What crawls: the only address that it asks for is one where nobody answers."""
ADDRESSES = ("http://[", "http://[x]/a", "http://127.0.0.1:99999/", "http://127.0.0.1:9/%zz", "http://", "ftp://[::1]/")
VALUES = st.sampled_from(
    [
        *NASTY,
        "1",
        "0",
        "jsonl",
        "csv",
        "json",
        "articles.out",
        "missing/dir/x",
        ".",
        "2024-07-26",
        "2024",
        "all",
        "1d",
        "columns",
        "news",
    ]
) | any_text(12)


@dataclass
class Server:
    """Runs commands in a home with an empty archive."""

    home: Path
    process: subprocess.Popen[str]

    def run(self, *arguments: str) -> dict[str, Any]:
        """Exit code and output of one command."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The commands, loaded once; all that could be written lies in one directory."""
    home = tmp_path_factory.mktemp("commands") / "home"
    home.mkdir()
    (home / "xha.toml").write_text('database = "sqlite:///a.db"\n', "utf-8")
    (home / "broken.toml").write_text("nonsense = 1\n", "utf-8")
    (home / "closed.toml").write_text('database = "sqlite:///a.db"\nsite = "site.toml"\nretries = 0\n', "utf-8")
    (home / "site.toml").write_text(profile("http://127.0.0.1:9"), "utf-8")
    (home / "page.html").write_text("<h1>港口扩建</h1><p>港口扩建工程今日开工。</p>", "utf-8")
    kept = {name: value for name, value in os.environ.items() if "XHA_" not in name and "proxy" not in name.lower()}
    own = {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("command_server.py")), str(home)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=kept | own,
        text=True,
        encoding="utf-8",
    ) as process:
        made = Server(home, process)
        assert made.run("db", "upgrade")["code"] == 0
        yield made
        assert process.stdin
        process.stdin.close()


def check(server: Server, arguments: list[str]) -> dict[str, Any]:
    """Run a command; it ends in order."""
    done = server.run(*arguments)
    assert done["code"] in CODES, (arguments, done)
    assert "Traceback" not in done["err"], (arguments, done["err"])
    assert "OUTSIDE" not in done["err"], (arguments, done["err"])
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", done["err"]), (arguments, done["err"])
    if done["code"]:
        assert (done["err"] + done["out"]).strip(), (arguments, "it failed and said nothing")
    return done


def commands() -> dict[tuple[str, ...], TyperCommand]:
    """Every command by the words that call it."""
    found: dict[tuple[str, ...], TyperCommand] = {}

    def walk(words: tuple[str, ...], group: TyperGroup) -> None:
        for name, command in group.commands.items():
            if isinstance(command, TyperGroup):
                walk((*words, name), command)
            else:
                assert isinstance(command, TyperCommand)
                found[*words, name] = command

    group = typer.main.get_command(app)
    assert isinstance(group, TyperGroup)
    walk((), group)
    return found


COMMANDS = commands()


def before(words: tuple[str, ...]) -> list[str]:
    """What stands before a command here."""
    if words in CLOSED:
        return ["--config", "closed.toml"]
    return ["--config", "broken.toml"] if words[0] in WORKS or words[:2] == ("sites", "check") else []


@st.composite
def calls(draw: st.DrawFn) -> list[str]:
    """A command that exists, its own options in any order, with any values."""
    words = draw(st.sampled_from(sorted(COMMANDS)))
    options = [name for parameter in COMMANDS[words].params for name in parameter.opts if name.startswith("-")]
    parts = st.sampled_from(options).flatmap(lambda name: st.tuples(st.just(name), VALUES)) if options else st.nothing()
    chosen = draw(st.lists(parts | st.tuples(VALUES), max_size=4))
    return [*before(words), *words, *(part for several in chosen for part in several)]


@tries(0.5)
@given(calls())
def test_options_with_any_values(server: Server, arguments: list[str]) -> None:
    """Else a mistyped date, a huge number or half a character would be answered with a traceback."""
    check(server, arguments)


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_none_is_a_sentence(server: Server, address: str) -> None:
    """Else what was mistyped or cut off while it was copied would end in a traceback, as the first of these did."""
    for option in ([], ["--dry-run"], ["--json"]):
        done = check(server, ["--config", "closed.toml", "fetch", *option, address])
        assert done["code"] in (2, 6), (address, done)
    assert check(server, ["--config", "closed.toml", "inspect", "--fetch", address])["code"], address


WORDS = VALUES | st.sampled_from(["--help", "--version", "--config", *(words[0] for words in COMMANDS)])


@tries(0.3)
@given(st.sampled_from([(), *sorted(COMMANDS)]), st.lists(WORDS, max_size=4))
@example(("stats",), [])
def test_any_words_at_all(server: Server, words: tuple[str, ...], more: list[str]) -> None:
    """Else what somebody pastes after `xha` could do something that nobody meant."""
    check(server, ["--config", "broken.toml", *words, *more])


@pytest.mark.parametrize("words", sorted(COMMANDS), ids=" ".join)
def test_each_nasty_value_of_each_option_by_itself(server: Server, words: tuple[str, ...]) -> None:
    """Else one option of one command would take what all others refuse."""
    for parameter in COMMANDS[words].params:
        taking = not getattr(parameter, "is_flag", False)
        for value in ("99999999999999999999", "\x1b]0;港口\udcff\x07"):
            option = [name for name in parameter.opts if name.startswith("-")][:1]
            check(server, [*before(words), *words, *option, *([value] if taking else [])])
