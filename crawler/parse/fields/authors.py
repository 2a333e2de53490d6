"""Who wrote it: the names of a byline, of a bracket at the start or end of the text, or behind 作者.

Photographers (摄, 供图) and outlets are not authors; nor are people whom a sentence merely names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.parse.document import Block
from crawler.parse.labels import InfoLine, Label, bare_label, take_apart
from crawler.parse.names import (
    MAX_BYLINE,
    ROLE,
    USUAL_NAME,
    is_credit,
    is_name,
    read_broken_byline,
    read_byline,
    read_names,
    read_signature,
)
from crawler.parse.outlets import is_outlet
from crawler.parse.scene import Scene
from crawler.parse.shapes import HAN, fold, plain
from crawler.parse.vote import Ballot, Witness, vote

Names = tuple[str, ...]

_GROUP = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]{2,60})[)\]】〕]")
_WIRED = re.compile(r"日[^\d。，]{0,6}[电電讯訊] ?$")
"""The end of a dateline, behind which a bracket of names alone holds the reporters."""
_PEN_NAME = re.compile(rf"^[{HAN}]{{2,6}}$")
_NOBODY = re.compile(
    r"未知|佚名|匿名|无名|本站|本网|本报|管理员|网络|网友|互联网|编辑|记者|作者|原创|转载|综合|admin|返回|查看|更多"
    r"|来源|投稿|发布|整理|集体|待定"
)
_CLASS = re.compile(r"(?:^|[\s_-])(?:author|writer|reporter|byline|zuozhe|jizhe)s?(?:_[a-z]+)?(?:$|[\s_-])", re.I)
_PLACE = re.compile("[省市区县州镇乡村港庄江岛]$")
_MARK = re.compile(r"^[□■●◆◇▲△◎○]")
_SLASHED = re.compile(rf"^([{HAN}]{{2,4}}(?:[\s、][{HAN}]{{2,4}}){{0,3}})\s*[/|]\s*([{HAN}A-Za-z·]{{2,16}})$")
OPENING = 3
"""First lines of the text whose bracketed byline counts: the dateline, below a standfirst or a caption."""
CLOSE = 4
"""Lines from one labelled name to the next, at most, where both are of one list."""
CLOSING = 4
"""Last lines of the text whose bracketed byline counts."""
BELOW_SUMMARY = 12
"""First lines of the text among which a byline of its own may stand."""
DATELINE_CHARS = 90
"""A dateline's bracket stands within these first characters of its paragraph."""


def same_authors(one: Names, other: Names) -> bool:
    """Whether two readings share a name: a byline and a bracket often give different parts of one list."""
    return bool(set(one) & set(other))


def _fullest(values: Sequence[Names]) -> Names:
    """The most trusted reading, unless another holds all of it and more."""
    first = set(values[0])
    return max((value for value in values if first <= set(value)), key=len)


def hear(scene: Scene) -> list[Witness[Names]]:
    """All witnesses of the authors."""
    return [
        *_labelled(scene),
        *_bylines(scene),
        *_on_info_lines(scene),
        *_brackets(scene),
        *_beside(scene),
        *_told(scene),
    ]


def decide(witnesses: Iterable[Witness[Names]]) -> Ballot[Names]:
    """Vote over the authors."""
    return vote("authors", [one for one in witnesses if one.value], same=same_authors, best=_fullest)


def authors_in(text: str) -> Names:
    """The names in a text that is known to hold them: `作者：苗禾`, `□记者 苗禾 报道`, `苗禾 李禾`.

    >>> authors_in("采写：青石报记者 苗禾 李小禾"), authors_in("苗禾，李小禾"), authors_in("作者：青石日报")
    (('苗禾', '李小禾'), ('苗禾', '李小禾'), ())
    """
    byline = read_byline(text)
    if byline:
        return byline
    info = take_apart(fold(text))
    labelled = _of_labels(info)
    return labelled or tuple(read_names(info.rest)[0])


def _of_labels(info: InfoLine) -> Names:
    found: list[str] = []
    for one in info.of(Label.AUTHOR):
        if not one.glued:
            found += _persons(one.value, pen_names="作者" in one.word)
    return tuple(dict.fromkeys(found))


def _persons(value: str, *, pen_names: bool) -> Names:
    """Names in a label's value. Behind 作者 one pen name is taken as well."""
    text = fold(plain(value))
    byline = read_byline(text)
    if byline:
        return byline
    if ROLE.search(text):
        return ()
    names, rest = read_names(text)
    if names:
        if rest and is_outlet(names[-1] + rest.split(" ")[0]) and not rest[:1].isspace() and (names[-1] + rest) in text:
            names.pop()
        if rest and (cut := _cut_off(rest)):
            names.append(cut)
        return tuple(names)
    first = re.split(r"[\s/|,、(\[]", text)[0]
    if pen_names and _PEN_NAME.match(first) and not is_outlet(first) and not _NOBODY.search(first):
        return (first,)
    return (cut,) if (cut := _cut_off(text)) else ()


def _cut_off(rest: str) -> str | None:
    """A name to which the next words of the page are glued: `向禾妮返回首页`."""
    match = re.match(rf"^([{HAN}]{{2,3}}?)(?=返回|查看|更多|阅读|来源|编辑|责编|字号|分享|举报|打印)", rest)
    return match[1] if match and is_name(match[1]) else None


def _labelled(scene: Scene) -> Iterator[Witness[Names]]:
    """Names behind labels; those of lines close together (`记者：…`, `通讯员：…`) belong together."""
    for zone, trust in ((scene.head, 0.92), (scene.tail, 0.9)):
        said: list[tuple[Block, Names]] = []
        for block in zone:
            if (names := _labelled_in(scene, block)) and said and block.index - said[-1][0].index <= CLOSE:
                said[-1] = (block, tuple(dict.fromkeys((*said[-1][1], *names))))
            elif names:
                said.append((block, names))
        for block, names in said:
            surely = all(is_name(name) for name in names)
            place = scene.document.path_of(block.element)
            yield Witness(value=names, rule="label", place=place, trust=trust if surely else 0.7)


def _labelled_in(scene: Scene, block: Block) -> Names:
    if len(block.text) > MAX_BYLINE * 2 or not re.search("[者员文写稿笔生采]", block.text):
        return ()
    info = scene.info(block)
    names = _of_labels(info) if not scene.in_body(block) or _only_labels(info) else ()
    return names or _on_next_line(scene, block)


def _only_labels(info: InfoLine) -> bool:
    return bool(info.labelled) and info.labelled[0].start <= 1 and len(info.rest) <= 4 and len(info.text) <= MAX_BYLINE


def _on_next_line(scene: Scene, block: Block) -> Names:
    following = scene.after(block)
    if bare_label(block.text) is not Label.AUTHOR or following is None or len(following.text) > 24:
        return ()
    names, rest = read_names(following.text)
    return tuple(names) if not rest else ()


def _bylines(scene: Scene) -> Iterator[Witness[Names]]:
    """Lines that are nothing but a byline, above the text and below it; neighbouring lines belong together."""
    for zone, trust in ((scene.head, 0.93), (_opening(scene), 0.88), (scene.tail, 0.92)):
        found: list[str] = []
        place = ""
        for block in zone:
            if len(block.text) > MAX_BYLINE or (block.link_share > 0.9 and len(block.text) > 20):
                continue
            following = scene.blocks[block.index + 1].text if block.index + 1 < len(scene.blocks) else ""
            names = read_byline(block.text) or read_broken_byline(block.text, following)
            if names and all(is_name(name) for name in names):
                found += names
                place = place or scene.document.path_of(block.element)
        if found:
            yield Witness(value=tuple(dict.fromkeys(found)), rule="byline", place=place, trust=trust)


def _on_info_lines(scene: Scene) -> Iterator[Witness[Names]]:
    """Bylines among what else a line of time or source says: `青石晚报 记者 苗禾 2024-07-26 09:30`."""
    for block in scene.head:
        if scene.in_body(block) or len(block.text) > MAX_BYLINE * 2 or not ROLE.search(block.text):
            continue
        info = scene.info(block)
        if not info.moments and not info.of(Label.SOURCE):
            continue
        line = plain(info.text)
        stops = [*(one.start for one in info.moments), *(one.start for one in info.labelled), len(line)]
        found: list[str] = []
        for role in ROLE.finditer(line):
            end = min(stop for stop in stops if stop >= role.end())
            names, rest = read_names(line[role.end() : end].split("|")[0])
            if line[role.end() : role.end() + 1] != ":" and all(map(is_name, names)) and not is_credit(rest):
                found += names
        if found:
            place = scene.document.path_of(block.element)
            yield Witness(value=tuple(dict.fromkeys(found)), rule="byline", place=place, trust=0.88)


def _opening(scene: Scene) -> Sequence[Block]:
    """The first lines of the text: a summary box may stand above the byline."""
    return scene.blocks[scene.body[0] : min(scene.body[0] + BELOW_SUMMARY, scene.body[1])] if scene.body else ()


def _brackets(scene: Scene) -> Iterator[Witness[Names]]:
    """`本报讯（记者 苗禾）…` at the start of the text, `…。（文/图 苗禾）` at its end."""
    if scene.body is None:
        return
    first, last = scene.body
    lines = [block for block in scene.blocks[first : last + 3] if block.text not in scene.captions]
    opening = [block for block in lines if len(block.text) > 20 and block.index <= last][:OPENING]
    for block in opening:
        for group in _GROUP.finditer(plain(block.text[:DATELINE_CHARS])):
            wired = _WIRED.search(block.text[: group.start()]) is not None
            if names := _bracketed(group[1]) or (read_signature(group[1]) if wired else None):
                yield _bracket_witness(scene, block, names)
    for block in lines[-CLOSING - 2 :]:
        groups = list(_GROUP.finditer(plain(block.text[-DATELINE_CHARS:])))
        if groups and len(plain(block.text[-DATELINE_CHARS:]).rstrip(" 。")) == groups[-1].end():
            if (names := _bracketed(groups[-1][1])) is not None:
                yield _bracket_witness(scene, block, names)
            elif (signed := read_signature(groups[-1][1])) is not None:
                place = scene.document.path_of(block.element)
                yield Witness(value=signed, rule="signature", place=place, trust=0.72)


def _bracketed(text: str) -> Names | None:
    names = read_byline(text)
    return names if names and all(is_name(name) for name in names) else None


def _bracket_witness(scene: Scene, block: Block, names: Names) -> Witness[Names]:
    return Witness(value=names, rule="bracket", place=scene.document.path_of(block.element), trust=0.93)


def _among_outlet(scene: Scene, block: Block) -> Names:
    """Names of three signs that stand with one outlet, and nothing else, on the line of the time."""
    info = scene.info(block)
    tokens = [token for token in re.split(r"[\s/|·,、]+", info.rest) if token]
    names = [token for token in tokens if len(token) == USUAL_NAME and is_name(token) and not _PLACE.search(token)]
    sole = info.moments and not info.labelled and len(names) + 1 == len(tokens)
    return tuple(names) if sole and sum(map(is_outlet, tokens)) == 1 else ()


def _beside(scene: Scene) -> Iterator[Witness[Names]]:
    """Names beside the headline without any label: `苗禾/青石日报`, a line of a class that says author."""
    for block in scene.head:
        if len(block.text) > 40 or scene.in_body(block):
            continue
        if names := _among_outlet(scene, block):
            yield Witness(value=names, rule="position", place=scene.document.path_of(block.element), trust=0.66)
        if slashed := _SLASHED.match(plain(block.text)):
            slash_names, rest = read_names(slashed[1])
            if slash_names and not rest and is_outlet(slashed[2]):
                place = scene.document.path_of(block.element)
                yield Witness(value=tuple(slash_names), rule="position", place=place, trust=0.85)
                continue
        for element, text in ((block.element, block.text), *((one.element, one.text) for one in block.pieces)):
            if not _CLASS.search(f"{element.get('class', '')} {element.get('id', '')}"):
                continue
            told, rest = read_names(_MARK.sub("", fold(text)))
            if told and not rest:
                yield Witness(value=tuple(told), rule="class", place=scene.document.path_of(element), trust=0.7)
                break


def _told(scene: Scene) -> Iterator[Witness[Names]]:
    """Meta author and JSON-LD persons: often the content system's user, so they only support what is shown."""
    for key in ("author", "article:author", "og:article:author", "byline"):
        names, rest = read_names(scene.document.meta.get(key, ""))
        if names and not rest:
            yield Witness(value=tuple(names), rule="meta", place=key, trust=0.45)
    for item in scene.document.json_ld:
        people = item.get("author")
        for person in people if isinstance(people, list) else [people]:
            name = person.get("name") if isinstance(person, dict) else person
            names, rest = read_names(name) if isinstance(name, str) else ([], "")
            if names and not rest:
                yield Witness(value=tuple(names), rule="json-ld", place="author", trust=0.58)
