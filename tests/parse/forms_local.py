"""Pages of local news sites, newspapers and county media, in the forms of their content systems; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, TITLE, Form, lines, page, paragraphs

FORMS = (
    Form(
        name="source, author and clicks behind small labels, editor in brackets",
        html=page(
            f"""<div class="viewbox"><div class="title"><h2>{TITLE}</h2></div><div
            class="info"><small>时间:</small>2014-07-26
            09:30<small>来源:</small>青石在线 <small>作者:</small>白小舟 <small>点击:</small>
            <script>count()</script> 次</div>
            <div class="content"><table><tr><td>{paragraphs(tag="div")}</td></tr></table>(责任编辑：苗禾)</div>
            <div class="handle"><div class="context"><ul><li>上一篇：<a href="1.html">云栖镇早稻开镰</a></li>
            <li>下一篇：<a
            href="2.html">石桥小学新操场启用</a></li></ul></div></div></div>"""
        ),
        published="2014-07-26T09:30:00+08:00",
        source="青石在线",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="the line of time and source inside the heading",
        html=page(
            f"""<div id="Article"><h1>{TITLE}<br
            /><span>2014-07-26 09:30:01&nbsp;&nbsp;&nbsp;来源：青石网&nbsp;&nbsp;&nbsp;评论：<a
            href="#"><span id="comment">0</span></a> 点击：<span id="hits"></span></span></h1>
            <div class="content">{paragraphs()}</div><div class="info">关键词：水利 清淤</div></div>"""
        ),
        published="2014-07-26T09:30:01+08:00",
        source="青石网",
    ),
    Form(
        name="字号 in brackets, blanks inside 来 源 and 编 辑",
        html=page(
            f"""<div class="detail"><h1>{TITLE}</h1><div
            class="info">来 源：青石广播网　作 者：白小舟　2014-07-26 09:30
            【字号：<a>大</a> <a>中</a> <a>小</a>】</div><div class="text"
            id="zoom">{paragraphs(indent="&nbsp;&nbsp;&nbsp;&nbsp;")}
            </div><p class="bj">编 辑：苗 禾</p></div>"""
        ),
        published="2014-07-26T09:30:00+08:00",
        source="青石广播网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="labels as elements of their own, values in the next ones",
        html=page(
            f"""<div class="headline"><h2>{TITLE}</h2><div class="text">2020-07-26 09:30:01<label>来源:</label>青石网
            <label>作者:</label>白小舟</div></div><div id="news-con"><div class="TRS_Editor">{paragraphs()}</div></div>
            <div class="editors"><p>初审编辑：安小满</p><p>责任编辑：苗禾</p></div>"""
        ),
        published="2020-07-26T09:30:01+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="outlet without a label, reading count glued to it",
        html=page(
            f"""<h1>{TITLE}</h1><div
            class="info">2020-09-25 18:55 大众报业·青石网<em>阅读 (20147)</em> <span>扫描到手机</span></div>
            <div class="article">{paragraphs()}</div><div class="zrbj">责任编辑：苗禾</div>"""
        ),
        published="2020-09-25T18:55:00+08:00",
        source="大众报业·青石网",
        editor="苗禾",
    ),
    Form(
        name="outlet before the time without a label",
        html=page(
            f"""<h1>{TITLE}</h1><div class="sub">青石新闻网 2010-08-24 10:27:07 <a
            href="#">现有新闻评论</a> <span>0</span> 条</div>
            <div id="zoom">{lines(joint="<br>")}</div>"""
        ),
        published="2010-08-24T10:27:07+08:00",
        source="青石新闻网",
    ),
    Form(
        name="source and time on separate lines, label and value on separate lines",
        html=page(
            f"""<div class=art><h1>{TITLE}</h1><ul class=meta><li>来源：</li><li>青石日报</li><li>发布时间：</li>
            <li>2022-07-26 09:30</li><li>责任编辑：</li><li>苗禾</li></ul><div class=con>{paragraphs()}</div></div>"""
        ),
        published="2022-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="WordPress: posted on, byline of an admin",
        html=page(
            f"""<article id="post-88" class="post"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1>
            <div class="entry-meta"><span class="posted-on"><a href="#"><time class="entry-date published"
            datetime="2021-07-26T09:30:01+08:00">2021年7月26日</time></a></span> <span class="byline">作者：<a
            class="url">admin</a></span> <span class="cat-links">分类：<a href="/x/">要闻</a></span></div></header>
            <div class="entry-content">{paragraphs(indent="")}</div><footer class="entry-footer">标签：<a>水利</a>
            </footer>
            </article><div id="comments"><h2>发表评论</h2><p>电子邮件地址不会被公开。</p></div>""",
            title=f"{TITLE} – 青石在线",
        ),
        published="2021-07-26T09:30:01+08:00",
    ),
    Form(
        name="everything in nested tables, the headline as large bold font",
        html=page(
            f"""<table width=960 align=center><tr><td width=700><table width=100%><tr><td align=center><font
            size=5><b>{TITLE}
            </b></font></td></tr><tr><td align=center>2008-07-26 09:30　来源：青石日报　浏览次数：233</td></tr><tr>
            <td><hr></td></tr>
            <tr><td style="line-height:200%">{lines(indent="&nbsp;&nbsp;&nbsp;&nbsp;", joint="<br><br>")}</td></tr>
            <tr><td align=right>【编辑：苗禾】</td></tr><tr><td align=right>[<a>打印</a>] [<a>关闭</a>]</td></tr>
            </table></td>
            <td width=260>{paragraphs(("云栖镇早稻开镰 机收率超过九成", "石桥小学新操场启用"))}</td></tr></table>"""
        ),
        published="2008-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="time and source below the article",
        html=page(
            f"""<div class="show"><h2 class="t">{TITLE}</h2><div class="c">{paragraphs()}</div><div
            class="b"><span>发布日期：2019-09-23
            14:34:05</span> <span>所属分类：<a>头条</a></span></div>
            <div>版权声明 来源：青石商报 时间：2019-09-23 14:34:05 作者：</div>
            </div>"""
        ),
        published="2019-09-23T14:34:05+08:00",
        source="青石商报",
    ),
    Form(
        name="a byline with words and pictures and two roles above, a signature nowhere",
        html=page(
            f"""<div class=box><h1>{TITLE}</h1><p class=info>2017-04-07 06:18 　来源: 青石都市报　手机看新闻</p><div
            class=txt>
            <p>文/图 青石记者 韩小禾 实习生迟珺怡 通讯员 侯禾 崔倩男 报道</p>{paragraphs()}</div>
            <p>[编辑: 苗禾]</p></div>"""
        ),
        published="2017-04-07T06:18:00+08:00",
        source="青石都市报",
        editor="苗禾",
        authors=("韩小禾", "迟珺怡", "侯禾", "崔倩男"),
    ),
    Form(
        name="names with an inner blank, labels without colons, credits of five kinds in one line",
        html=page(
            f"""<div class=box><h1>{TITLE}</h1><p class=info>2023年07月26日09:30　稿源：青石融媒</p><div
            class=txt>{paragraphs()}
            <p>（记者 刘 腾 通讯员 安小满）</p></div>
            <p>编 辑:苗 禾　校 对:宁 宁　美 编:罗 一　值班主任:高 禾　审 核:方 圆</p></div>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石融媒",
        editor="苗禾",
        authors=("刘腾", "安小满"),
    ),
    Form(
        name="black brackets around source and author",
        html=page(
            f"""<div class=box><div class=bt>{TITLE}</div><p
            class=info>【来源:青石西海报】 【作者:白小舟】 【发布时间:2023-07-26】</p>
            <div class=txt>{paragraphs()}</div><p>【责任编辑:苗禾】</p></div>"""
        ),
        published="2023-07-26",
        source="青石西海报",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="bars between all labels in one line",
        html=page(
            f"""<h1>{TITLE}</h1><p
            class=info>发布时间: 2023-07-26 09:30:01｜来源: 青石网｜作者: 白小舟｜责任编辑: 苗禾</p>
            <div class=txt>{paragraphs()}</div>"""
        ),
        published="2023-07-26T09:30:01+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="an article in parts: numbers and 下一页 between text and editor",
        html=page(
            f"""<h1>{TITLE}</h1><p class=info>2023-07-26 09:30 来源：青石网</p><div class=txt>{paragraphs()}</div>
            <div class=pages><span>1</span> <a href="88_2.html">2</a> <a href="88_3.html">3</a> <a
            href="88_2.html">下一页</a>
            <a href="88_all.html">余下全文</a></div><p>责任编辑：苗禾</p>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="the source's own byline and editor in the text, the site's editor below",
        html=page(
            f"""<h1>{TITLE}</h1><p class=info>2023-07-26 09:30:00　来源：青石京报</p><div class=txt>{paragraphs()}
            <p>青石京报记者 白小舟</p><p>编辑 安小满 校对 宁宁</p>
            <p>（原标题：老渠清淤完工，你家地里浇上水了吗？）</p></div>
            <div>责任编辑：苗禾</div>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石京报",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="full-width digits and letters",
        html=page(
            f"""<h1>{TITLE}</h1><p>２０２３年７月２６日　０９：３０　　来源：青石网</p><div
            class=txt>{paragraphs()}</div>
            <p>责任编辑：苗禾</p>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="time without a year, the year in the address",
        html=page(
            f"""<h1>{TITLE}</h1><p class=info><span>07-26 09:30</span> <span>来源：青石网</span></p>
            <div class=txt>{paragraphs()}</div>"""
        ),
        url="https://news.example/2023/content_88.html",
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="a county app: account, time and reading count under the headline, names in a bracket at the end",
        html=page(
            f"""<div id=app><div class=news-title>{TITLE}</div><div
            class=news-info><span>青石融媒</span><span>2023-07-26
            09:30:01</span><span>阅读 1.2万</span></div><div
            class=news-body>{paragraphs((*BODY[:-1], BODY[-1] + "（白小舟 安小满）"))}
            </div><div class=news-ft>来源：青石县融媒体中心</div><div>编辑：苗禾</div>
            <div>审核：方圆</div><div>监制：高禾</div></div>"""
        ),
        published="2023-07-26T09:30:01+08:00",
        source="青石县融媒体中心",
        editor="苗禾",
        authors=("白小舟", "安小满"),
        body=(*BODY[:-1], BODY[-1] + "（白小舟 安小满）"),
    ),
)
