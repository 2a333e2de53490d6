"""What stands below and around an article, and how its text is set; all texts are ours."""

from __future__ import annotations

from news_forms import DAY, ISLAND, ISLAND_TITLE, SECONDS, island, lines, paragraphs

SECTIONS = "".join(
    f"<section><section><span style='font-size:15px'>{line}</span></section></section>" for line in ISLAND
)
BOLD = "".join(f"<p><strong>{line}</strong></p>" if len(line) < 12 else f"<p>{line}</p>" for line in ISLAND)

FORMS = (
    island(
        "paragraphs",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03:09 来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
    ),
    island(
        "bare text between two br",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03:09 来源：月牙网</div><div
            class=c>{lines(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
    ),
    island(
        "bare text, byline and editor between single br",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03:09 来源：月牙网</div><div
            class=c>{lines(ISLAND, joint="<br>")}<br
            >（记者 古月 摄影报道）<br>责任编辑：卞河</div>""",
        published=SECONDS,
        source="月牙网",
        editor="卞河",
        authors=("古月",),
    ),
    island(
        "every paragraph in sections of its own, credits with bars behind them",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03:09 来源：月牙网</div><div class=c>{SECTIONS}<section
            >来源 | 月牙发布</section><section>编辑 | 卞河</section><section>审核 | 石磊</section></div>""",
        published=SECONDS,
        source="月牙网",
        editor="卞河",
    ),
    island(
        "bold sub-headings",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 月牙晚报</div><div class=c>{BOLD}</div>""",
        source="月牙晚报",
    ),
    island(
        "a centred caption with a credit",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 月牙晚报</div><div
            class=c>{paragraphs(ISLAND[:3])}<p align=center><img src=a.jpg></p><p
            align=center>闻人澜在给孩子们上课。古月 摄</p>{paragraphs(ISLAND[3:])}</div>""",
        source="月牙晚报",
    ),
    island(
        "a caption small and grey",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03 月牙晚报</div><div
            class=c>{paragraphs(ISLAND[:3], indent="")}<p><img src=a.jpg></p><p><span
            style='font-size:12px;color:#888'
            >闻人澜在给孩子们上课</span></p>{paragraphs(ISLAND[3:], indent="")}</div>""",
        source="月牙晚报",
    ),
    island(
        "a mobile page without classes",
        f"""<div><div>{ISLAND_TITLE}</div><div><span>月牙号</span><span>2023-03-05 08:03</span
            ></div><div>{"".join(f"<div>{b}</div>" for b in ISLAND)}</div
            ><div>阅读 3421</div><div>赞 12</div></div>""",
        source="月牙号",
    ),
    island(
        "time, outlet and reporter as elements that touch",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info><span>2023-03-05 08:03:09</span
            ><span>月牙日报</span><span>记者古月</span></div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙日报",
        authors=("古月",),
    ),
    island(
        "labelled values as elements that touch",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info><span>来源：月牙日报</span><span
            >作者：古月</span><span>编辑：卞河</span><span>2023-03-05 08:03:09</span
            ></div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙日报",
        authors=("古月",),
        editor="卞河",
    ),
    island(
        "two offices as source",
        f"""<h1>{ISLAND_TITLE}</h1><div
            class=info>2023-03-05 08:03:09　来源：中共月牙县委宣传部 月牙县教育局　浏览：<span
            >12</span></div><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="中共月牙县委宣传部 月牙县教育局",
    ),
    island(
        "a source composed of two",
        f"""<h1>{ISLAND_TITLE}</h1><div
            class=info>2023-03-05 08:03:09　来源：综合月牙日报、海州新闻网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="综合月牙日报、海州新闻网",
    ),
    island(
        "a paper's client",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info>来源：月牙日报·海风客户端　2023-03-05 08:03:09</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙日报·海风客户端",
    ),
    island(
        "an account in quotes as source",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info>2023-03-05 08:03　来源：“月牙发布”微信公众号</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="“月牙发布”微信公众号",
    ),
    island(
        "a source that begins with Latin letters",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info>2023-03-05 08:03　来源：IT海闻</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source="IT海闻",
    ),
    island(
        "投稿 is no source",
        f"""<h1>{ISLAND_TITLE}</h1><div class=info>2023-03-05 08:03　来源：投稿</div
            ><div>{paragraphs(ISLAND)}</div>""",
        source=None,
    ),
    island(
        "two editors with a slash",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责编：卞河/石磊</div>""",
        source="月牙网",
        editor="卞河、石磊",
    ),
    island(
        "责编, 审核, 监审 with bars",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责编：卞河 | 审核：石磊 | 监审：万古</div>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "editor and proofreader in a table",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><table><tr><td>责任编辑</td><td>卞河</td></tr><tr><td>校对</td><td>石磊</td
            ></tr></table>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "editor and reviewer in a definition list",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><dl><dt>编辑：</dt><dd>卞河</dd><dt>审核：</dt><dd>石磊</dd></dl>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "an editor's name of four signs",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>（编辑：阿依努尔 审核：石磊）</div>""",
        source="月牙网",
        editor="阿依努尔",
    ),
    island(
        "an editor's pen name",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>编辑：小海豚</div>""",
        source="月牙网",
        editor="小海豚",
    ),
    island(
        "a code in brackets behind the editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责任编辑：卞河 (EN021)</div>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "a code glued before the editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责任编辑：EN021卞河</div>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "a mailbox behind the editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>编辑：卞河　邮箱：bianhe@news.example</div>""",
        source="月牙网",
        editor="卞河",
    ),
    island(
        "an empty label, then the footer",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责任编辑：</div><div>月牙网新闻中心</div>""",
        source="月牙网",
    ),
    island(
        "the only time behind the editor",
        f"""<h1>{ISLAND_TITLE}</h1><div>来源：月牙网</div><div>{paragraphs(ISLAND)}</div
            ><div>责任编辑：卞河 2023-03-05 08:03:09</div>""",
        published=SECONDS,
        source="月牙网",
        editor="卞河",
    ),
    island(
        "a name alone at the end stays text",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div><div>{paragraphs(ISLAND)}<p
            style='text-align:right'>古月</p></div>""",
        source="月牙网",
        body=(*ISLAND, "古月"),
    ),
    island(
        "a byline over two lines",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div><p>月牙日报记者<br>古月 庄周</p>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
        authors=("古月", "庄周"),
    ),
    island(
        "文 and 图 with bars",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div><p>文|古月 图|庄周</p>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
        authors=("古月",),
    ),
    island(
        "文 and 图 before reporters",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div><p>文/本报记者 古月 图/本报记者 庄周</p>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
        authors=("古月",),
    ),
    island(
        "采写 and 摄影 by reporters of a house",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div>{paragraphs(ISLAND)}<p>采写：月牙日报记者 古月</p
            ><p>摄影：月牙日报记者 庄周</p></div>""",
        source="月牙网",
        authors=("古月",),
    ),
    island(
        "a box before three names of two roles",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div><p>□记者 古月 通讯员 庄周 高远</p>{paragraphs(ISLAND)}</div>""",
        source="月牙网",
        authors=("古月", "庄周", "高远"),
    ),
    island(
        "a dateline of paper and client",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023-03-05 08:03　来源：月牙网</div
            ><div>{paragraphs(("月牙日报·海风新闻3月5日讯（记者 古月）" + ISLAND[0], *ISLAND[1:]))}</div
            >""",
        source="月牙网",
        authors=("古月",),
        body=("月牙日报·海风新闻3月5日讯（记者 古月）" + ISLAND[0], *ISLAND[1:]),
    ),
    island(
        "two authors behind one label",
        f"""<h1>{ISLAND_TITLE}</h1><div>作者：古月、庄周　来源：月牙网　时间：2023-03-05</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=DAY,
        source="月牙网",
        authors=("古月", "庄周"),
    ),
    island(
        "an author in Latin letters is left out",
        f"""<h1>{ISLAND_TITLE}</h1><div>作者：Lily Wang　来源：月牙网　时间：2023-03-05</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=DAY,
        source="月牙网",
    ),
    island(
        "an outlet as author is none",
        f"""<h1>{ISLAND_TITLE}</h1><div>作者：月牙日报　来源：月牙网　时间：2023-03-05</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=DAY,
        source="月牙网",
    ),
    island(
        "month and day before the year are not guessed at",
        f"""<h1>{ISLAND_TITLE}</h1><div>3/5/2023 8:03:09 AM　来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=None,
        source="月牙网",
    ),
    island(
        "时, 分, 秒",
        f"""<h1>{ISLAND_TITLE}</h1><div>2023年03月05日08时03分09秒　来源：月牙网</div
            ><div>{paragraphs(ISLAND)}</div>""",
        published=SECONDS,
        source="月牙网",
    ),
)
