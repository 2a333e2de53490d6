"""Views for people who ask in plain SQL: `articles` with local times, `run_counts`."""

from __future__ import annotations

import re

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ARTICLES = """
    CREATE VIEW articles AS
    SELECT a.id, a.site, a.canonical_url, a.url, a.title, a.subtitle, a.kicker,
           CASE WHEN a.published_precision = 'day' THEN {day:published_at} ELSE {time:published_at} END AS published_at,
           a.source, a.editor,
           {authors} AS authors,
           a."column" AS column_name,
           CASE WHEN a.edition_day IS NOT NULL THEN
               trim({date:edition_day} || coalesce(' ' || a.edition_label || '版', '')
                    || coalesce(' ' || a.edition_page_name, ''))
           END AS edition,
           a.edition_paper, {date:edition_day} AS edition_day, a.edition_label, a.edition_page_name,
           a.body, a.state,
           {time:first_seen_at} AS first_seen_at, {time:last_seen_at} AS last_seen_at,
           {time:last_changed_at} AS last_changed_at, {time:gone_at} AS gone_at,
           (SELECT count(*) FROM version AS v WHERE v.article_id = a.id) AS versions
    FROM article AS a
"""

RUN_COUNTS = """
    CREATE VIEW run_counts AS
    SELECT r.id AS run_id, r.spider, r.state, o.outcome, count(*) AS number
    FROM run AS r JOIN outcome AS o ON o.run_id = r.id
    GROUP BY r.id, r.spider, r.state, o.outcome
"""

# China has kept +08:00 the whole year since 1991; SQLite knows no zones.
WORDS = {
    "sqlite": {
        "day": "strftime('%Y-%m-%d', a.{0}, '+8 hours')",
        "time": "strftime('%Y-%m-%d %H:%M:%S', a.{0}, '+8 hours')",
        "date": "a.{0}",
        "authors": "(SELECT group_concat(value, '、') FROM (SELECT value FROM json_each(a.authors) ORDER BY key))",
    },
    "postgresql": {
        "day": "to_char(a.{0} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD')",
        "time": "to_char(a.{0} AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI:SS')",
        "date": "to_char(a.{0}, 'YYYY-MM-DD')",
        "authors": "(SELECT string_agg(n.value, '、' ORDER BY n.ordinality)"
        " FROM jsonb_array_elements_text(a.authors) WITH ORDINALITY AS n)",
    },
}


def upgrade() -> None:
    """Make both views, in the words of the database at hand."""
    connection = op.get_bind()
    # Straight to the driver: a colon in a format is not a parameter.
    connection.exec_driver_sql(_view(ARTICLES, connection.dialect.name))
    connection.exec_driver_sql(RUN_COUNTS)


def _view(template: str, dialect: str) -> str:
    words = WORDS[dialect]
    return re.sub(r"\{(\w+):?(\w*)\}", lambda found: words[found[1]].format(found[2]), template)
