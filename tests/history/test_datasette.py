"""Datasette opens the archive with the metadata that lies beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from history_samples import HOUR, put
from store_samples import NOW

from storage.store.database import Database

ROOT = Path(__file__).parents[2]
METADATA = ROOT / "datasette.yaml"


def _get(file: Path, path: str) -> dict[str, Any]:
    command = [str(Path(sys.executable).with_name("datasette")), str(file), "--metadata", str(METADATA), "--get", path]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_datasette_shows_tables_and_queries(tmp_path: Path) -> None:
    """A researcher who knows Datasette gets sorted tables, facets and the queries people ask for."""
    file = tmp_path / "archive.db"
    with Database.open(f"sqlite:///{file}") as database, database.begin() as session:
        put(session, 1, source="青石湾报")
        put(session, 1, body="改过。", seen=NOW + HOUR)
    shown = _get(file, "/archive/article.json?_shape=objects")
    assert shown["facet_results"]["source"]["results"][0]["value"] == "青石湾报"
    for name in yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["archive"]["queries"]:
        assert "rows" in _get(file, f"/archive/{name}.json"), name
    assert len(_get(file, "/archive/edited.json")["rows"]) == 1


def test_machinery_is_hidden(tmp_path: Path) -> None:
    """Whoever opens the archive sees what it holds, the articles first, and not how its search or its pace is kept."""
    with Database.open(f"sqlite:///{tmp_path / 'archive.db'}"):
        pass
    shown = _get(tmp_path / "archive.db", "/archive.json")
    assert {table["name"] for table in shown["tables"] if not table["hidden"]} == {
        "article", "capture", "fixity", "image", "issue", "ledger", "outcome", "planned", "rejected", "run", "sighting",
        "story", "version",
    }  # fmt: skip
    told = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["archive"]["description_html"]
    assert told.startswith('<a href="archive/articles">')
    assert {view["name"] for view in shown["views"]} == {"articles", "run_counts"}


def test_metadata_names_tables_that_exist(database: Database) -> None:
    """A table that was renamed would lose its description in silence."""
    from sqlalchemy import inspect

    named = yaml.safe_load(METADATA.read_text("utf-8"))["databases"]["archive"]["tables"]
    stored = inspect(database.engine)
    on_sqlite = {"search_index", "search_index_block"} if stored.dialect.name == "postgresql" else set()
    assert set(named) <= {*stored.get_table_names(), *stored.get_view_names(), *on_sqlite}
