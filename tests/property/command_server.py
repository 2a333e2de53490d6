"""Runs `xha` again and again, each time in a fork of a process that has loaded it: quick, and yet a process of its own.

    python command_server.py HOME      one JSON array of arguments a line → one JSON object a line

What a command does to files outside of HOME is told by the interpreter's own audit events, not by looking afterwards.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from pathlib import Path
from typing import Any

import cli.main
from cli.edge import use_utf8

for name in ("crawler.run", "storage.config", "storage.store.database", "storage.query.search", "storage.query.export"):
    __import__(name)

LONGEST_SECONDS = 30
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = {
    **{
        f"os.{name}": 1
        for name in ("mkdir", "remove", "rmdir", "chmod", "chown", "truncate", "utime", "mkfifo", "mknod")
    },
    **{f"os.{name}": 2 for name in ("rename", "link", "symlink")},
    "sqlite3.connect": 1,
    "shutil.rmtree": 1,
}
"""Event → how many of its arguments are paths that change."""
NETWORK = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")
NOBODY = ("127.0.0.1", ("127.0.0.1", 9))
"""What may be looked up and asked: the discard port, which nothing listens on."""
NOWHERE = ("/dev/null", "/dev/tty")


class Watch:
    """Notes what is changed outside of a directory and of those that the command line names."""

    def __init__(self, home: Path, named: list[str]) -> None:
        self.inside = [
            home.resolve(),
            *(Path(name).resolve().parent for name in named if "/" in name and "\0" not in name),
        ]
        self.seen: list[str] = []
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """An audit event."""
        if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
            self.note(event, arguments[0])
        elif event in CHANGES:
            for path in arguments[: CHANGES[event]]:
                self.note(event, path)
        elif event in NETWORK and not any(one in NOBODY for one in arguments):
            self.seen.append(f"{event} {arguments[1:]}")

    def note(self, event: str, path: object) -> None:
        """A path that is written to."""
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor that is open already
        text = os.fsdecode(path)
        if "\0" in text or text in (*NOWHERE, "", ":memory:"):
            return
        whole = Path(text).resolve()
        if not any(whole.is_relative_to(place) for place in self.inside):
            self.seen.append(f"{event} {whole}")


def child(arguments: list[str], home: Path, out: int, err: int) -> int:
    """Run one command; its exit code."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(err, 2)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    os.chdir(home)
    sys.argv = ["xha", *arguments]
    watch = Watch(home, arguments)
    try:
        cli.main.main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1 if ended.code else 0
    except BaseException:
        traceback.print_exc()
        code = 255
    sys.stdout.flush()
    sys.stderr.flush()
    for line in watch.seen:
        os.write(err, f"\nOUTSIDE {line}\n".encode(errors="backslashreplace"))
    return code


def run(arguments: list[str], home: Path) -> dict[str, object]:
    """One command in a fork."""
    with tempfile.TemporaryFile(dir=home.parent) as out, tempfile.TemporaryFile(dir=home.parent) as err:
        pid = os.fork()
        if pid == 0:
            signal.alarm(LONGEST_SECONDS)
            os._exit(child(arguments, home, out.fileno(), err.fileno()))
        _, status = os.waitpid(pid, 0)
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode("utf-8", "backslashreplace"))
    return {"code": os.waitstatus_to_exitcode(status), "out": said[0][-20_000:], "err": said[1][-20_000:]}


def main() -> None:
    """Answer until there is nothing more to read."""
    use_utf8()
    home = Path(sys.argv[1])
    for line in sys.stdin:
        arguments = [
            argument.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
            for argument in json.loads(line)
        ]
        print(json.dumps(run(arguments, home)), flush=True)


if __name__ == "__main__":
    main()
