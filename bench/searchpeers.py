"""What searches are measured against: plain `LIKE`, and FTS5's own trigrams."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

LIKE = "SELECT id FROM article WHERE title LIKE ?1 OR body LIKE ?1 ORDER BY published_at DESC LIMIT 20"
TRIGRAMS = "SELECT rowid FROM trigrams WHERE trigrams MATCH ? ORDER BY rowid DESC LIMIT 20"
SHORTEST = 3
"""Trigrams know no shorter word."""


class Peers:
    """Both, over the articles of one archive."""

    def __init__(self, path: Path) -> None:
        self._archive = sqlite3.connect(path)
        self._trigrams = sqlite3.connect(path.with_name(f"trigrams-{path.name}"))

    def build(self) -> float:
        """Make the trigrams where they are not there; their size in shares of the text."""
        with self._trigrams as made:
            if not made.execute("SELECT 1 FROM sqlite_master WHERE name = 'trigrams'").fetchone():
                made.execute("CREATE VIRTUAL TABLE trigrams USING fts5(body, content='', tokenize='trigram')")
                rows = self._archive.execute("SELECT rowid, title || char(10) || body FROM article")
                made.executemany("INSERT INTO trigrams (rowid, body) VALUES (?, ?)", rows)
        [(size,)] = self._trigrams.execute("SELECT sum(pgsize) FROM dbstat")
        [(text,)] = self._archive.execute(
            "SELECT sum(length(CAST(title AS blob)) + length(CAST(body AS blob))) FROM article"
        )
        return float(size / text)

    def like(self, words: Sequence[str], clock: Callable[[], float]) -> float:
        """Milliseconds of the newest page of the slowest word."""
        return max(_taken(self._archive, LIKE, f"%{word}%", clock) for word in words)

    def trigrams(self, words: Sequence[str], clock: Callable[[], float]) -> float | None:
        """The same; None for words they cannot look for."""
        if any(len(word) < SHORTEST for word in words):
            return None
        return max(_taken(self._trigrams, TRIGRAMS, f'"{word}"', clock) for word in words)

    def close(self) -> None:
        """Give the connections back."""
        self._archive.close()
        self._trigrams.close()


def _taken(connection: sqlite3.Connection, query: str, value: str, clock: Callable[[], float]) -> float:
    started = clock()
    connection.execute(query, (value,)).fetchall()
    return (clock() - started) * 1_000
