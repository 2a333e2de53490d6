"""Pages that are no articles: recognised, so that none of them is stored as one.

Every check asks for positive signs of another kind of page. Little text alone is no sign: a notice of a hundred
characters is an article, and stands between as many links as any other.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from crawler.parse.document import Document
from crawler.parse.fields.body import BodyReading
from crawler.parse.pagecase import ALBUM_PICTURES, HEADLINE_CHARS, LONG_CHARS, SIGN_CHARS, Case
from crawler.parse.scene import stand_of
from crawler.parse.shapes import letters, plain
from storage.records import Reason

LITTLE_CHARS = 150
"""Sentences on a page, in characters, up to which it may be an error page or a challenge: these say what is wrong in
two or three sentences."""
MANY_LINKS = 8
"""So many headlines in links, without any text of the page's own, make a list."""
ROWS = 5
"""So many headlines with a day beside them make a list: boxes beside articles rarely print days."""
SUMMARIES = 3
"""So many paragraphs that each follow a headline in a link make a list with summaries."""
MOSTLY = 0.6
"""Share of a page's sentences that follow a headline in a link, from which on it is a list with summaries."""
HOME_TIMES = 3
"""A page that is no article though it says something links to so many times as much."""
ALBUM_CHARS = 40
"""Characters of text for each picture, below which the pictures are what the page is about."""
SHELL_CHARS = 120
"""Characters a page shows before its script has run: a name, a loading sign, a footer."""
SHELL_SCRIPT = 0.5
"""Share of a document's characters that lie in scripts, from which on a page without text is filled by them."""

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


def is_data(text: str) -> bool:
    """Whether an answer is data (JSON, a feed, bytes that are no text), whatever its server called it."""
    return bool(_DATA.match(text[:2000])) or text[:1000].count("\ufffd") > 100


def _no_html(case: Case) -> str | None:
    page = case.document.page
    if not _HTML_TYPES.search(page.content_type):
        return f"The server sent {page.content_type}, which is no web page."
    if is_data(page.text):
        return "The answer is data, not a web page."
    return None


def _challenge(case: Case) -> str | None:
    if case.sentences > LITTLE_CHARS:
        return None
    if sign := _said(case, _CHALLENGE):
        return f"The site asks for proof that a person is reading: “{sign}”."
    if len(case.text) < LITTLE_CHARS and not case.announced and _CHALLENGE_SCRIPT.search(case.document.page.text):
        return "The page holds a script that checks browsers, and no text."
    return None


def _error(case: Case) -> str | None:
    if case.sentences > LITTLE_CHARS or case.announced:
        return None
    sign = _said(case, _ERROR)
    return f"The page says that something went wrong: “{sign}”." if sign else None


def _said(case: Case, pattern: re.Pattern[str]) -> str | None:
    """The short line, or the title, with a sign; None where longer text stands on the page than a sign needs."""
    lines = [case.document.title_tag, *(line.text for line in case.blocks if line.link_share < 0.5)]
    return next((line for line in lines if len(line) <= SIGN_CHARS and pattern.search(plain(line))), None)


def _shell(case: Case) -> str | None:
    if case.text and (case.sentences >= SHELL_CHARS or case.announced):
        return None
    if case.shown_chars > SHELL_CHARS * 2:
        return None
    needed = any(_SCRIPT_NEEDED.search(element.text_content()) for element in case.document.root.iter("noscript"))
    if needed or any(_SCRIPT_NEEDED.search(line.text) for line in case.blocks if len(line.text) <= SIGN_CHARS):
        return "The page asks for a browser that runs scripts; its text is not in the HTML."
    sources = any(element.get("src") for element in case.document.root.iter("script"))
    empty = any(_is_empty_root(case.document, name) for name in _ROOTS)
    if (empty and (sources or case.script_chars)) or case.script_chars > len(case.document.page.text) * SHELL_SCRIPT:
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
    if not (named or counted) or (len(case.text) >= LITTLE_CHARS and case.announced and not counted):
        return None
    if case.pictures < ALBUM_PICTURES or len(case.text) > case.pictures * ALBUM_CHARS:
        return None
    return f"The page is made of {case.pictures} pictures, with {len(case.text)} characters of text."


def _list(case: Case) -> str | None:
    if case.announced:
        return None
    following = _teasers(case)
    if not following and len(case.text) > LONG_CHARS:
        return None
    if following:
        return f"The page lists other pages with summaries: {following} paragraphs follow a linked headline each."
    if len(case.rows) >= ROWS and sum(len(line.text) for line in case.rows) > case.own_chars:
        return f"The page lists other pages: {len(case.rows)} linked headlines with a day each."
    if len(case.linked) >= MANY_LINKS and (not case.own_chars or _is_home(case)):
        return f"The page leads to other pages: {len(case.linked)} linked headlines, and no article of its own."
    return None


def _teasers(case: Case) -> int:
    """How many sentences of the page follow a linked headline, where that is the rule; else 0."""
    if case.following < SUMMARIES:
        return 0
    return case.following if case.following >= MOSTLY * case.prose else 0


def _is_home(case: Case) -> bool:
    """Whether far more is linked than said, below a headline that is not shown or leads elsewhere."""
    linked = sum(len(line.text) for line in case.linked)
    stand = stand_of(case.headline, case.document) if case.headline else None
    shown = stand is not None and case.blocks[stand[0]].link_share < 0.5
    return linked > case.own_chars * HOME_TIMES and (not shown or len(letters(case.headline or "")) < HEADLINE_CHARS)


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
