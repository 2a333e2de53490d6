"""Pages of regional houses, offices and applications; all texts are ours."""

from __future__ import annotations

from news_forms import ISLAND, ISLAND_TITLE, SECONDS, island, paragraphs

FORMS = (
    island(
        "editor and source in black brackets at the end",
        f"""<div class="title">{ISLAND_TITLE}</div><div
            class="info">2023-03-05 08:03:09　来源：石楚网</div><div
            id="c">{paragraphs(ISLAND)}<p>【责任编辑：易安】</p><p>【来源：石楚网】</p></div>""",
        published=SECONDS,
        source="石楚网",
        editor="易安",
    ),
    island(
        "three names of two roles in a bracket",
        f"""<h1>{ISLAND_TITLE}</h1><div class="post_source">来源：<a>石北新闻网</a
            > 作者：骆驼　 2023-03-05 08:03:09</div><div class="text">{paragraphs(ISLAND)}<p
            >（记者骆驼 通讯员沈安、方圆）</p></div><div class="editor">责任编辑：易安</div>""",
        published=SECONDS,
        source="石北新闻网",
        editor="易安",
        authors=("骆驼", "沈安", "方圆"),
    ),
    island(
        "a label in one element, its value in the next, a slogan below",
        f"""<h1 class="h1-news">{ISLAND_TITLE}</h1><div class="share-date l">2023-03-05 08:03<span
            >来源：</span><a>石特区报</a></div><div
            class="article-content">{paragraphs(ISLAND)}</div><div
            class="editor">[编辑：易安]</div><div>见石网 见石城</div>""",
        source="石特区报",
        editor="易安",
    ),
    island(
        "the author told by an id alone",
        f"""<h2 id="article_title">{ISLAND_TITLE}</h2><div class="meta"><span
            id="pubtime_baidu">2023-03-05 08:03</span> <span
            id="source_baidu">来源：石方日报</span> <span id="author_baidu">骆驼</span></div><div
            id="content">{paragraphs(ISLAND)}</div><div class="editor">编辑：<em>易安</em></div
            >""",
        source="石方日报",
        editor="易安",
        authors=("骆驼",),
    ),
    island(
        "a hotline above the text, a mailbox behind the editor",
        f"""<div class="heading">{ISLAND_TITLE}</div><div
            class="infos">稿源： <a>石波日报</a>   2023-03-05 08:03:09<span
            >报料热线：81850000</span></div><div>{paragraphs(ISLAND)}</div><div
            >编辑： 易安<a>纠错：171964650@qq.example</a></div>""",
        published=SECONDS,
        source="石波日报",
        editor="易安",
    ),
    island(
        "a county's page: day, source, font sizes, print buttons",
        f"""<div class="ar_title"><h3>{ISLAND_TITLE}</h3><h6><span>发布日期：2023-03-05 08:03:09</span
            ><span>来源：石浦县融媒体中心</span><span>字体：【 大 中 小 】</span></h6></div><div
            class="ar_con">{paragraphs(ISLAND)}</div
            ><div>扫一扫在手机打开当前页</div><div>【打印本页】【关闭窗口】</div>""",
        published=SECONDS,
        source="石浦县融媒体中心",
    ),
    island(
        "labels in cells above the headline",
        f"""<table class="t"><tr><th>信息来源</th><td>石浦县港务局</td
            ><th>发布时间</th><td>2023-03-05 08:03</td></tr></table><h1>{ISLAND_TITLE}</h1
            ><div>{paragraphs(ISLAND)}</div>""",
        source="石浦县港务局",
    ),
    island(
        "a blog: the day, an administrator",
        f"""<header class="entry-header"><h1 class="entry-title">{ISLAND_TITLE}</h1><div
            class="entry-meta"><span class="posted-on"><time datetime="2023-03-05T08:03:09+08:00"
            >2023年3月5日</time></span><span class="byline"> 由 <a>admin</a></span
            ></div></header><div class="entry-content">{paragraphs(ISLAND, indent="")}</div
            ><footer>发布于 <a>港口</a></footer>""",
        published=SECONDS,
    ),
    island(
        "an administrator as author and editor",
        f"""<div class="title"><h2>{ISLAND_TITLE}</h2></div><div
            class="info"><small>时间:</small>2023-03-05 08:03<small
            >来源:</small>石浦网<small>作者:</small>admin<small>点击:</small>次</div><div
            class="content">{paragraphs(ISLAND)}</div
            ><div>(责任编辑：admin)</div><div>------分隔线----------------------------</div>""",
        source="石浦网",
    ),
    island(
        "the line of data inside the heading, a summary",
        f"""<h1>{ISLAND_TITLE}<br><span>2023-03-05 08:03:09&nbsp;&nbsp;&nbsp;来源：石浦网 &nbsp;&nbsp;评论：<a
            >0</a> 点击：<span>12</span></span></h1><div
            class="summary">核心提示：石浦港区三号散粮泊位进入试运行。</div><div
            class="content">{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="石浦网",
    ),
    island(
        "an app's invitations above and below, no comments yet",
        f"""<div class="top-open"><span>打开石浦新闻APP，阅读体验更佳</span></div><div
            class="title">{ISLAND_TITLE}</div><div class="info"><img
            src=/l.png><span>石浦新闻</span><span>2023-03-05 08:03</span></div><div
            class="content">{paragraphs(ISLAND, indent="")}</div><div
            class="open">打开APP查看更多精彩内容</div><div>热门评论</div><div>暂无评论</div>""",
        source="石浦新闻",
    ),
    island(
        "a word of the headline marked",
        f"""<h1>{ISLAND_TITLE.replace("一个人", "<em>一个人</em>")}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div>{paragraphs(ISLAND)}</div
            >""",
        source="石浦网",
    ),
    island(
        "a mark of pictures behind the headline",
        f"""<h1>{ISLAND_TITLE}</h1><span>[图]</span><div>2023-03-05 08:03　来源：石浦网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="石浦网",
    ),
    island(
        "the headline in the trail as well",
        f"""<div class=crumb><a href=/>首页</a> &gt; <a href=/g/>港口</a> &gt; {ISLAND_TITLE}</div
            ><h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="石浦网",
    ),
    island(
        "编辑 with a slash behind （完）",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div>{paragraphs(ISLAND)}<p>（完）</p><p>编辑/易安</p></div>""",
        source="石浦网",
        editor="易安",
        body=(*ISLAND, "（完）"),
    ),
    island(
        "a disclaimer that quotes a label",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div>{paragraphs(ISLAND)}<p
            >凡注明“来源：XXX（非石浦网）”的作品，均转载自其它媒体，转载目的在于传递更多信息。</p
            ></div>""",
        source="石浦网",
    ),
    island(
        "source and reporter in one bracket at the end",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03</div><div>{paragraphs(ISLAND)}</div
            ><div><p>（来源：石浦日报　记者：骆驼）</p></div>""",
        source="石浦日报",
        authors=("骆驼",),
    ),
    island(
        "文/摄 behind a name",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div><p>石浦日报记者 骆驼 文/摄</p>{paragraphs(ISLAND)}</div>""",
        source="石浦网",
        authors=("骆驼",),
    ),
    island(
        "a reporter and one in training",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：石浦网</div
            ><div><p>石浦日报记者 骆驼 实习记者 沈安 报道</p
            >{paragraphs(ISLAND)}</div>""",
        source="石浦网",
        authors=("骆驼", "沈安"),
    ),
)
