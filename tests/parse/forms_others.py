"""Pages of technology sites, aggregators, wires and accounts, in the forms of their systems; texts are ours."""

from __future__ import annotations

from news_forms import BODY, TITLE, Form, lines, page, paragraphs

STAMP = "2023-07-26T09:30:00+08:00"

FORMS = (
    Form(
        name="everything about the article above it, the editor too",
        html=page(
            f"""<div class="post_title"><h1>{TITLE}</h1><div class="pt_info"><span
            id="pubtime_baidu">2023/7/26 9:30:05</span>
            <span id="source_baidu">来源：<a href="#">青石之家</a></span> <span
            id="author_baidu">作者：<strong>白小舟</strong>
            </span><span id="editor_baidu">责编：<strong>苗禾</strong></span> <span
            class="comm">评论：<em>12</em></span></div>
            </div><div class="post_content" id="paragraph">{paragraphs(indent="")}
            <p class="ad-tips">广告声明：文内含有的对外跳转链接，用于传递更多信息，结果仅供参考。</p></div>"""
        ),
        published="2023-07-26T09:30:05+08:00",
        source="青石之家",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="summary box above the text, topic picture, thanks to a sender",
        html=page(
            f"""<article><header class="title"><h1>{TITLE}</h1><div class="meta"><span>2023年07月26日 09:30</span>
            <span class="source">稿源：<a><span>青石快讯</span></a></span><span>条评论</span></div></header>
            <div class="article-content">{paragraphs(indent="")}</div></article>
            <div class="article-global"><a href="#">查看评论</a></div>"""
        ),
        published=STAMP,
        source="青石快讯",
    ),
    Form(
        name="account and time as spans, tags below",
        html=page(
            f"""<div class="article-box"><h1 class="article-title">{TITLE}</h1><div
            class="article-sub"><span>青石京报</span>
            <span>2023-07-26 09:30:05</span></div><div class="article-content"><div>{paragraphs(indent="")}</div></div>
            <div class="article-actions"><ul class="tag-list"><li><a>水利</a></li><li><a>农田</a></li></ul></div></div>
            <div class="c-comment"><p>0 条评论</p></div>"""
        ),
        published="2023-07-26T09:30:05+08:00",
        source="青石京报",
    ),
    Form(
        name="mobile page: short time without a year, year in meta",
        html=page(
            f"""<div class="article"><h1 class="title">{TITLE}</h1><p class="info"><span class="author">青石早报</span>
            <span class="time">07-26 09:30</span></p><div class="content-box">{paragraphs(indent="")}</div>
            <div class="open-app">打开APP，阅读体验更佳</div></div>""",
            head='<meta name="og:time" content="2023-07-26 09:30:44">',
        ),
        published="2023-07-26T09:30:44+08:00",
        source="青石早报",
    ),
    Form(
        name="trail, headline and a bar of tools; text twice, once hidden for machines",
        html=page(
            f"""<textarea class="article-content" style="display:none">{paragraphs()}</textarea>
            <div class="l-con"><div class="crumbs"><a href="/">首页</a> &gt; <a href="/c/">水利</a> &gt; 正文</div>
            <div class="t-container-title"><h3>{TITLE}</h3></div><div class="metadata-info"><p
            class="time">2023-07-26 09:30</p>
            <span class="source"><span>来源：</span><a>青石时报</a></span> <span class="author">作者：白小舟</span>
            </div>
            <div class="l-con-article"><article>{paragraphs(indent="")}</article></div><div
            class="text-edit">责编：苗禾</div>
            <div class="copyright">版权作品，未经授权严禁转载</div></div>"""
        ),
        published=STAMP,
        source="青石时报",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="核心提示 as a summary, time in a span without a label, editor at the end of the text",
        html=page(
            f"""<h1 class="YH">{TITLE}</h1><span id="pubtime_baidu">2023-07-26 09:30:05</span>
            <span id="source_baidu">来源：青石消息网</span><span id="editor_baidu">责任编辑：苗禾</span>
            <div class="inf">核心提示：历时四个月的老渠清淤全部完工。</div><div id="ctrlfscont">{paragraphs()}</div>"""
        ),
        published="2023-07-26T09:30:05+08:00",
        source="青石消息网",
        editor="苗禾",
    ),
    Form(
        name="time with a bar, name of the paper, place and share words on one line; lines with nbsp",
        html=page(
            f"""<div class="main"><h2>{TITLE}</h2><div class="src">2023-07-26 09:30 | 青石日报 | 分享到: </div>
            <div class="text">{lines(indent="&nbsp;&nbsp;&nbsp;&nbsp;", joint="<br />")}</div></div>"""
        ),
        published=STAMP,
        source="青石日报",
    ),
    Form(
        name="definition list for the article's data",
        html=page(
            f"""<h1>{TITLE}</h1><dl class=meta><dt>来源</dt><dd>青石网</dd><dt>作者</dt><dd>白小舟</dd><dt>发布时间</dt>
            <dd>2023-07-26 09:30</dd></dl><div class=c>{paragraphs()}</div>"""
        ),
        published=STAMP,
        source="青石网",
        authors=("白小舟",),
    ),
    Form(
        name="table for the article's data",
        html=page(
            f"""<h1>{TITLE}</h1><table class=meta><tr><td>发布日期：</td><td>2023-07-26</td><td>来源：</td>
            <td>青石网</td>
            <td>浏览次数：</td><td>1024</td></tr></table><div class=c>{paragraphs()}</div>"""
        ),
        published="2023-07-26",
        source="青石网",
    ),
    Form(
        name="JSON-LD of a news article, nothing shown but the headline",
        html=page(
            f"""<h1>{TITLE}</h1><div class=c>{paragraphs()}</div>""",
            head='<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","headline":"'
            + TITLE
            + '","datePublished":"2023-07-26T01:30:00Z","publisher":{"@type":"Organization","name":"青石网"}}</script>',
        ),
        published=STAMP,
    ),
    Form(
        name="video above the text, its source and its length",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p><div class=c><div class=video><video
            src=v.mp4></video>
            <p>视频加载中...</p></div><p>视频来源：青石视频</p>{paragraphs()}</div>"""
        ),
        published=STAMP,
        source="青石网",
    ),
    Form(
        name="account's text with pictures, guidance and cards at both ends",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 青石发布</p><div class=c><p>点击上方“青石发布”关注我们</p>
            <p><img src=/i/1.jpg></p>{paragraphs(indent="")}<p>来源：青石水利</p><p>编辑：苗禾</p><p>校对：宁宁</p>
            <p>审核：方圆</p><p>往期回顾</p><p><a href=/2.html>云栖镇早稻开镰</a></p><p>点个“在看”再走吧</p></div>"""
        ),
        published=STAMP,
        source="青石水利",
        editor="苗禾",
    ),
    Form(
        name="dateline, wire's closing mark and an editor's line with a reporter",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023年07月26日09:30 来源：青石社</p><div class=c>
            {paragraphs((BODY[0].replace("讯", "电（记者白小舟、安小满）"), *BODY[1:-1], BODY[-1] + "（完）"))}</div>
            <p>【编辑:苗禾】</p>"""
        ),
        published=STAMP,
        source="青石社",
        editor="苗禾",
        authors=("白小舟", "安小满"),
        body=(BODY[0].replace("讯", "电（记者白小舟、安小满）"), *BODY[1:-1], BODY[-1] + "（完）"),
    ),
    Form(
        name="two columns of stories beside the article, all with summaries",
        html=page(
            "<div class=l>"
            + "".join(f"<div><a href=/l{n}.html>{TITLE[:9]}第{n}篇</a><p>{BODY[n % 5]}</p></div>" for n in range(6))
            + f"""</div><div class=m><h1>{TITLE}</h1>
            <p>2023-07-26 09:30 来源：青石网</p>{paragraphs()}<p>责任编辑：苗禾</p></div>
            <div class=r>"""
            + "".join(f"<div><a href=/r{n}.html>{TITLE[:9]}又{n}篇</a><p>{BODY[n % 5]}</p></div>" for n in range(6))
            + "</div>"
        ),
        published=STAMP,
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="a question and its answer: numbered paragraphs, short lines, dialogue",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p><div class=c><p>{BODY[0]}</p>
            <p>一、渠有多长？</p><p>答：11.6公里。</p>
            <p>二、淤泥去哪儿了？</p><p>{BODY[3]}</p><p>“行。”</p><p>“真行？”</p><p>“真行。”</p><p>{BODY[4]}</p></div>"""
        ),
        published=STAMP,
        source="青石网",
        body=(
            BODY[0],
            "一、渠有多长？",
            "答：11.6公里。",
            "二、淤泥去哪儿了？",
            BODY[3],
            "“行。”",
            "“真行？”",
            "“真行。”",
            BODY[4],
        ),
    ),
)
