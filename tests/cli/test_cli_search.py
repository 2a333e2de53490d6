"""`xha search` finds, marks, aligns and counts; wrong questions are answered in one line."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing

import pytest
from cli_samples import LONG_SOURCE, LONG_TITLE, PATHS, Crawled, xha
from crawl_samples import Home
from rich.cells import cell_len

from storage.query.export import CSV_COLUMNS
from storage.query.search import find
from storage.query.shape import articles
from storage.query.spreadsheet import MARK
from storage.search.question import Question
from storage.store.database import Database


def offset(line: str, part: str) -> int:
    """Cells before a part of a line."""
    return cell_len(line[: line.index(part)])


@pytest.mark.parametrize("columns", [50, 80, 100, 140])
def test_table_is_aligned_by_cells_and_keeps_to_the_width(ask, columns):
    """Chinese characters take two cells: counted as one, every column behind them is out of line."""
    for words, number in (("山海同行", 1), ("清淤", 3)):
        head, *rows = ask("search", words, "--limit", "3", columns=columns).stdout.splitlines()
        starts = [offset(head, name) for name in ("published", "source", "article")]
        assert sum(not row.startswith(" ") for row in rows) == number  # only the first line of an article has an id
        for row in rows:
            assert cell_len(row) <= columns
            assert row == row.rstrip()
            for start in starts:
                rest = cells_from(row, start)
                assert rest is not None, row  # no character stands across a column's edge
                assert not rest or cells_before(row, start).endswith("  "), row


def cells_from(row: str, start: int) -> str | None:
    """What stands from a cell on; None where a wide character stands across its edge."""
    for index in range(len(row) + 1):
        at = cell_len(row[:index])
        if at == start:
            return row[index:]
        if at > start:
            return None
    return ""


def cells_before(row: str, start: int) -> str:
    """What stands before a cell."""
    rest = cells_from(row, start)
    return row[: len(row) - len(rest)] if rest else row


def test_long_headlines_and_sources_are_broken_and_not_cut(ask):
    """A headline that is cut off cannot be told from another one."""
    done = ask("search", "山海同行", columns=80)
    rows = done.stdout.splitlines()[1:]
    start = offset(done.stdout.splitlines()[0], "article")
    source = offset(done.stdout.splitlines()[0], "source")
    text = "".join((cells_from(row, start) or "").strip() for row in rows).replace("[", "").replace("]", "")
    assert LONG_TITLE.replace(" ", "") in text.replace(" ", "")
    told = "".join((cells_before(cells_from(row, source) or "", start - source)).strip() for row in rows)
    assert told == LONG_SOURCE


def test_pipe_gets_no_colour_and_room(crawled: Crawled):
    """What greps and pagers read must hold no escape codes, and not be broken at 80 columns."""
    done = xha(crawled.home, "search", "清淤", "--limit", "3")
    assert "\x1b" not in done.stdout + done.stderr
    assert 80 < max(map(cell_len, done.stdout.splitlines())) <= 160
    assert "[清淤]完工" in done.stdout


def test_hits_are_red_in_a_terminal(crawled: Crawled):
    """A reader looks for the words; where there are colours, brackets would only be in the way."""
    done = xha(crawled.home, "search", "清淤", "--limit", "1", columns=100, environment={"FORCE_COLOR": "1"})
    assert "\x1b[1;31m清淤\x1b[0m" in done.stdout
    assert "[清淤]" not in done.stdout


def test_json_is_one_array_of_the_one_shape(ask, crawled: Crawled):
    """Programs get exactly what the library calls an article, and all that were found."""
    done = ask("search", "清淤", "--format", "json")
    with Database.open(f"sqlite:///{crawled.home.path / 'data/archive.db'}") as database, database.read() as session:
        expected = list(articles(session, find(session, Question.of("清淤"))))
    assert len(expected) == len(PATHS) + 1  # and the compressed one
    assert json.loads(done.stdout) == expected
    assert done.stderr == ""


def test_csv_has_a_row_for_each(ask):
    """Spreadsheets get the same articles."""
    written = ask("search", "清淤", "--format", "csv", "--limit", "4").stdout
    rows = list(csv.reader(io.StringIO(written.removeprefix(MARK))))
    assert rows[0] == list(CSV_COLUMNS)
    assert len(rows) == 5
    assert all(row[3].startswith("云栖镇第") for row in rows[1:])


def test_table_says_when_there_is_more(ask):
    """Twenty rows that look like everything are a wrong answer."""
    short, whole = ask("search", "清淤"), ask("search", "清淤", "--limit", "0")
    assert f"{len(PATHS) + 1} found; the next page: --cursor " in short.stderr
    assert whole.stderr == ""
    assert whole.stdout.count("云栖日报") == len(PATHS) + 1


def test_an_or_in_small_letters_is_pointed_out(ask):
    """Else nobody learns why nothing is found where one of two words was meant."""
    told = ask("search", "清淤 or 淤泥沟").stderr
    assert "Nothing found." in told
    assert "write OR in capitals" in told
    assert "capitals" not in ask("search", "清淤 OR 淤泥沟").stderr


def test_pages_follow_each_other(ask):
    """A reader who asks for the next page must get it, and know when there is none."""
    whole = json.loads(ask("search", "清淤", "--format", "json").stdout)
    for sort in ("newest", "relevance"):
        seen, further = [], []
        while True:
            done = ask("search", "清淤", "--sort", sort, "--limit", "30", "--format", "json", *further)
            seen += [one["id"] for one in json.loads(done.stdout)]
            if "--cursor" not in done.stderr:
                break
            further = ["--cursor", done.stderr.split("--cursor ")[1].split(",")[0]]
        assert sorted(seen) == sorted(one["id"] for one in whole)


def test_facets_are_counted(ask):
    """Who narrows a search down must see what there is."""
    written = ask("search", "清淤", "--facets", "--format", "csv").stdout
    rows = list(csv.reader(io.StringIO(written.removeprefix(MARK))))
    assert rows[0] == ["facet", "value", "articles"]
    assert ["month", "2024-05", str(len(PATHS) + 1)] in rows
    assert "云栖日报" in ask("search", "清淤", "--facets").stdout


def test_filters_reach_the_search(ask):
    """A filter that is dropped on the way gives too many answers."""
    assert len(json.loads(ask("search", "--source", "新媒体中心", "--format", "json").stdout)) == 1
    assert len(json.loads(ask("search", "--editor", "陈禾", "--format", "json").stdout)) == len(PATHS) + 2
    assert json.loads(ask("search", "--editor", "陈", "--format", "json").stdout) == []
    assert json.loads(ask("search", "--author", "某某", "--format", "json").stdout) == []
    assert json.loads(ask("search", "--since", "2024-05-07", "--format", "json").stdout) == []
    assert len(json.loads(ask("search", "--until", "2024-5-6", "--limit", "3", "--format", "json").stdout)) == 3
    assert len(json.loads(ask("search", "--column", "要闻", "--limit", "2", "--format", "json").stdout)) == 2
    assert json.loads(ask("search", "--edition", "01版", "--format", "json").stdout) == []


def test_nothing_found_is_an_answer(ask):
    """A script must be able to tell nothing found from a failure."""
    for format, said in (("json", "[]\n"), ("table", ""), ("csv", f"{MARK}{','.join(CSV_COLUMNS)}\n")):
        done = ask("search", "没有这个词", "--format", format)
        assert (done.exit_code, done.stdout) == (0, said)
    assert ask("search", "没有这个词").stderr == "Nothing found.\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--since", "2024-13-01"], "--since: '2024-13-01' is not a day"),
        (["--since", "2024-02-02", "--until", "2024-01-01"], "--since 2024-02-02 lies after --until 2024-01-01"),
        (['"渠'], "at character 1 of '\"渠' is never closed"),
        (["渠 OR"], "the OR at character 3"),
        (["--state", "lost"], "--state: 'lost' is not one of live, gone, edited"),
        (["--cursor", "5"], "--cursor: '5' was not given by a search"),
        (["--edition", "2024-13-01"], "--edition"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--limit", "-1"], "--limit"),
        (["--colour"], "No such option: --colour"),
        (["--limt", "5"], "No such option: --limt; did you mean --limit?"),
    ],
)
def test_wrong_questions_end_with_2(ask, arguments, said):
    """What cannot be understood must be said in a line, with the place, and not be answered with something else."""
    done = ask("search", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""


def test_word_to_be_left_out_needs_no_quotation_marks(ask, tmp_path, monkeypatch):
    """Else it is an option that does not exist or, as `-oil`, a file with another answer than was asked for."""
    monkeypatch.chdir(tmp_path)

    def ids(command: str, *words: str) -> list[str]:
        given = ["--format", "json"] if command == "search" else []
        lines = ask(command, *words, *given).stdout
        return [one["id"] for one in (json.loads(lines) if given else map(json.loads, lines.splitlines()))]

    everything = ids("search")
    for words in (["清淤", "-oil"], ["-oil", "清淤"]):
        assert ids("export", *words) == ids("search", *words) == ids("search", "清淤")
    assert sorted(ids("search", "-清淤") + ids("search", "清淤")) == sorted(everything)
    assert ids("export", "清淤", "-清淤", "-1") == []
    assert not list(tmp_path.iterdir())


def test_question_where_there_is_no_archive(fresh):
    """A question in the wrong directory must not leave an empty archive that looks like an answer."""
    for question in (
        ["search", "渠"],
        ["show", "abc"],
        ["runs"],
        ["rejected"],
        ["export"],
        ["verify"],
        ["db", "status"],
    ):
        done = xha(fresh, *question)
        assert done.returncode == 3
        assert done.stderr.startswith(f"Error: there is no archive at {fresh.path}/data/archive.db")
        assert done.stderr.count("\n") == 1
    assert not (fresh.path / "data").exists()


def changed(crawled: Crawled, fresh: Home, statement: str, *values: str) -> None:
    """A copy of the archive, changed by plain SQL."""
    (fresh.path / "data").mkdir()
    with (
        closing(sqlite3.connect(f"file:{crawled.home.path / 'data/archive.db'}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(fresh.path / "data/archive.db")) as copy,
        copy,
    ):
        source.backup(copy)
        copy.execute(statement, values)


def test_headline_cannot_command_the_terminal(crawled: Crawled, fresh: Home):
    """A page's headline goes to the terminals of everybody who searches for it."""
    evil = "清淤\x1b]0;owned\x07\x1b[2J\u202e\x9b31m完工"
    changed(crawled, fresh, "UPDATE article SET title = ?, source = ?, body = ?", evil, evil, evil)
    [(one,)] = fresh.rows("SELECT min(id) FROM article")
    for question in (["search", "清淤"], ["show", one], ["runs", "1"]):
        done = xha(fresh, *question)
        assert done.returncode == 0
        assert not set("\x1b\x07\u202e\x9b") & set(done.stdout)
        assert "清淤" in done.stdout.replace("[", "").replace("]", "")


@pytest.mark.parametrize("line", ["kicker", "subtitle"])
def test_line_beside_the_headline_shows_why_it_was_found(crawled: Crawled, fresh: Home, line: str):
    """Else an answer would show none of the words that were asked for."""
    changed(crawled, fresh, f"UPDATE article SET {line} = ? WHERE id = (SELECT min(id) FROM article)", "喜迎丰收节")
    assert "喜迎[丰收]节" in xha(fresh, "search", "丰收").stdout
    [found] = json.loads(xha(fresh, "search", "丰收", "--format", "json").stdout)
    assert found[line] == "喜迎丰收节"
