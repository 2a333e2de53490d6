"""A loopback site of a few pages, a home directory with a profile for it, and crawls in processes of their own."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Answer:
    """What an address answers."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    promised: int | None = None
    """Content-Length where it is not the body's."""
    wire: bytes | None = None
    """Head and body exactly as they are sent; nothing else counts then."""
    silence: bool = False
    """Whether nothing follows what was sent, and the connection stays open until the site closes."""


class SmallSite:
    """Addresses and what they answer; every request is noted. As a proxy it is asked for whole addresses."""

    def __init__(
        self, pages: Mapping[str, str | Answer | Callable[[], Answer]] | None = None, *, port: int = 0
    ) -> None:
        self.pages: dict[str, str | Answer | Callable[[], Answer]] = dict(pages or {})
        self.port = port
        self.requests: list[str] = []
        self.heads: list[dict[str, str]] = []
        self.times: list[float] = []
        """When each request arrived, by a clock that only goes forward."""
        self.on_request: Callable[[int], None] = lambda number: None
        """Called with the number of each request, from 1, before it is answered."""
        self.closing = threading.Event()

    def __enter__(self) -> Self:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with site.turn:
                    site.times.append(time.monotonic())
                    site.requests.append(self.path)
                    site.heads.append(dict(self.headers))
                    number = len(site.requests)
                site.on_request(number)
                given = site.pages.get(self.path, Answer("no such page", 404))
                answer = given() if callable(given) else given
                answer = Answer(answer) if isinstance(answer, str) else answer
                self.answer(Answer(status=304, headers=answer.headers) if self.has(answer) else answer)

            def has(self, answer: Answer) -> bool:
                """Whether the one who asks says that he has this state of the page."""
                marks = (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified"))
                return any(said in answer.headers and self.headers[ask] == answer.headers[said] for ask, said in marks)

            def answer(self, answer: Answer) -> None:
                with suppress(OSError):  # whoever asked may be gone by now
                    if answer.wire is None:
                        self.head_and_body(answer)
                    else:
                        self.wfile.write(answer.wire)
                    if answer.silence:
                        site.closing.wait()

            def head_and_body(self, answer: Answer) -> None:
                body = answer.body.encode() if isinstance(answer.body, str) else answer.body
                self.send_response(answer.status)
                heads = {"Content-Type": "text/html; charset=utf-8"} | dict(answer.headers)
                heads["Content-Length"] = str(len(body) if answer.promised is None else answer.promised)
                for name, value in heads.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                self.wfile.flush()

            def log_message(self, format: str, *values: Any) -> None:
                """Say nothing."""

        self.turn = threading.Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self.port = self.server.server_port
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def asked(self, part: str = "") -> list[str]:
        """Paths asked for that contain `part`, in order, robots.txt aside."""
        return [path for path in self.requests if part in path and path != "/robots.txt"]


class Home:
    """A directory with `xha.toml`, a profile and an archive."""

    def __init__(self, path: Path, profile: str, *, more: str = "") -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        (path / "site.toml").write_text(profile, "utf-8")
        (path / "xha.toml").write_text(f'site = "site.toml"\nretries = 1\npage_timeout = "5s"\n{more}', "utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """Of processes that work in this home: no proxy, no setting from outside."""
        plain = {key: value for key, value in os.environ.items() if "proxy" not in key.lower() and key[:4] != "XHA_"}
        settings = {"XHA_HOME": str(self.path), "SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(ROOT)}
        return plain | settings

    def command(self, spider: str, *settings: str, **arguments: str) -> list[str]:
        """`scrapy crawl`, with quick back-off."""
        given = [part for key, value in arguments.items() for part in ("-a", f"{key}={value}")]
        told = [part for setting in ("RETRY_WAIT_SECONDS=0.05", *settings) for part in ("-s", setting)]
        return [sys.executable, "-m", "scrapy", "crawl", spider, *told, *given]

    def crawl(
        self, spider: str, *settings: str, environment: Mapping[str, str] | None = None, **arguments: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a spider to its end."""
        return subprocess.run(
            self.command(spider, *settings, **arguments),
            cwd=ROOT,
            env=self.environment | dict(environment or {}),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(
        self, spider: str, *settings: str, environment: Mapping[str, str] | None = None, **arguments: str
    ) -> subprocess.Popen[str]:
        """Start a spider and do not wait for it; what it says on standard error is for `communicate`."""
        return subprocess.Popen(
            self.command(spider, "LOG_LEVEL=ERROR", *settings, **arguments),
            cwd=ROOT,
            env=self.environment | dict(environment or {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def crawl_until(self, site: SmallSite, number: int, spider: str, *settings: str, **arguments: str) -> None:
        """Run a spider and kill it when the site gets its request number `number` from now on."""
        last = len(site.requests) + number
        with self.start(spider, *settings, **arguments) as crawl:
            site.on_request = lambda count: crawl.kill() if count >= last else None
            crawl.communicate(timeout=120)
            site.on_request = lambda count: None

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Plain SQL on the SQLite file."""
        with sqlite3.connect(f"file:{self.path / 'data/archive.db'}?mode=rw", uri=True) as database:
            found = database.execute(query, values).fetchall()
        database.close()
        return found

    def write(self, statement: str) -> None:
        """Plain SQL that changes the SQLite file, for what no site can bring about."""
        with sqlite3.connect(self.path / "data/archive.db") as database:
            database.execute(statement)
        database.close()

    def counts(self) -> dict[str, int]:
        """Outcome → number, of the last run."""
        query = "SELECT outcome, count(*) FROM outcome WHERE run_id = (SELECT max(id) FROM run) GROUP BY outcome"
        return dict(self.rows(query))


def profile(url: str, more: str = "", *, delay: float = 0.0) -> str:
    """A site with one channel at `/list.html`."""
    return f"""
name = "small"
title = "小站"
hosts = ["127.0.0.1"]
delay_seconds = {delay}

[[channel]]
name = "news"
title = "要闻"
start = ["{url}/list.html"]
links = [".list a"]
{more}
"""


def listing(*paths: str, onward: str = "") -> str:
    """A list page; `onward`: the address behind 下一页."""
    items = "".join(f'<li><a href="{path}">{headline(path)}</a></li>' for path in paths)
    more = f'<a href="{onward}">下一页</a>' if onward else ""
    return f"<html><head><title>要闻</title></head><body><ul class=list>{items}</ul>{more}</body></html>"


def headline(path: str) -> str:
    """The headline of the article at a path."""
    number = "".join(letter for letter in path if letter.isdigit())
    return f"云栖镇第{number}号渠清淤完工 沿岸农田用上活水"


def article(path: str, *, body: tuple[str, ...] = (), foot: str = "") -> str:
    """An article page; headline and text follow from its path."""
    title = headline(path)
    paragraphs = body or (
        f"本报讯 记者从云栖镇获悉，{title}。这条渠全长三公里，去年冬天开工，沿岸十二个村的农田因此受益。",
        "镇水利站站长介绍，清淤前渠底淤泥厚近一米，汛期排水不畅，村民多次反映。今年开春后，施工队分段作业，日夜赶工。",
        f"目前渠道已恢复通水，第{len(title)}批苗木也已栽种完毕，镇里还安排了专人负责日常巡查和养护。",
    )
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"""<html><head><title>{title}_小站</title></head><body>
<h1>{title}</h1><div class=info>2024-05-06 08:30:00　来源：云栖日报</div>
<div id=content>{text}</div>{foot}<div>责任编辑：陈禾</div></body></html>"""
