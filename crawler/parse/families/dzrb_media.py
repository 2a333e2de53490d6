"""Pictures and videos of an interface's answer, put where its text has their placeholders.

`<!--IMAGEARRAY#n-->` stands for the n-th picture of `images[].imagearray[]`, `<!--VIDEOARRAY#n-->` for the n-th video,
of which the still is shown. Whether n counts from 0 or 1, and pictures or groups of pictures, no stored answer tells:
so the smallest n is the first. What has no placeholder of its own follows the last one; where there is none at all,
it heads the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from crawler.parse.jsonread import Item, first, text_of, unmarked

MAX_MEDIA = 300
"""More pictures than any article has."""

_IMAGE = re.compile(r"<!--\s*(?:IMAGE(?:ARRAY)?|IMG)S?\s*#\s*(\d{1,4})\s*-->", re.I)
_VIDEO = re.compile(r"<!--\s*VIDEO(?:ARRAY)?S?\s*#\s*(\d{1,4})\s*-->", re.I)
_CAPTION = ("summary", "caption", "imageDesc", "description", "desc")


def filled(content: str, article: Item) -> str:
    """The content with a `figure` for each picture and each still of a video."""
    content = _fill(content, _VIDEO, _units(first(article, ("videos",)), "videoarray"))
    return _fill(content, _IMAGE, _units(first(article, ("images",)), "imagearray"))


def _fill(content: str, placeholder: re.Pattern[str], units: Sequence[str]) -> str:
    numbers = [int(match[1]) for match in placeholder.finditer(content)]
    lowest, left = min(numbers, default=0), dict(enumerate(units))
    places = {number: left.pop(number - lowest, "") for number in dict.fromkeys(numbers)}
    rest = "".join(left.values())
    if not numbers:
        return rest + content
    places[numbers[-1]] += rest
    return placeholder.sub(lambda match: places.pop(int(match[1]), ""), content)


def _units(groups: object, key: str) -> list[str]:
    """What one placeholder stands for: a picture of the only group, or one of several groups."""
    figures = [list(_figures(group, key)) for group in _items(groups)]
    if len(figures) == 1:
        return figures[0]
    return ["".join(group) for group in figures if group]


def _figures(group: Item, key: str) -> Iterator[str]:
    for item in _items(first(group, (key,))) or [group]:
        url = text_of(first(item, ("imageUrl", "imgUrl", "url", "src")))
        if url:
            caption = escape(unmarked(text_of(first(item, _CAPTION))))
            words = f"<figcaption>{caption}</figcaption>" if caption else ""
            yield f'<figure><img src="{escape(url)}">{words}</figure>'


def _items(value: object) -> list[Item]:
    return [one for one in value[:MAX_MEDIA] if isinstance(one, dict)] if isinstance(value, list) else []
