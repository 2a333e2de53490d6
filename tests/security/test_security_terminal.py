"""What a page or an argument says never commands the terminal that shows it."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from crawl_samples import Home, SmallSite, profile

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


def shown(home: Home, *arguments: str, codes: tuple[int, ...] = (0,)) -> str:
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
        assert process.wait(60) in codes, said
    os.close(ours)
    return said.decode("utf-8")


def harmless(told: str) -> None:
    """Something is told, and nothing in it is for the terminal but colours of ours."""
    assert told.strip()
    found = HARMFUL.search(OWN.sub("", told))
    assert found is None, ascii(told[max(0, found.start() - 40) : found.end() + 40])


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
    harmless(shown(home, *arguments, codes=(0, 1, 2, 3, 5)))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """An archive that holds the page in two versions, and a page that was rejected; and the article's address."""
    listed = (
        f"<ul class=list><li><a href=/a/1.html>老渠{''.join(COMMANDS)}清淤完工了</a><li><a href=/a/2.html>空页</a></ul>"
    )
    with SmallSite(
        {"/list.html": listed, "/a/1.html": page(), "/a/2.html": f"<title>{''.join(COMMANDS)}</title>"}
    ) as site:
        home = Home(tmp_path_factory.mktemp("stored"), profile(site.url))
        crawls = [home.crawl("columns")]
        site.pages["/a/1.html"] = page().replace("三千亩", f"四千亩{''.join(COMMANDS)}")
        crawls.append(home.crawl("article", urls=f"{site.url}/a/1.html"))
    assert [done.returncode for done in crawls] == [0, 0], [done.stderr[-2000:] for done in crawls]
    assert home.rows("SELECT (SELECT count(*) FROM version), (SELECT count(*) FROM rejected)") == [(2, 1)]
    return home, f"{site.url}/a/1.html"


@pytest.mark.parametrize(
    "words",
    [
        "show URL",
        "show URL --json",
        "history URL",
        "diff URL",
        "search 老渠",
        "search 老渠 --format json",
        "search 老渠 --facets",
        "stats source",
        "rejected",
        "runs",
        "runs 1",
        "inspect URL",
        "export --format csv",
        "export --format markdown",
        "export",
        "verify",
    ],
)
def test_nothing_that_is_stored_reaches_the_terminal_as_a_command(words: str, stored: tuple[Home, str]) -> None:
    """Else a page that was harmless to fetch would strike whoever looks at the archive years later."""
    home, url = stored
    harmless(shown(home, *(url if word == "URL" else word for word in words.split())))
