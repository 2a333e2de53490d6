"""Tables about what was read: articles, versions, sightings, images, stories; and how each capture ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    """Make them in an order in which each table finds those it points to."""
    _story()
    _article()
    _sighting()
    _image()
    _version()
    _outcome()


def _story() -> None:
    op.create_table(
        "story",
        sa.Column("id", BIG, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
    )


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("last_changed_at", TIME, nullable=False),
        sa.Column("gone_at", TIME, nullable=True),
        sa.Column("story_id", BIG, nullable=True),
        sa.Column("version_id", BIG, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=True),
        sa.Column("kicker", sa.Text(), nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("editor", sa.Text(), nullable=True),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("edition_paper", sa.Text(), nullable=True),
        sa.Column("edition_day", sa.Date(), nullable=True),
        sa.Column("edition_label", sa.Text(), nullable=True),
        sa.Column("edition_page_name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("how", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text_fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name="fk_article_story_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("canonical_url", name="uq_article_canonical_url"),
    )
    op.create_index("ix_article_edition_day_edition_label", "article", ["edition_day", "edition_label"])
    op.create_index("ix_article_last_changed_at", "article", ["last_changed_at"])
    op.create_index("ix_article_published_at", "article", ["published_at"])
    op.create_index("ix_article_story_id", "article", ["story_id"])
    op.create_index("ix_article_text_fingerprint", "article", ["text_fingerprint"])


def _sighting() -> None:
    op.create_table(
        "sighting",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("label", sa.Text(), nullable=True),
        sa.Column("page_name", sa.Text(), nullable=True),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_sighting_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_sighting"),
        sa.UniqueConstraint("canonical_url", "kind", "place", name="uq_sighting_canonical_url_kind_place"),
    )
    op.create_index("ix_sighting_article_id", "sighting", ["article_id"])


def _image() -> None:
    op.create_table(
        "image",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("order", BIG, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=True),
        sa.Column("capture_id", BIG, nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_image_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_image_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_image"),
        sa.UniqueConstraint("article_id", "order", name="uq_image_article_id_order"),
    )
    op.create_index("ix_image_capture_id", "image", ["capture_id"])


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("id", BIG, nullable=False),
        sa.Column("article_id", sa.Text(), nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("capture_id", BIG, nullable=False),
        sa.Column("seen_at", TIME, nullable=False),
        sa.Column("images", JSON, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=True),
        sa.Column("kicker", sa.Text(), nullable=True),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("editor", sa.Text(), nullable=True),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("column", sa.Text(), nullable=True),
        sa.Column("edition_paper", sa.Text(), nullable=True),
        sa.Column("edition_day", sa.Date(), nullable=True),
        sa.Column("edition_label", sa.Text(), nullable=True),
        sa.Column("edition_page_name", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("how", JSON, nullable=False),
        sa.Column("problems", JSON, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("text_fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_version_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_version_capture_id"),
        sa.PrimaryKeyConstraint("id", name="pk_version"),
        sa.UniqueConstraint("article_id", "number", name="uq_version_article_id_number"),
        sa.UniqueConstraint("capture_id", name="uq_version_capture_id"),
    )


def _outcome() -> None:
    op.create_table(
        "outcome",
        sa.Column("id", BIG, nullable=False),
        sa.Column("run_id", BIG, nullable=True),
        sa.Column("capture_id", BIG, nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Text(), nullable=True),
        sa.Column("version_id", BIG, nullable=True),
        sa.Column("judged_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_outcome_article_id"),
        sa.ForeignKeyConstraint(["capture_id"], ["capture.id"], name="fk_outcome_capture_id"),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_outcome_run_id"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_outcome_version_id"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
        sa.UniqueConstraint("capture_id", name="uq_outcome_capture_id"),
    )
    op.create_index("ix_outcome_article_id", "outcome", ["article_id"])
    op.create_index("ix_outcome_run_id_outcome", "outcome", ["run_id", "outcome"])
