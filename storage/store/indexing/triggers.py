"""The triggers that write down which article's index entry has to be looked at, whoever changed it.

`migrate.upgrade` makes those that are missing at its end, so a step may copy `article`, `version` or `sighting`
(`batch_alter_table`, which on SQLite drops the old table with its triggers), and to change a trigger a step drops it. A
step that also writes to these tables after copying them sets `search_state.version` to 0: nobody wrote down what it
changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

OF_ARTICLE = (
    "title",
    "kicker",
    "subtitle",
    "body",
    "published_at",
    "source",
    "editor",
    "authors",
    "column",
    "edition_paper",
    "edition_day",
    "edition_label",
    "edition_page_name",
    "state",
    "version_id",
)
"""Columns of `article` that its entry is made of."""
OF_SIGHTING = ("article_id", "kind", "place", "column", "day", "label", "page_name")

_NAMES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    " AND tgrelid IN (to_regclass('article'), to_regclass('version'), to_regclass('sighting'))",
}


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """One event of one table."""

    table: str
    event: str
    columns: tuple[str, ...] = ()
    """Of which one must have changed."""
    articles: tuple[str, ...]
    """Expressions for the articles it concerns."""
    condition: str | None = None

    @property
    def name(self) -> str:
        """Of the trigger, and on PostgreSQL of its function."""
        return f"search_due_{self.table}_{self.event.lower()}"

    def statements(self, dialect: str) -> list[str]:
        """What makes it."""
        of = " OF " + ", ".join(f'"{column}"' for column in self.columns) if self.columns else ""
        after = f"CREATE TRIGGER {self.name} AFTER {self.event}{of} ON {self.table}"
        if dialect == "sqlite":
            return [f"{after}{self._when('IS NOT')} BEGIN{self._inserts('INSERT OR IGNORE', '')} END"]
        # Not DO NOTHING: this locks a row that is due already, so that whoever takes it in waits for this change.
        inserts = self._inserts("INSERT", " ON CONFLICT (article_id) DO UPDATE SET place = excluded.place")
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN{inserts} RETURN NULL; END $$",
            f"{after} FOR EACH ROW{self._when('IS DISTINCT FROM')} EXECUTE FUNCTION {self.name}()",
        ]

    def _inserts(self, insert: str, conflict: str) -> str:
        return "".join(
            f" {insert} INTO search_due (article_id) SELECT {one} WHERE {one} IS NOT NULL{conflict};"
            for one in self.articles
        )

    def _when(self, differs: str) -> str:
        changed = " OR ".join(f'old."{column}" {differs} new."{column}"' for column in self.columns)
        conditions = [f"({one})" for one in (changed, self.condition) if one]
        return f" WHEN ({' AND '.join(conditions)})" if conditions else ""


TRIGGERS = (
    Trigger(table="article", event="INSERT", articles=("new.id",)),
    Trigger(table="article", event="UPDATE", columns=OF_ARTICLE, articles=("new.id",)),
    Trigger(table="article", event="DELETE", articles=("old.id",)),
    Trigger(table="version", event="INSERT", articles=("new.article_id",)),
    Trigger(table="version", event="DELETE", articles=("old.article_id",)),
    Trigger(table="sighting", event="INSERT", articles=("new.article_id",), condition="new.kind <> 'url'"),
    Trigger(
        table="sighting",
        event="UPDATE",
        columns=OF_SIGHTING,
        articles=("old.article_id", "new.article_id"),
        condition="old.kind <> 'url' OR new.kind <> 'url'",
    ),
    Trigger(table="sighting", event="DELETE", articles=("old.article_id",), condition="old.kind <> 'url'"),
)


def missing(connection: Connection) -> list[Trigger]:
    """Those that are not there."""
    there = set(connection.exec_driver_sql(_NAMES[connection.dialect.name]).scalars())
    return [one for one in TRIGGERS if one.name not in there]


def put_back(connection: Connection) -> None:
    """Make those that are missing. What was changed while they were is known to nobody: see `upkeep.rebuild`."""
    for one in missing(connection):
        for statement in one.statements(connection.dialect.name):
            connection.exec_driver_sql(statement)
