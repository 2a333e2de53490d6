"""Pages that are no articles: recognised, so that none of them is stored as one.

Every check asks for positive signs of another kind of page. Little text alone is no sign: a notice of a hundred
characters is an article, and stands between as many links as any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import takewhile

from crawler.parse.dates import find_moments
from crawler.parse.document import Block, Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.fields.images import pictures_of
from crawler.parse.furniture import FOOTER
from crawler.parse.labels import Label, take_apart
from crawler.parse.scene import stand_of
from crawler.parse.shapes import letters, plain
from storage.records import Reason

LITTLE_CHARS = 150
"""Sentences on a page, in characters, up to which it may be an error page or a challenge: these say what is wrong in
two or three sentences."""
LONG_CHARS = 600
"""No error page and no challenge says so much."""
SIGN_CHARS = 60
"""A line that says that something went wrong is no longer; longer ones tell a story about it."""
HEADLINE_CHARS = 8
"""Letters of a link that is a headline; menus say less."""
MANY_LINKS = 8
"""So many headlines in links, without any text of the page's own, make a list."""
ROWS = 5
"""So many headlines with a day beside them make a list: boxes beside articles rarely print days."""
SUMMARIES = 3
"""So many paragraphs that each follow a headline in a link make a list with summaries."""
MOSTLY = 0.6
"""Share of a page's sentences that follow a headline in a link, from which on it is a list with summaries."""
ALBUM_PICTURES = 4
"""An album has so many pictures; fewer illustrate."""
ALBUM_CHARS = 40
"""Characters of text for each picture, below which the pictures are what the page is about."""
SHELL_CHARS = 120
"""Characters a page shows before its script has run: a name, a loading sign, a footer."""
SHELL_SCRIPT = 0.5
"""Share of a document's characters that lie in scripts, from which on a page without text is filled by them."""
NEAR_HEADLINE = 12
"""Lines below a headline among which the time or the source of an article stands."""

_ERROR = re.compile(
    r"(?:^|\W)(?:404|403|500|502|503)\s*(?:-|:|not found|forbidden|error|bad gateway|页面|错误|$)|not found"
    r"|internal server error"
    r"|bad gateway|service unavailable|access denied|(?:页面|网页|文章|内容|信息|新闻|稿件|资源|文件|地址|链接|该页"
    r"|帖子)(?:可能)?"
    r"(?:不存在|已?被?删除|已?失效|已?过期|已?下线|已?下架|未找到|找不到|丢失|无法(?:访问|找到|显示)|走丢|飞走)"
    r"|(?:找不到|未找到|没有找到|无法找到)(?:您|你|该|相关|请求|要)?.{0,10}(?:页面|网页|文章|内容|资源|文件|地址|信息)"
    r"|(?:访问|浏览|查看)的(?:页面|网页|文章|内容|地址|链接).{0,16}(?:不存在|删除|失效|找不到|下线|丢失|走丢|有误|出错)"
    r"|(?:系统|服务器|程序|网络|页面|数据库)(?:内部)?(?:错误|出错|异常|繁忙|维护中|正忙)|出错(?:了|啦)"
    r"|无权(?:限)?(?:访问|查看)|(?:没有|暂无)(?:访问)?权限"
    r"|(?:审核|发布)中.{0,6}(?:无法|不能|暂)|(?:参数|请求)(?:错误|有误|非法)|非法(?:请求|参数|访问)|暂无(?:内容|数据"
    r"|相关)|秒(?:钟)?后.{0,8}(?:跳转|返回)",
    re.I,
)
_CHALLENGE = re.compile(
    r"just a moment|checking your browser|verify(?:ing)? you are (?:a )?human|attention required|are you a robot"
    r"|security check"
    r"|(?:安全|人机|访问|行为|滑动|滑块|图形|身份)(?:性)?(?:验证|校验|检查)|(?:完成|通过|进行|拖动|点击).{0,12}验证"
    r"|(?:输入|填写).{0,8}验证码"
    r"|(?:访问|请求|操作)(?:过于|太)?(?:频繁|异常)|(?:疑似|检测到).{0,12}(?:攻击|异常|机器人|爬虫)|(?:请求"
    r"|访问)(?:已)?被?(?:拦截|阻断|拒绝)"
    r"|(?:开启|启用|打开).{0,6}cookie|web ?应用防火墙|防护系统",
    re.I,
)
_CHALLENGE_SCRIPT = re.compile(
    r"__jsl_clearance|acw_sc__v|cf[-_]chl|cf_chl|challenge-platform|geetest|_guard/|turnstile|hcaptcha|recaptcha"
    r"|aliyun_waf|TencentCaptcha"
    r"|document\.cookie\s*=.{0,400}location\.(?:reload|href|replace)",
    re.S,
)
_SCRIPT_NEEDED = re.compile(
    r"(?:启用|开启|打开|允许|支持|禁用|enable|requires?|need).{0,16}java ?script|java ?script.{0,24}(?:启用|开启"
    r"|enabled|required)",
    re.I,
)
_ROOTS = ("app", "root", "__next", "__nuxt", "main", "container", "page", "wrapper")
_ALBUM = re.compile(
    r"组图|图集|高清图|高清大图|图库|相册|大图|幻灯|图说|影像|图片新闻|photo|gallery|album|slide|\(\d+/\d+\)", re.I
)
_COUNTER = re.compile(r"^[(\[]?\d{1,3}\s*/\s*\d{1,3}[)\]]?$|^第?\d{1,3}[张页]\s*/?\s*共\d{1,3}[张页]$")
_DATA = re.compile(
    r"^\s*(?:[{\[]|%PDF|<\?xml[^>]*>\s*(?:<!--.*?-->\s*)?<(?:rss|feed|urlset|sitemapindex)|<(?:rss|feed|urlset)[\s>])",
    re.S,
)
_HTML_TYPES = re.compile(r"html|^text/plain$|^application/(?:json|octet-stream)$|^$")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the checks look at."""

    document: Document
    body: BodyReading | None
    headline: str | None

    @property
    def blocks(self) -> Sequence[Block]:
        """The visible lines."""
        return self.document.blocks

    @property
    def text(self) -> str:
        """What was read as the article; nothing where nothing was."""
        return self.body.text if self.body else ""

    @cached_property
    def headlines(self) -> frozenset[int]:
        """Indexes of the lines that are links and say as much as a headline."""
        return frozenset(
            line.index
            for line in self.blocks
            if line.link_share > 0.5
            and len(self.document.keys[line.index]) >= HEADLINE_CHARS
            and not FOOTER.search(line.text)
        )

    @cached_property
    def sentences(self) -> int:
        """Characters of the lines outside of links that are sentences; of a long article its own are enough."""
        own = len(self.text)
        return own if own > LONG_CHARS else sum(len(line.text) for line in self.blocks if _is_sentence(line))


def judge_page(document: Document, body: BodyReading | None, headline: str | None) -> tuple[Reason, str] | None:
    """Why a page is no article, with one sentence for a person; None where it may be one.

    Args:
        document: the page.
        body: what was read as its text; None where nothing was.
        headline: the headline, where one was found.
    """
    case = Case(document=document, body=body, headline=headline)
    for reason, check in CHECKS:
        if (detail := check(case)) is not None:
            return reason, detail
    return None


def _no_html(case: Case) -> str | None:
    page = case.document.page
    if not _HTML_TYPES.search(page.content_type):
        return f"The server sent {page.content_type}, which is no web page."
    if _DATA.match(page.text[:2000]) or page.text[:1000].count("\ufffd") > 100:
        return "The answer is data, not a web page."
    return None


def _challenge(case: Case) -> str | None:
    if case.sentences > LITTLE_CHARS:
        return None
    if sign := _said(case, _CHALLENGE):
        return f"The site asks for proof that a person is reading: “{sign}”."
    if len(case.text) < LITTLE_CHARS and not _is_announced(case) and _CHALLENGE_SCRIPT.search(case.document.page.text):
        return "The page holds a script that checks browsers, and no text."
    return None


def _error(case: Case) -> str | None:
    if case.sentences > LITTLE_CHARS or _is_announced(case):
        return None
    sign = _said(case, _ERROR)
    return f"The page says that something went wrong: “{sign}”." if sign else None


def _said(case: Case, pattern: re.Pattern[str]) -> str | None:
    """The short line, or the title, with a sign; None where longer text stands on the page than a sign needs."""
    lines = [case.document.title_tag, *(line.text for line in case.blocks if line.link_share < 0.5)]
    return next((line for line in lines if len(line) <= SIGN_CHARS and pattern.search(plain(line))), None)


def _shell(case: Case) -> str | None:
    if case.text and (case.sentences >= SHELL_CHARS or _is_announced(case)):
        return None
    shown = sum(len(line.text) for line in case.blocks if line.link_share < 0.5 and not FOOTER.search(line.text))
    if shown > SHELL_CHARS * 2:
        return None
    needed = any(_SCRIPT_NEEDED.search(element.text_content()) for element in case.document.root.iter("noscript"))
    if needed or any(_SCRIPT_NEEDED.search(line.text) for line in case.blocks if len(line.text) <= SIGN_CHARS):
        return "The page asks for a browser that runs scripts; its text is not in the HTML."
    scripts = sum(len(element.text or "") for element in case.document.root.iter("script"))
    sources = any(element.get("src") for element in case.document.root.iter("script"))
    empty = any(_is_empty_root(case.document, name) for name in _ROOTS)
    if (empty and (sources or scripts)) or scripts > len(case.document.page.text) * SHELL_SCRIPT:
        return "The page is an empty frame that a script fills; its text is not in the HTML."
    return None


def _is_empty_root(document: Document, name: str) -> bool:
    return any(
        not "".join(element.itertext()).strip() for element in document.root.xpath("//div[@id=$name]", name=name)
    )


def _album(case: Case) -> str | None:
    if len(case.text) > LONG_CHARS:
        return None
    named = _ALBUM.search(f"{case.document.title_tag} {case.headline or ''} {case.document.page.url}")
    counted = any(_COUNTER.match(plain(line.text)) for line in case.blocks)
    if not (named or counted) or (len(case.text) >= LITTLE_CHARS and _is_announced(case) and not counted):
        return None
    pictures = len(case.body.images) if case.body else 0
    if pictures < ALBUM_PICTURES:
        pictures = len(pictures_of(case.document.root, (), case.document.page.url))
    if pictures < ALBUM_PICTURES or len(case.text) > pictures * ALBUM_CHARS:
        return None
    return f"The page is made of {pictures} pictures, with {len(case.text)} characters of text."


def _list(case: Case) -> str | None:
    following = _teasers(case)
    if (not following and len(case.text) > LONG_CHARS) or _is_announced(case):
        return None
    if following:
        return f"The page lists other pages with summaries: {following} paragraphs follow a linked headline each."
    headlines = [line for line in case.blocks if line.index in case.headlines]
    rows = [line for line in headlines if _has_day(line, case.blocks)]
    own = sum(len(line) for line in case.text.splitlines() if len(line) >= SIGN_CHARS // 2)
    if len(rows) >= ROWS and sum(len(line.text) for line in rows) > own:
        return f"The page lists other pages: {len(rows)} linked headlines with a day each."
    if len(headlines) >= MANY_LINKS and (not own or _is_home(case, headlines, own)):
        return f"The page leads to other pages: {len(headlines)} linked headlines, and no article of its own."
    return None


def _teasers(case: Case) -> int:
    """How many sentences of the page follow a linked headline, where that is the rule; else 0."""
    following = sum(_heads_item(case.blocks[place], case.blocks) for place in case.headlines)
    if following < SUMMARIES:
        return 0
    prose = sum(map(_is_sentence, case.blocks))
    return following if following >= MOSTLY * prose else 0


def _heads_item(line: Block, blocks: Sequence[Block]) -> bool:
    """Whether a line is a linked headline above a summary; a day may stand between them."""
    below = blocks[line.index + 1 : line.index + 3]
    if below and len(below[0].text) < SIGN_CHARS and find_moments(below[0].text):
        below = below[1:]
    return bool(below) and _is_sentence(below[0])


def _is_home(case: Case, headlines: Sequence[Block], own: int) -> bool:
    """Whether far more is linked than said, below a headline that is not shown or leads elsewhere."""
    linked = sum(len(line.text) for line in headlines)
    stand = stand_of(case.headline, case.document) if case.headline else None
    shown = stand is not None and case.blocks[stand[0]].link_share < 0.5
    return linked > own * 3 and (not shown or len(letters(case.headline or "")) < HEADLINE_CHARS)


def _is_announced(case: Case) -> bool:
    """Whether the page does what only articles do: print time, source or people beside a headline of its own."""
    stand = stand_of(case.headline, case.document) if case.headline else None
    if stand is None or case.blocks[stand[0]].link_share > 0.5:
        return False
    below = list(takewhile(lambda line: line.index not in case.headlines, case.blocks[stand[1] + 1 :][:NEAR_HEADLINE]))
    above = case.blocks[max(stand[0] - 3, 0) : stand[0]]
    ends = case.blocks[case.body.lines[-1].index + 1 :][:3] if case.body and case.body.lines else ()
    return any(_announces(line) for line in (*above, *below)) or any(_announces(line, time=False) for line in ends)


def _announces(line: Block, *, time: bool = True) -> bool:
    """Whether a line names a source, an author or an editor; or, above a text, a time."""
    if line.link_share > 0.5 or len(line.text) > 2 * SIGN_CHARS:
        return False
    info = take_apart(line.text)
    return (time and bool(info.moments)) or any(
        one.value and not one.glued
        for one in info.of(Label.SOURCE, Label.EDITOR, Label.EDITOR_PLAIN, Label.AUTHOR, Label.TIME)
    )


def _has_day(line: Block, blocks: Sequence[Block]) -> bool:
    """Whether a day stands in a linked headline's line or alone in the next."""
    if re.search(r"\d{1,2}[-/.月]\d{1,2}", plain(line.text)):
        return True
    following = blocks[line.index + 1].text if line.index + 1 < len(blocks) else ""
    return len(following) <= 24 and re.search(r"\d{1,2}[-/.月]\d{1,2}", plain(following)) is not None


def _is_sentence(line: Block) -> bool:
    return (
        line.link_share < 0.5
        and len(line.text) >= 16
        and not FOOTER.search(line.text)
        and re.search("[，。！？；]", line.text) is not None
    )


def _nothing(case: Case) -> str | None:
    if not case.document.page.text.strip():
        return "The answer was empty."
    return None if case.text else "Nothing on the page reads like an article's text."


CHECKS: tuple[tuple[Reason, Callable[[Case], str | None]], ...] = (
    (Reason.NOT_HTML, _no_html),
    (Reason.CHALLENGE, _challenge),
    (Reason.ERROR_PAGE, _error),
    (Reason.SCRIPT_SHELL, _shell),
    (Reason.ALBUM, _album),
    (Reason.LIST_PAGE, _list),
    (Reason.NO_BODY, _nothing),
)
"""In this order: what a page says of itself before what it looks like."""
