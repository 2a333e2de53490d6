"""The editor: 责任编辑 before 编辑, staff codes dropped, login names kept, several names joined with 、."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from crawler.parse.document import HEADINGS, Block
from crawler.parse.labels import Label, Labelled, bare_label, take_apart
from crawler.parse.names import is_name
from crawler.parse.outlets import is_furniture
from crawler.parse.scene import LINKED, Scene
from crawler.parse.shapes import HAN, fold, letters, plain
from crawler.parse.vote import Ballot, Witness, vote

_CODE = re.compile(r"^(?:[A-Za-z]{1,4}\d{2,}[A-Za-z]?|\d+)$")
_CODE_BEHIND = re.compile(r"[_＿-]\s*[A-Za-z]{0,4}\d{2,}$|(?<=[\u4e00-\u9fff])[A-Z]{1,4}\d{2,}$")
_CODE_BEFORE = re.compile(r"^[A-Z]{1,4}\d{2,}[_-]?(?=[\u4e00-\u9fff])")
_LOGIN = re.compile(r"^[A-Za-z][A-Za-z0-9._]{2,19}$")
_HAN_NAME = re.compile(rf"^[{HAN}·]{{2,10}}$")
_STOP = re.compile(r"[()\[\]【】（）<>《》。！!?？@=]|https?:|电话|邮箱")
_NOBODY = re.compile(
    r"^(?:未知|佚名|匿名|无|暂无|admin|administrator|system|管理员|本站|网络|原创|none|null|test|root)$", re.I
)
_META = re.compile(r"^(?:article[:._-]?)?(?:editor|责任编辑|responsibleeditor|dutyeditor)$")
PLAIN = "plain label"
"""Rule of a witness that read 编辑 and not 责任编辑."""
HEADLINE_LETTERS = 6
"""A heading below the text that says more than 相关推荐 begins another story."""
MAX_EDITORS = 4
"""Names in one value; more is a list of the staff."""


def same_editor(one: str, other: str) -> bool:
    """Equal letters."""
    return letters(one) == letters(other)


def clean_editor(value: str) -> str | None:
    """The names in what stands behind an editor's label; None for a code alone or nothing.

    >>> [clean_editor(value) for value in ("苗禾_NF4425", "苗禾 PK155", "HN666", "苗禾、李禾", "台 可", "miaohe", "")]
    ['苗禾', '苗禾', None, '苗禾、李禾', '台可', 'miaohe', None]
    """
    text = _STOP.split(fold(plain(value)), maxsplit=1)[0]
    names: list[str] = []
    tokens = [token for token in re.split(r"[\s、,/;&|]+", text) if token]
    place = 0
    while place < len(tokens) and len(names) < MAX_EDITORS:
        token, follower = tokens[place], tokens[place + 1] if place + 1 < len(tokens) else ""
        spaced = len(follower) == 1 and bool(re.fullmatch(f"[{HAN}]{{2,3}}", token + follower))
        spaced = spaced and (len(token) == 1 or (is_name(token) and not _is_single(tokens, place + 2)))
        if spaced:
            token, place = token + follower, place + 1
        place += 1
        name = _CODE_BEFORE.sub("", _CODE_BEHIND.sub("", token))
        if _CODE.match(name) or not name:
            continue
        if _NOBODY.match(name) or is_furniture(name) or not (spaced or _fits(name, first=not names)):
            break
        names.append(name)
    return "、".join(dict.fromkeys(names)) or None


def _is_single(tokens: Sequence[str], place: int) -> bool:
    """Whether a token is one sign: the second half of a name of two, `李禾 台 可`."""
    return place < len(tokens) and len(tokens[place]) == 1


def _fits(name: str, *, first: bool) -> bool:
    """The first may be a pen name or a login; those behind it must look like persons."""
    if is_name(name):
        return True
    return first and bool(_HAN_NAME.match(name) or _LOGIN.match(name))


def hear(scene: Scene) -> list[Witness[str]]:
    """All witnesses of the editor."""
    return [*_labelled(scene), *_told(scene)]


def decide(witnesses: Iterable[Witness[str]]) -> Ballot[str]:
    """Vote over the editor. Plain 编辑 counts only where no 责任编辑 is named, an empty 责任编辑 only without it."""
    heard = list(witnesses)
    if any(one.value for one in heard if one.rule not in (PLAIN, "meta")):
        heard = [one for one in heard if one.rule != PLAIN]
    elif any(one.value for one in heard if one.rule == PLAIN):
        heard = [one for one in heard if one.value]
    return vote("editor", heard, same=same_editor)


def editor_in(text: str) -> str | None:
    """The editor in a text that is known to hold one: its label is optional."""
    info = take_apart(fold(text))
    for kind in (Label.EDITOR, Label.EDITOR_PLAIN):
        for one in info.of(kind):
            return clean_editor(one.value)
    return clean_editor(text)


def _labelled(scene: Scene) -> Iterator[Witness[str]]:
    near = {block.index for block in (*scene.head, *scene.tail)}
    for block in _ours(scene):
        text = block.text
        if not ("编" in text or "編" in text or "辑" in text) or (scene.in_body(block) and not _at_edge(scene, block)):
            continue
        for one in scene.info(block).of(Label.EDITOR, Label.EDITOR_PLAIN):
            if one.glued:
                continue
            answerable = one.kind is Label.EDITOR
            trust = (0.95 if answerable else 0.9) - (0 if block.index in near else 0.12) - (0.05 if one.spaced else 0)
            value, on_next = _value(scene, block, one)
            if on_next and value is not None:
                trust -= 0.06
            if value is not None and not all(is_name(name) for name in value.split("、")):
                trust -= 0.04 if answerable else 0.15
            place = f"{one.word} in {scene.document.path_of(block.element)}"
            yield Witness(value=value, rule="label" if answerable else PLAIN, place=place, trust=trust)


def _ours(scene: Scene) -> Sequence[Block]:
    """The lines from the headline to the next story's: pages that go on and on append whole articles."""
    start = scene.headline[0] if scene.headline else 0
    below = scene.body[1] + 1 if scene.body else len(scene.blocks)
    heads = (block.index for block in scene.blocks[below:] if block.tag in HEADINGS and _is_headline(block))
    return scene.blocks[start : next(heads, len(scene.blocks))]


def _is_headline(block: Block) -> bool:
    return block.link_share < LINKED and len(letters(block.text)) >= HEADLINE_LETTERS


def _at_edge(scene: Scene, block: Block) -> bool:
    """Inside the article only its first and last lines hold labels, or a line that is nothing else."""
    return len(block.text) <= 80 or (scene.body is not None and block.index >= scene.body[1] - 1)


def _value(scene: Scene, block: Block, one: Labelled) -> tuple[str | None, bool]:
    """The label's value, or the person on the next line where the label ends its own; and which of the two."""
    if one.value:
        return clean_editor(one.value), False
    following = scene.after(block)
    if following is None or one.end < len(scene.info(block).text.rstrip(" :：|)）]】")) or len(following.text) > 24:
        return None, True
    if bare_label(following.text) or scene.info(following).labelled or scene.info(following).moments:
        return None, True
    value = clean_editor(following.text)
    persons = value is not None and all(is_name(name) or _LOGIN.match(name) for name in value.split("、"))
    return (value if persons else None), True


def _told(scene: Scene) -> Iterator[Witness[str]]:
    for key, value in scene.document.meta.items():
        if _META.match(key) and (name := clean_editor(value)) and all(is_name(one) for one in name.split("、")):
            yield Witness(value=name, rule="meta", place=key, trust=0.6)
