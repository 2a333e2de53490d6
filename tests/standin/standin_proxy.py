"""A forward proxy on loopback that answers for the live hosts, and says of every other name that it does not exist."""

from __future__ import annotations

import ssl
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Answer:
    """What an address answers."""

    body: str | bytes = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    charset: str = "utf-8"
    """Encoding of a text body; nothing in the answer says so."""

    def data(self) -> bytes:
        """The body as sent."""
        return self.body if isinstance(self.body, bytes) else self.body.encode(self.charset, "xmlcharrefreplace")


@dataclass
class World:
    """Hosts and what their addresses answer. A host without a page does not exist."""

    pages: dict[str, Answer] = field(default_factory=dict)
    """`host/path?query` → answer, the same over http and https."""
    only_https: frozenset[str] = frozenset()
    """Hosts that answer http with a redirect to https."""
    only_http: frozenset[str] = frozenset()
    """Hosts that nobody answers for on port 443."""
    silent_http: frozenset[str] = frozenset()
    """Hosts that nobody answers for on port 80."""
    refusal: int = 502
    """What the proxy says where it cannot reach a host: 502, or 503 as Squid does."""
    requests: list[str] = field(default_factory=list)
    """Every address asked for, in order, scheme included."""
    heads: list[dict[str, str]] = field(default_factory=list)
    """Request headers, as the host would see them."""
    times: list[float] = field(default_factory=list)
    """When each request came, by a clock that only goes forward."""

    def add(self, url: str, answer: Answer | str) -> None:
        """Let an address answer, whatever its scheme."""
        self.pages[url.partition("//")[2].removesuffix("?")] = Answer(answer) if isinstance(answer, str) else answer

    def exists(self, host: str) -> bool:
        """Whether a name resolves."""
        return any(key.startswith(host + "/") for key in self.pages)

    def answer(self, scheme: str, host: str, target: str) -> Answer:
        """What a host says."""
        if scheme == "http" and host in self.only_https:
            return Answer("moved", 301, {"Location": f"https://{host}{target}"})
        missing = Answer("<html><title>404 Not Found</title><h1>Not Found</h1>", 404)
        file = target.partition("?")[0]  # a file is served whatever stands behind it, a script's query is its own
        return self.pages.get(host + target) or self.pages.get(host + file if "." in file[-7:] else "", missing)

    def asked(self, *parts: str) -> list[str]:
        """Addresses asked for that contain one of `parts`, in order, robots.txt aside; all where none is given."""
        pages = [url for url in self.requests if not url.endswith("/robots.txt")]
        return [url for url in pages if not parts or any(part in url for part in parts)]


class Proxy:
    """The proxy; `with Proxy(world, tmp_path) as proxy: … proxy.url`."""

    def __init__(self, world: World, directory: Path) -> None:
        self.world = world
        self._tls = _certificate(directory)

    def __enter__(self) -> Self:
        world, tls = self.world, self._tls

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            tunnel: str | None = None

            def do_CONNECT(self) -> None:
                host = self.path.rpartition(":")[0]
                if not world.exists(host) or host in world.only_http:
                    self.refuse(host)
                    return
                self.send_response(200, "Connection established")
                self.end_headers()
                try:
                    self.connection = tls.wrap_socket(self.connection, server_side=True)
                except OSError:  # whoever asked does not trust us, or is gone
                    self.close_connection = True
                    return
                self.rfile.close()
                self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)
                self.tunnel, self.close_connection = host, False

            def finish(self) -> None:
                super().finish()
                self.connection.close()  # the server knows only the socket that TLS was laid over

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                scheme, host = ("https", self.tunnel) if self.tunnel else (parts.scheme, parts.hostname or "")
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                world.requests.append(f"{scheme}://{host}{target}")
                world.heads.append(dict(self.headers))
                world.times.append(time.monotonic())
                if world.exists(host) and (scheme == "https" or host not in world.silent_http):
                    self.give(world.answer(scheme, host, target))
                else:
                    self.refuse(host)

            def refuse(self, host: str) -> None:
                self.give(Answer(f"<h1>cannot resolve {host}</h1>", world.refusal))

            def give(self, answer: Answer) -> None:
                body = answer.data()
                self.send_response(answer.status)
                for name, value in ({"Content-Type": "text/html"} | dict(answer.headers)).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *values: Any) -> None:
                """Say nothing."""

        self.server = _QuietServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        """What goes into `http_proxy`."""
        return f"http://127.0.0.1:{self.server.server_address[1]}"


class _QuietServer(ThreadingHTTPServer):
    """A crawl that ends, or a browser that has seen enough, closes connections as it likes."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of that, and everything of what is wrong with us."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _certificate(directory: Path) -> ssl.SSLContext:
    """TLS with a certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "standin.invalid")])
    now = datetime.now(UTC)
    until = now + timedelta(days=1)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now, until)
    names = [x509.DNSName(pattern) for pattern in ("*.xihaiannews.com", "*.dzng.com", "*.dzplus.dzng.com")]
    signed = made.add_extension(x509.SubjectAlternativeName(names), critical=False).sign(key, hashes.SHA256())
    path = directory / "standin.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context
