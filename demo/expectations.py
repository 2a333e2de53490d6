"""Articles at their addresses → what a crawl should have stored: the same headline and text once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from demo.story import Entry, Expected


def expectations(entries: Iterable[Entry]) -> Iterator[Expected]:
    """One for each text, in the order of the first address that shows it."""
    groups: dict[tuple[str, tuple[str, ...]], list[Entry]] = {}
    for entry in entries:
        groups.setdefault((entry.story.title, entry.story.paragraphs), []).append(entry)
    for first, *others in groups.values():
        story = first.story
        yield Expected(
            path=first.path,
            again=tuple(entry.path for entry in others),
            title=story.title,
            kicker=story.kicker if first.edition else None,
            subtitle=story.subtitle if first.edition else None,
            published=story.published,
            source=story.source,
            editor=story.editor,
            authors=story.authors,
            edition=first.edition,
            body=story.paragraphs,
            scripted=first.scripted,
        )
