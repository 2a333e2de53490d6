"""An inspection as JSON values."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from crawler.inspect.inspection import FieldView, Inspection, said
from crawler.parse.vote import Side
from storage.query.details import FIELD_NAMES
from storage.query.shape import shape_of_reading
from storage.records import Article


def shape_of(inspection: Inspection) -> dict[str, Any]:
    """All that an inspection holds. Fields are called as in the JSON shape of an article; every key is always there."""
    result, page = inspection.result, inspection.page
    article = result if isinstance(result, Article) else None
    return {
        "url": page.url,
        "family": inspection.examination.family,
        "charset": page.charset,
        "charset_how": page.charset_how,
        "reason": None if isinstance(result, Article) else result.reason.value,
        "detail": None if isinstance(result, Article) else result.detail,
        "figures": [{**asdict(figure), "met": figure.met} for figure in inspection.figures],
        "fields": {field_name(field): _field(field, article) for field in inspection.fields},
        "left_out": [{"text": text, "why": why} for text, why in (inspection.body.removed if inspection.body else ())],
        "problems": list(article.problems) if article else [],
        "next_url": article.next_url if article else None,
    }


def field_name(field: FieldView) -> str:
    """What a field is called in JSON and on the screen."""
    return FIELD_NAMES.get(field.name, field.name)


def _field(field: FieldView, article: Article | None) -> dict[str, Any]:
    how = field.how
    return {
        "value": _value(field, article),
        "rule": how.rule if how else None,
        "place": how.place if how else None,
        "confidence": how.confidence if how else None,
        "votes": [_side(side) for side in field.ballot.sides] if field.ballot else [],
    }


def _value(field: FieldView, article: Article | None) -> Any:
    if field.name == "edition" and article:
        return shape_of_reading(article)["edition"]
    if field.name == "images" and article:
        return [asdict(image) for image in article.images] or None
    return _plain(field.value)


def _side(side: Side[Any]) -> dict[str, Any]:
    return {
        "value": _plain(side.witnesses[0].value),
        "share": round(side.share, 3),
        "witnesses": [
            {"value": _plain(one.value), "rule": one.rule, "place": one.place, "trust": round(one.trust, 3)}
            for one in side.witnesses
        ],
    }


def _plain(value: Any) -> Any:
    """Names stay a list; all else is text."""
    if value is None:
        return None
    return [said(one) for one in value] if isinstance(value, tuple) else said(value)
