"""What the name of an outlet looks like, and how it is cut out of what stands around it."""

from __future__ import annotations

import re

from crawler.parse.shapes import HAN, fold, plain

_ENDS = re.compile(
    r"(?:报|报社|日报社|通讯社|社|网|网站|新闻|电视台|广播|广播电台|台|在线|传媒|融媒|融媒体|媒体|频道|杂志|周刊|周报|月刊|客户端|APP|app|发布|观察|"
    r"财经|资讯|中心|委|委员会|局|厅|部|院|政府|办公室|办|协会|公司|集团|大学|学院|号|平台|参考|导报|论坛|视频|头条|评论|公众号|微博|微信|"
    r"之声|商讯|在线|快讯|热线|晚报|早报|快报|商报|时报|日报|晨报|都市报|电讯|报道|法院|检察院|公安|交警|消防|银行|图书馆|博物馆|街道|办事处|"
    r"報|報社|網|網站|新聞|電視|電視台|雜誌|週刊|社區|com|cn|net|News|Daily|Times|TV)(?:[\[(].{1,6}[\])])?$"
)
_FURNITURE = re.compile(
    r"^(?:\d[\d.,]*[万亿]?\+?(?:次|人|条|个|篇|赞)?(?:阅读|评论|浏览|参与|点击|跟贴|跟帖|播放)?|[\[(]?\d*[\])]?|举报|纠错|分享.*|收藏.*|评论.*|我要评论|"
    r".*评论|阅读.*|.*阅读|浏览.*|点击.*|访问.*|打印.*|打印本页|关闭.*|字号.*|字体.*|大字体?|小字体?|中字体?|[大中小+\-—A-]+|A[+-]?|T|缩小.*|放大.*|"
    r"默认|超大|标准|扫.*|手机.*|下载.*|关注.*|订阅.*|复制.*|保存.*|参与互动|.*参与|.*人参与.*|跟[贴帖].*|微信|微博|新浪微博|QQ空间|QQ|腾讯QQ|QQ好友|"
    r"朋友圈|更多|返回.*|首页|正文|投稿|推荐.*|点赞.*|赞|转发.*|转载|字|原创稿?|编译|听新闻|朗读.*|语音.*|播报.*|查看.*|展开.*|登录|注册|"
    r"繁体|简体|繁體|English|我有话说.*|用手机.*|进入.*|作者.*|来源|时间|发布|加载.*|APP|客户端下载|设置|夜间.*|人气.*|热度.*|"
    r"(?:由 ?|[Bb]y )?(?:admin\w*|root|system|网站管理员|管理员|小编)"
    r"|IP属地.*|第[\dA-Za-z一二三四五六七八九十]{1,4}版.*"
    r"|[\dA-Z]{1,4}版.*|发表于.*|.*独家|独家.*|.*大字体.*|[上下]一[篇页版].*|.*[>»].*|.*\d{4,}.*)$"
)
_ACCOUNT = re.compile(
    r"(?:企鹅|头条|百家|大鱼|搜狐|网易|凤凰|澎湃|一点|公众|微信公众|订阅|视频|抖音|政务|媒体|自媒体|官方)号|(?:官方|认证)(?:账号|帐号|媒体)"
)
_GLUED_FURNITURE = re.compile(
    r"(?:(?<=[网报社台闻线道刊端布讯])(?:阅读|浏览|点击|\d*条?评论|举报|手机看新闻|字号|打印|分享|扫描到手机|大字体).*|\s*[(\[【]?(?:阅读|浏览|点击|评论)[量数:]?\s*[(:]?\d.*|"
    r"(?<=[》报])\s*第?[\dA-Z]{1,3}版|\s*(?:原创稿|我要评论|参与互动|【?我要纠错】?|【?字体).*)$"
)
_ACCOUNT_ID = re.compile(r"[(（](?:ID|微信公众号|微信号|公众号|微信)\s*[:：][^)）]*[)）]")
_OWN_ACCOUNT = re.compile(r"(?:官方|认证)(?:账号|帐号)$")
"""Behind the name of who publishes on a platform."""
_LABEL_WORD = re.compile(r"^(?:本文|文章|稿件|信息|发布|新闻|内容|资讯)?(?:来源|稿源|來源)(?:于|于:)?\s*[:/|]?\s*")
_EDGE = " \t:|·,、/;-—>».。•▪"
_CLOSED = {"(": ")", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」"}

MAX_OUTLET = 40
"""Characters. Several outlets joined by 、 stay below; a sentence does not."""


def is_furniture(token: str) -> bool:
    """Whether a token beside a time is a button, a counter or another word of the page's furniture.

    >>> [is_furniture(token) for token in ("举报", "1032人参与308评论", "青石日报", "A-", "(20147)")]
    [True, True, False, True, True]
    """
    text = plain(token).strip(_EDGE)
    return bool(_FURNITURE.match(text)) or is_account(text)


def is_account(token: str) -> bool:
    """Whether a token says what kind of account published: it stands beside the account's name, which is the outlet.

    >>> is_account("企鹅号"), is_account("青石号外")
    (True, False)
    """
    return bool(_ACCOUNT.fullmatch(plain(token).strip(_EDGE)))


def is_outlet(token: str) -> bool:
    """Whether a token ends like the name of an outlet or an office.

    >>> is_outlet("青石日报"), is_outlet("苗禾"), is_outlet("游讯网[整理]")
    (True, False, True)
    """
    return bool(_ENDS.search(plain(token).strip(_EDGE))) and len(token) > 1


def clean_outlet(value: str) -> str | None:
    """The outlet in what stands behind its label: label words, furniture and marks cut; None where nothing is left.

    >>> [clean_outlet(text) for text in ("来源：青石网－文化频道 原创稿", "青石早报 大字体 打印", "《青石日报》")]
    ['青石网－文化频道', '青石早报', '青石日报']
    >>> clean_outlet("大众·青石网阅读 (20147) 扫描到手机")
    '大众·青石网'
    """
    text = fold(value)
    label = _LABEL_WORD.match(plain(text))
    text = text[label.end() :] if label and re.search(r"[:/|]", label.group()) else text
    text = _GLUED_FURNITURE.sub("", _ACCOUNT_ID.sub("", text)).strip(_EDGE)
    kept: list[str] = []
    for token in text.split(" "):
        if is_furniture(token) and not (kept and kept[-1] in {"、", ","}):
            break
        if kept and is_outlet(kept[-1]) and not is_outlet(token) and re.search(rf"[{HAN}A-Za-z]", token):
            break
        kept.append(token)
    outlet = _OWN_ACCOUNT.sub("", _unwrap(" ".join(kept).strip(_EDGE)))
    return outlet if 1 < len(outlet) <= MAX_OUTLET and re.search(rf"[{HAN}A-Za-z]", outlet) else None


def _unwrap(text: str) -> str:
    """Brackets around the whole of it taken off; a closing bracket without its opener too."""
    while len(text) > 2 and _CLOSED.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        text = text[1:-1].strip(_EDGE)
    for opener, closer in _CLOSED.items():
        if closer in text and opener not in text:
            text = text.split(closer)[0].strip(_EDGE)
        elif opener in text and closer not in text:
            text = text.split(opener)[0].strip(_EDGE)
    return text
