"""Under which names the archive is answered for."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from crawl_samples import Home
from lxml import html
from paper_samples import paper_profile
from web_site import Served, serving

from web.hosts import is_name

NAME = "archive.example"
OURS = ("localhost", "localhost:8764", "LOCALHOST.", "127.0.0.1", "[::1]:8764")
STRANGE = ("evil.example", "evil.example:8764", "localhost.evil.example", "127.0.0.1.evil.example", "a b", "[::2]", "")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """An archive that holds nothing."""
    return Home(tmp_path_factory.mktemp("hosts"), paper_profile("http://127.0.0.1:9"))


@pytest.fixture(scope="module")
def named(home: Home) -> Iterator[str]:
    """A server that is told its name."""
    with serving(home, NAME.title()) as url:
        yield url


def ask(url: str, path: str, host: str) -> httpx.Response:
    """Ask for a path under the name of some host."""
    return httpx.get(f"{url}{path}", headers={"Host": host}, trust_env=False, timeout=30)


@pytest.mark.parametrize("host", STRANGE)
def test_strange_names_are_refused(served: Served, host: str) -> None:
    """A page of another site, whose name leads here, must not read the archive, nor have links to itself in a feed."""
    for path in ("/", "/feed.atom", "/api/articles", "/static/style.css", "/healthz"):
        answer = ask(served.url, path, host)
        assert answer.status_code == 421, path
        assert "content-security-policy" in answer.headers


@pytest.mark.parametrize("host", OURS)
def test_own_names_are_answered(served: Served, host: str) -> None:
    """Whoever is at this machine reaches it as before, however he writes its name."""
    assert ask(served.url, "/healthz", host).status_code == 200


def test_refusal_says_what_to_do(served: Served) -> None:
    """Who set up a proxy and forgot the name must learn which option was forgotten, on the page and as a program."""
    shown = html.fromstring(ask(served.url, "/", "news.example").text).text_content()
    assert "本服务不叫“news.example”" in shown
    assert "xha serve --name news.example" in shown
    assert "is not called 'news.example'" in ask(served.url, "/api/runs", "news.example").json()["error"]


def test_a_name_that_was_given_is_answered(named: str) -> None:
    """Behind a proxy the archive is read, and followed, under the proxy's name; other names stay strange."""
    feed = ask(named, "/feed.atom", f"{NAME}:8443")
    assert (feed.status_code, f"http://{NAME}:8443/feed.atom" in feed.text) == (200, True)
    assert ask(named, "/feed.atom", f"sub.{NAME}").status_code == 421


@pytest.mark.parametrize("text", ["http://archive.example/", "archive.example:80", "*", "", "a..b", "-a", "a" * 300])
def test_what_is_no_name_is_told(text: str) -> None:
    """A name that no browser would send must be refused when it is given, not be waited for in vain."""
    assert not is_name(text)


def test_the_command_takes_names(home: Home) -> None:
    """The option reaches the server; one that is no name ends the command before anything listens."""
    command = [str(Path(sys.executable).with_name("xha")), "serve", "--port", "0", "--name"]
    wrong = subprocess.run([*command, "http://x/"], cwd=home.path, capture_output=True, text=True, timeout=60)
    assert (wrong.returncode, "--name 'http://x/' is not the name of a host" in wrong.stderr) == (2, True)
    with subprocess.Popen([*command, NAME], cwd=home.path, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            at = re.search(r"http://\S+?(?=/)", server.stderr.readline())
            assert at
            with httpx.Client(transport=httpx.HTTPTransport(retries=20), timeout=30, trust_env=False) as client:
                assert client.get(f"{at[0]}/healthz", headers={"Host": NAME}).status_code == 200
        finally:
            server.terminate()
