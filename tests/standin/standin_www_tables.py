"""www as an old hand-made site: GBK, frames, tables, `<font>` headlines, TRS files, 下一页 by script or by file."""

from __future__ import annotations

from datetime import datetime, timedelta

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import NOT_RENDERED, StandIn, Truth

from storage.records import SITE_ZONE

WWW = "www.xihaiannews.com"
SECTIONS = {
    "xwzx": "新闻中心", "zwyw": "政务要闻", "ms": "民生", "jy": "教育", "wl": "文旅", "ty": "体育",
    "cj": "财经", "zj": "镇街", "pl": "评论", "tpxw": "图片新闻",
}  # fmt: skip
PER_PAGE = 5
PAGES = {"xwzx": 3, "zwyw": 2}
"""Lists of several pages; the other eight have one."""
NEWEST = datetime(2024, 7, 26, 9, 30, 15, tzinfo=SITE_ZONE)


def build() -> StandIn:
    """A frame set as home page; ten sections; every page in GBK that says gb2312, or nothing."""
    world, truths = World(), []
    lists = {}
    for place, name in enumerate(SECTIONS):
        numbers = range(
            300 + 20 * place, 300 + 20 * place + PER_PAGE * PAGES.get(name, 0) + (0 if name in PAGES else 2)
        )
        lists[name] = [(number, *_article(world, truths, name, number)) for number in numbers]
        for page in range(PAGES.get(name, 1)):
            file = f"index_{page}.htm" if page else "index.htm"
            html = _list(name, page, lists[name][page * PER_PAGE : (page + 1) * PER_PAGE])
            world.add(f"http://{WWW}/{name}/{file}", _gbk(html))
            if not page:
                world.add(f"http://{WWW}/{name}/", _gbk(html))
    world.add(
        f"http://{WWW}/",
        _gbk(
            """<HTML><HEAD><TITLE>西海岸新闻网</TITLE></HEAD><FRAMESET ROWS="90,*"><FRAME SRC="top.htm" NAME=top>
<FRAME SRC="main.htm" NAME=main><NOFRAMES><BODY>您的浏览器不支持框架</BODY></NOFRAMES></FRAMESET></HTML>"""
        ),
    )
    world.add(f"http://{WWW}/top.htm", _gbk(_top()))
    world.add(f"http://{WWW}/main.htm", _gbk(_main(lists)))
    world.add(f"http://{WWW}/gg/20240601/index.htm", _gbk("<IMG SRC=1.gif>"))
    return StandIn(
        name="www_tables",
        world=world,
        truths=tuple(truths),
        spider="columns",
        arguments=NOT_RENDERED,
        articles=("/t2024",),
        most_requests=100,
    )


def _gbk(html: str) -> Answer:
    return Answer(html, charset="gbk")


def _article(world: World, truths: list[Truth], name: str, number: int) -> tuple[str, str, datetime]:
    tale, when = story(number, "本报讯 "), NEWEST - timedelta(days=number % 20, seconds=number)
    path = f"/{name}/{when:%Y%m}/t{when:%Y%m%d}_{number}.htm"
    text = "<BR><BR>".join(f"　　{paragraph}" for paragraph in tale.paragraphs)
    byline = f"　　（记者 {tale.reporter} 通讯员 {tale.second}）"
    world.add(
        f"http://{WWW}{path}",
        _gbk(f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=gb2312">
<TITLE>{tale.title}--西海岸新闻网</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>{_top()}
<TABLE WIDTH=960 ALIGN=center><TR>
<TD>您现在的位置：<A HREF="/">首页</A> &gt;&gt; <A HREF="/{name}/">{SECTIONS[name]}</A></TD></TR>
<TR><TD ALIGN=center><FONT SIZE=5 COLOR=red><B>{tale.title}</B></FONT></TD></TR>
<TR><TD ALIGN=center>
<FONT SIZE=2>{when:%Y-%m-%d %H:%M:%S} 来源: 西海岸新闻网 作者: 点击数：<SCRIPT>hits({number})</SCRIPT></FONT></TD></TR>
<TR><TD><HR><FONT SIZE=3><DIV CLASS=TRS_Editor>{text}<BR><BR>{byline}</DIV></FONT></TD></TR>
<TR><TD ALIGN=right>[责任编辑：{tale.editor} XHA{number}]</TD></TR>
<TR><TD>上一篇：<A HREF="t20240101_1.htm">没有了</A> 【<A HREF="javascript:window.print()">打印</A>】【关闭】
</TD></TR></TABLE>
<IFRAME SRC="/gg/20240601/index.htm"></IFRAME>{_foot()}</BODY></HTML>"""),
    )
    truths.append(
        Truth(
            url=f"https://{WWW}{path}",
            title=tale.title,
            published=f"{when:%Y-%m-%dT%H:%M:%S+08:00}",
            source="西海岸新闻网",
            editor=tale.editor,
            authors=(tale.reporter, tale.second),
            body=tale.paragraphs,
        )
    )
    return path, tale.title, when


def _list(name: str, page: int, articles: list[tuple[int, str, str, datetime]]) -> str:
    rows = "".join(
        f"""<TR><TD WIDTH=20><IMG SRC=/images/dot.gif></TD><TD><A HREF=".{path.removeprefix("/" + name)}" TARGET=_blank>
<FONT COLOR=#003366>{title}</FONT></A></TD><TD ALIGN=right><FONT SIZE=1>({when:%m-%d})</FONT></TD></TR>"""
        for _, path, title, when in articles
    )
    return f"""<HTML><HEAD><TITLE>{SECTIONS[name]}</TITLE></HEAD><BODY>{_top()}<TABLE><TR>
<TD COLSPAN=3>{SECTIONS[name]}</TD></TR>
{rows}</TABLE>{_pager(name, page)}{_foot()}</BODY></HTML>"""


def _pager(name: str, page: int) -> str:
    """xwzx: 下一页 whose address stands in a script call. zwyw: by file. Others: none."""
    pages = PAGES.get(name, 1)
    if page + 1 == pages:
        return f"<DIV>共{pages}页 <A HREF=index.htm>首页</A> 下一页 尾页</DIV>"
    onward = f"index_{page + 1}.htm"
    if name == "xwzx":
        link = f"""<A HREF="javascript:void(0)" ONCLICK="window.location='{onward}';return false">下一页</A>"""
        return f"<DIV>第{page + 1}页/共{pages}页 {link}</DIV>"
    return f"""<DIV>共{pages}页 <A HREF="javascript:goTo('{onward}')">下一页</A></DIV>"""


def _main(lists: dict[str, list[tuple[int, str, str, datetime]]]) -> str:
    cells = "".join(
        f"<TD VALIGN=top><TABLE><TR><TD><B>{SECTIONS[name]}</B></TD><TD><A HREF={name}/index.htm>更多…</A></TD></TR>"
        + "".join(
            f'<TR><TD>·<A HREF="{path}" TITLE="{title}"><FONT SIZE=2>{title[:9]}...</FONT></A></TD></TR>'
            for _, path, title, _ in articles[:2]
        )
        + "</TABLE></TD>"
        for name, articles in lists.items()
    )
    return f"""<HTML><BODY><MARQUEE>
<A HREF="/gg/20240601/index.htm">热烈庆祝本网开通十周年有奖征文活动启动</A></MARQUEE>
<TABLE><TR>{cells}</TR></TABLE><A HREF=http://club.xihaiannews.com/forum-58-1.html>海岸社区</A>{_foot()}</BODY></HTML>"""


def _top() -> str:
    cells = "".join(f"<TD><A HREF=/{name}/ TARGET=main>{label}</A></TD>" for name, label in SECTIONS.items())
    return f"""<TABLE BGCOLOR=#CC0000><TR><TD><A HREF="/" TARGET=_top>首页</A></TD>{cells}
<TD><A HREF=http://epaper.xihaiannews.com/shtml/index_jnsx.shtml>电子报</A></TD></TR></TABLE>"""


def _foot() -> str:
    return """<HR><CENTER><A HREF=/about.htm>关于我们</A> | <A HREF=mailto:a@b.example>投稿信箱</A><BR>
<FONT SIZE=2>鲁ICP备00000000号 本网站所有内容未经许可不得转载</FONT></CENTER>"""
