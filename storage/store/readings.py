"""An `Article` as the columns that `article` and `version` share, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storage.records import Article, Edition, How, Image, Moment
from storage.store.tables import VersionRow


def columns_of(article: Article) -> dict[str, Any]:
    """Column → value, without the fingerprints."""
    edition = article.edition
    return {
        "url": article.url,
        "title": article.title,
        "subtitle": article.subtitle,
        "kicker": article.kicker,
        "published_at": article.published.at if article.published else None,
        "published_precision": article.published.precision if article.published else None,
        "source": article.source,
        "editor": article.editor,
        "authors": list(article.authors),
        "column": article.column,
        "edition_paper": edition.paper if edition else None,
        "edition_day": edition.day if edition else None,
        "edition_label": edition.label if edition else None,
        "edition_page_name": edition.page_name if edition else None,
        "body": article.body,
        "body_html": article.body_html,
        "family": article.family,
        "how": {name: dict(vars(how)) for name, how in article.how.items()},
        "problems": list(article.problems),
    }


def images_of(article: Article) -> list[dict[str, Any]]:
    """The images as `version.images` keeps them: a list in order of {url, caption}."""
    ordered = sorted(article.images, key=lambda image: image.order)
    return [{"url": image.url, "caption": image.caption} for image in ordered]


def article_of(row: VersionRow) -> Article:
    """The article as it was read then."""
    published = row.published_at and row.published_precision
    return Article(
        url=row.url,
        title=row.title,
        subtitle=row.subtitle,
        kicker=row.kicker,
        published=_moment(row) if published else None,
        source=row.source,
        editor=row.editor,
        authors=tuple(row.authors),
        column=row.column,
        edition=_edition(row),
        body=row.body,
        body_html=row.body_html,
        images=tuple(
            Image(url=image["url"], caption=image["caption"], order=order) for order, image in enumerate(row.images)
        ),
        family=row.family,
        how=_how(row.how),
        problems=tuple(row.problems),
    )


def _moment(row: VersionRow) -> Moment:
    assert row.published_at is not None
    assert row.published_precision is not None
    return Moment(at=row.published_at, precision=row.published_precision)


def _edition(row: VersionRow) -> Edition | None:
    if row.edition_paper is None or row.edition_day is None:
        return None
    return Edition(
        paper=row.edition_paper, day=row.edition_day, label=row.edition_label, page_name=row.edition_page_name
    )


def _how(values: Mapping[str, Mapping[str, Any]]) -> dict[str, How]:
    return {name: How(**how) for name, how in values.items()}
