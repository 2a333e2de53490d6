"""Selectors that could stand for an element: short ones, made of lasting names, the best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.parse.document import Document
from crawler.parse.lines import HEADINGS, words
from crawler.parse.shapes import fold
from crawler.suggest.names import cost_of, is_lasting

ANCESTORS = 6
"""Elements around one that may help to tell it from others."""
WIDER = 2
"""Elements around one that may stand for it: a line's box, where the line itself has no name."""
WIDER_CHARS = 160
"""Of text in such a box: a line or two. What holds more is not where the value stands."""
WIDER_COST = 0.6
STEP_COST = 0.7
"""Of an element around it in the selector."""
CHILD_COST = 0.1
"""Of `>`: the less a selector says of nesting, the more it stands."""
PLACE_COST = 5.0
"""Of counting siblings: an advert more, and another element is meant."""
META_COST = 2.5
"""Of reading what is written for machines: what is shown counts where the two differ."""
TAG_COST = {"article": 1.2, "time": 1.2, "h1": 1.2, "h2": 1.6, "h3": 1.8}
"""Tags that mean something by themselves."""
OTHER_TAG_COST = 2.2
_NO_NAMES = words("html body")
_ATTRIBUTES = ("itemprop", "property")


@dataclass(frozen=True, kw_only=True, order=True)
class Candidate:
    """A selector, and how gladly it is used."""

    cost: float
    css: str


def candidates(element: HtmlElement, wider: int = WIDER) -> list[Candidate]:
    """Selectors for an element and for the boxes right around it, the best first; each stands once.

    Args:
        wider: how many boxes around it may stand for it.
    """
    found: dict[str, float] = {}
    node: HtmlElement | None = element
    for steps in range(wider + 1):
        if node is None or node.tag in _NO_NAMES or (steps and len(fold(node.text_content())) > WIDER_CHARS):
            break
        for one in _of_one(node):
            if one.css == node.tag and node.tag not in TAG_COST:
                continue  # `div` alone is whatever comes first
            cost = one.cost + steps * WIDER_COST
            found[one.css] = min(found.get(one.css, cost), cost)
        node = node.getparent()
    return sorted(Candidate(cost=round(cost, 2), css=css) for css, cost in found.items())


def meta_candidates(document: Document, key: str) -> list[Candidate]:
    """The selector of a `meta` element, by the name under which its value was read."""
    for element in document.root.iter("meta"):
        for attribute in ("name", "property", "itemprop"):
            value = element.get(attribute) or ""
            if value.strip().lower() == key and '"' not in value and "\\" not in value:
                return [Candidate(cost=META_COST, css=f'meta[{attribute}="{value}"]')]
    return []


def _of_one(element: HtmlElement) -> Iterator[Candidate]:
    own = list(atoms(element))
    yield from own
    place = _counted(element)
    parent = element.getparent()
    for steps, around in enumerate(element.iterancestors()):
        if steps == ANCESTORS or around.tag in _NO_NAMES:
            break
        for outer in atoms(around):
            if outer.css == around.tag and around.tag not in TAG_COST:
                continue  # `div p` tells nothing that `p` does not
            joined = STEP_COST + outer.cost / 2
            for inner in own:
                yield Candidate(cost=joined + inner.cost, css=f"{outer.css} {inner.css}")
                if around is parent:
                    yield Candidate(cost=joined + CHILD_COST + inner.cost, css=f"{outer.css} > {inner.css}")
            if around is parent:
                yield Candidate(cost=joined + place.cost, css=f"{outer.css} > {place.css}")


def atoms(element: HtmlElement) -> Iterator[Candidate]:
    """Selectors of one step: its id, its classes, an attribute that says what it is, its tag."""
    tag = str(element.tag)
    name = element.get("id") or ""
    if is_lasting(name):
        yield Candidate(cost=cost_of(name), css=f"#{name}")
    for each in dict.fromkeys((element.get("class") or "").split()):
        if is_lasting(each):
            yield Candidate(cost=cost_of(each) + 0.1, css=f".{each}")
            yield Candidate(cost=cost_of(each) + 0.3, css=f"{tag}.{each}")
    for attribute in _ATTRIBUTES:
        value = element.get(attribute) or ""
        if value and len(value) <= 40 and '"' not in value and "\\" not in value:
            yield Candidate(cost=1.2, css=f'[{attribute}="{value}"]')
    yield Candidate(cost=TAG_COST.get(tag, 2.0 if tag in HEADINGS else OTHER_TAG_COST), css=tag)


def _counted(element: HtmlElement) -> Candidate:
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    return Candidate(cost=PLACE_COST, css=f"{element.tag}:nth-of-type({before + 1})")
