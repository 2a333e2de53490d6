"""Words that e-papers put around an article, and signs by which a line of it is known.

Every pattern is matched against a line made plain (`shapes.plain`: ASCII colon, brackets, commas, digits and blanks).
"""

from __future__ import annotations

import re

from crawler.parse.pagelabels import read_label
from crawler.parse.shapes import HAN

_MOVES = (
    r"[上下前后]\s*一?\s*[版期页篇条]|版面导航|标题导航|版面目录|返回(?:目录|首页|版面|顶部|本版)?|返回|首页|尾页|放大|缩小|默认|朗读|打印|收藏|关闭|分享"
    r"|大|中|小|字号|字体|评论|可拖动滚动条浏览本版|往期报纸|更多|PDF(?:版|下载)?|下载|版面图|图片版|文字版|本版(?:新闻|标题|文章|目录)"
)
BEGINS = re.compile(r"(?:^|[\s\])】>|:])(?:文章|稿件|新闻|正文)内容\s*:?\s*$|^\W*正文\W*$")
"""The heading above an article."""
ENDS = re.compile(
    r"^\W*(?:更多\W*)?往期(?:报纸|回顾)|^\W*本(?:网站|报|网)所有内容|^.{0,24}未经(?:许可|授权|本报许可).{0,12}(?:不得|禁止|严禁)(?:转载|复制)"
    r"|^[^。]{0,60}(?:版权所有|Copyright|ICP备)|^\W*[上下]一篇\W*(?::|$)|^\W*本版(?:新闻|标题|文章|其他)|^\W*(?:标题|版面)导航"
    r"|^\W*返回(?:目录|首页|版面|顶部)\W*$",
    re.I,
)
"""What stands under an article."""
COPYRIGHT = re.compile(r"\s*本网站所有内容(?:均)?属《[^》]{2,20}》所有.{0,24}$")
"""The copyright line, where it is glued to the last paragraph."""
CONTROL = re.compile(rf"^[\W\d]*(?:(?:{_MOVES})[\W\d]*)+$")
"""What is pressed, not read."""
MASTHEAD = re.compile(
    rf"^\W*(?:《?[{HAN}]{{2,8}}(?:日报|晚报|早报|晨报|时报|都市报|新闻网|电讯|周刊)》?)?\W*(?:多媒体)?(?:数字报|电子报|数字版|电子版|微报纸|手机报)?\W*$"
    r"|^\W*(?:版次|版名|版面|版号|刊期|期号|日期|本版(?:责任)?编辑|字号|字体)\s*:|国内统一|国内刊号|邮发代号|总第\s*\d|第\s*\d+\s*期|今日\d+版|主管主办|数字报|电子报"
)
"""A paper's name, and what stands around it on a front page."""
BESIDE_DATE = re.compile(rf"星期.|第.{{1,6}}[版期]|农历.{{2,8}}|[{HAN}]{{2,8}}[报网]")
"""What stands beside a date on a line that is about the page."""
DATELINE = re.compile(
    rf"^\W{{0,3}}(?:本[报刊网台](?:综合)?(?:\d{{1,2}}月\d{{1,2}}日)?(?:综合)?(?:消息|讯|电)|[{HAN}·]{{0,12}}\d{{1,2}}月\d{{1,2}}日[讯电]"
    rf"|(?:新华社|中新社)(?:消息|电|讯)|据[{HAN}]{{2,10}}(?:消息|报道),)"
)
"""How the first sentence of a report begins."""
LEAD = re.compile(
    r"^\W{0,3}(?:核心提示|内容提要|内容提示|导读|导语|编者按|编者的话|开栏的话|开栏语|阅读提示|新闻提示|提要|摘要)(?:\s*:|\s*$)"
)
"""How a lead box begins."""
BULLET = re.compile(
    r"^\s*(?:[■□●○◆◇▲△▼★☆※►▶◎⊙•·*—–-]|[(（]?[一二三四五六七八九十百]{1,3}[)）]?[、.:，,]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}\s*[、.．:)）](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,4}[章节条款部分届,、:]|[①-⑳]|[一二三四五六七八九十]\s*是|其[一二三四五六七八九]\b|问\s*:|答\s*:|记者\s*:|附\s*:|注\s*:)"
)
"""How a line begins that begins something new: a section, an item of a list, a turn of an interview."""
LABELLED = re.compile(rf"^[{HAN}A-Za-z /]{{1,14}}:")
"""`申请人:…`, `电话:…`: a line of a form or a notice."""
LONGEST_PAGE_LINE = 60
"""Characters of a line that names a print page."""
LONGEST_HEAD = 30
"""Characters of a section's head."""
DASHED = re.compile(r"[—–―─]{1,2}[^—–―─\s]")
"""How subtitles begin, whatever they look like."""
SUBTITLE_ENDS = re.compile(
    r"(?:陪同|出席|主持|讲话|致辞|参加|率队|见证|发言|宣布|部署|强调|汇报|列席|活动|会见|批示|作报告|介绍|揭牌|(?:出席|参加|主持).{0,6}(?:会议|仪式|活动))$"
)
"""How a line under a headline ends that says who else was there."""
STOPS = "。！？!?…；;"
"""What a sentence ends with."""
_CLOSERS = "”’\"'』」》〉)）]】"


def is_closed(text: str) -> bool:
    """Whether a line ends as a sentence does; brackets and quotes behind the stop do not matter.

    >>> [is_closed(text) for text in ("船回港了。”", "打造新的", "如下：", "他说，")]
    [True, False, True, False]
    """
    stripped = text.rstrip(_CLOSERS + " ")
    return bool(stripped) and (stripped[-1] in STOPS or text.rstrip()[-1] in ":：")


def has_sentence(text: str) -> bool:
    """Whether a line holds the end of a sentence that is no headline's question or exclamation."""
    return any(stop in text for stop in "。；") or text.rstrip(_CLOSERS + " ")[-1:] in ("…",)


def is_page_name(text: str) -> bool:
    """Whether a line names a print page: `第01版:要闻`."""
    return len(text) <= 40 and read_label(text) is not None
