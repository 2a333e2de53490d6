"""Grams of many texts, made by a process of its own while the texts before are being written to the index.

Making the grams of an article takes Python half as long as an index takes to write them, and threads would wait for
each other: both are wanted a thousand times a second.
"""

from __future__ import annotations

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Generator, Iterable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self, TypeVar

from storage.search.question import grams_in

Batch = TypeVar("Batch")

log = logging.getLogger(__name__)


class Apart:
    """A process that makes grams; to be closed. Where it dies or cannot be started, they are made in this one."""

    def __init__(self) -> None:
        ours, theirs = socket.socketpair()
        self._connection: Connection | None = Connection(ours.detach())
        self._process: subprocess.Popen[bytes] | None = None
        # Not by `multiprocessing`, which runs the main program once more: whoever uses this as a library may have one
        # that is not made for it. A session of its own: Ctrl-C is for the one who waits for the grams.
        command = [sys.executable, "-P", "-m", __name__]
        found_there = {"PYTHONPATH": os.pathsep.join(sys.path)}
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603
                    command, stdin=theirs.fileno(), env=os.environ | found_there, start_new_session=True
                )
            except OSError as error:
                self._alone(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._end()

    def ahead(self, batches: Iterable[tuple[Batch, Sequence[str]]]) -> Generator[tuple[Batch, Sequence[str]]]:
        """Each batch with the grams of its texts, which are made while the one before is used.

        Args:
            batches: Something, and texts that belong to it; read one batch ahead.
        """
        before: tuple[Batch, Sequence[str]] | None = None
        for batch, texts in batches:
            made = None if before is None else (before[0], self._answer(before[1]))
            self._ask(texts)  # not sooner: while both sides write, neither reads
            if made:
                yield made
            before = batch, texts
        if before is not None:
            yield before[0], self._answer(before[1])

    def _ask(self, texts: Sequence[str]) -> None:
        try:
            if self._connection:
                self._connection.send(texts)
        except OSError as error:
            self._alone(error)

    def _answer(self, texts: Sequence[str]) -> Sequence[str]:
        try:
            if self._connection:
                made: Sequence[str] = self._connection.recv()
                return made
        except (EOFError, OSError) as error:
            self._alone(error)
        return list(map(grams_in, texts))

    def _alone(self, error: Exception) -> None:
        log.warning("the process that makes grams has gone (%s): they are made in this one", error or "its end")
        self._end()

    def _end(self) -> None:
        """It ends by itself when nobody is there to ask."""
        if self._connection:
            self._connection.close()
            self._connection = None
        if self._process:
            self._process.wait()
            self._process = None


def main() -> None:
    """Answer lists of texts on standard input's socket with lists of their grams, until whoever asks has gone."""
    connection = Connection(os.dup(sys.stdin.fileno()))
    try:
        while True:
            connection.send([grams_in(text) for text in connection.recv()])
    except (EOFError, OSError):
        return


if __name__ == "__main__":
    main()
