"""Indexes for overviews: counts by source, column and editor; what was edited or removed; a day of print.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

IS_GONE, IS_EDIT = sa.text("gone_at IS NOT NULL"), sa.text("number > 1")
ON_WEB = sa.text("edition_day IS NULL")


def upgrade() -> None:
    """Make them; on a large archive this takes some seconds for each."""
    op.create_index("ix_article_source_published_at", "article", ["source", "published_at"])
    op.create_index("ix_article_column_published_at", "article", ["column", "published_at"])
    op.create_index("ix_article_editor", "article", ["editor"])
    op.create_index("ix_article_on_web", "article", ["published_at"], sqlite_where=ON_WEB, postgresql_where=ON_WEB)
    op.create_index("ix_article_gone_at", "article", ["gone_at"], sqlite_where=IS_GONE, postgresql_where=IS_GONE)
    op.create_index("ix_version_edited", "version", ["seen_at"], sqlite_where=IS_EDIT, postgresql_where=IS_EDIT)
    op.create_index("ix_sighting_day", "sighting", ["day"])
