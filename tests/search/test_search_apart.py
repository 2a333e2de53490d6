"""Grams from a process of its own: the same as made here, in order, whatever becomes of that process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from storage.search.apart import Apart
from storage.search.question import grams_in, text_of

BATCHES = [
    (
        name,
        [
            text_of(None, f"第{number}號新聞 ＡＢ{number}", None, "港口清淤" * 20_000 + str(number))
            for number in range(3)
        ],
    )
    for name in ("one", "two", "three")
]
"""Larger than what lies between two processes unread, both as texts and as their answer."""


def sorted_grams(line: str) -> list[str]:
    """A set's order differs from process to process."""
    return sorted(line.split())


def check(found: Iterator[tuple[str, Sequence[str]]]) -> None:
    """Each batch is there, with its own grams."""
    here = [(name, [sorted_grams(grams_in(text)) for text in texts]) for name, texts in BATCHES]
    assert [(name, list(map(sorted_grams, made))) for name, made in found] == here


@pytest.fixture
def apart() -> Iterator[Apart]:
    """Closed at the end."""
    with Apart() as one:
        yield one


def process(apart: Apart) -> subprocess.Popen[bytes]:
    """The one that makes the grams."""
    assert apart._process is not None
    return apart._process


def test_batches_come_in_order_with_their_own_grams(apart: Apart) -> None:
    """Else articles would be found by the words of others."""
    check(apart.ahead(iter(BATCHES)))
    check(apart.ahead(iter(BATCHES)))
    assert list(apart.ahead(iter([]))) == []


def test_grams_are_made_there(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else it would cost a process and save nothing."""

    def here(_: str) -> str:
        raise AssertionError

    monkeypatch.setattr("storage.search.apart.grams_in", here)
    assert [name for name, _ in apart.ahead(iter(BATCHES))] == ["one", "two", "three"]


def test_next_batch_is_made_while_one_is_used(apart: Apart) -> None:
    """Else one process would wait for the other all the time."""
    read: list[str] = []

    def batches() -> Iterator[tuple[str, Sequence[str]]]:
        for name, texts in BATCHES:
            read.append(name)
            yield name, texts

    found = apart.ahead(batches())
    assert (next(found)[0], read) == ("one", ["one", "two"])
    found.close()


@pytest.mark.parametrize("asked", [0, 1], ids=["before it is asked", "while it works"])
def test_process_that_dies_is_done_without(apart: Apart, caplog: pytest.LogCaptureFixture, asked: int) -> None:
    """An hour's work is not lost because the system took one process for too large."""

    def batches() -> Iterator[tuple[str, Sequence[str]]]:
        for place, batch in enumerate(BATCHES):
            if place == asked:
                process(apart).kill()
                process(apart).wait()
            yield batch

    check(apart.ahead(batches()))
    assert "they are made in this one" in caplog.text


def test_without_a_process_grams_are_made_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter inside another program does not know where it lies."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with Apart() as alone:
        check(alone.ahead(iter(BATCHES)))


PROGRAM = """
import os, signal
from storage.search.apart import Apart
apart = Apart()
print("begun", flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
"""No `if __name__ == "__main__"`: it must not be run a second time either."""


def test_it_ends_with_whoever_started_it(tmp_path: Path) -> None:
    """Else each broken-off index would leave a process behind for good."""
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    path = os.pathsep.join(sys.path)
    done = subprocess.run(  # returns when everybody has closed its output, the process that makes grams too
        [sys.executable, program], env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGKILL, "begun\n", "")
