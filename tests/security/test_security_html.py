"""What a page says is stored as text and a few harmless tags, whatever it tries."""

from __future__ import annotations

import re

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.inspect.inspection import inspect_page
from crawler.inspect.marked import marked_page
from crawler.inspect.safe import ATTRIBUTES as SHOWN_ATTRIBUTES
from crawler.inspect.safe import TAGS as SHOWN_TAGS
from crawler.parse.clean import ATTRIBUTES, TAGS, sanitize
from crawler.parse.decode import page_from_text
from crawler.parse.reader import read
from storage.records import Article, Rejection

SENTENCE = "青石镇老渠清淤完工，三千亩农田用上活水，村民都说好。"
URL = "https://news.example/2024/07/26/1.html"

ATTACKS = {
    "script": "<script>alert(1)</script>",
    "script in pieces": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "script, odd tag": "<ScRiPt\n/x>alert(1)</sCrIpT >",
    "script never closed": "<script>alert(1)//",
    "null in the tag": "<scr\0ipt>alert(1)</script>",
    "handler": "<img src=x onerror=alert(1)>",
    "handler, slashes": "<img/src=x/onerror=alert(1)//",
    "handler without quotation": "<p onclick=alert(1) title=a>x</p>",
    "handler in a closing quotation": "<img alt='\"onerror=alert(1) x=\"' src=x>",
    "handler of a body": "<body onload=alert(1)>",
    "javascript: link": "<a href='javascript:alert(1)'>x</a>",
    "javascript: link, escaped": "<a href='java&#x0A;script&colon;alert(1)'>x</a>",
    "javascript: link, blanks": "<a href=' \x01 JaVaScRiPt:alert(1)'>x</a>",
    "vbscript: link": "<a href='vbscript:msgbox(1)'>x</a>",
    "data: link": "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "data: picture": "<img src='data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9YWxlcnQoMSk+'>",
    "file: picture": "<img src='file:///etc/passwd'>",
    "frame": "<iframe src='https://evil.example/' srcdoc='<script>alert(1)</script>'></iframe>",
    "object": "<object data='evil.swf'></object><embed src='evil.swf'><applet code=x></applet>",
    "base": "<base href='https://evil.example/'>",
    "refresh": "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "style": "<style>body{background:url(javascript:alert(1))}</style>",
    "style attribute": "<p style='position:fixed;top:0;left:0;width:100%;height:100%'>x</p>",
    "link to a style": "<link rel=stylesheet href='https://evil.example/x.css'>",
    "drawing": "<svg onload=alert(1)><script>alert(1)</script><animate onbegin=alert(1) attributeName=x></svg>",
    "drawing that links": "<svg><a xlink:href='javascript:alert(1)'><text y=9>x</text></a></svg>",
    "drawing, foreign": "<svg><foreignObject><iframe src='javascript:alert(1)'></foreignObject></svg>",
    "formula": "<math><a xlink:href='javascript:alert(1)'>x</a><maction actiontype=statusline#x>y</maction></math>",
    "form": "<form action='https://evil.example/'><input name=password><button formaction=javascript:alert(1)>x</form>",
    "mutation, noscript": "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "mutation, style in math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table>",
    "mutation, template": "<template><s><template><s><img src=x onerror=alert(1)>@</s></template></s></template>",
    "mutation, title": "<svg></p><title><a id='</title><img src=x onerror=alert(1)>'></a></title></svg>",
    "mutation, comment": "<!--><img src=x onerror=alert(1)>--><!--[if IE]><script>alert(1)</script><![endif]-->",
    "mutation, select": "<select><template><script>alert(1)</script></template></select>",
    "mutation, textarea": "<textarea></textarea><img src=x onerror=alert(1)></textarea>",
    "mutation, xmp": "<xmp><p title='</xmp><img src=x onerror=alert(1)>'></xmp>",
    "mutation, plaintext": "<plaintext><img src=x onerror=alert(1)>",
    "mutation, cdata": "<svg><![CDATA[<img src=x onerror=alert(1)>]]></svg>",
    "mutation, form in table": "<form><table><td><form id=x><a href=javascript:alert(1)>x",
    "declaration": "<?xml-stylesheet href='javascript:x'?><!DOCTYPE x [<!ENTITY y '<script>alert(1)</script>'>]>&y;",
    "names that shadow": "<a id=cookie name=body>x</a><img name=getElementById>",
    "escaped twice": "&amp;lt;script&amp;gt;alert(1)&lt;script&gt;alert(1)&lt;/script&gt;",
}
"""What is tried → the markup; each stands inside of an article and at its end."""
REJECTED = ("script never closed", "drawing, foreign", "mutation, form in table")
"""Of these, what leaves nothing of the article: a browser would show none either, and nothing is stored."""


def check(html: str, tags: set[str], attributes: dict[str, set[str]]) -> None:
    """Read as a browser would, it holds nothing but the tags and attributes named, and http addresses."""
    for element in lxml.html.fromstring(f"<div>{html}</div>").iter():
        assert isinstance(element.tag, str), "a comment or an instruction"
        assert element.tag in tags | {"div"}, element.tag
        allowed = attributes.get(element.tag, set()) | attributes.get("*", set())
        assert set(element.attrib) <= allowed, (element.tag, dict(element.attrib))
        for name in ("href", "src"):
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*)\s*:", element.get(name, ""), re.IGNORECASE)
            assert scheme is None or scheme[1].lower() in ("http", "https"), element.get(name)


def article_with(attack: str) -> str:
    """An article with the attack in its headline, between its paragraphs, in an attribute and at its end."""
    return (
        f"<html><head><title>老渠清淤完工</title></head><body><h1>老渠清淤完工{attack}</h1><div class=content>"
        f'<p>{SENTENCE}</p>{attack}<p>{SENTENCE}<a href="{attack.replace(chr(34), "")}">链接</a></p>'
        f"<p><img src='/1.jpg' alt='{attack.replace(chr(39), '')}'></p><p>{SENTENCE}{attack}</p></div></body></html>"
    )


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_an_article_with_an_attack_is_stored_clean(attack: str) -> None:
    """Else opening an archived article would run what a hostile page put into it."""
    found = read(page_from_text(article_with(attack), URL))
    assert isinstance(found, Rejection) == (attack in map(ATTACKS.get, REJECTED))
    if isinstance(found, Article):
        check(found.body_html, TAGS, ATTRIBUTES)
        for image in found.images:
            assert image.url.startswith(("http://", "https://"))


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_the_second_sieve_holds_by_itself(attack: str) -> None:
    """Else a mistake in how bodies are written anew would be enough."""
    check(sanitize(f"<p>{SENTENCE}</p>{attack}<p>{SENTENCE}</p>"), TAGS, ATTRIBUTES)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_page_shown_framed_is_harmless(attack: str) -> None:
    """Else `xha inspect --html` would run in the browser what it shows; and no rule of ours may let a picture load."""
    shown = marked_page(inspect_page(page_from_text(article_with(attack), URL)))
    _, policy, rest = shown.partition("Content-Security-Policy")
    assert policy
    assert "default-src 'none'" in rest[:200]
    assert "<script" not in shown.lower()
    body = lxml.html.fromstring(shown).find("body")
    assert body is not None
    for element in body.iter():
        assert isinstance(element.tag, str)
        assert not any(name.startswith("on") or name in ("src", "srcdoc", "action") for name in element.attrib)
        assert not (element.get("href") or "").lower().lstrip("\x00 ").startswith(("javascript:", "data:", "vbscript:"))


def test_only_harmless_tags_and_attributes_are_allowed() -> None:
    """Else a tag added to a list one day would undo all this."""
    never = {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "input", "base", "meta", "link"}
    never |= {"template", "noscript", "frame", "title", "textarea", "select", "button", "video", "audio"}
    for tags, attributes in ((TAGS, ATTRIBUTES), (SHOWN_TAGS, SHOWN_ATTRIBUTES)):
        assert not set(tags) & never
        names = {name for several in attributes.values() for name in several}
        assert not any(name.startswith("on") or name in ("style", "id", "class", "srcset", "srcdoc") for name in names)


@given(st.lists(st.sampled_from([*ATTACKS.values(), "<p>", "</p>", "<b>", '"', "'", ">", "<!--", "-->"]), max_size=8))
def test_attacks_joined_at_random(parts: list[str]) -> None:
    """Else two harmless halves could make one harmful whole."""
    once = sanitize("".join(parts))
    check(once, TAGS, ATTRIBUTES)
    assert sanitize(once) == once
