"""Lines of time, headlines and title elements in further forms; all texts are ours."""

from __future__ import annotations

from news_forms import DAY, ISLAND, ISLAND_TITLE, SECONDS, island, paragraphs

COMMENTS = "".join(
    f"<div><span>岛民{number}</span><span>3月5日 10:0{number}</span>"
    "<p>闻老师真了不起，我小时候就是她教的，那时候岛上还没有通电，点着煤油灯上晚自习，现在条件好多了！</p></div>"
    for number in range(8)
)
COLUMN = "".join(
    f"<div><h4><a href=/{number}>渔港开渔第{number}天 码头卖出第一网鲜</a></h4><p>昨天凌晨，百余艘渔船陆续返港，"
    f"码头上热闹非凡，渔民们说今年的鱼汛来得早，价格也比去年好一些，{number}号摊位一早卖完。</p></div>"
    for number in range(12)
)

FORMS = (
    island(
        "dots in the day",
        f"""<h1>{ISLAND_TITLE}</h1><div>月牙网　2023.03.05 08:03</div><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "blanks around all marks of the time",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023 - 03 - 05　08 : 03　来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "long dashes in the day",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023—03—05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
    ),
    island(
        "the day in brackets",
        f"""<h1>{ISLAND_TITLE}</h1><div>（2023-03-05）　[来源：月牙网]</div><div>{paragraphs(ISLAND)}</div
            >""",
        published=DAY,
        source="月牙网",
    ),
    island(
        "the day before year and month is not guessed at",
        f"""<h1>{ISLAND_TITLE}</h1><div><b>05</b><span>2023-03</span></div><div>来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=None,
        source="月牙网",
    ),
    island(
        "days ago, the time in an attribute",
        f"""<h1>{ISLAND_TITLE}</h1><div><time datetime='2023-03-05T08:03:09+08:00'
            >3天前</time> <span>月牙网</span></div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
    ),
    island(
        "today is no day",
        f"""<h1>{ISLAND_TITLE}</h1><div>今天 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        published=None,
        source="月牙网",
    ),
    island(
        "今天是 above the headline",
        f"""<div>今天是2024年8月1日 星期四</div><h1>{ISLAND_TITLE}</h1
            ><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "the reader's own day above the headline",
        f"""<div>2024年8月1日 星期四</div><h1>{ISLAND_TITLE}</h1
            ><div>来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        published=None,
        source="月牙网",
    ),
    island(
        "time in meta alone, one word",
        f"""<h1>{ISLAND_TITLE}</h1><div>来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
        head="<meta name='publishdate' content='2023-03-05 08:03:09'>",
    ),
    island(
        "time in meta alone, as a property",
        f"""<h1>{ISLAND_TITLE}</h1><div>来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
        head="<meta property='article:published_time' content='2023-03-05T08:03:09+08:00'>",
    ),
    island(
        "a time in a script is not read",
        f"""<h1>{ISLAND_TITLE}</h1><div>来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><script>var publishTime='2023-03-05 08:03:09';</script>""",
        published=None,
        source="月牙网",
    ),
    island(
        "site and column before the headline in the title element",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
        title=f"月牙网 - 教育 - {ISLAND_TITLE}",
    ),
    island(
        "keywords behind the headline in the title element",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
        title=f"{ISLAND_TITLE}|月牙|老师|候鸟_海风新闻",
    ),
    island(
        "headline in a plain box",
        f"""<div class=t>{ISLAND_TITLE}</div><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
        title=f"{ISLAND_TITLE} - 月牙网 - 月牙岛综合门户",
    ),
    island(
        "a title element that is cut",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
        title="“候鸟老师”回岛：一个人的学校…-月牙网",
    ),
    island(
        "a title element of other words",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
        title="月牙岛学校复课 退休老师上岛支教_月牙网",
    ),
    island(
        "the logo as first heading",
        f"""<h1><a href=/><img src=l.png>月牙网教育频道</a></h1><h2>{ISLAND_TITLE}</h2
            ><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "the site's name as only heading",
        f"""<h1>月牙新闻网</h1><div class=title>{ISLAND_TITLE}</div
            ><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "the headline with the site's name in meta alone",
        f"""<h2>{ISLAND_TITLE}</h2><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            >""",
        source="月牙网",
        head=f"<meta property='og:title' content='{ISLAND_TITLE}-月牙网'>",
        title="月牙网",
    ),
    island(
        "kicker and subtitle in plain paragraphs",
        f"""<p class=yt>海岛教育观察</p><h1>{ISLAND_TITLE}</h1><p
            class=ft>——月牙岛小学复课记</p><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "original title, rights, editors, correction, client, further reading behind the text",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>（原标题：月牙岛小学复课记）</p
            ><p>【版权声明】本文著作权归月牙网独家所有，未经授权，不得转载。</p
            ><p>(责编：卞河)</p><p>声明：转载此文是出于传递更多信息之目的。若有来源标注错误或侵犯了您的合法权益，请作者持权属证明与本网联系，我们将及时更正、删除，谢谢。</p
            ><p>【我要纠错】</p><p>更多新闻资讯，请下载“海风”新闻客户端。</p
            ><p>延伸阅读：</p><p><a href=/1>月牙岛来了新船长</a></p><p><a
            href=/2>渔港明天开渔</a></p></div>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "keywords and share bar before the editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><p>关键词：候鸟老师 月牙岛</p><p>分享到：微信 微博</p><p>责任编辑：卞河</p>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "invitations above and below, END",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div><p>点击上方蓝字关注我们</p>{paragraphs(ISLAND)}<p>END</p><p>往期推荐</p><p><a
            href=/1>月牙岛来了新船长</a></p><p>点个“在看”，分享给更多人</p></div>""",
        source="月牙网",
    ),
    island(
        "comments longer than the text, without names",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div><div>全部评论(3)</div>{COMMENTS}</div>""",
        source="月牙网",
    ),
    island(
        "a column of stories with summaries",
        f"""<div class=w><div class=l><h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div
            >{paragraphs(ISLAND)}</div></div><div class=r><h3>本网原创</h3>{COLUMN}</div></div>""",
        source="月牙网",
    ),
    island(
        "page numbers at the end of the text",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>上一页 <a href=1>1</a> 2 <a href=3>3</a> <a
            href=3>下一页</a></p></div>""",
        source="月牙网",
    ),
    island(
        "a table of data",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}<table
            border=1><tr><td>年级</td><td>人数</td></tr><tr><td>一年级</td><td>1</td
            ></tr><tr><td>三年级</td><td>2</td></tr></table></div>""",
        source="月牙网",
        body=(*ISLAND, "年级", "人数", "一年级", "1", "三年级", "2"),
    ),
    island(
        "one sentence",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div><p>3月4日，停了半年的月牙岛小学复课，三个孩子回到教室。（记者古月）</p></div>""",
        source="月牙网",
        authors=("古月",),
        body=("3月4日，停了半年的月牙岛小学复课，三个孩子回到教室。（记者古月）",),
    ),
    island(
        "a film, its length, who cut it",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div class=v><video
            src=a.mp4></video><p>时长：02:13</p></div><div>{paragraphs(ISLAND)}<p
            >记者：古月</p><p>剪辑：庄周</p></div>""",
        source="月牙网",
        authors=("古月",),
    ),
    island(
        "labels in traditional characters",
        f"""<h1>{ISLAND_TITLE}</h1><div>發布時間：2023-03-05 08:03　來源：月牙網　記者：古月</div
            ><div>{paragraphs(ISLAND)}</div><div>責任編輯：卞河</div>""",
        source="月牙網",
        editor="卞河",
        authors=("古月",),
    ),
    island(
        "a label of character references",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05&nbsp;&nbsp;&nbsp;08:03&ensp;&#26469;&#28304;&#65306;月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
    ),
    island(
        "labels and names with blanks inside",
        f"""<h1>{ISLAND_TITLE}</h1><div>来&nbsp;&nbsp;源：月牙网　　作&nbsp;&nbsp;者：古&nbsp;月<i
            ></i>　　日&nbsp;&nbsp;期：2023-03-05</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=DAY,
        source="月牙网",
        authors=("古月",),
    ),
    island(
        "编辑 before 责编 before 编审",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><p>编辑：石磊</p><p>责编：卞河</p><p>编审：万古</p>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "新媒体编辑 alone",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><p>新媒体编辑：石磊</p>""",
        source="月牙网",
        editor="石磊",
    ),
    island(
        "一审一校 is no editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>一审一校：石磊</p
            ><p>二审二校：卞河</p><p>三审三校：万古</p></div>""",
        source="月牙网",
    ),
    island(
        "初审 is no editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>初审：石磊</p><p>复审：卞河</p><p>终审：万古</p></div>""",
        source="月牙网",
    ),
    island(
        "who sent it in and where to call",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>供稿：县教育局 高远</p
            ><p>投稿邮箱：a@b.example</p><p>新闻热线：0000-1234567</p></div>""",
        source="月牙网",
    ),
)
