"""Print articles for the tests of the e-paper's families: texts of our own about invented places and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from crawler.parse.decode import page_from_text
from crawler.parse.reader import read
from crawler.sites.profile import SiteProfile, load_profile
from storage.records import Article, Context, Kind, Page, Rejection

FETCHED = datetime(2024, 7, 27, 1, 0, tzinfo=UTC)
DAY = date(2024, 7, 26)
PC = "https://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/Articel04003NR.htm"
H5 = "https://epaper.xihaiannews.com/epaper/h5/qdxhab/content/20240726/Articel04003GN.htm"
SHTML = "http://epaper.xihaiannews.com/shtml/jnsx/20180322/7001.shtml"
SHIPPED = load_profile("xihaian")
BLIND = SHIPPED.model_copy(update={"selectors": {}})
"""The same site without one selector: as if none of them matched."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article as print has it and as a reader would have it archived."""

    title: str
    kicker: str | None = None
    subtitles: tuple[str, ...] = ()
    byline: str | None = None
    """The line above the text."""
    lines: tuple[str, ...]
    """The text as print broke it."""
    body: tuple[str, ...]
    """Its paragraphs."""
    authors: tuple[str, ...] = ()
    heads: tuple[str, ...] = field(default=())
    """Lines of the text that print sets bold."""

    @property
    def subtitle(self) -> str | None:
        """The subtitles as the archive has them."""
        return " ".join(self.subtitles) or None


REPORT = Story(
    kicker="全年完成渔港改造投资十二亿元，三座渔港年底前全部完工",
    title="石桥湾：双港联动 千帆竞发",
    subtitles=("回顾建港历程总结办港经验 打造活力渔港平安渔港", "甘一鸣出席并讲话 石守正主持"),
    byline="□记者 宋禾禾 报道",
    lines=(
        "本报7月25日讯 今天上午，石桥镇渔港改造座谈会举行，回顾历程，展望前景。镇党委书记甘一鸣出席会议并讲话。",
        "甘一鸣指出，这一系列成绩的取得，主要来自于“四个依靠”，就是依靠全镇渔民、",
        "依靠各村两委，依靠企业和学校的大力支持。座谈会要求，要贯彻落实好全镇今后",
        "五年的目标任务和2024年的主要工作，同时制定文件措施，更好地服务渔民。",
        "石守正主持会议。",
    ),
    body=(
        "本报7月25日讯 今天上午，石桥镇渔港改造座谈会举行，回顾历程，展望前景。镇党委书记甘一鸣出席会议并讲话。",
        "甘一鸣指出，这一系列成绩的取得，主要来自于“四个依靠”，就是依靠全镇渔民、依靠各村两委，依靠企业和学校的大力支持。"
        "座谈会要求，要贯彻落实好全镇今后五年的目标任务和2024年的主要工作，同时制定文件措施，更好地服务渔民。",
        "石守正主持会议。",
    ),
    authors=("宋禾禾",),
)
"""Kicker, two subtitles, a byline of its own, a paragraph that two columns broke."""

SIGNED = Story(
    title="石桥镇为渔船装上北斗终端",
    lines=(
        "本报讯 7月24日下午，石桥镇为最后一批渔船装上北斗终端。至此，全镇412艘渔船全部联网。",
        "船老大于海生说，新终端装上以后，海上风浪再大，家里人也能看到船在哪里。",
        "(刘 禾)",
    ),
    body=(
        "本报讯 7月24日下午，石桥镇为最后一批渔船装上北斗终端。至此，全镇412艘渔船全部联网。",
        "船老大于海生说，新终端装上以后，海上风浪再大，家里人也能看到船在哪里。",
    ),
    authors=("刘禾",),
)
"""A headline alone, and the author's name in brackets on the last line, a blank inside it."""

FEATURE = Story(
    title="新动能渔村崛起石桥湾",
    subtitles=("灯塔村渔家乐项目八大业态将于国庆节前全面开业",),
    lines=(
        "■核心提示：灯塔村从一个只有石头房子的小渔村，变成了远近闻名的渔家乐集聚区。近日，记者走进灯塔村，看这里的变化。",
        "■石头新村",
        "聚集百余家渔家客栈",
        "沿着环海路驱车行驶至灯塔村，石头房子、观海平台、贝壳小桥……一座座新建筑映入眼帘。",
        "据村干部介绍，全村已有一百二十户办起了客栈，去年接待游客三十万人次。",
        "■渔家有约",
        "大幅拉动村民就业",
        "“以前靠天吃饭，现在靠海吃饭。”客栈老板娘王桂花说，她家的客房已经订到了十月。(宋禾禾)",
    ),
    body=(
        "■核心提示：灯塔村从一个只有石头房子的小渔村，变成了远近闻名的渔家乐集聚区。近日，记者走进灯塔村，看这里的变化。",
        "■石头新村",
        "聚集百余家渔家客栈",
        "沿着环海路驱车行驶至灯塔村，石头房子、观海平台、贝壳小桥……一座座新建筑映入眼帘。",
        "据村干部介绍，全村已有一百二十户办起了客栈，去年接待游客三十万人次。",
        "■渔家有约",
        "大幅拉动村民就业",
        "“以前靠天吃饭，现在靠海吃饭。”客栈老板娘王桂花说，她家的客房已经订到了十月。",
    ),
    authors=("宋禾禾",),
    heads=("■石头新村", "聚集百余家渔家客栈", "■渔家有约", "大幅拉动村民就业"),
)
"""A lead box, sections with two heads each, the author in brackets right behind the last sentence."""

WIRE = Story(
    title="远洋渔业发展论坛在石桥开幕",
    kicker="十二个国家和地区的代表参加",
    byline="本报记者 张典禾",
    lines=(
        "本报石桥7月25日电（记者张典禾）远洋渔业发展论坛25日在石桥镇开幕，来自十二个国家和地区的代表参加。",
        "论坛期间将发布《远洋渔业绿色发展报告》，并举办渔船模型展，展览持续到8月3日，市民可以免费参观。",
        "本次论坛由石桥镇与海州大学共同主办，是论坛第三次在石桥镇举行。 （下转6版）",
        "（上接4版）论坛秘书处介绍，与会代表还将考察石桥湾渔港和灯塔村。",
    ),
    body=(
        "本报石桥7月25日电（记者张典禾）远洋渔业发展论坛25日在石桥镇开幕，来自十二个国家和地区的代表参加。",
        "论坛期间将发布《远洋渔业绿色发展报告》，并举办渔船模型展，展览持续到8月3日，市民可以免费参观。",
        "本次论坛由石桥镇与海州大学共同主办，是论坛第三次在石桥镇举行。",
        "论坛秘书处介绍，与会代表还将考察石桥湾渔港和灯塔村。",
    ),
    authors=("张典禾",),
)
"""A kicker without subtitle, a byline without mark, a jump to another page that the e-paper has already joined."""

STORIES = {"report": REPORT, "signed": SIGNED, "feature": FEATURE, "wire": WIRE}


def page_of(html: str, url: str = PC, **known: object) -> Page:
    """A page of the e-paper as the crawler has it. `known` goes into its context."""
    return page_from_text(html, url, Context(kind=Kind.ARTICLE, site="xihaian", **known), FETCHED)


def read_page(html: str, url: str = PC, profile: SiteProfile = SHIPPED, **known: object) -> Article:
    """The article of a page that must be one."""
    result = read(page_of(html, url, **known), profile)
    assert isinstance(result, Article), result
    return result


def refuse_page(html: str, url: str = PC, **known: object) -> Rejection:
    """The rejection of a page that must be none."""
    result = read(page_of(html, url, **known), SHIPPED)
    assert isinstance(result, Rejection), result
    return result


def facts(article: Article) -> dict[str, object]:
    """What must be equal whatever the markup."""
    return {
        "kicker": article.kicker,
        "title": article.title,
        "subtitle": article.subtitle,
        "authors": article.authors,
        "body": tuple(article.body.splitlines()),
        "problems": article.problems,
    }


def facts_of(story: Story) -> dict[str, object]:
    """The same of a story."""
    return {
        "kicker": story.kicker,
        "title": story.title,
        "subtitle": story.subtitle,
        "authors": story.authors,
        "body": story.body,
        "problems": (),
    }
