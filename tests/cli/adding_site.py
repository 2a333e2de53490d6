"""The worked example of docs/adding-a-site.md: run it, and write what it prints into the document.

.venv/bin/python tests/cli/adding_site.py
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "adding-a-site.md"
PORT = "8765"
"""Of the replica in the document. Another one is used here, with as many digits: tables are as wide as there."""
_BLOCK = re.compile(r"```console\n(.*?)\n```", re.DOTALL)
_COMMAND = re.compile(r"^\$ ((?:.*\\\n)*.*)", re.MULTILINE)


def free_port() -> int:
    """A port of four digits at which nothing listens."""
    for port in range(8100, 9999):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise OSError("no port is free")


def commands(text: str) -> list[str]:
    """Every command of the document, in order."""
    return [command for block in _BLOCK.findall(text) for command in _COMMAND.findall(block)]


def run_through(text: str, home: Path, port: int) -> str:
    """The document with what its commands print now.

    Args:
        home: an empty directory to work in.
        port: of the replica that is being served.
    """
    return _BLOCK.sub(lambda block: f"```console\n{_run(block[1], home, port)}\n```", text)


def _run(block: str, home: Path, port: int) -> str:
    printed: list[str] = []
    for command in _COMMAND.findall(block):
        done = subprocess.run(
            ["bash", "-c", command.replace(f":{PORT}", f":{port}")],
            cwd=home,
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
            check=False,
        )
        said = done.stdout.rstrip("\n").replace(f":{port}", f":{PORT}")
        printed += [f"$ {command}", *([said] if said else [])]
    return "\n".join(printed)


def _environment() -> dict[str, str]:
    plain = {key: value for key, value in os.environ.items() if "proxy" not in key.lower() and key[:4] != "XHA_"}
    telling = ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "LINES")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "COLUMNS": "80", "PYTHONUNBUFFERED": "1"}  # remarks stand where a terminal shows them
    return {key: value for key, value in plain.items() if key not in telling} | own


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    from demo.replica import Replica
    from demo.server import ReplicaServer

    port = free_port()
    with ReplicaServer(Replica.build(None), port), tempfile.TemporaryDirectory() as directory:
        made = run_through(DOCUMENT.read_text("utf-8"), Path(directory), port)
    DOCUMENT.write_text(made, "utf-8")
