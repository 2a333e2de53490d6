"""The outlet a text is from: what stands behind 来源, else the outlet's name beside the time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lxml.html import HtmlElement

from crawler.parse.document import HEADINGS, Block
from crawler.parse.labels import InfoLine, Label, Labelled, bare_label, take_apart
from crawler.parse.names import ROLE, is_name, read_byline
from crawler.parse.outlets import clean_outlet, is_account, is_furniture, is_outlet
from crawler.parse.scene import MAX_SHORT, Scene
from crawler.parse.shapes import fold, letters, plain
from crawler.parse.vote import Ballot, Witness, vote

_META = re.compile(
    r"^(?:(?:og|article|dc|news|content|page)[:._-]?)?(?:source|sourcename|contentsource|mediaid|medianame|origin"
    r"|laiyuan)$"
)
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:\w*source|laiyuan|ly|media(?:name|_name)?|origin|from|comefrom|orgin|author[_-]?name|author"
    r"|username)(?:$|[\s_-])",
    re.I,
)
_SLASHED = re.compile(r"^([\u4e00-\u9fff·]{2,8}(?:[\s、][\u4e00-\u9fff·]{2,4}){0,3})\s*[/|]\s*(\S{2,16})$")
_NAV = re.compile(r"[>»›]|首页|当前位置|正文$")
_FRAGMENT = re.compile(r"[。！？!?…]|\d{5,}|^[^(（]*[)）]|[(（][^)）]*$|第[一二三四五六七八九十\d]+[届次]")
"""Of a sentence: a stop, half a pair of brackets, a counted meeting."""

_AGO = re.compile(
    r"(?<!\d)(?:\d{1,3}\s?(?:秒|分钟|小时|天|周|个月)前|(?:今天|昨天|前天)\s?\d{1,2}:\d{2}|\d{1,2}-\d{1,2}\s\d{1,2}:\d{2})"
)
"""Times that are none without the time of asking or a year: `1小时前`, `07-26 09:30`."""
AGO_CHARS = 40
"""A line of such a time is no longer."""
BESIDE = ("position", "class")
"""Rules of witnesses that read an outlet without a label."""
LABEL_GAP = 3
"""Characters between a label and the time that is its value, at most."""
LINKED = 0.8
LABELLED = 0.8
"""Labels trusted so far, or more, are the article's own and not a picture's."""
BESIDE_A_LABEL = 0.6
"""What an outlet without a label is worth where another one has its label."""
NEAR = 2
"""Lines between the time and an outlet that stands beside it without a label."""


def same_source(one: str, other: str) -> bool:
    """Equal letters, or one name holds the other (青石报 in 大众·青石报).

    >>> same_source("大众报业·青石报", "青石报")
    True
    """
    a, b = letters(one), letters(other)
    return bool(a and b) and (a in b or b in a)


def hear(scene: Scene) -> list[Witness[str]]:
    """All witnesses of the outlet."""
    return [*_labelled(scene), *_beside(scene), *_told(scene)]


def decide(witnesses: Iterable[Witness[str]]) -> Ballot[str]:
    """Vote over the outlet. Where a label names one, names beside the time without a label hardly count."""
    heard = list(witnesses)
    if any(one.value and one.rule == "label" and one.trust >= LABELLED for one in heard):
        heard = [replace(one, trust=min(one.trust, BESIDE_A_LABEL)) if one.rule in BESIDE else one for one in heard]
    return vote("source", heard, same=same_source)


def source_in(text: str) -> str | None:
    """The outlet in a text that is known to hold one (a selector's, an interface's): its label is optional."""
    info = [one for one in _info(text).of(Label.SOURCE) if not one.glued]
    return clean_outlet(info[0].value if info else _info(text).rest or text)


def _info(text: str) -> InfoLine:
    return take_apart(fold(text))


def _labelled(scene: Scene) -> Iterator[Witness[str]]:
    for zone, base in ((scene.head, 0.95), (scene.tail, 0.86)):
        for block in zone:
            if "源" not in block.text and "自" not in block.text and "出处" not in block.text:
                continue
            for one in scene.info(block).of(Label.SOURCE):
                trust = _label_trust(scene, block, one, base)
                if trust is None:
                    continue
                value = _value(scene, block, one)
                place = f"{one.word} in {scene.document.path_of(block.element)}"
                if value is not None or not one.value:
                    yield Witness(value=value, rule="label", place=place, trust=trust if value else 0.6)


def _label_trust(scene: Scene, block: Block, one: Labelled, base: float) -> float | None:
    """How far a label is to be trusted where it stands; None where it is a word of a sentence or a caption."""
    info = scene.info(block)
    if one.glued or (one.word == "转自" and len(block.text) > 60):
        return None
    leading = one.start <= 2
    if scene.in_body(block):
        whole = leading and len(block.text) <= MAX_SHORT // 2
        closing = (
            block.text.endswith(one.value + block.text[-1]) and block.index >= scene.body[1] - 1
            if scene.body
            else False
        )
        if not whole and not closing:
            return None
        return base - (0.05 if whole else 0.2)
    if len(block.text) > MAX_SHORT or (len(info.rest) > PROSE and not info.moments):
        return 0.5
    return base


PROSE = 24
"""Characters beside a labelled value without any time: the line is a caption or a sentence."""


def _value(scene: Scene, block: Block, one: Labelled) -> str | None:
    """The label's value, or the next line where the label ends its own."""
    if one.value:
        return clean_outlet(one.value)
    following = scene.after(block)
    if following is None or one.end < len(scene.info(block).text.rstrip(" :：|")) or len(following.text) > 40:
        return None
    if bare_label(following.text) or scene.info(following).labelled or scene.info(following).moments:
        return None
    outlet = clean_outlet(following.text)
    return outlet if outlet and not is_furniture(outlet) else None


def _beside(scene: Scene) -> Iterator[Witness[str]]:
    """An outlet without a label: what else stands on the line of the time, or alone on a line right next to it."""
    for block in scene.head:
        if (broken := scene.broken_moment(block)) is not None:
            yield from _near(scene, block.index, block.index + broken[1] - 1)
            return
        if not _is_time_line(scene, block):
            continue
        yield from _on_line(scene, block)
        yield from _near(scene, block.index, block.index)
        return


def _is_time_line(scene: Scene, block: Block) -> bool:
    """Whether a line shows the article's time: not the time of a change, not a day in a sentence."""
    info = scene.info(block) if len(block.text) <= MAX_SHORT else None
    if info is None or (scene.in_body(block) and len(block.text) > 60):
        return False
    if not info.moments:
        return len(block.text) <= AGO_CHARS and _AGO.search(plain(block.text)) is not None
    first = info.moments[0].start
    return not any(
        one.kind in (Label.MODIFIED, Label.OTHER) and not one.value and 0 <= first - one.end <= LABEL_GAP
        for one in info.labelled
    )


def _on_line(scene: Scene, block: Block) -> Iterator[Witness[str]]:
    """Text nodes and words of the time's own line that are neither time, label nor furniture."""
    info = scene.info(block)
    place = scene.document.path_of(block.element)
    for text, element in _texts(block):
        if _CLASS.search(_named(element)) and _usable(text, scene):
            yield Witness(value=clean_outlet(text), rule="class", place=scene.document.path_of(element), trust=0.8)
            break
    if info.of(Label.SOURCE):
        return
    for piece in _AGO.sub(" | ", info.rest).split(" | "):
        outlet = clean_outlet(_among_names(piece))
        if outlet is None or not _usable(outlet, scene):
            continue
        if not is_outlet(outlet) and scene.in_body(block):
            continue
        trust = 0.88 if is_outlet(outlet) else 0.62
        yield Witness(value=outlet, rule="position", place=place, trust=trust)
        return


def _among_names(piece: str) -> str:
    """The only outlet among words that are otherwise names: `苗禾 青石发布`."""
    tokens = piece.split(" ")
    outlets = [token for token in tokens if is_outlet(token)]
    names = [token for token in tokens if is_name(token)]
    return outlets[0] if names and len(outlets) == 1 and len(names) + 1 == len(tokens) else piece


def _near(scene: Scene, first: int, last: int) -> Iterator[Witness[str]]:
    """Lines right below and right above the line or lines of the time."""
    floor = scene.headline[1] + 1 if scene.headline and scene.headline[1] < first else first - NEAR
    for block in scene.blocks[last + 1 : last + 1 + NEAR]:
        if not scene.in_body(block):
            yield from _alone(scene, block)
    for block in reversed(scene.blocks[max(floor, first - NEAR, 0) : first]):
        yield from _alone(scene, block)


def _alone(scene: Scene, block: Block) -> Iterator[Witness[str]]:
    text = block.text
    if block.tag in HEADINGS or (block.tag == "li" and block.link_share > LINKED):
        return  # a kicker, an item of a menu
    place = scene.document.path_of(block.element)
    if slashed := _SLASHED.match(plain(text)):
        sides = slashed.groups()
        outlets = [side for side in sides if is_outlet(side)]
        if len(outlets) == 1:
            yield Witness(value=outlets[0], rule="position", place=place, trust=0.85)
        return
    following = scene.after(block)
    if following is not None and is_account(following.text) and (account := clean_outlet(text)):
        yield Witness(value=account, rule="position", place=place, trust=0.85)
        return
    if len(text) > 30 or not _usable(text, scene) or scene.info(block).labelled or scene.info(block).moments:
        return
    outlet = clean_outlet(text)
    if outlet is None or read_byline(text):
        return
    elements = [block.element, *(piece.element for piece in block.pieces)]
    hinted = any(_CLASS.search(_named(element)) for element in [*elements, *_parents(elements)])
    trust = 0.82 if is_outlet(outlet) else 0.5
    yield Witness(
        value=outlet, rule="class" if hinted else "position", place=place, trust=trust + (0.06 if hinted else 0.0)
    )


def _usable(text: str, scene: Scene) -> bool:
    """Whether a text may be an outlet at all: no headline, button, trail of links, byline or person."""
    value = fold(text)
    return (
        1 < len(value) <= 40
        and not is_furniture(value)
        and not _NAV.search(value)
        and not ROLE.search(value)
        and not _FRAGMENT.search(value)
        and not is_name(value.strip())
        and (scene.title is None or letters(value) not in letters(scene.title))
    )


def _texts(block: Block) -> Iterator[tuple[str, HtmlElement]]:
    for piece in block.pieces:
        text = fold((piece.element.tail if piece.tail else piece.element.text) or "")
        element = piece.element.getparent() if piece.tail else piece.element
        if text and element is not None:
            yield text, element


def _parents(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    return [parent for element in elements[:3] if (parent := element.getparent()) is not None]


def _named(element: HtmlElement) -> str:
    return f"{element.get('class', '')} {element.get('id', '')}"


def _told(scene: Scene) -> Iterator[Witness[str]]:
    """Meta values and JSON-LD; `article:author` of many portals names the outlet."""
    for key, value in scene.document.meta.items():
        if _META.match(key) and (outlet := source_in(value)):
            yield Witness(value=outlet, rule="meta", place=key, trust=0.8)
        elif key in {"article:author", "og:article:author"} and is_outlet(value) and (outlet := clean_outlet(value)):
            yield Witness(value=outlet, rule="meta author", place=key, trust=0.4)
    for item in scene.document.json_ld:
        publisher = item.get("sourceOrganization") or item.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and (outlet := clean_outlet(name)):
            yield Witness(value=outlet, rule="json-ld", place="publisher", trust=0.42)
