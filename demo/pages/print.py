"""What the pages of all e-paper generations say around an article, and how they break its text."""

from __future__ import annotations

from demo.story import Story
from demo.writer import words

HEAD = "文章内容"
MORE = "更多 往期报纸"
_SHORTEST_BROKEN = 50


def owner() -> str:
    """Whose the page is."""
    return f"本网站所有内容属《{words()['paper']}》所有,未经许可不得转载。"


def broken_lines(story: Story) -> list[tuple[str, bool]]:
    """Lines of the text, each with whether it begins a paragraph.

    Where print columns broke the story, its first long paragraph goes on in a new line in the middle of a sentence.
    """
    lines: list[tuple[str, bool]] = []
    broken = not story.broken
    for text in story.paragraphs:
        middle = _middle(text) if not broken else None
        if middle is None:
            lines.append((text, True))
            continue
        lines += [(text[:middle], True), (text[middle:], False)]
        broken = True
    return lines


def _middle(text: str) -> int | None:
    """Where a long paragraph breaks: between two Chinese characters near its middle."""
    if len(text) < _SHORTEST_BROKEN:
        return None
    near = range(len(text) // 2, len(text) - 10)
    return next(
        (place for place in near if all("\u4e00" <= char <= "\u9fff" for char in text[place - 1 : place + 1])), None
    )


def stands_above(story: Story) -> bool:
    """Whether the byline stands above the text, not in brackets under it."""
    return story.byline is not None and not story.byline.startswith("(")
