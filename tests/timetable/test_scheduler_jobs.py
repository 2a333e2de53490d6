"""The scheduler as a process: what it starts, leaves out, catches up, stops, and writes down of it."""

from __future__ import annotations

import signal
from collections import Counter
from datetime import timedelta

import pytest
import scheduler_samples as samples

from storage.records import SITE_ZONE
from storage.store.database import Database
from storage.store.tables import IssueRow, IssueState


def test_every_planned_run_has_its_row_and_a_stop_is_orderly(tmp_path):
    """Three jobs run by a timetable of seconds, an overlap is skipped and says so, SIGTERM lets a crawl finish."""
    config = samples.configure(
        tmp_path,
        {"name": "quick", "spider": "quick", "every": "1s"},
        {"name": "broken", "spider": "failing", "every": "2s"},
        {"name": "long", "spider": "polite", "every": "1s"},
    )
    began = samples.now()
    with samples.running(config) as process:
        samples.until(lambda: len(samples.rows(config, "long")) >= 3)
        samples.until(lambda: any(row.exit_code == 1 for row in samples.rows(config, "broken")))
        samples.until(samples.crawling(config, "long"))
        code, said = samples.end(process)
    assert code == 0, said
    first, *others = samples.rows(config, "long")
    assert (first.outcome, first.exit_code) == ("ran", 0)
    assert first.reason == "the scheduler was stopped (SIGTERM)"
    assert {(row.outcome, row.reason) for row in others} == {("skipped", "the last run still runs")}
    assert "finished what was in flight" in (tmp_path / "log/long.log").read_text()
    quick = samples.rows(config, "quick")
    assert ("ran", 0, "") in {(row.outcome, row.exit_code, row.reason) for row in quick}
    assert all(row.finished_at for row in quick if row.started_at)
    broken = next(row for row in samples.rows(config, "broken") if row.exit_code == 1)
    assert broken.reason == "the site does not answer"
    assert min(row.due_at for row in samples.rows(config)) >= began
    lines = Counter(line.split()[2] for line in said.splitlines() if " due " in line)
    assert lines == Counter(row.job for row in samples.rows(config))


def test_due_times_that_passed_are_caught_up_once(tmp_path):
    """After a stop one run is late and one row tells of the others; the next start owes nothing."""
    config = samples.configure(tmp_path, {"name": "daily", "spider": "quick", "every": "1d"})
    midnight = samples.now().astimezone(SITE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    samples.ran_at(config, "daily", midnight - timedelta(days=4))
    with samples.running(config) as process:
        samples.until(lambda: [row for row in samples.rows(config) if row.outcome == "late" and row.finished_at])
        assert samples.end(process)[0] == 0
    known, missed, late = samples.rows(config)
    assert known.outcome == "ran"
    assert (missed.outcome, missed.due_at, missed.started_at) == ("missed", midnight - timedelta(days=3), None)
    earliest, latest = (f"{midnight - timedelta(days=days):%Y-%m-%d} 00:00:00" for days in (3, 1))
    assert missed.reason == f"3 due {earliest} to {latest}: the scheduler was not running"
    assert (late.outcome, late.due_at, late.exit_code) == ("late", midnight, 0)
    with samples.running(config) as process:
        assert "planning for" in process.stderr.readline()
        assert samples.end(process)[0] == 0
    assert len(samples.rows(config)) == 3


def test_first_start_owes_nothing(tmp_path):
    """A new archive waits for its first due time; nobody missed anything."""
    config = samples.configure(tmp_path, {"name": "daily", "spider": "quick", "every": "1d"})
    with samples.running(config) as process:
        assert "planning for" in process.stderr.readline()
        assert samples.end(process, signal.SIGINT)[0] == 0
    assert samples.rows(config) == []


def test_crawl_beyond_its_time_limit_is_stopped_then_killed(tmp_path):
    """A crawl that hangs and ignores being asked does not hold its job for ever."""
    config = samples.configure(tmp_path, {"name": "hanging", "spider": "stubborn", "every": "1s", "time_limit": "4s"})
    with samples.running(config):
        samples.until(lambda: samples.rows(config, "hanging") and samples.rows(config, "hanging")[0].finished_at)
    first = samples.rows(config, "hanging")[0]
    assert first.exit_code == -signal.SIGKILL
    assert first.reason == "stopped at its time limit of 4 s; killed because it did not stop in 3 s; ready"
    assert first.finished_at - first.started_at >= timedelta(seconds=7)


def test_second_signal_ends_at_once(tmp_path):
    """Whoever presses Ctrl-C twice does not wait for a crawl that will not stop, and leaves no crawl behind."""
    config = samples.configure(tmp_path, {"name": "hanging", "spider": "stubborn", "every": "1s"})
    with samples.running(config) as process:
        samples.until(samples.crawling(config, "hanging"))
        process.send_signal(signal.SIGINT)
        # Sent while the first is pending, the second signal would be none.
        samples.until(lambda: "the scheduler was stopped" in process.stderr.readline())
        assert samples.end(process, signal.SIGINT)[0] == 128 + signal.SIGINT
    pid = samples.rows(config, "hanging")[0].pid
    assert pid is not None
    samples.until(lambda: not samples.alive(pid))


def test_killed_scheduler_leaves_its_crawl_and_the_next_one_respects_it(tmp_path):
    """After kill -9 the crawl goes on, no second one of the job starts beside it, and its row is closed later."""
    config = samples.configure(tmp_path, {"name": "brief", "spider": "brief", "every": "1s"})
    with samples.running(config) as process:
        samples.until(samples.crawling(config, "brief"))
        samples.until(lambda: samples.rows(config)[0].pid)
        process.kill()
        process.wait()
    pid = samples.rows(config)[0].pid
    with samples.running(config):
        samples.until(lambda: samples.rows(config)[0].finished_at)
    first, *others = samples.rows(config)
    assert (first.outcome, first.exit_code, first.reason) == ("ran", None, "the scheduler ended before it did")
    beside = [row for row in others if row.due_at < first.finished_at and row.outcome == "skipped"]
    assert f"the last run still runs (process {pid})" in {row.reason for row in beside}


def test_two_schedulers_of_one_database_are_one_too_many(tmp_path):
    """The second one says who plans already and stays out; the first one does not notice."""
    config = samples.configure(tmp_path, {"name": "daily", "spider": "quick", "every": "1d"})
    with samples.running(config) as first:
        first.stderr.readline()
        with samples.running(config) as second:
            said = second.communicate(timeout=samples.PATIENCE_SECONDS)[1]
            assert second.returncode == 1
        assert said == f"process {first.pid} plans for sqlite:///{tmp_path}/archive.db already; stop it first\n"
        assert first.poll() is None


def test_two_schedulers_of_one_server_are_one_too_many(tmp_path, postgres_url):
    """The same on PostgreSQL, where the other scheduler may be on another host."""
    config = samples.configure(tmp_path, {"name": "daily", "spider": "quick", "every": "1d"}, database=postgres_url)
    with samples.running(config) as first:
        assert "planning for postgresql" in first.stderr.readline()
        with samples.running(config) as second:
            said = second.communicate(timeout=samples.PATIENCE_SECONDS)[1]
            assert second.returncode == 1
        assert said.startswith("another process, on this host or another, plans for postgresql+psycopg://")
        assert samples.end(first)[0] == 0


def test_epaper_job_rests_once_todays_issue_is_in(tmp_path):
    """Until tomorrow there is nothing to fetch; the row says why nothing ran."""
    config = samples.configure(tmp_path, {"name": "epaper", "spider": "quick", "every": "1s", "until_issue": True})
    today = samples.now().astimezone(SITE_ZONE).date()
    with samples.running(config):
        samples.until(lambda: any(row.outcome == "ran" for row in samples.rows(config)))
        with Database.open(f"sqlite:///{tmp_path}/archive.db") as database, database.begin() as session:
            # Tomorrow's too: the test may run at midnight.
            for day in (today, today + timedelta(days=1)):
                session.add(IssueRow(paper="p", day=day, state=IssueState.COMPLETE))
        samples.until(lambda: samples.rows(config)[-1].outcome == "skipped")
    assert samples.rows(config)[-1].reason == "today's issue is in"


def test_one_job_by_hand(tmp_path):
    """`--once` runs a job now, beside a scheduler or without one, and ends with its exit code."""
    config = samples.configure(
        tmp_path,
        {"name": "broken", "spider": "failing", "every": "1d"},
        {"name": "long", "spider": "polite", "every": "1d"},
    )
    with samples.running(config, "--once", "broken") as process:
        assert process.wait(samples.PATIENCE_SECONDS) == 1
    with samples.running(config, "--once", "lnog") as process:
        assert process.wait(samples.PATIENCE_SECONDS) == 5
        assert process.stderr.read() == "there is no job 'lnog'; the timetable has broken, long\n"
    with samples.running(config, "--once", "long") as process:
        samples.until(samples.crawling(config, "long"))
        with samples.running(config, "--once", "long") as second:
            assert second.wait(samples.PATIENCE_SECONDS) == 1
            assert "the last run still runs (process " in second.stderr.read()
        assert samples.end(process)[0] == 0
    assert [row.outcome for row in samples.rows(config)] == ["ran", "ran", "skipped"]


def test_crawl_that_gave_up_says_why_in_the_row(tmp_path):
    """What a crawl gave up for stands in the row once, and must not be looked for elsewhere."""
    config = samples.configure(tmp_path, {"name": "weak", "spider": "surrendering", "every": "1d"})
    with samples.running(config, "--once", "weak") as process:
        assert process.wait(samples.PATIENCE_SECONDS) == 1
    assert samples.rows(config)[0].reason == "run 1 failed: the disk is full"


@pytest.mark.parametrize("how", ["option", "variable", "directory"])
def test_crawls_read_the_configuration_the_scheduler_read(tmp_path, monkeypatch, how):
    """A crawl runs in the project's directory and yet writes to the database beside the configuration file."""
    config = samples.configure(tmp_path, {"name": "curious", "spider": "curious", "every": "1d"})
    monkeypatch.delenv("XHA_CONFIG", raising=False)
    if how == "variable":
        config = config.rename(tmp_path / "other.toml")
        monkeypatch.setenv("XHA_CONFIG", "other.toml")
    option = config if how == "option" else None
    with samples.running(option, "--once", "curious", directory=tmp_path) as process:
        assert process.wait(samples.PATIENCE_SECONDS) == 0, process.stderr.read()
    row = samples.rows(config)[0]
    assert (tmp_path / "log/curious.log").read_text() == f"sqlite:///{tmp_path}/archive.db 7 {row.id}\n"


def test_empty_timetable_is_an_error(tmp_path):
    """A scheduler that would wait for nothing says so at once."""
    config = tmp_path / "xha.toml"
    config.write_text("job = []\n")
    with samples.running(config) as process:
        said = process.communicate(timeout=samples.PATIENCE_SECONDS)[1]
    assert process.returncode == 2
    assert said.startswith("the timetable is empty")


@pytest.mark.parametrize("arguments", [(), ("--once", "quick")])
def test_site_without_a_profile_is_an_error(tmp_path, arguments):
    """Else it would plan for days, and each crawl end at once where nobody looks."""
    config = samples.configure(tmp_path, {"name": "quick", "spider": "quick", "every": "1d"})
    config.write_text(f'site = "hem.toml"\n{config.read_text()}')
    with samples.running(config, *arguments) as process:
        said = process.communicate(timeout=samples.PATIENCE_SECONDS)[1]
    assert process.returncode == 2
    assert said.startswith(f"{tmp_path}/hem.toml: there is no such site profile; ")
    assert len(said.splitlines()) == 1
    assert samples.rows(config) == []


def test_nothing_of_a_crawl_stays_behind(tmp_path):
    """What a crawl started itself (a browser) is ended with it."""
    config = samples.configure(tmp_path, {"name": "parent", "spider": "parent", "every": "1d"})
    with samples.running(config, "--once", "parent") as process:
        assert process.wait(samples.PATIENCE_SECONDS) == 0
    child = int((tmp_path / "log/parent.log").read_text())
    samples.until(lambda: not samples.alive(child))
