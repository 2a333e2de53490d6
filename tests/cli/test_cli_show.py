"""`xha show`, `runs` and `rejected` print what the archive knows, for people and for programs."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
from datetime import UTC, datetime

import pytest
from cli_samples import EMPTY, GONE, LONG_TITLE, PACKED, PATHS, Crawled, asker, command, environment_of, xha
from crawl_samples import Home, article

from storage.query.details import details
from storage.query.lookup import find_article
from storage.query.shape import ArticleShape
from storage.store import timetable
from storage.store.database import Database
from storage.store.tables import PlannedOutcome


@pytest.fixture
def first(crawled: Crawled) -> str:
    """Id of the article at the first path."""
    [(found,)] = crawled.home.rows("SELECT id FROM article WHERE url LIKE ?", f"%{PATHS[0]}")
    return found


def test_show_tells_everything(ask, first, crawled: Crawled):
    """Fields, how each was read, where it was seen, its versions and its raw record: evidence is all of it."""
    done = ask("show", first, columns=100)
    [(file, at, length, digest)] = crawled.home.rows(
        'SELECT warc_file, "offset", length, digest FROM capture WHERE url LIKE ?', f"%{PATHS[0]}"
    )
    assert done.exit_code == 0
    for told in (
        "云栖镇第100号渠清淤完工",
        "2024-05-06 08:30:00",
        "云栖日报  (label 来源",
        "陈禾  (label 责任编辑",
        "镇水利站站长介绍",
        "text read by",
        first,
        "live",
        "news 要闻",
        "first seen",
        f"{crawled.home.path}/data/warc/{file}",
        f"{at} to {at + length}",
        digest,
    ):
        assert told in done.stdout.replace("\n         ", "")


def test_show_json_is_the_shape_and_the_details(ask, first, crawled: Crawled):
    """Programs get the one shape of an article first, and all the rest behind it."""
    shown = json.loads(ask("show", first, "--json").stdout)
    with Database.open(f"sqlite:///{crawled.home.path / 'data/archive.db'}") as database, database.read() as session:
        known = details(session, find_article(session, first))
    assert list(shown)[: len(ArticleShape.__annotations__)] == list(ArticleShape.__annotations__)
    assert shown == json.loads(json.dumps({**known.article, **known.as_json()}))
    assert shown["versions"][0]["capture"]["file"].endswith(".warc.gz")


@pytest.mark.parametrize("form", [str, str.upper, lambda one: one[:5]])
def test_show_takes_an_id_or_its_beginning(ask, first, form):
    """Ids are typed by hand."""
    assert json.loads(ask("show", form(first), "--json").stdout)["id"] == first


def test_show_takes_an_address(ask, first, crawled: Crawled):
    """What a reader has is the address, in one of its spellings."""
    url = crawled.site.url + PATHS[0]
    for spelling in (url, url + "#top", url.replace("http", "HTTP"), f" {url} "):
        assert json.loads(ask("show", spelling, "--json").stdout)["id"] == first


def test_raw_is_what_the_server_sent(crawled: Crawled):
    """The page as it came off the wire, byte for byte and compressed where it was, is what makes it evidence."""
    for path, sent in (
        (PATHS[3], article(PATHS[3]).encode()),
        (PACKED, gzip.compress(article(PACKED).encode(), mtime=0)),
    ):
        done = subprocess.run(
            command("show", crawled.site.url + path, "--raw"),
            env=environment_of(crawled.home),
            capture_output=True,
            check=True,
        )
        assert done.stdout == sent


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["abc"], 5, "no article has an id that begins with 'abc'"),
        (["zz"], 5, "too short"),
        (["不是"], 5, "neither an article's id nor an address"),
        (["http://127.0.0.1/a/100.html"], 5, "no article of the archive was seen at"),
        ([], 2, "Missing argument"),
        (["abc", "--json", "--raw"], 2, "exclude each other"),
    ],
)
def test_show_what_is_not_there(ask, arguments, code, said):
    """One line that says what to do, and a code of its own for what is not there."""
    done = ask("show", *arguments)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stdout == ""


def test_runs_lists_what_ran(ask, crawled: Crawled):
    """Whoever lets it run looks here first."""
    table = ask("runs", columns=100).stdout
    assert all(word in table for word in ("columns", "epaper", "finished", "new 32", "rejected 1", "gone 1"))
    told = json.loads(ask("runs", "--format", "json").stdout)
    assert [run["spider"] for run in told["runs"]] == ["epaper", "columns"]
    assert told["runs"][1]["counts"]["new"] == 32
    assert told["planned"] == []
    rows = list(csv.DictReader(io.StringIO(ask("runs", "--format", "csv").stdout)))
    assert json.loads(rows[1]["counts"]) == told["runs"][1]["counts"]


def test_run_shows_every_response(ask, crawled: Crawled):
    """A count that cannot be taken apart cannot be checked."""
    table = ask("runs", "1", columns=100).stdout
    assert LONG_TITLE[:12] in table
    assert GONE in table
    results = json.loads(ask("runs", "1", "--format", "json").stdout)["results"]
    by_path = {result["url"].removeprefix(crawled.site.url): result for result in results}
    assert by_path[GONE]["outcome"] == "gone"
    assert (by_path[EMPTY]["outcome"], by_path[EMPTY]["reason"]) == ("rejected", "no-body")
    assert by_path[PATHS[0]]["title"].startswith("云栖镇第100号渠")
    assert len(list(csv.DictReader(io.StringIO(ask("runs", "1", "--format", "csv").stdout)))) == len(results)


def test_planned_runs_are_shown(fresh: Home, monkeypatch):
    """A run that was skipped or missed leaves no trace but this."""
    due = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    (fresh.path / "data").mkdir()
    with Database.open(f"sqlite:///{fresh.path / 'data/archive.db'}") as database, database.begin() as session:
        timetable.leave_out(session, "columns", due, PlannedOutcome.SKIPPED, "the last run still runs (pid 17)")
    ask = asker(fresh, monkeypatch)
    for arguments in ([], ["--planned"]):
        table = ask("runs", *arguments, columns=80).stdout
        assert "2026-11-24 22:00  columns  skipped" in table
        assert "the last run still runs" in table
    told = json.loads(ask("runs", "--planned", "--format", "json").stdout)
    assert told["planned"][0]["due_at"] == "2026-11-24T22:00:00+08:00"
    assert "columns" in ask("runs", "--planned", "--format", "csv").stdout


def test_runs_that_are_not_there(ask):
    """A wrong number is not an empty run."""
    assert ask("runs", "99").exit_code == 5
    assert "there is no run 99" in ask("runs", "99").stderr
    assert ask("runs", "first").exit_code == 2


def test_rejected_pages_wait_with_their_reason(ask, crawled: Crawled):
    """A page that could not be read must not be forgotten."""
    assert EMPTY in ask("rejected", columns=80).stdout
    [page] = json.loads(ask("rejected", "--format", "json").stdout)
    assert (page["url"], page["reason"]) == (crawled.site.url + EMPTY, "no-body")
    [row] = csv.DictReader(io.StringIO(ask("rejected", "--format", "csv").stdout))
    assert row["url"] == page["url"]
    assert json.loads(ask("rejected", "--reason", "list-page", "--format", "json").stdout) == []
    assert ask("rejected", "--reason", "list-page").stderr == "No page waits.\n"
    wrong = ask("rejected", "--reason", "ugly")
    assert wrong.exit_code == 2
    assert "list-page" in wrong.stderr


def test_wrong_commands_and_files(crawled: Crawled):
    """The first thing somebody types is often wrong; the answer must be the way on."""
    for arguments, said in (
        (["ask"], "No such command 'ask'"),
        (["--config", "/nowhere/xha.toml", "runs"], "/nowhere/xha.toml: cannot be read"),
        ([], "Usage: xha"),
    ):
        done = xha(crawled.home, *arguments)
        assert done.returncode == 2
        assert said in done.stderr + done.stdout
        assert "Traceback" not in done.stderr
    done = xha(crawled.home, "runs", environment={"XHA_LEASE": "10"})
    assert done.returncode == 2
    assert "environment variable XHA_LEASE" in done.stderr
