"""Passwords are in no message, no log and no row."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from crawl_samples import Answer, Home, SmallSite, article, listing, profile
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from storage.config import load_config
from storage.errors import ConfigError, StoreError
from storage.secrets import hidden
from storage.store.database import Database

SECRET = "geheim4711"
ADDRESSES = [
    f"postgresql://me:{SECRET}@127.0.0.1:1/news",
    f"postgresql://me:{SECRET}@127.0.0.1:99999/news",
    f"postgresql://me:{SECRET}@127.0.0.1:port/news",
    f"postgresql://me:{SECRET}@/news?host=/nowhere",
    f"postgresql://me:a/{SECRET}@nowhere.invalid/news",
    f"postgresql://127.0.0.1:1/news?user=me&password={SECRET}",
    f"postgresql://127.0.0.1:1/news?sslpassword={SECRET}",
    f"postgresql://me:{SECRET}@127.0.0.1:1/news?nonsense=1",
    f"postgresql+other://me:{SECRET}@127.0.0.1/news",
    f"mysql://me:{SECRET}@127.0.0.1/news",
    f"postgresql//me:{SECRET}@127.0.0.1/news",
    f"://me:{SECRET}@127.0.0.1/news",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_database_that_cannot_be_opened_is_named_without_its_password(address: str) -> None:
    """Else the password stands in the log of every night in which the server was down."""
    with pytest.raises(StoreError) as caught:
        Database.open(address)
    assert SECRET not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("address", ADDRESSES)
def test_configuration_that_is_refused_is_quoted_without_its_password(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a typing mistake in the address would print the password beside it."""
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "xha.toml"
    file.write_text(f'database = "{address}"\nretries = "{address}"\n', "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert SECRET not in str(caught.value)
    file.unlink()
    monkeypatch.setenv("XHA_DATABASE", address)
    monkeypatch.setenv("XHA_RETRIES", address)
    with pytest.raises(ConfigError) as caught:
        load_config()
    assert SECRET not in str(caught.value)


@contextmanager
def role_with_password(server: Engine) -> Iterator[str]:
    """A role that must say its password, on a server that trusts all others."""
    with server.connect() as connection:
        connection.execute(text(f"CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'"))
        rules = Path(str(connection.scalar(text("SHOW hba_file"))))
        before = rules.read_text("utf-8")
        rules.write_text(f"local all guarded scram-sha-256\n{before}", "utf-8")
        connection.execute(text("SELECT pg_reload_conf()"))
        try:
            yield "guarded"
        finally:
            rules.write_text(before, "utf-8")
            connection.execute(text("SELECT pg_reload_conf()"))
            connection.execute(text("DROP ROLE guarded"))


def test_a_wrong_password_is_not_repeated(postgres_server: Engine) -> None:
    """Else who mistypes one letter of a password would find nearly all of it in the log."""
    with role_with_password(postgres_server) as role:
        wrong = postgres_server.url.set(username=role, password=f"{SECRET}x")
        with pytest.raises(StoreError, match="password") as caught:
            Database.open(wrong.render_as_string(hide_password=False))
    assert SECRET not in str(caught.value)


def test_secrets_of_a_crawl_are_nowhere(tmp_path: Path) -> None:
    """Else a proxy's password would be in a log, in a row, or in an archive that is handed on for years."""
    home = Home(tmp_path, profile("http://127.0.0.1:9"), more='contact = "me@example.org"\n')
    given_environment = {"http_proxy": f"http://me:{SECRET}@127.0.0.1:1", "PGPASSWORD": SECRET}
    done = home.crawl("columns", "LOG_LEVEL=DEBUG", environment=given_environment)
    told = base64.b64encode(f"me:{SECRET}".encode())
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert home.rows("SELECT count(*) FROM run") == [(1,)]
    for data in (*written, done.stdout.encode(), done.stderr.encode()):
        assert SECRET.encode() not in data
        assert told not in data


def test_no_address_names_a_user(tmp_path: Path) -> None:
    """Else a password that a page, a redirect or a person puts before a host is in rows, logs and archive for ever."""
    with SmallSite() as site:
        guarded = f"http://me:{SECRET}@127.0.0.1:{site.port}"
        place = guarded.removeprefix("http://")
        spelled = (
            f"{guarded}/a/3.html",
            rf"http:\\{place}\a\4.html",
            f"ht\ttp://{place}/a/5.html",
            f"/\t/{place}/a/6.html",
        )
        moved = {f"/old/{number}.html": onward for number, onward in enumerate(spelled)}
        site.pages |= {"/list.html": listing(f"{guarded}/a/2.html", *moved)}
        site.pages |= {path: Answer(status=302, headers={"Location": onward}) for path, onward in moved.items()}
        site.pages |= {f"/a/{number}.html": article(f"/a/{number}.html") for number in range(2, 7)}
        home = Home(tmp_path, profile(site.url))
        found = home.crawl("columns", "LOG_LEVEL=DEBUG")
        asked = len(site.requests)
        typed = home.crawl("article", "LOG_LEVEL=DEBUG", urls=f"{guarded}/a/2.html")
    assert home.counts() == {"index": 1, "new": 5, "redirect": 4, "robots": 1}
    assert (typed.returncode, len(site.requests)) == (2, asked)
    assert typed.stderr.endswith("leave out what stands before the @\n")
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    for data in (*written, *(said.encode() for done in (found, typed) for said in (done.stdout, done.stderr))):
        assert SECRET.encode() not in data
    assert not any("Authorization" in head for head in site.heads)


@pytest.mark.parametrize(
    "command",
    [["db", "status"], ["db", "status", "--json"], ["runs"], ["verify"], ["search", "港口"], ["db", "upgrade"]],
)
def test_commands_name_the_database_without_its_password(command: list[str], tmp_path: Path) -> None:
    """Else a bug report with the output of a command in it would hold the password."""
    home = Home(tmp_path, profile("http://127.0.0.1:9"), more=f'database = "{ADDRESSES[0]}"\n')
    done = subprocess.run(
        [str(Path(sys.executable).with_name("xha")), *command],
        env=home.environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 3
    assert "127.0.0.1:1" in done.stderr
    assert SECRET not in done.stdout + done.stderr


PLAIN = st.text(st.characters(exclude_categories=("Z", "C"), exclude_characters="@/:?&#;=\"'"), min_size=1, max_size=8)


@given(PLAIN, PLAIN, st.text(max_size=20), st.text(max_size=20))
def test_a_password_is_hidden_wherever_the_address_stands(user: str, host: str, before: str, behind: str) -> None:
    """Else a sentence around the address would bring it to light again; hiding twice is hiding once."""
    said = hidden(f"{before} postgresql://{user}:{SECRET}@{host}/news?password={SECRET} {behind}")
    assert SECRET not in said
    assert hidden(said) == said
