"""Article pages of the 大众日报 platform in many markups: one story, dressed as pages that share only their words.

Nobody of this project has seen the platform's markup. What is known is the order of the visible text: headline, time
and 发布来源 on one line, byline, paragraphs, 责任编辑, a form for comments, the platform's footer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from crawler.parse.decode import decode
from crawler.parse.reader import read
from crawler.sites.profile import load_profile
from storage.records import Article, Capture, Context, Kind, Rejection

PROFILE = load_profile("xihaian")
ADDRESS = "https://dzrb.dzng.com/articleContent/1176_1111015.html"
INTERFACE = "http://phoneapi2.xrdz.dzng.com/index.php/app_if/getArticleContent?articleId=1111015&colID=1176"
PICTURES = "http://respub.xrdz.dzng.com/pic_file/pic_file/20220308/small_{}.jpg"
FOOTER = (
    "备案号 鲁ICP备00000000号 互联网新闻信息许可证编号:00000000000",
    "Dazhong News Group(Da Zhong Daily) 大众报业集团(大众日报社) 版权所有 联系电话:0531-00000000",
)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What every page of one story says."""

    title: str
    stamp: str
    """As printed: `YYYY-MM-DD HH:MM:SS`."""
    source: str
    byline: str
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]
    editor: str
    footer: tuple[str, ...] = FOOTER

    @property
    def info(self) -> str:
        """The line of time and source."""
        return f"{self.stamp} 发布来源:{self.source}"

    @property
    def published(self) -> str:
        """ISO 8601."""
        return self.stamp.replace(" ", "T") + "+08:00"

    @property
    def lines(self) -> tuple[str, ...]:
        """The visible lines of a page, in order."""
        end = (f"责任编辑: {self.editor}    ", "评论:", "提交评论")
        return (self.title, self.info, self.byline, *self.paragraphs, *end, *self.footer)


SPRING = Story(
    title="同修一条渠 共护一河水——青石镇各村认真落实春耕保水会商会精神",
    stamp="2022-03-08 09:15:42",
    source="大众报业·青石湾报",
    byline="青石湾报/青石新闻网记者 苗禾 梁小玉 董一帆",
    authors=("苗禾", "梁小玉", "董一帆"),
    paragraphs=(
        "渠水流过田埂，“先下游、后上游”。3月6日上午召开的春耕保水会商会在青石镇各村引发热烈反响，村干部和用水户纷纷表示，"
        "将按会上定下的轮灌次序清淤、修闸、守夜，把每一方水都送到地头。",
        "石桥村党支部书记杜长河表示，村里今年要先清下游的三条支渠。一是清淤，组织四十名村民分段包干，确保3月15日前完工；"
        "二是修闸，更换两座锈死的闸门；三是守夜，由党员带头轮值，谁家先浇、浇多久，都写在闸房的黑板上。",
        "下一步怎么干",
        "“去年下游等水等了九天，今年不能再等。”柳湾村用水户老郑说，他把自家的柴油泵借给了合作社，算是表个态。",
        "青石镇水利站站长韩青松表示，站里将在每个分水口立一根标尺，早晚各记一次水位，数据当天公布。2021年，全镇亩均用水量下降"
        "8%以上，“黑板上的数”起了大作用。来源于各村的四十二条建议，已有三十条写进了今年的轮灌方案。",
        "镇供水公司负责人栾海平表示，要围绕“一渠一策”，把老化的水泥管分三年换完，形成“一河三渠”同修共护的好局面。",
    ),
    editor="徐苗",
)

Markup = Callable[[Story], str]


def _each(texts: Iterable[str], before: str, behind: str = "") -> str:
    return "\n".join(f"{before}{text}{behind}" for text in texts)


def paragraphs(story: Story) -> str:
    """The skin that the profile's selectors know: `#news-header`, `.infor`, `#news-con`."""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title}_大众日报</title></head><body>
<div id="news-header"><h1>{story.title}</h1></div><div class="infor"><div><span>{story.stamp}</span>
<span></span><span></span><span>发布来源:{story.source}</span></div></div>
<div id="news-con"><p>{story.byline}</p>{_each(story.paragraphs, "<p>", "</p>")}</div>
<p>责任编辑: {story.editor}    </p><div>评论:</div><form><textarea></textarea><a href="#">提交评论</a></form>
<div class="foot">{_each(story.footer, "<p>", "</p>")}</div></body></html>"""


def breaks(story: Story) -> str:
    """One element, lines parted by `<br>`, indented with ideographic blanks; 责任编辑 is one of them."""
    return f"""<html><head><title>{story.title}</title></head><body><center><b>{story.title}</b></center>
<center><font color=gray>{story.info}</font></center>
<div>{_each((story.byline, *story.paragraphs), "　　", "<br><br>")}责任编辑: {story.editor}&nbsp;&nbsp;&nbsp;<br></div>
评论:<br><input type="button" value="提交评论">提交评论<hr>{"<br>".join(story.footer)}</body></html>"""


def soup(story: Story) -> str:
    """Nothing but nested div elements with names that say nothing."""
    return f"""<html><head><title>大众日报客户端</title></head><body><div class="_1x">
<div class="_a9"><div>{story.title}</div></div><div class="_k2"><div><div>{story.info}</div></div></div>
<div class="_q">{_each((story.byline, *story.paragraphs), '<div class="_q7"><div>', "</div></div>")}</div>
<div class="_z"><div>责任编辑: {story.editor}</div></div>
<div class="_y">{_each(("评论:", "提交评论", *story.footer), "<div>", "</div>")}</div></div></body></html>"""


def table(story: Story) -> str:
    """A page laid out in nested tables, tags in capitals, attributes without quotes."""
    return f"""<HTML><HEAD><META HTTP-EQUIV=Content-Type CONTENT="text/html"><TITLE>{story.title}</TITLE></HEAD>
<BODY BGCOLOR=#FFFFFF><TABLE WIDTH=980 ALIGN=center>
<TR><TD COLSPAN=2><A HREF=/>首页</A> <A HREF=/yw>要闻</A></TD></TR>
<TR><TD><TABLE><TR><TD ALIGN=center><FONT SIZE=5><STRONG>{story.title}</STRONG></FONT></TD></TR>
<TR><TD ALIGN=center>{story.info}</TD></TR><TR><TD>{story.byline}</TD></TR>
{_each(story.paragraphs, "<TR><TD>　　", "</TD></TR>")}
<TR><TD ALIGN=right>责任编辑: {story.editor}</TD></TR></TABLE></TD><TD><A HREF=/a1>春分</A></TD></TR>
{_each(("评论:", "提交评论", *story.footer), "<TR><TD>", "</TD></TR>")}</TABLE></BODY></HTML>"""


def capitals(story: Story) -> str:
    """Tags in capitals, paragraphs never closed."""
    return f"""<HTML><BODY><H2>{story.title}</H2><P ALIGN=CENTER>{story.info}<P>{story.byline}
{_each(story.paragraphs, "<P>　　")}<P>责任编辑: {story.editor}
<P>评论:<BR>提交评论{_each(story.footer, "<P>")}</BODY></HTML>"""


def spans(story: Story) -> str:
    """Every line in pieces: the time, the label and the outlet in elements of their own, runs of text in spans."""
    pieces = (f'<span class="a">{text[:7]}</span><span><font>{text[7:]}</font></span>' for text in story.paragraphs)
    date, clock = story.stamp.split(" ")
    return f"""<html><head><title>{story.title}-大众日报</title></head><body><section>
<h3><span>{story.title[:5]}</span>{story.title[5:]}</h3>
<p><span>{date}</span> <span>{clock}</span> <span>发布来源:</span><span>{story.source}</span></p>
<p><b>{story.byline}</b></p>{_each(pieces, "<p>", "</p>")}
<p><span>责任编辑:</span> <span>{story.editor}</span></p></section>
<p>评论:</p><button>提交评论</button><footer>{"<br>".join(story.footer)}</footer></body></html>"""


def split(story: Story) -> str:
    """Time, label and outlet each on a line of its own; full-width colons; a definition list."""
    head = (story.stamp, "发布来源：", story.source, story.byline)
    foot = ("评论：", "提交评论", *story.footer)
    return f"""<html><head><title>{story.title} - 大众日报</title></head><body><dl><dt>{story.title}</dt>
{_each((*head, *story.paragraphs, "责任编辑：", story.editor), "<dd>", "</dd>")}</dl>
<ul>{_each(foot, "<li>", "</li>")}</ul></body></html>"""


def crowded(story: Story) -> str:
    """Navigation above, other stories and readers' comments with much prose below and beside, a share bar inside."""
    other = "老闸门用了三十年，锈得厉害，去年一个夏天坏了四次，村里凑钱请来师傅，三天就换好了。"
    others = (
        f'<a href="/articleContent/1176_{n}.html">邻镇的第{n}座水闸换上新闸门</a><p>{other}</p>' for n in range(9)
    )
    comment = "这篇写得实在，我家就在下游，去年真的等了九天的水，今年渠修好了，希望黑板上的数天天都有人写。"
    return f"""<html><head><title>{story.title}_青石频道_大众日报</title><meta name="source" content="大众日报"></head>
<body><div class="nav"><a href="/">首页</a><a href="/yw/">要闻</a></div><div>2022年3月9日 星期三</div>
<div class="w"><div class="l"><h1>{story.title}</h1><div class="m">{story.stamp}　发布来源：{story.source}</div>
<div class="share">分享到 <a href="#">微信</a> <a href="#">微博</a></div>
<div class="t"><p>{story.byline}</p>{_each(story.paragraphs, "<p>　　", "</p>")}<p>责任编辑：{story.editor}</p></div>
<div>评论:</div><div class="c">{_each([comment] * 9, "<p>", "</p>")}</div><div>提交评论</div></div>
<div class="r"><h4>相关新闻</h4><ul>{_each(others, "<li>", "</li>")}</ul></div></div>
<div>{"<br>".join(story.footer)}</div></body></html>"""


def nested(story: Story) -> str:
    """A whole document of another editor program inside the text's element, and a stray end of the page before it."""
    return f"""<html><head><title>{story.title}</title></head><body><h1>{story.title}</h1><p>{story.info}</p>
</body></html><div id="contenttext"><!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>
<title>无标题文档</title></head><body><p>{story.byline}</p>{_each(story.paragraphs, "<p>", "</p>")}</body></html>
<p>责任编辑: {story.editor}</p></div>{_each(("评论:", "提交评论", *story.footer), "<p>", "</p>")}</body></html>"""


def bare(story: Story) -> str:
    """The words alone: no tag anywhere, an empty line between two lines."""
    return "\n\n".join(story.lines)


def bare_breaks(story: Story) -> str:
    """No element but `<br>`, nothing in the head."""
    return "<br>\n".join(story.lines)


def preformatted(story: Story) -> str:
    """The words in one `pre`."""
    text = "\n".join(story.lines)
    return f"<html><head><title></title></head><body><pre>{text}</pre></body></html>"


_ALL: tuple[Markup, ...] = (
    *(paragraphs, breaks, soup, table, capitals, spans, split),
    *(crowded, nested, bare, bare_breaks, preformatted),
)
MARKUPS = {markup.__name__: markup for markup in _ALL}


def answer(story: Story, **changed: Any) -> dict[str, Any]:
    """The article interface's answer for a story; keys given by name replace its own, None takes one out."""
    first, *others = _each((story.byline, *story.paragraphs), "<p>", "</p>").split("\n")
    known = {
        "position": "0",
        "title": story.title,
        "author": "",
        "liability": story.editor,
        "source": story.source,
        "publishtime": story.stamp.replace(" ", "T") + ".0",
        "content": f"{first}<!--IMAGEARRAY#0-->{''.join(others)}<!--VIDEOARRAY#0-->",
        "images": [{"imagearray": [{"imageUrl": PICTURES.format("aa"), "summary": "渠边的标尺"}]}],
        "videos": [{"videoarray": [{"videoUrl": "http://v.dzng.com/1.mp4", "imageUrl": PICTURES.format("still")}]}],
    }
    return {key: value for key, value in (known | changed).items() if value is not None}


def read_page(
    page: str | bytes, url: str = ADDRESS, content_type: str = "text/html", link_text: str | None = None
) -> Article | Rejection:
    """What is read from a page as a server sends it."""
    capture = Capture(
        url=url,
        fetched_at=datetime(2024, 8, 1, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", content_type),),
        body=page if isinstance(page, bytes) else page.encode("utf-8"),
        context=Context(kind=Kind.ARTICLE, site="xihaian", link_text=link_text),
    )
    return read(decode(capture), PROFILE)


def article_of(reading: Article | Rejection) -> Article:
    """The reading, which must be an article without problems."""
    assert isinstance(reading, Article), reading
    assert reading.problems == ()
    assert set(reading.how) >= {"title", "body"}
    return reading


def assert_tells(reading: Article | Rejection, story: Story = SPRING, **other: Any) -> Article:
    """Every field as the story has it, but for those given otherwise."""
    article = article_of(reading)
    read = {
        "title": article.title,
        "published": article.published.iso() if article.published else None,
        "source": article.source,
        "editor": article.editor,
        "authors": article.authors,
        "body": tuple(article.body.splitlines()),
    }
    told = {
        "title": story.title,
        "published": story.published,
        "source": story.source,
        "editor": story.editor,
        "authors": story.authors,
        "body": story.paragraphs,
    }
    assert read == told | other
    return article
