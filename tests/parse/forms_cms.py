"""Pages of widespread content systems, as of 2020 to 2024; all texts are ours."""

from __future__ import annotations

from news_forms import ISLAND, ISLAND_TITLE, OTHERS, SECONDS, island, lines, paragraphs

FORMS = (
    island(
        "a portal's page: source without a label, keywords",
        f"""<div class="main-content w1240"><h1 class="main-title">{ISLAND_TITLE}</h1><div
            class="top-bar-wrap"><div class="top-bar"><div class="date-source"><span
            class="date">2023年03月05日 08:03</span><span class="source ent-source">石浦日报</span
            ></div></div></div><div class="article-content"><div class="article"
            id="article">{paragraphs(ISLAND)}<p class="article-editor">责任编辑：易安 </p
            ></div><div class="article-bottom clearfix"><div
            class="article-keywords">文章关键词： <a>港口</a><a>泊位</a></div></div></div
            ></div>""",
        source="石浦日报",
        editor="易安",
    ),
    island(
        "where it was sent from, an empty editor's label",
        f"""<div class="text"><div class="text-title"><h1>{ISLAND_TITLE}<span
            class="article-tag"></span></h1><div class="article-info"><span class="time"
            data-val="1667982000000">2023-03-05 08:03</span><span
            class="tag">发布于：浙江省</span></div></div><article
            class="article">{paragraphs(ISLAND, indent="")}<p
            data-role="editor-name">责任编辑：<span></span></p></article></div>""",
    ),
    island(
        "a link back and the editor in elements of their own",
        f"""<div class="text"><div class="text-title"><h1>{ISLAND_TITLE}</h1><div
            class="article-info"><span class="time">2023-03-05 08:03</span> 来源: <a
            href="#">石浦新闻网</a></div></div><article
            class="article">{paragraphs(ISLAND, indent="")}<p
            ><span>返回石狐，查看更多</span></p><p>责任编辑：<span
            >易安</span></p></article></div>""",
        source="石浦新闻网",
        editor="易安",
    ),
    island(
        "a place and 举报 in one link, a platform's statement, a code behind the editor",
        f"""<div class="post_main"><h1 class="post_title">{ISLAND_TITLE}</h1><div
            class="post_info">2023-03-05 08:03:09　来源: <a>石浦晚报</a><a
            class="post_jubao">　浙江 举报</a></div><div class="post_top_tie"><div
            class="tie_count">0</div></div><div
            class="post_body">{paragraphs(ISLAND, indent="")}<p
            >特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“石易号”用户上传并发布，本平台仅提供信息存储服务。</p
            ></div><div class="post_author"> 责任编辑：易安_NB12345</div></div>""",
        published=SECONDS,
        source="石浦晚报",
        editor="易安",
    ),
    island(
        "an account's own source and editors between br, the platform's source above",
        f"""<h1>{ISLAND_TITLE}</h1><div class="news_about"><p>石浦发布</p><p
            >2023-03-05 08:03 <span>来源：石上新闻·石上号·政务</span></p></div><div
            class="news_txt">{lines(ISLAND, indent="", joint="<br>")}<br
            >来源：石浦日报<br>编辑：易安<br>审核：方圆</div>""",
        source="石上新闻·石上号·政务",
        editor="易安",
    ),
    island(
        "time in pieces below the text",
        f"""<div class="LEFT"><h1>{ISLAND_TITLE}</h1><div
            class="content-article">{paragraphs(ISLAND, indent="")}<div
            id="Status"></div></div></div><div class="left-stick-wp"><div
            class="year through"><span>2023</span></div><div class="md">03/05</div><div
            class="time">08:03</div><a>石浦发布</a></div>""",
    ),
    island(
        "where it was sent from behind the time",
        f"""<h1 class="index_title_Dzj0q">{ISLAND_TITLE}</h1><div class="index_info_BjXno"><a
            class="index_source_CKkR">石浦新闻</a><div
            class="index_time_pVfAA">2023年03月05日 08:03:09 来自浙江省</div></div><div
            class="index_text_D0U1y">{paragraphs(ISLAND, indent="")}</div><div>0条评论</div>""",
        published=SECONDS,
        source="石浦新闻",
    ),
    island(
        "编辑 and 责任编辑 in elements that touch",
        f"""<div class="title_area"><h1>{ISLAND_TITLE}</h1><div
            class="info"><span>来源：石视新闻客户端</span
            > <i>|</i> <span>2023年03月05日 08:03:09</span></div></div><div
            class="content_area">{paragraphs(ISLAND)}</div><div
            class="zebian"><span>编辑：易安</span><span>责任编辑：方圆</span></div>""",
        published=SECONDS,
        source="石视新闻客户端",
        editor="方圆",
    ),
    island(
        "source and time touch, the editor in square brackets inside the text",
        f"""<h1 class="u-title">{ISLAND_TITLE}</h1><div class="m_tips"><span
            class="m-con-source">来源：<a>石明网</a></span><span
            class="m-con-time">2023-03-05 08:03</span></div><div
            class="u-mainText">{paragraphs(ISLAND)}<span class="liability">[ 责编：易安 ]</span
            ></div>""",
        source="石明网",
        editor="易安",
    ),
    island(
        "time, source and author one a line",
        f"""<div class="page_title"><h1>{ISLAND_TITLE}</h1><p>发稿时间：2023-03-05 08:03:09</p
            ><p>来源： 石青网</p><p>作者：骆驼 </p></div><div
            class="TRS_Editor">{paragraphs(ISLAND)}</div><div
            class="editor">责任编辑：易安</div>""",
        published=SECONDS,
        source="石青网",
        editor="易安",
        authors=("骆驼",),
    ),
    island(
        "names alone in a bracket behind the dateline",
        f"""<div class="content_title"><h1 class="content_left_title">{ISLAND_TITLE}</h1><div
            class="content_left_time">2023年03月05日 08:03　来源：<a>石新网</a><a
            href=#id>分享到：</a><div id="subscribe"></div></div></div><div
            class="left_zw">{paragraphs(("石新网石浦3月5日电 (沈安 骆驼)" + ISLAND[0], *ISLAND[1:]))}</div
            ><div class="adEditor"><div class="left_name right"><span>【编辑:易安】</span
            ></div></div><div class="channel"><h5>更多精彩内容请进入社会新闻</h5></div>""",
        source="石新网",
        editor="易安",
        authors=("沈安", "骆驼"),
        body=("石新网石浦3月5日电 (沈安 骆驼)" + ISLAND[0], *ISLAND[1:]),
    ),
    island(
        "time in pieces with seconds",
        f"""<div class="header"><div class="year"><em>2023</em></div><span
            class="day"><em>03</em>/<em>05</em></span><span class="time"> 08:03:09</span></div
            ><div class="source">来源：石华网</div><h1><span class="title">{ISLAND_TITLE}</span
            ></h1><div id="detail">{paragraphs(ISLAND)}<div class="zan-wap"></div><div
            id="articleEdit"><span class="tiyi1">【纠错】</span><span
            class="editor">【责任编辑:易安】</span></div></div>""",
        published=SECONDS,
        source="石华网",
        editor="易安",
    ),
    island(
        "source in an element glued to the time",
        f"""<div class="mheader"><h1>{ISLAND_TITLE}</h1><div class="info">2023-03-05 08:03:09<span
            >来源：石华网</span></div></div><div>{paragraphs(ISLAND)}<p>（记者骆驼）</p></div>""",
        published=SECONDS,
        source="石华网",
        authors=("骆驼",),
    ),
    island(
        "初审编辑 and 责任编辑 at the end of the text",
        f"""<div class="news-tit"><h1>{ISLAND_TITLE}</h1></div><div class="news-info"><div
            class=l>2023-03-05 08:03:09 <span>来源: 石众网·石石新闻</span><span>作者: 骆驼</span
            ></div></div><div class="news-con">{paragraphs(ISLAND)}<p
            >初审编辑：易安</p><p>责任编辑：方圆</p></div>""",
        published=SECONDS,
        source="石众网·石石新闻",
        editor="方圆",
        authors=("骆驼",),
    ),
    island(
        "reading count in pieces, editor in square brackets",
        f"""<div class="t">{ISLAND_TITLE}</div><div class="d"><span>石岛网</span><span
            >2023-03-05 08:03</span><span>阅读</span><span>(20147)</span><span>扫描到手机</span
            ></div><div>{paragraphs(ISLAND)}<p
            >石岛全媒体记者 骆驼 通讯员 沈安</p><p>[编辑: 易安]</p></div>""",
        source="石岛网",
        editor="易安",
        authors=("骆驼", "沈安"),
    ),
    island(
        "the author in a font element, a byline of two houses",
        f"""<div class="title"><h1>{ISLAND_TITLE}</h1></div><div
            class="source">2023-03-05 08:03 来源： 石浦新闻网 <font>作者：骆驼</font></div><div
            class="content">{paragraphs(ISLAND)}<p
            >石报全媒体/石海新闻记者 骆驼</p></div><div>责任编辑：易安</div>""",
        source="石浦新闻网",
        editor="易安",
        authors=("骆驼",),
    ),
    island(
        "a bracket of two houses and a reporter",
        f"""<h2>{ISLAND_TITLE}</h2><p class=c><span>2023-03-05 08:03:09</span
            ><span>来源:石信网</span><span>编辑:易安</span></p><div>{paragraphs(ISLAND)}<p
            >（信石新闻/石信网记者 骆驼）</p></div>""",
        published=SECONDS,
        source="石信网",
        editor="易安",
        authors=("骆驼",),
    ),
    island(
        "outlet and time touch, other stories below",
        f"""<h1>{ISLAND_TITLE}</h1><div><span class="src">石方网</span><span
            class="time">2023-03-05 08:03:09</span></div><div>{paragraphs(ISLAND)}</div
            ><div>责任编辑：易安</div><div>推荐阅读</div><ul>{OTHERS}</ul>""",
        published=SECONDS,
        source="石方网",
        editor="易安",
    ),
    island(
        "source, author and editor above the text and again below",
        f"""<h1>{ISLAND_TITLE}</h1><div class="info"><span>来源：石网</span><span
            >作者：骆驼</span><span>编辑：易安</span><span>2023-03-05 08:03:09</span
            ></div><article>{paragraphs(ISLAND, indent="")}<p
            >来源：石网</p><p>作者：骆驼</p><p>编辑：易安</p
            ></article><div>本文为石网原创文章，转载请附上原文出处链接和本声明。</div>""",
        published=SECONDS,
        source="石网",
        editor="易安",
        authors=("骆驼",),
    ),
)
