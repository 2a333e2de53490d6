"""Serves a replica on loopback: a context manager for tests, `python -m demo.server` for a person."""

from __future__ import annotations

import argparse
import contextlib
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

from demo.answer import Answer
from demo.newspaper import ISSUE_RANGES
from demo.replica import Replica

LOOK_SECONDS = 0.05
"""How often a closing server is noticed."""


class ReplicaServer:
    """`with ReplicaServer(replica) as server: server.url`; daemon threads, no log."""

    def __init__(self, replica: Replica, port: int = 0) -> None:
        """Bind to 127.0.0.1. Raises OSError: the port is taken.

        Args:
            replica: May be changed while it is served.
            port: 0: a free one.
        """
        self.replica = replica
        self._asked: list[str] = []
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._server = _Server(("127.0.0.1", port), self._handler())

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(LOOK_SECONDS,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def requests(self) -> list[str]:
        """Paths (with their queries) asked for so far, in order."""
        with self._lock:
            return list(self._asked)

    def forget(self) -> None:
        """Begin `requests` anew."""
        with self._lock:
            self._asked.clear()

    def _note(self, target: str) -> None:
        with self._lock:
            self._asked.append(target)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 30

            def do_GET(self) -> None:
                if outer._closing.is_set():  # a connection kept alive outlives the server
                    self.close_connection = True
                    return
                outer._note(self.path)
                outer._send(self, outer.replica.answer(self.path, dict(self.headers)))

            def log_message(self, format: str, *values: Any) -> None:
                """Say nothing."""

        return Handler

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer) -> None:
        self._closing.wait(answer.delay_seconds)
        # A client that gave up waiting has closed its end.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            spoilt = answer.promised is not None or answer.stall_seconds > 0
            if answer.status != 304:
                promised = len(answer.body) if answer.promised is None else answer.promised
                handler.send_header("Content-Length", str(promised))
            if spoilt:
                handler.send_header("Connection", "close")
                handler.close_connection = True
            handler.end_headers()
            handler.wfile.flush()
            if answer.stall_seconds:
                self._closing.wait(answer.stall_seconds)
                return
            handler.wfile.write(answer.body)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that died; of everything else, what the base class says."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def commands(url: str) -> list[str]:
    """What a person types, in the checkout, to crawl a replica at an address."""
    own = "XHA_HOME=demo-archive XHA_SITE=site.toml"
    return [
        f"mkdir -p demo-archive && python -m demo.profile {url} > demo-archive/site.toml",
        f"{own} scrapy crawl columns",
        *(f"{own} scrapy crawl epaper -a since={since} -a until={until}" for since, until in ISSUE_RANGES),
    ]


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve the replica of the site on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8765, help="0: a free one (default: %(default)s)")
    parser.add_argument("--seed", type=Path, default=Path("../shared/seed"), help="directory with one article's text")
    given = parser.parse_args()
    with ReplicaServer(Replica.build(given.seed), given.port) as server:
        print(f"The replica stands at {server.url}/ ; Ctrl-C ends it. To crawl it into an archive of its own:\n")
        print("\n".join(f"    {line}" for line in commands(server.url)), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
