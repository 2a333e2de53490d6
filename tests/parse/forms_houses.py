"""Pages of further houses, in the forms of their content systems; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, OTHERS, TITLE, Form, lines, page, paragraphs

FORMS = (
    Form(
        name="a bar before the source, the paper's imprint and two editors at the end",
        html=page(f"""<div class="layout rm_txt cf"><div class="col col-1 fl"><h3 class="pre"></h3><h1>{TITLE}</h1
            ><h4 class="sub"></h4>
            <div class="author cf">白小舟</div><div class="channel cf"><div
            class="col-1-1 fl">2024年07月26日09:30 | 来源：<a href="/">青石网－青石日报</a></div>
            <div class="col-1-2 fr"><div class="share-demo">小字号</div></div></div><div
            class="rm_txt_con cf"><div class="rm_txt_con_hd"></div>{paragraphs()}<p
            class="paper_num">《 青石日报 》（ 2024年07月26日 04 版）</p><div
            class="edit cf">(责编：苗禾、安小满)</div></div>
            <div class="bza"></div><h5 class="bza">分享让更多人看到</h5><div
            class="rel"><h3>推荐阅读</h3><ul>{OTHERS}</ul></div></div></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网－青石日报",
        editor="苗禾、安小满",
        authors=("白小舟",),
    ),
    Form(
        name="headline and text as inline elements side by side",
        html=page(f"""<table width=900><tr><td><span id=contenttitle>{TITLE}</span><span
            id=contenttext>{lines()}</span></td></tr></table>"""),
        published=None,
    ),
    Form(
        name="headline, time and text as inline elements side by side",
        html=page(f"""<div><span id=contenttitle>{TITLE}</span><span id=pub>2024-07-26 09:30 来源：青石网</span
            ><span id=contenttext>{lines()}</span></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="drawn by a framework, its state in a script",
        html=page(f"""<div id="__next"><div class="wrapper__xyz"><h1 class="title__a1">{TITLE}</h1><div
            class="left__2"><div>石上新闻记者 白小舟</div><div
            class="sp__"><span>2024-07-26 09:30</span></div><div>来源：<span>石上新闻</span
            ></div><div>∙</div><a>石上号 &gt;</a></div><div
            class="cc__">{paragraphs(indent="")}</div><div
            class="cr__"><div>责任编辑：苗禾</div></div></div></div>
            <script id="__NEXT_DATA__"
            type="application/json">{{"props":{{"title":"{TITLE}","content":"<p>{BODY[0]}</p>"}}}}</script
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="石上新闻",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="day and time in two elements that touch, a year of two digits, an account's kind behind its name",
        html=page(f"""<div class="index-module_articleTitle_28fPT">{TITLE}</div><div
            class="index-module_articleDesc_2gWT5"><div class="author-name"><a><p
            class="index-module_authorName_7y5nA">青石日报</p></a></div>
            <div class="index-module_articleSource"><span class="date">发布时间：24-07-26</span
            ><span class="time">09:30</span><span>青石日报官方账号</span></div></div><div
            class="index-module_articleWrap"
            >{paragraphs(tag="div", indent="")}</div
            ><div class=report>举报/反馈</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
    ),
    Form(
        name="values in elements of their own, a byline as the last line, where to call",
        html=page(f"""<div class="article-main"><h1 class="article-title">{TITLE}</h1><div class="article-info"><div
            class="info"><p class="date">2024-07-26 09:30:01</p><p
            class="resource">来源：<span>青石网</span></p><p
            class="author">作者：<span>白小舟</span></p></div></div><div id="context"
            class="article-context">{paragraphs()}<p>青石新闻记者 白小舟 报道</p></div><p
            class="editor">责任编辑：<span>苗禾</span></p><div
            class="fx">想爆料？请登录《青石连线》、拨打新闻热线0000-66666或96666，或登录青石网官方微博提供新闻线索。</div
            ></div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="编辑 without a colon as a last line, an invitation in brackets",
        html=page(f"""<div class="title">{TITLE}</div><div class="info"><span class="time">2024-07-26 09:30:01</span
            ><span class="from">来源：红石新闻</span></div><div
            class="content">{paragraphs(indent="")}<p
            >红石新闻记者 白小舟 摄影报道</p><p>编辑 苗禾</p
            ><p>（下载红石新闻，报料有奖！）</p></div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="红石新闻",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="a byline as the first line, who may not copy it as the last",
        html=page(f"""<h1>{TITLE}</h1><p class="m-from">2024-07-26 09:30 来源：封石新闻</p><div
            class="con"><p>封石新闻记者 白小舟</p>{paragraphs(indent="")}<p
            >【未经授权，严禁转载！联系电话000-86969110】</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="封石新闻",
        authors=("白小舟",),
    ),
    Form(
        name="labels in brackets of their own, names behind them",
        html=page(f"""<div class="article"><h2 class="title">{TITLE}</h2><div class="meta"><span>来源：南石+</span
            > <span>2024-07-26 09:30</span></div><div
            class="article-content">{paragraphs(indent="")}<p
            >【记者】白小舟 宋禾</p><p>【通讯员】李小禾</p><p>【校对】宁宁</p></div></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="南石+",
        authors=("白小舟", "宋禾", "李小禾"),
    ),
    Form(
        name="source and editor behind labels in brackets of their own",
        html=page(f"""<h1>{TITLE}</h1><div class=meta>2024-07-26 09:30</div><div class="c">{paragraphs(indent="")}<p
            >【文字】白小舟</p><p>【来源】青石报业传媒集团南石客户端</p
            ><p>【编辑】苗禾</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石报业传媒集团南石客户端",
        authors=("白小舟",),
        editor="苗禾",
    ),
    Form(
        name="source, author, editor and time on one line",
        html=page(f"""<div id="title"><h2>{TITLE}</h2></div><div id="txtinfo">来源： <a
            href="/">青石日报</a>&nbsp;作者：<span>白小舟</span>&nbsp;编辑：<span>苗禾</span
            > 2024-07-26 09:30:01</div><div class="content"><div
            id="title-share">分享到：</div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石日报",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="who chose the text is not its editor",
        html=page(f"""<div id="biaoti">{TITLE}</div><div class="grey12"><p>2024年7月26日 09:30</p
            ><p>来源:东石网 作者:白小舟 选稿:苗禾</p></div><div id="zw">{lines()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="东石网",
        authors=("白小舟",),
    ),
    Form(
        name="source and time as two elements that touch, a code behind the editor",
        html=page(f"""<h1>{TITLE}</h1><div class="info"><span class="source"><a href="/">青石京报</a></span><span
            class="pubDate">2024-07-26 09:30</span></div><div
            class="article-content">{paragraphs()}</div><div
            class="editor">责任编辑：苗禾(QX0001)</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石京报",
        editor="苗禾",
    ),
    Form(
        name="bars, who posted it, 来自 for the source, a summary above the text",
        html=page(f"""<div class="bm vw"><div class="h hm"><h1 class="ph">{TITLE}</h1><p
            class="xg1">2024-7-26 09:30<span class="pipe">|</span>发布者: <a
            href="/u">admin</a><span class="pipe">|</span>查看: <em id="_viewnum">123</em><span
            class="pipe">|</span>评论: 0<span class="pipe">|</span>来自: 青石网</p></div><div
            class="s"><div><strong>摘要</strong
            >: 青石镇老渠清淤工程全部完工，沿岸十二个村受益 ...</div></div><div class="d"><table
            cellpadding="0"><tr><td id="article_content">{paragraphs()}</td
            ></tr></table></div></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="time, source and author glued in a cell, a login for an editor",
        html=page(f"""<table width="100%"><tr><td class="title_text"><h1>{TITLE}</h1></td></tr><tr><td
            class="info_text">时间：2024-07-26 09:30:01来源：青石网&nbsp;&nbsp;作者：白小舟</td
            ></tr><tr><td id="text">{paragraphs()}<p align=center></p></td></tr><tr><td
            >责任编辑：miaohe</td></tr></table>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石网",
        authors=("白小舟",),
        editor="miaohe",
    ),
    Form(
        name="source and time told by classes alone",
        html=page(f"""<div id="__nuxt"><div class="detail"><h1 class="detail__title">{TITLE}</h1><div
            class="detail__meta"><span class="detail__source">青石发布</span><span
            class="detail__time">2024-07-26 09:30</span></div><div
            class="detail__content">{paragraphs(indent="")}</div
            ></div></div><script>window.__NUXT__={{data:[{{title:"{TITLE}"}}]}}</script>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石发布",
    ),
    Form(
        name="credits with bars as last lines",
        html=page(f"""<div class="t">{TITLE}</div><div class="i"><span>青石融媒</span> <span
            >2024-07-26 09:30</span></div><div class="c">{paragraphs(indent="")}<p
            >来源丨青石县融媒体中心</p><p>文字丨白小舟</p><p
            >摄影丨宋禾</p><p>编辑丨苗禾</p><p>审核丨高禾</p><p>监制丨田禾</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石县融媒体中心",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="融媒体记者, 通讯员, 二审, 三审 one a line",
        html=page(f"""<div class="t">{TITLE}</div><div class="i">2024-07-26 09:30:01</div><div
            class="c">{paragraphs(indent="")}<p
            >融媒体记者：白小舟</p><p>通讯员：李小禾</p><p>编辑：苗禾</p
            ><p>二审：安小满</p><p>三审：高禾</p><p>监制：田禾</p></div>"""),
        published="2024-07-26T09:30:01+08:00",
        editor="苗禾",
        authors=("白小舟", "李小禾"),
    ),
)
