"""The replica over a real socket: requests noted, faults as a client meets them, a profile that loads."""

from __future__ import annotations

import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.sites.profile import ChannelKind, load_profile
from demo.answer import cut, refuse, slow, stall
from demo.profile import profile_toml
from demo.replica import Replica
from demo.server import ReplicaServer
from storage.dedupe.canonical import canonical_url

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server() -> Iterator[ReplicaServer]:
    """A replica of its own, being served."""
    with ReplicaServer(Replica.build()) as server:
        yield server


@contextmanager
def get(server: ReplicaServer, path: str, *, timeout: float = 5, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """One answer; its body is not yet read."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=timeout)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        yield connection.getresponse()
    finally:
        connection.close()


def test_serves_and_notes_requests(server):
    """Tests read from `requests` what a crawl fetched, in order."""
    with get(server, "/robots.txt") as robots, get(server, "/col/17.htmlx") as listing:
        assert robots.status == listing.status == 200
    assert server.requests == ["/robots.txt", "/col/17.htmlx"]
    server.forget()
    assert server.requests == []


def test_not_modified_has_no_body(server):
    """A 304 with a body would break the connection it is kept alive on."""
    with get(server, "/zhenjie/") as first:
        tag = first.headers["ETag"]
        assert first.read()
    with get(server, "/zhenjie/", If_None_Match=tag) as second:
        assert (second.status, second.read()) == (304, b"")
        assert "Content-Length" not in second.headers  # RFC 9110, section 8.6: only with the length of the 200


def test_refuses_with_retry_after(server):
    """429 and 503 are what back-off is tried on."""
    server.replica.misbehave("/col/", refuse(429, retry_after=2), times=1)
    server.replica.misbehave("/col/", refuse(503), times=1)
    statuses = []
    for _ in range(3):
        with get(server, "/col/17.htmlx") as answer:
            statuses.append((answer.status, answer.headers["Retry-After"]))
    assert statuses == [(429, "2"), (503, None), (200, None)]


def test_cuts_a_body_short(server):
    """A body shorter than promised is a broken response, not a short page."""
    server.replica.misbehave("/zhenjie/", cut(0.5), times=1)
    with get(server, "/zhenjie/") as answer, pytest.raises(http.client.IncompleteRead):
        answer.read()
    with get(server, "/zhenjie/") as answer:
        assert answer.read().endswith(b"</html>\n")


def test_stalls_after_the_headers(server):
    """A server that answers and then says nothing must run into the client's time limit."""
    server.replica.misbehave("/zhenjie/", stall(30), times=1)
    with get(server, "/zhenjie/", timeout=2) as answer:
        assert answer.status == 200
        with pytest.raises(TimeoutError):
            answer.read()


def test_slow_answers_come_whole(server):
    """A slow answer is late, and nothing else."""
    server.replica.misbehave("/zhenjie/", slow(0.4), times=1)
    begun = time.monotonic()
    with get(server, "/zhenjie/") as answer:
        assert answer.read().endswith(b"</html>\n")
    assert time.monotonic() - begun >= 0.4


def test_answers_many_at_once(server):
    """One slow answer must not keep other clients waiting."""
    server.replica.misbehave("/zhenjie/", slow(20))
    with socket.create_connection(urlsplit(server.url).netloc.split(":"), timeout=30) as waiting:
        waiting.sendall(b"GET /zhenjie/ HTTP/1.1\r\nHost: demo\r\n\r\n")
        while not server.requests:
            time.sleep(0.01)
        begun = time.monotonic()
        with get(server, "/") as answer:
            assert answer.status == 200
        assert time.monotonic() - begun < 15


def test_closes_at_once():
    """A fixture that takes seconds to close makes every test that uses it slow; stalled answers must not hold it."""
    replica = Replica.build()
    replica.misbehave(".", stall(60))
    with ReplicaServer(replica) as server:
        connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
        connection.request("GET", "/")
        stalled = connection.getresponse()
        begun = time.monotonic()
    with pytest.raises(http.client.IncompleteRead):
        stalled.read()
    assert time.monotonic() - begun < 20
    connection.close()
    with pytest.raises(ConnectionRefusedError):
        connection.connect()


def test_profile_loads_and_names_every_kind_of_channel(tmp_path, server):
    """A profile that does not fit its model, or leaves a kind of channel out, would crawl less than there is."""
    (tmp_path / "site.toml").write_text(profile_toml(server.url), "utf-8")
    profile = load_profile(str(tmp_path / "site.toml"))
    assert profile.name == "demo"
    assert {channel.kind for channel in profile.channel} == set(ChannelKind)
    assert any(channel.render for channel in profile.channel)
    assert [generation.name for generation in profile.paper[0].generation] == ["shtml", "pc", "h5"]
    port = str(urlsplit(server.url).port)
    assert set(re.findall(r"(?:127\\?\.0\\?\.0\\?\.1|localhost)\)?:(\d+)", profile_toml(server.url))) == {port}


def test_four_addresses_are_one_article(tmp_path, server):
    """http and https, two hosts: one canonical address, and the interface's article is its page's."""
    (tmp_path / "site.toml").write_text(profile_toml(server.url), "utf-8")
    rules = load_profile(str(tmp_path / "site.toml")).canonical
    port, path = urlsplit(server.url).port, "/shtml/lgb/20190722/75301.shtml"
    four = [f"{scheme}://{host}:{port}{path}" for scheme in ("http", "https") for host in ("127.0.0.1", "localhost")]
    assert {canonical_url(url, rules) for url in four} == {server.url + path}
    asked = f"{server.url}/index.php/app_if/getArticleContent?articleId=910018&colID=23"
    assert canonical_url(asked, rules) == f"{server.url}/articleContent/23_910018.html"


def test_a_person_can_serve_and_crawl_it(tmp_path):
    """`python -m demo.server` serves until it is ended, and what it says to type crawls it into an archive."""
    command = [sys.executable, "-m", "demo.server", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline().strip() for _ in range(6)]
            typed = " && ".join(said[2:4]).replace("demo-archive", str(tmp_path / "own"))
            path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
            environment = {key: value for key, value in os.environ.items() if "proxy" not in key.lower()} | {
                "PATH": path
            }
            subprocess.run(
                f"{typed} -a channel=zhenjie", shell=True, cwd=ROOT, env=environment, check=True, timeout=100
            )
        finally:
            process.terminate()
    with sqlite3.connect(tmp_path / "own/data/archive.db") as database:
        [(count,)] = database.execute("SELECT count(*) FROM article").fetchall()
    database.close()
    assert count == 22
    assert all("epaper" in line for line in said[4:6])
