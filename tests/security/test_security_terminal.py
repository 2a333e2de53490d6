"""What a page or an argument says never commands the terminal that shows it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from crawl_samples import Home, profile

COMMANDS = (
    "\x1b]0;owned\x07",  # the window's title
    "\x1b]52;c;ZXZpbA==\x07",  # the clipboard
    "\x1b[2J\x1b[H",  # clears the screen
    "\x1b[5n\x1bP$q\x1b\\",  # asks the terminal, which answers as if typed
    "\x9b31m\x9d0;x\x9c",  # the same, in one byte each
    "\u202e\u2066\u200b\ufeff",  # turns or hides what follows
    "\x08\x08\x08\x7f\r",  # writes over what stands there
)
OWN = re.compile(r"\x1b\[[0-9;]*m|\r\n|\r|\x1b\[\?25[lh]|\x1b\[\d*[AK]")
"""What Rich says for colours, and for a progress bar that goes over its own line."""
HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
SENTENCE = "青石镇老渠清淤完工，三千亩农田用上活水，村民都说好。"


def page() -> str:
    """An article with all of it in every field, as characters and as references."""
    said = "".join(COMMANDS)
    written = "".join(f"&#{ord(character)};" for character in said)
    return (
        f"<html><head><title>老渠{said}清淤完工</title></head><body><h1>老渠{said}{written}清淤完工</h1>"
        f"<div class=info>2024-07-26 09:30 来源：青石{said}日报 责任编辑：高禾{said}</div><div class=content>"
        + f"<p>{SENTENCE}{said}{written}</p>" * 4
        + f"<p><img src='/1.jpg' alt='{said}'></p></div></body></html>"
    )


def shown(home: Home, *arguments: str) -> str:
    """What a command writes on a terminal, output and errors together."""
    ours, its = pty.openpty()
    with subprocess.Popen(
        [str(Path(sys.executable).with_name("xha")), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=its,
        env=home.environment | {"TERM": "xterm-256color", "COLUMNS": "100"},
        cwd=home.path,
    ) as process:
        os.close(its)
        said = b""
        while True:
            try:
                piece = os.read(ours, 65_536)
            except OSError:  # how Linux says that nobody has the other end open
                break
            if not piece:
                break
            said += piece
        assert process.wait(60) in (0, 1, 2, 3, 5)
    os.close(ours)
    return said.decode("utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("parse", "page.html"),
        ("parse", "page.html", "--jsonl"),
        ("inspect", "page.html"),
        ("inspect", "page.html", "--json"),
        ("parse", COMMANDS[0] + COMMANDS[4]),
        ("search", COMMANDS[0] + COMMANDS[4]),
        ("crawl", COMMANDS[0] + COMMANDS[4]),
        ("--config", COMMANDS[0] + COMMANDS[4], "runs"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_nothing_of_a_page_reaches_the_terminal_as_a_command(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """Else reading an article could change the clipboard, hide a line, or type into the shell behind it."""
    home = Home(tmp_path, profile("http://127.0.0.1:9"))
    (tmp_path / "page.html").write_text(page(), "utf-8")
    told = shown(home, *arguments)
    assert told.strip()
    found = HARMFUL.search(OWN.sub("", told))
    assert found is None, ascii(told[max(0, found.start() - 40) : found.end() + 40])
