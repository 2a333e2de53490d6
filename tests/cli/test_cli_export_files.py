"""`xha export` into files: tables, and the raw pages as evidence."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pyarrow import parquet
from typer.testing import Result

from storage.errors import ConfigError


def test_tables_hold_what_search_finds(ask: Callable[..., Result], tmp_path: Path) -> None:
    """The same question must give the same articles in every format."""
    found = {one["id"] for one in json.loads(ask("search", "清淤", "--format", "json").stdout)}
    assert len(found) > 20
    for name in ("sqlite", "parquet"):
        done = ask("export", "清淤", "--format", name, "-o", str(tmp_path / name))
        assert f"{len(found)} articles written" in done.stderr
    with closing(sqlite3.connect(tmp_path / "sqlite")) as connection:
        assert {row[0] for row in connection.execute("SELECT id FROM article")} == found
    assert set(parquet.read_table(tmp_path / "parquet").column("id").to_pylist()) == found


def test_evidence_holds_the_raw_pages(ask: Callable[..., Result], tmp_path: Path) -> None:
    """A WACZ of a search holds the record of each of its articles, under its headline."""
    (first, *_) = json.loads(ask("search", "--format", "json", "--limit", "1").stdout)
    done = ask("export", f'"{first["title"]}"', "--format", "wacz", "-o", str(tmp_path / "a.wacz"))
    assert "1 raw page written" in done.stderr
    with zipfile.ZipFile(tmp_path / "a.wacz") as archive:
        lines = archive.read("pages/pages.jsonl").decode().splitlines()
    assert json.loads(lines[1])["title"] == first["title"]


@pytest.mark.parametrize("name", ["parquet", "sqlite", "wacz"])
def test_what_is_no_text_needs_a_file(ask: Callable[..., Result], name: str) -> None:
    """Bytes must not be poured over a terminal; the sentence says what to add."""
    done = ask("export", "--format", name)
    assert done.exit_code == ConfigError.exit_code
    assert f"name a file: --output articles.{name}" in done.stderr
    assert not done.stdout


def test_half_a_file_does_not_take_the_name(ask: Callable[..., Result], tmp_path: Path) -> None:
    """A failed export leaves what stood there before, and no litter beside it."""
    target = tmp_path / "missing" / "a.sqlite"
    done = ask("export", "--format", "sqlite", "-o", str(target))
    assert done.exit_code == 1
    assert str(target) in done.stderr
    assert list(tmp_path.iterdir()) == []
