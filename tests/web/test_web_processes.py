"""Several processes behind one address: they share it, one that dies is replaced, all end with the command."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import httpx
import pytest
from web_site import Served

from storage.config import load_config
from storage.errors import StoreError
from web import server
from web.server import run

PATIENCE_SECONDS = 60


@contextmanager
def begun(served: Served, **more: Any) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """`xha serve --processes 2`, and its address; it may still be beginning."""
    line = [str(Path(sys.executable).with_name("xha")), "serve", "--port", "0", "--processes", "2"]
    with subprocess.Popen(line, cwd=served.home.path, stderr=subprocess.PIPE, text=True, **more) as process:
        try:
            assert process.stderr is not None
            at = re.search(r"http://\S+?(?=/)", process.stderr.readline())
            assert at
            yield process, at[0]
        finally:
            process.terminate()


@pytest.fixture
def command(served: Served) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The same, with both of its processes there, and answering."""
    with begun(served) as (process, url):
        wait_until(lambda: len(servers(process.pid)) == 2 and answers(url))
        yield process, url


def servers(parent: int) -> set[int]:
    """Processes that answer: children that listen to the pipe of their parent, not the resource tracker."""
    children = map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split())
    return {one for one in children if "spawn_main" in proc(one, "cmdline")}


def proc(process: int, name: str) -> str:
    """What the kernel says of a process; nothing of one that is gone."""
    try:
        return Path(f"/proc/{process}/{name}").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def is_gone(process: int) -> bool:
    """Whether it has ended; one whose end nobody has asked for yet has, too."""
    return proc(process, "stat").rpartition(")")[2].split()[:1] in ([], ["Z"])


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
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: len(servers(process.pid)) == 2 and servers(process.pid) != before)
    wait_until(lambda: answers(url))


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_all_end_with_the_command(command: tuple[subprocess.Popen[str], str], by: signal.Signals) -> None:
    """A process that stayed behind would hold the port, and answer from an archive that is long another."""
    process, _ = command
    started = servers(process.pid)
    process.send_signal(by)
    assert process.wait(PATIENCE_SECONDS) == (130 if by is signal.SIGINT else -by)
    wait_until(lambda: all(map(is_gone, started)))


def test_ctrl_c_ends_it_at_once_even_while_it_begins(served: Served) -> None:
    """Ctrl-C reaches all processes of the terminal: none of them may answer it with a traceback."""
    with begun(served, process_group=0) as (process, _):
        wait_until(lambda: bool(servers(process.pid)))
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=PATIENCE_SECONDS)
        assert (process.returncode, said.strip()) == (130, "Interrupted.")


def test_readers_who_take_nothing_do_not_keep_it(command: tuple[subprocess.Popen[str], str]) -> None:
    """Else whoever reads slowly decides when the archive can be served anew."""
    process, url = command
    host, port = url.removeprefix("http://").split(":")
    question = f"GET /api/articles?limit=100 HTTP/1.1\r\nHost: {host}\r\n\r\n".encode() * 40
    with ExitStack() as slow:
        for _ in range(6):
            slow.enter_context(socket.create_connection((host, int(port)))).sendall(question)
        time.sleep(1)
        process.terminate()
        assert process.wait(PATIENCE_SECONDS) == -signal.SIGTERM


def test_what_cannot_begin_is_not_begun_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that goes away once the command has looked at it: one sentence, not a process a second for ever."""
    (tmp_path / "no.db").write_text("no database")
    monkeypatch.setenv("XHA_DATABASE", f"sqlite:///{tmp_path / 'no.db'}")
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(StoreError, match="could not begin"):
        run(load_config(), [], listener, processes=2)


def test_what_was_begun_ends_where_another_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without memory for a second process the command must end, not wait for ever for a first one that nobody told."""
    monkeypatch.setenv("XHA_DATABASE", f"sqlite:///{tmp_path / 'archive.db'}")
    begin = server._begun
    begun_ones: list[SpawnProcess] = []

    def begin_one(served: server.Served) -> SpawnProcess:
        if begun_ones:
            raise BlockingIOError("no more processes")
        begun_ones.append(begin(served))
        return begun_ones[0]

    monkeypatch.setattr(server, "_begun", begin_one)
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(BlockingIOError):
        run(load_config(), [], listener, processes=2)
    assert not begun_ones[0].is_alive()
