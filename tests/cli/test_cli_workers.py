"""`xha reparse --workers`: several processes read, and it does not show in what is stored."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from cli_samples import PATHS, Crawled, environment_of, xha

from bench.reparse import digest_of
from crawler import ahead, worker
from crawler.ahead import read_ahead
from crawler.reparse import reparse
from crawler.sites.profile import load_profile
from crawler.worker import is_article
from storage.archive.reader import iterate
from storage.config import Config, load_config
from storage.records import Capture, Outcome, Page


@pytest.fixture
def configured(crawled: Crawled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Config]:
    """The crawled archive with a database of the test's own, by its name; chunks of three captures."""
    for name, value in environment_of(crawled.home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(ahead, "CHUNK_CAPTURES", 3)

    def configured(name: str) -> Config:
        monkeypatch.setenv("XHA_DATABASE", f"sqlite:///{tmp_path / name}")
        return load_config()

    return configured


@pytest.fixture
def config(configured: Callable[[str], Config]) -> Config:
    """The crawled archive with an empty database."""
    return configured("again.db")


def test_rows_are_the_same_with_three_workers(configured: Callable[[str], Config], tmp_path: Path):
    """Law 3: who reads a page must not show in what is stored, nor in which order."""
    shown: list[int] = []
    report = reparse(configured("three.db"), workers=3, on_progress=shown.append)
    assert sum(report.counts.values()) == shown[-1] == 37
    assert len(shown) == 13, "captures are handed over three at a time"
    assert reparse(configured("one.db")).counts == report.counts
    assert digest_of(tmp_path / "three.db") == digest_of(tmp_path / "one.db")


def test_rows_are_the_same_where_they_were_read_before(config: Config, tmp_path: Path):
    """Law 4: reading the archive a second time, with workers, changes no row."""
    reparse(config)
    before = digest_of(tmp_path / "again.db")
    reparse(config, workers=2)
    assert digest_of(tmp_path / "again.db") == before


def test_few_captures_are_held(config: Config):
    """Memory is bounded only if the archive is read no faster than the pages."""
    taken = 0

    def source() -> Iterator[Capture]:
        nonlocal taken
        for capture in iterate(config.archive_directory):
            taken += 1
            yield capture

    with closing(read_ahead(source(), load_profile(config.site), 2)) as chunks:
        first = next(chunks)
        assert [is_article(capture) for capture, _ in first] == [reading is not None for _, reading in first]
        assert taken == 3 * (2 * ahead.CHUNKS_PER_WORKER + 1)


def test_a_worker_that_is_killed_costs_no_page(config: Config):
    """A run must not wait for ever for a process that the system ended, nor leave out what it had in hand."""

    def source() -> Iterator[Capture]:
        for number, capture in enumerate(iterate(config.archive_directory)):
            if number == 9:
                for process in multiprocessing.active_children():
                    os.kill(process.pid, signal.SIGKILL)
            yield capture

    profile = load_profile(config.site)
    assert list(read_ahead(source(), profile, 2)) == list(read_ahead(iterate(config.archive_directory), profile))
    assert multiprocessing.active_children() == []


def test_a_page_that_cannot_be_decoded_costs_itself(config: Config, monkeypatch: pytest.MonkeyPatch):
    """Law 6: an error nobody foresaw, in a page read ahead, is that page's."""
    whole = worker.decode

    def spoilt(capture: Capture) -> Page:
        if capture.url.endswith(PATHS[5]):
            raise ZeroDivisionError("spoilt")
        return whole(capture)

    monkeypatch.setattr(worker, "decode", spoilt)
    counts = reparse(config).counts
    assert sum(counts.values()) == 37
    assert counts[Outcome.REJECTED] == 2, "this one, and the one without text"


@pytest.mark.parametrize("command", ["crawl", "reparse"])
@pytest.mark.parametrize("workers", ["0", "65"])
def test_no_workers_and_too_many_are_refused(crawled: Crawled, command: str, workers: str):
    """Nobody would work then, or a slip of the finger would start processes until the machine gives in."""
    done = xha(crawled.home, command, "--workers", workers)
    assert done.returncode == 2
    assert "Invalid value for '--workers'" in done.stderr
