"""Several processes behind one address: they share it, one that dies is replaced, all end with the command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from web_site import Served

PATIENCE_SECONDS = 60


@pytest.fixture
def command(served: Served) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`xha serve --processes 2`, and its address."""
    line = [str(Path(sys.executable).with_name("xha")), "serve", "--port", "0", "--processes", "2"]
    with subprocess.Popen(line, cwd=served.home.path, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            at = re.search(r"http://\S+?(?=/)", process.stderr.readline())
            assert at
            wait_until(lambda: len(servers(process.pid)) == 2)
            yield process, at[0]
        finally:
            process.terminate()


def servers(parent: int) -> set[int]:
    """Processes that answer: children that listen to the pipe of their parent, not the resource tracker."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return {int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


def wait_until(holds: Callable[[], bool]) -> None:
    """Until it holds.

    Raises:
        AssertionError: not in time.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "not in time"
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether somebody answers at the address."""
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def test_a_process_that_dies_is_replaced(command: tuple[subprocess.Popen[str], str]) -> None:
    """A crash in a C library costs the readers of one process one answer, not all of them the archive."""
    process, url = command
    before = servers(process.pid)
    wait_until(lambda: answers(url))
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: len(servers(process.pid)) == 2 and servers(process.pid) != before)
    wait_until(lambda: answers(url))


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL])
def test_all_end_with_the_command(command: tuple[subprocess.Popen[str], str], by: signal.Signals) -> None:
    """A process that stayed behind would hold the port, and answer from an archive that is long another."""
    process, url = command
    wait_until(lambda: answers(url))
    started = servers(process.pid)
    process.send_signal(by)
    assert process.wait(PATIENCE_SECONDS) == (0 if by is signal.SIGTERM else -signal.SIGKILL)
    wait_until(lambda: not any(Path(f"/proc/{one}").exists() for one in started))
    assert not answers(url)
