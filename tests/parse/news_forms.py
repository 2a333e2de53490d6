"""What the pages of `forms_*.py` share: one invented story, the furniture around it, and what a reader must find."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.parse.decode import page_from_text
from crawler.parse.reader import read
from storage.records import Article

TITLE = "青石镇老渠清淤完工 三千亩农田用上活水"
BODY = (
    "青石镇7月25日讯 今天上午，记者从青石镇水利站获悉，历时四个月的老渠清淤工程全部完工，"
    "沿岸十二个村的三千亩农田重新用上了活水。",
    "这条渠修于1974年，全长11.6公里。水利站站长高禾介绍，清淤前渠底淤泥最厚处超过一米，汛期排水不畅，"
    "下游几个村年年有地被淹。",
    "“以前浇一遍地要排三天队，现在半天就能轮到。”石桥村村民邵大海说，他家的二十亩玉米已经浇完了头遍水，长势比往年好。",
    "为了不误农时，施工队避开灌溉期，分六段作业，先后清出淤泥4.2万立方米，这些淤泥运到荒坡上，改良了三百多亩薄地。",
    "下一步，镇里将为每一段渠落实一名管护员，建立巡查台账，并在渠首安装自动测流设备，让用水量看得见、算得清。",
)
NOTICE = (
    "因供水管道检修，7月27日8时至18时，海陆街以东、长桥路以北片区停水，请用户提前储水备用。"
    "恢复供水初期如有水质浑浊，请稍放片刻再使用。咨询电话：0000-86812345。"
)
"""A notice of about a hundred characters."""
ISLAND_TITLE = "“候鸟老师”回岛：一个人的学校又响起读书声"
ISLAND = (
    "3月4日，海拔40米的月牙岛上，停了半年的上课铃又响了。",
    "坐在教室里的只有三个孩子。站在讲台上的，是62岁的退休教师闻人澜。",
    "“我教了一辈子书，闲不住。”闻人澜说。",
    "坐船来的课本",
    "月牙岛离岸12.8海里，每周二、周五各有一班船。课本、粉笔和米面，都是搭船来的。",
    "去年秋天，岛上唯一的老师调走，孩子们只好跟着父母离岛借读。村委会主任盛海生急得四处打电话"
    "：“只要有人愿意来，村里给烧火做饭！”",
    "消息传到闻人澜那里时，她刚办完退休手续。",
    "“家里人不同意，我说就去一学期。”她笑着比划，“结果你看，行李带了四箱。”",
    "三个孩子的课表",
    "三个孩子，两个年级。上午一年级上课，三年级做题；下午反过来。",
    "岛上没有操场，体育课就在码头上。孩子们最爱的游戏，是数归港的渔船。",
    "县教育局有关负责人表示，今年将选派3名教师轮流上岛支教，并为学校安装卫星网络设备。",
    "傍晚，最后一班船离岸。读书声顺着海风，飘出很远。",
)
"""A second story: quotes, sub-headings, short lines."""
SECONDS, MINUTE, DAY = "2023-03-05T08:03:09+08:00", "2023-03-05T08:03:00+08:00", "2023-03-05"
NAV_WORDS = ("首页", "要闻", "时政", "社会", "经济", "文化", "教育", "健康", "旅游", "视频")
NAV = "".join(f"<li><a href='/{name}/'>{word}</a></li>" for name, word in zip("abcdefghij", NAV_WORDS, strict=True))
OTHERS = "".join(
    f"<li><a href='/n/{number}.html'>{word}</a><span>07-2{number}</span></li>"
    for number, word in enumerate(
        (
            "云栖镇早稻开镰 机收率超过九成",
            "石桥小学新操场启用",
            "海陆街办事处办起夜校 首批学员报名满员",
            "长桥渔港迎来开渔",
        ),
        1,
    )
)
FOOT = "<div class=foot>关于我们 | 联系我们 | 网站地图<br>青石网版权所有 未经许可不得转载<br>海ICP备00000001号</div>"


@dataclass(frozen=True, kw_only=True)
class Form:
    """A page as some content system writes it, and what is to be read from it."""

    name: str
    html: str = field(repr=False)
    published: str | None
    source: str | None = None
    editor: str | None = None
    authors: tuple[str, ...] = ()
    title: str = TITLE
    body: tuple[str, ...] = field(default=BODY, repr=False)
    url: str = "https://news.example/content/88.html"

    def read(self) -> Article:
        """The article of the page."""
        reading = read(page_from_text(self.html, self.url))
        assert isinstance(reading, Article), reading
        return reading


def page(inner: str, *, title: str = f"{TITLE}_青石网", head: str = "") -> str:
    """A whole page: navigation, the given part, other stories, footer."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}
<script>var x = "<p>脚本里的字，不是正文，不是正文，不是正文。</p>";</script><style>.a{{color:red}}</style></head><body>
<div class="top"><ul class="nav">{NAV}</ul></div>
{inner}
<div class="side"><h3>热点新闻</h3><ul>{OTHERS}</ul></div>{FOOT}</body></html>"""


def paragraphs(lines: tuple[str, ...] = BODY, tag: str = "p", indent: str = "　　") -> str:
    """The story, one element a line."""
    return "\n".join(f"<{tag}>{indent}{line}</{tag}>" for line in lines)


def lines(texts: tuple[str, ...] = BODY, indent: str = "　　", joint: str = "<br/><br/>\n") -> str:
    """The story as bare text."""
    return joint.join(indent + text for text in texts)


def begun(first: str) -> tuple[str, ...]:
    """The story with another dateline; `first` stands up to its first 记者."""
    return (BODY[0].replace("青石镇7月25日讯 今天上午，记者", first), *BODY[1:])


def island(
    name: str,
    inner: str,
    *,
    title: str = f"{ISLAND_TITLE}_月牙网",
    head: str = "",
    published: str | None = MINUTE,
    source: str | None = None,
    editor: str | None = None,
    authors: tuple[str, ...] = (),
    body: tuple[str, ...] = ISLAND,
) -> Form:
    """A page of the second story; `title` is the page's `title` element."""
    return Form(
        name=name,
        html=page(inner, title=title, head=head),
        published=published,
        source=source,
        editor=editor,
        authors=authors,
        title=ISLAND_TITLE,
        body=body,
    )
