"""`xha reparse`, `verify`, `export`, `db` and `schedule`: the archive as a whole."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest
from cli_samples import EMPTY, PATHS, Crawled, asker, command, environment_of, rows_of, xha
from crawl_samples import Home, SmallSite, article, profile

from storage.query.export import CSV_COLUMNS
from storage.query.search import find
from storage.query.shape import articles
from storage.store.database import Database

STORED = len(PATHS) + 2
FURTHER_FILES = 15
"""Of 37 captures each: several seconds of reading, where the signal takes some hundredths of one."""
ARTICLE_COLUMNS = "id, url, title, published_at, source, editor, body, body_html, how, first_seen_at, last_changed_at"


@pytest.fixture
def own(fresh: Home) -> Home:
    """An archive that a test may change."""
    assert xha(fresh, "crawl", "columns").returncode == 0
    return fresh


def test_reparse_into_an_empty_database(own: Home, site: SmallSite):
    """What is lost with the database is only what cannot be read from the archive: nothing."""
    asked = len(site.requests)
    done = xha(own, "reparse", environment={"XHA_DATABASE": "sqlite:///again/archive.db"})
    assert done.returncode == 0
    assert done.stdout == ""
    assert done.stderr.startswith("Read again: 37 captures in ")
    assert f"new {STORED}" in done.stderr
    assert len(site.requests) == asked
    query = f"SELECT {ARTICLE_COLUMNS} FROM article ORDER BY id"
    with sqlite3.connect(own.path / "again/archive.db") as again:
        assert again.execute(query).fetchall() == own.rows(query)
    again.close()


def test_reparse_of_what_was_rejected(own: Home):
    """A page that waits is read again, and only that one."""
    before = rows_of(own)["article"]
    done = xha(own, "reparse", "--only-rejected")
    assert done.stderr.startswith("Read again: 1 capture in ")
    assert "rejected 1" in done.stderr
    assert rows_of(own)["article"] == before


@pytest.mark.parametrize("workers", ["1", "2"])
def test_reparse_can_be_interrupted(own: Home, workers: str):
    """Ctrl-C in the middle leaves whole chunks of captures, here few or none, and a closed row."""
    lengthen(own)
    place = {"XHA_DATABASE": "sqlite:///again/archive.db"}
    process = subprocess.Popen(
        command("reparse", "--workers", workers),
        env=environment_of(own) | place,
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    database = own.path / "again/archive.db"
    deadline = time.monotonic() + 30
    while not (database.exists() and count(database, "run")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=30)[1]
    assert process.returncode == 130
    assert said == "Interrupted: what was read is stored; `xha reparse` begins again.\n"
    with sqlite3.connect(database) as again:
        assert again.execute("SELECT state FROM run").fetchall() == [("interrupted",)]
    again.close()
    assert xha(own, "reparse", environment=place).returncode == 0
    assert count(database, "article") == STORED


def lengthen(home: Home) -> None:
    """More to read than is read before a signal arrives: the same file under further names."""
    [warc] = (home.path / "data/warc").glob("*.warc.gz")
    for number in range(1, FURTHER_FILES + 1):
        shutil.copyfile(warc, warc.with_name(f"further-{number:03}.warc.gz"))


def count(database: Path, table: str) -> int:
    """Rows of a table; 0 where it is not there yet."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    except sqlite3.OperationalError:
        return 0
    finally:
        connection.close()


def test_verify_of_a_whole_archive(ask):
    """All is well, and how much that is."""
    done = ask("verify")
    assert done.exit_code == 0
    assert done.stdout == ""
    assert done.stderr.startswith("1 WARC file, ")
    assert done.stderr.endswith("37 captures, 37 rows: all is well.\n")


def test_verify_names_what_is_wrong(own: Home):
    """One flipped bit must be found, and told from a database that breaks its promises."""
    own_database = sqlite3.connect(own.path / "data/archive.db")
    own_database.execute("PRAGMA foreign_keys = OFF")
    own_database.execute("UPDATE article SET version_id = NULL WHERE url LIKE ?", (f"%{PATHS[0]}",))
    own_database.commit()
    own_database.close()
    done = xha(own, "verify")
    assert done.returncode == 3
    assert "articles without a current version" in done.stdout
    [warc] = (own.path / "data/warc").glob("*.warc.gz")
    data = bytearray(warc.read_bytes())
    data[len(data) // 2] ^= 0xFF
    warc.write_bytes(data)
    done = xha(own, "verify")
    assert done.returncode == 4
    assert f"{warc.name} at byte" in done.stdout
    assert done.stderr.endswith("faults.\n")
    warc.unlink()
    assert xha(own, "verify").returncode == 4
    shown = xha(own, "show", article_id(own), "--raw")
    assert shown.returncode == 4
    assert shown.stdout == ""
    assert "no such WARC file" in shown.stderr


def article_id(home: Home) -> str:
    """An article that is whole."""
    return home.rows("SELECT id FROM article WHERE version_id IS NOT NULL LIMIT 1")[0][0]


def test_export_jsonl_and_csv(crawled: Crawled, tmp_path: Path):
    """Files for other programs hold every article in the one shape."""
    with Database.open(f"sqlite:///{crawled.home.path / 'data/archive.db'}") as database, database.read() as session:
        expected = list(articles(session, find(session)))
    done = xha(crawled.home, "export")
    assert [json.loads(line) for line in done.stdout.splitlines()] == expected
    assert done.stderr == f"{STORED} articles written.\n"
    path = tmp_path / "out.csv"
    done = xha(crawled.home, "export", "--format", "csv", "--output", str(path))
    assert (done.stdout, done.stderr) == ("", f"{STORED} articles written to {path}.\n")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == list(CSV_COLUMNS)
    assert [row[0] for row in rows[1:]] == [one["id"] for one in expected]
    few = xha(crawled.home, "export", "山海同行", "--until", "2024-12-31", "--source", "新媒体")
    assert len(few.stdout.splitlines()) == 1


def test_export_is_utf8_whatever_the_locale(crawled: Crawled):
    """A cron job has no locale, and its files must be readable all the same."""
    done = xha(crawled.home, "export", "山海同行", environment={"LC_ALL": "C", "PYTHONIOENCODING": "latin-1"})
    assert "山海同行" in json.loads(done.stdout)["title"]


def test_export_file_appears_whole(crawled: Crawled, tmp_path: Path, monkeypatch):
    """A file that is half of an export looks like all of it."""
    path = tmp_path / "out.jsonl"
    path.write_text("what was there", "utf-8")
    ask = asker(crawled.home, monkeypatch)
    monkeypatch.setitem(__import__("storage.query.export", fromlist=["WRITERS"]).WRITERS, "jsonl", write_half)
    assert ask("export", "--output", str(path)).exit_code == 1
    assert path.read_text("utf-8") == "what was there"
    assert [one.name for one in tmp_path.iterdir()] == ["out.jsonl"]
    done = ask("export", "--output", str(tmp_path / "nowhere/out"))
    assert done.exit_code == 1
    assert done.stderr == f"Error: {tmp_path}/nowhere/out: No such file or directory\n"


def write_half(found: object, out) -> int:
    """A disk that is full after the first line."""
    out.write("half")
    raise OSError(28, "No space left on device")


def test_closed_pipe_is_quiet(crawled: Crawled):
    """`xha export | head` is how people look at an export."""
    for arguments in (["export"], ["search", "--format", "json"], ["search", "--limit", "0"], ["runs", "1"]):
        reader, writer = os.pipe()
        process = subprocess.Popen(
            command(*arguments), env=environment_of(crawled.home), stdout=writer, stderr=subprocess.PIPE, text=True
        )
        os.close(writer)
        os.close(reader)
        said = process.communicate(timeout=60)[1]
        assert process.returncode == 141, arguments
        assert said == ""


def test_db_says_what_it_holds(ask, crawled: Crawled):
    """Where it is, which schema, how much."""
    told = json.loads(ask("db", "status", "--json").stdout)
    assert told["rows"]["article"] == STORED
    assert told["sites"] == {"small": STORED}
    assert told["newest"] == "2024-05-06T08:30:00+08:00"
    assert told["archive"] == str(crawled.home.path / "data/warc")
    table = ask("db", "status", columns=80).stdout
    assert f"{STORED} of small" in table
    assert "nothing stale" in table
    assert told["stale_entries"] == 0
    assert ask("db").exit_code == 2


def test_db_upgrade_makes_a_database(fresh: Home, postgres_url: str):
    """Also by itself on first use; here for whoever wants it done before."""
    done = xha(fresh, "db", "upgrade")
    assert done.returncode == 0
    assert "up to date" in done.stderr
    assert fresh.rows("SELECT count(*) FROM article") == [(0,)]
    url = postgres_url.replace("+psycopg", "")
    server = xha(fresh, "db", "upgrade", environment={"XHA_DATABASE": url})
    assert server.returncode == 0
    crawled = xha(fresh, "crawl", "columns", environment={"XHA_DATABASE": url})
    assert crawled.returncode == 0
    found = xha(fresh, "search", "清淤", "--format", "json", environment={"XHA_DATABASE": url})
    assert len(json.loads(found.stdout)) == STORED - 1


def test_schedule_runs_a_job(site: SmallSite, tmp_path: Path):
    """The timetable's own command: one job now, in the configuration that was named."""
    home = Home(tmp_path / "home", profile(site.url), more='[[job]]\nname = "news"\nspider = "columns"\nevery = "1h"\n')
    named = ["--config", str(home.path / "xha.toml")]
    done = xha(home, *named, "schedule", "--once", "news", cwd=tmp_path, without=("XHA_HOME",))
    assert done.returncode == 0, done.stderr
    assert home.rows("SELECT job, outcome, exit_code FROM planned") == [("news", "ran", 0)]
    assert home.rows("SELECT count(*) FROM article") == [(STORED,)]
    wrong = xha(home, "schedule", "--once", "nothing")
    assert wrong.returncode == 5
    assert "the timetable has news" in wrong.stderr


def test_raw_page_is_parsed_again_from_a_pipe(crawled: Crawled):
    """The commands fit together: what one prints the next one reads."""
    [(one, url)] = crawled.home.rows("SELECT id, url FROM article WHERE url LIKE ?", f"%{PATHS[5]}")
    raw = xha(crawled.home, "show", one, "--raw").stdout
    assert raw == article(PATHS[5])
    read = json.loads(xha(crawled.home, "parse", "-", "--url", url, "--jsonl", stdin=raw).stdout)
    shown = json.loads(xha(crawled.home, "show", one, "--json").stdout)
    assert {name: read[name] for name in ("title", "published_at", "source", "editor", "authors", "body")} == {
        name: shown[name] for name in ("title", "published_at", "source", "editor", "authors", "body")
    }
    assert EMPTY not in raw
