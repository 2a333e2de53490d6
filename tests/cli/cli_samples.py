"""A small site with everything the commands print, and the command itself as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from crawl_samples import Answer, Home, SmallSite, article, listing
from typer.testing import CliRunner, Result

from cli.main import app

XHA = Path(sys.executable).parent / "xha"
"""The script that setup installs."""

PATHS = [f"/a/{number}.html" for number in range(100, 130)]
LONG = "/a/200.html"
PACKED = "/a/300.html"
GONE = "/a/900.html"
UNREACHABLE = "http://127.0.0.1:9"
"""The discard port, at which nothing listens."""
EMPTY = "/a/901.html"

LONG_TITLE = "山海同行谱新篇 云栖镇“十个一”行动收官：——三十二个村庄、四十一条水渠、六百余名干部群众的一年"
LONG_SOURCE = "海右报业集团·云栖日报社新媒体中心"
LONG_BODY = (
    "腊月里的云栖镇，家家户户忙着扫尘备年货，镇文化站的院子里也格外热闹，三十二个村的代表都到齐了。",
    "站长说，这一年大家一起修路、植树、办夜校，做成了十件实事，件件都记在村口的公示栏里，谁都可以来查。",
    "会后代表们把来年的打算写在红纸上，贴满了一面墙，第一张写的是：把山上的茶园管好，让出门的人回得来。",
)


@dataclass(frozen=True)
class Crawled:
    """A site that still answers, and the archive it was crawled into."""

    site: SmallSite
    home: Home


class Bare(Home):
    """A directory without any configuration."""

    def __init__(self, path: Path) -> None:
        self.path = path


def long_article() -> str:
    """An article whose headline and source fit in no column."""
    page = article(LONG, body=LONG_BODY).replace("来源：云栖日报", f"来源：{LONG_SOURCE}")
    return page.replace("云栖镇第200号渠清淤完工 沿岸农田用上活水", LONG_TITLE)


def fill(site: SmallSite) -> None:
    """Lists on two pages, articles, one of them compressed, a page that is gone and one without a text."""
    import gzip

    site.pages = {
        "/list.html": listing(*PATHS[:15], onward="/list2.html"),
        "/list2.html": listing(*PATHS[15:], LONG, PACKED, GONE, EMPTY),
        **{path: article(path) for path in PATHS},
        LONG: long_article(),
        PACKED: Answer(gzip.compress(article(PACKED).encode(), mtime=0), headers={"Content-Encoding": "gzip"}),
        EMPTY: "<html><head><title>空</title></head><body><h1>空</h1></body></html>",
    }


def xha(
    home: Home,
    *arguments: str,
    columns: int | None = None,
    environment: Mapping[str, str] | None = None,
    stdin: str | bytes | None = None,
    cwd: Path | None = None,
    without: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run the command in a home; standard output and error are pipes. `without`: variables that are not to be set."""
    variables = environment_of(home, columns) | dict(environment or {})
    return subprocess.run(
        command(*arguments),
        env={name: value for name, value in variables.items() if name not in without},
        cwd=cwd or home.path,
        input=stdin.decode() if isinstance(stdin, bytes) else stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def command(*arguments: str) -> Sequence[str]:
    """The command line."""
    return [str(XHA), *arguments]


def environment_of(home: Home, columns: int | None = None) -> dict[str, str]:
    """A home's environment without anything that changes how wide or colourful output is."""
    telling = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE")
    plain = {name: value for name, value in home.environment.items() if name not in telling}
    return plain | ({"COLUMNS": str(columns)} if columns else {})


def rows_of(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database that a crawl writes."""
    tables = ("article", "version", "sighting", "capture", "outcome", "ledger", "run", "rejected")
    return {table: home.rows(f"SELECT * FROM {table} ORDER BY id") for table in tables}


def asker(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command in this process, in a home."""

    def ask(*arguments: str, columns: int | None = None, stdin: bytes | str | None = None) -> Result:
        for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment_of(home, columns).items():
            monkeypatch.setenv(name, value)
        return CliRunner().invoke(app, arguments, prog_name="xha", input=stdin)

    return ask
