"""The labelled pages in disguise: without the hints that unknown pages may lack, with the noise they may have.

A reader that leans on class names, headings or meta elements reads the disguised pages worse; so this measures what
the labelled pages alone cannot: how it will do on pages it has never met.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_NAMES = re.compile(r"""\s(?:class|id|itemprop|data-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""")
_META = re.compile(r"<meta\b[^>]*>|<script[^>]*ld\+json[^>]*>.*?</script>", re.I | re.S)
_SEMANTIC = re.compile(r"<(/?)(?:article|nav|footer|header|aside|section|main|figure|figcaption)\b", re.I)
_STORY = "渔港迎来开渔，百余艘渔船陆续出海，码头上热闹非凡，渔民们说今年的鱼汛来得早，价格也比去年好一些。"
_MANY = 60


def nameless(html: str) -> str:
    """No class, id or data attribute."""
    return _NAMES.sub("", html)


def without_headings(html: str) -> str:
    """Headings are plain boxes."""
    return re.sub(r"<(/?)h[1-6]\b", r"<\1div", html, flags=re.I)


def without_meta(html: str) -> str:
    """No meta element, no JSON-LD."""
    return _META.sub("", html)


def without_title(html: str) -> str:
    """An empty `title` element."""
    return re.sub(r"<title\b[^>]*>.*?</title>", "<title></title>", html, flags=re.I | re.S)


def boxes_for_paragraphs(html: str) -> str:
    """Paragraphs are boxes."""
    return re.sub(r"<(/?)p\b", r"<\1div", html, flags=re.I)


def breaks_for_paragraphs(html: str) -> str:
    """Paragraphs are bare text between line breaks."""
    return re.sub(r"<p\b[^>]*>", "", re.sub(r"</p\s*>", "<br>", html, flags=re.I), flags=re.I)


def naked(html: str) -> str:
    """Nothing but boxes: no names, headings, paragraphs, meta elements or elements that mean something."""
    return without_meta(_SEMANTIC.sub(r"<\1div", boxes_for_paragraphs(without_headings(nameless(html)))))


def with_comments(html: str) -> str:
    """A thread of comments, longer than most articles, in boxes without names."""
    comments = "".join(f"<div><b>渔夫{n}</b><p>{_STORY}</p><i>2019-12-01 10:00</i></div>" for n in range(_MANY))
    return _appended(html, f"<div><h3>评论</h3>{comments}</div>")


def with_feed(html: str) -> str:
    """A feed of other stories with their summaries."""
    return _appended(
        html, "".join(f"<div><h3><a href=/{n}>海陆街渔港开渔记{n}</a></h3><p>{_STORY}</p></div>" for n in range(_MANY))
    )


def with_notice(html: str) -> str:
    """Sentences about browsers and cookies above everything else."""
    notice = "<p>您的浏览器版本过低，为了更好的浏览体验，建议您升级浏览器，或者使用其他浏览器访问，谢谢。</p>" * 3
    return re.sub(r"(<body[^>]*>)", rf"\1<div>{notice}</div>", html, count=1, flags=re.I)


def with_spam(html: str) -> str:
    """Hidden text, much longer than the article."""
    return _appended(html, f'<div style="display:none">{f"<p>{_STORY}</p>" * 10 * _MANY}</div>')


def with_stray_end(html: str) -> str:
    """The document's end in its middle."""
    place = html.find("</div>", len(html) // 6)
    return f"{html[:place]}</body></html>{html[place:]}"


def _appended(html: str, more: str) -> str:
    place = html.lower().rfind("</body>")
    return html + more if place < 0 else html[:place] + more + html[place:]


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "as it is": lambda html: html,
    **{
        disguise.__name__.replace("_", " "): disguise
        for disguise in (
            nameless,
            without_headings,
            without_meta,
            without_title,
            boxes_for_paragraphs,
            breaks_for_paragraphs,
            naked,
            with_comments,
            with_feed,
            with_notice,
            with_spam,
            with_stray_end,
        )
    },
}
"""What it is called → HTML in that disguise."""
