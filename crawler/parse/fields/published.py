"""The time of publication.

What the page shows beside its headline counts; meta values may tell of a later correction, and times of other stories
and of modification are not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.parse.dates import Found, day_in_url, find_moments, read_stamp
from crawler.parse.document import Block
from crawler.parse.labels import InfoLine, Label, bare_label
from crawler.parse.scene import MAX_SHORT, Scene
from crawler.parse.shapes import plain
from crawler.parse.vote import Ballot, Witness, vote
from storage.records import Moment, Precision

_META = re.compile(
    r"(?:^|[:._-])(?:publi(?:sh|c)(?:ed|ation)?[_-]?(?:time|date|at)?|firstpublishedtime|pub[_-]?(?:time|date)"
    r"|create[_-]?(?:at|time|date)|"
    r"release[_-]?(?:time|date)|date(?:published|created|\.issued)?|time|issued|sailthru\.date|apub:time|newsdate"
    r"|articledate|contentdate)$"
)
_NOT_META = re.compile(r"modif|updat|revis|expire|type|last")
_JSON_LD = {"datepublished": 0.85, "pubdate": 0.7, "datecreated": 0.6, "uploaddate": 0.6}
_DIGIT = re.compile(r"\d")
_CLOCK_FIRST = re.compile(r"^\d{1,2}[:：]\d{2}")
_NOT_OURS = re.compile(
    r"今天是|报名|截止|举办|会议|活动|拍摄|成文|施工|有效|截稿|施行|实施|通过|注册|登录|版权|备案|©|Copyright", re.I
)

_TODAY = re.compile(r"^\W*\d{4}[\W年]+\d{1,2}[\W月]+\d{1,2}[\W日]+(?:星期|周).\W*$")
PAGE_HEAD = 0.5
"""What a day with its day of the week is worth that stands alone above the headline: most are the reader's own day."""
OF_TIMES = (Label.TIME, Label.UPDATED, Label.MODIFIED, Label.OTHER)
"""Labels whose value a time may be."""
PROSE_REST = 60
"""Characters. A line that holds more than this beside its time is a sentence that mentions a day."""


def same_moment(one: Moment, other: Moment) -> bool:
    """Equal as exactly as the less exact of the two is known.

    >>> from datetime import date
    >>> same_moment(Moment.of_day(date(2024, 7, 26)), find_moments("2024-07-26 09:30")[0].moment)
    True
    """
    if Precision.DAY in (one.precision, other.precision):
        return one.day == other.day
    if Precision.MINUTE in (one.precision, other.precision):
        return one.at.replace(second=0) == other.at.replace(second=0)
    return one.at == other.at


def most_exact(values: Sequence[Moment]) -> Moment:
    """Of agreeing moments the most exact; the more trusted of equally exact ones."""
    rank = {Precision.DAY: 0, Precision.MINUTE: 1, Precision.SECOND: 2}
    return max(values, key=lambda moment: rank[moment.precision])


def hear(scene: Scene) -> list[Witness[Moment]]:
    """All witnesses of the time of publication."""
    return [*_shown(scene), *_below(scene), *_told(scene), *_known(scene)]


def decide(witnesses: Iterable[Witness[Moment]]) -> Ballot[Moment]:
    """Vote over the time of publication."""
    return vote("published", witnesses, same=same_moment, best=most_exact)


def _shown(scene: Scene) -> Iterator[Witness[Moment]]:
    """Times in the lines around the headline: all labelled ones, the first unlabelled one, one broken over lines."""
    unlabelled = False
    last = scene.headline[1] if scene.headline else -1
    for block in scene.head:
        inside = scene.in_body(block)
        for moment, label in _moments(scene, block):
            if label in (Label.TIME, Label.UPDATED):
                trust = 0.95 if label is Label.TIME else 0.56
                yield _witness(scene, block, moment, "label", trust - 0.05 * inside)
            elif label is None and not unlabelled and not (inside and len(block.text) > 40):
                unlabelled = block.index > last
                trust = 0.93 if moment.precision is not Precision.DAY else 0.86
                trust = PAGE_HEAD if block.index < last and _TODAY.match(plain(block.text)) else trust
                yield _witness(scene, block, moment, "position", trust - 0.1 * (block.index < last))
        if (broken := scene.broken_moment(block)) is not None and not unlabelled:
            unlabelled = True
            yield _witness(scene, block, broken[0], "position", 0.93, f" (+{broken[1] - 1} lines)")


def _witness(scene: Scene, block: Block, moment: Moment, rule: str, trust: float, more: str = "") -> Witness[Moment]:
    return Witness(value=moment, rule=rule, place=scene.document.path_of(block.element) + more, trust=trust)


def _below(scene: Scene) -> Iterator[Witness[Moment]]:
    """Times under the article: labelled ones, or a line that is nothing but a time."""
    for block in scene.tail:
        if scene.in_body(block) and len(block.text) > MAX_SHORT:
            continue
        if not scene.in_body(block) and (broken := scene.broken_moment(block)) is not None:
            yield _witness(scene, block, broken[0], "position", 0.7, f" (+{broken[1] - 1} lines)")
        for moment, label in _moments(scene, block):
            if label is Label.TIME:
                yield _witness(scene, block, moment, "label", 0.9)
            elif label is Label.UPDATED:
                yield _witness(scene, block, moment, "label", 0.53)
            elif label is None and moment.precision is not Precision.DAY and scene.info(block).of(Label.EDITOR):
                yield _witness(scene, block, moment, "position", 0.62)
            elif label is None and scene.in_body(block) and len(block.text) <= 24:
                yield _witness(scene, block, moment, "signature", 0.55)


def _moments(scene: Scene, block: Block) -> Iterator[tuple[Moment, Label | None]]:
    """The times of one line with their labels; times of modification and of other things are left out."""
    if len(block.text) > MAX_SHORT or not _DIGIT.search(block.text):
        return
    info = scene.info(block)
    before = scene.blocks[block.index - 1] if block.index else None
    for found in info.moments:
        label = _label_of(found, info, before)
        if label in (Label.TIME, Label.UPDATED):
            yield found.moment, label
        elif label is None and _is_info(info, block):
            following = scene.after(block)
            yield _with_clock(found, block, following), None


def _label_of(found: Found, info: InfoLine, before: Block | None) -> Label | None:
    """The label right before a time, on its line or as all of the line above; a label of people is an empty one."""
    for one in info.labelled:
        if not one.value and one.end <= found.start and found.start - one.end <= 3:
            return one.kind if one.kind in OF_TIMES else None
    kind = bare_label(before.text) if found.start <= 2 and before is not None else None
    return kind if kind in OF_TIMES else None


def _is_info(info: InfoLine, block: Block) -> bool:
    """Whether a line is about the article (time, outlet, buttons) and not a sentence or a link to another story."""
    if _NOT_OURS.search(info.rest) or re.search(r"[。！？]", info.rest):
        return False
    return len(info.rest) <= PROSE_REST and not (block.link_share > 0.8 and len(info.rest) > 12)


def _with_clock(found: Found, block: Block, following: Block | None) -> Moment:
    """A day at the end of a line whose clock time begins the next one."""
    alone = found.moment.precision is Precision.DAY and len(block.text) - found.end <= 2
    if alone and following is not None and _CLOCK_FIRST.match(following.text):
        joined = find_moments(f"{found.text} {following.text[:12]}")
        return joined[0].moment if joined else found.moment
    return found.moment


def _told(scene: Scene) -> Iterator[Witness[Moment]]:
    """Times written for machines: meta, JSON-LD, `<time datetime>` near the headline."""
    for key, value in scene.document.meta.items():
        name = key.replace(" ", "")
        if _META.search(name) and not _NOT_META.search(name) and (moment := read_stamp(value)):
            trust = 0.8 if "publ" in name or "pub" in name else 0.74
            yield Witness(value=moment, rule="meta", place=key, trust=trust)
    for item in scene.document.json_ld:
        for key, stamp in item.items():
            known = _JSON_LD.get(key.lower())
            if known and isinstance(stamp, str) and (moment := read_stamp(stamp)):
                yield Witness(value=moment, rule="json-ld", place=key, trust=known)
    for block in scene.head:
        element = block.element
        for time in [element] if element.tag == "time" else element.iter("time"):
            if (moment := read_stamp(time.get("datetime") or "")) is not None and not scene.in_body(block):
                yield Witness(value=moment, rule="time element", place=scene.document.path_of(time), trust=0.78)
                return


def _known(scene: Scene) -> Iterator[Witness[Moment]]:
    """The day in the URL, and the one that stood beside the link on the list page."""
    if (day := day_in_url(scene.page.url)) is not None:
        yield Witness(value=Moment.of_day(day), rule="url", place=scene.page.url, trust=0.7)
    if (day := scene.page.context.listed_day) is not None:
        yield Witness(value=Moment.of_day(day), rule="context", place="day beside the link", trust=0.75)
