"""The judge: what an article just read is, compared with what is stored. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from storage.dedupe.fingerprint import fingerprint, parts, text_fingerprint
from storage.records import Article, Outcome, Verdict


@dataclass(frozen=True, kw_only=True)
class Known:
    """A stored article, as the judge needs it."""

    article_id: str
    canonical_url: str
    fingerprint: str
    text_fingerprint: str
    article: Article = field(repr=False)
    """Its reading at the time of comparison."""
    digest: str = ""
    """Of the capture it was read from; empty: not known."""


def judge(
    article: Article, canonical_url: str, known: Known | None, same_text: Known | None, *, digest: str = ""
) -> Verdict:
    """Say what `article` is.

    Args:
        known: The article stored under `canonical_url`, if any.
        same_text: An article stored under another address whose headline and body are the same, if any.
        digest: Of the capture that was read.

    Returns:
        SAME or CHANGED where the address is known, whatever text stands elsewhere; else DUPLICATE where the text is
        known; else NEW. The same bytes are never CHANGED: a reader that reads them otherwise is no editor.
    """
    state, text = fingerprint(article), text_fingerprint(article)

    def verdict(outcome: Outcome, about: Known | None, reason: str) -> Verdict:
        return Verdict(
            outcome=outcome,
            canonical_url=canonical_url,
            fingerprint=state,
            text_fingerprint=text,
            article_id=about.article_id if about else None,
            reason=reason,
        )

    if known and (known.fingerprint == state or (digest and digest == known.digest)):
        return verdict(Outcome.SAME, known, "as before")
    if known:
        changed = _changed(known.article, article)
        outcome = Outcome.CHANGED if changed else Outcome.SAME
        return verdict(outcome, known, _difference(changed) if changed else "as before, found another way")
    if same_text:
        return verdict(Outcome.DUPLICATE, same_text, f"same text as {same_text.canonical_url}")
    return verdict(Outcome.NEW, None, "first seen")


def _changed(before: Article, after: Article) -> list[str]:
    """Fields that differ. What one of the two took from the page that led to it says nothing about this page."""
    old, new = parts(before), parts(after)
    return [name for name in new if name in old and new[name] != old[name]]


def _difference(changed: list[str]) -> str:
    return f"{', '.join(changed)} {'differs' if len(changed) == 1 else 'differ'}"
