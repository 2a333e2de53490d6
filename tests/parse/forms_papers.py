"""Pages of newspapers, government offices, accounts and sites in traditional characters; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, NOTICE, TITLE, Form, lines, page, paragraphs

OLD = (
    "（青石社記者白小舟青石鎮26日電）今天上午，記者從青石鎮水利站獲悉，歷時四個月的老渠清淤工程全部完工，"
    "三千畝農田重新用上了活水。",
    "水利站站長高禾說，清淤前渠底淤泥最厚處超過一公尺，汛期排水不暢，下游幾個村年年有地被淹，村民多次反映。",
    "下一步，鎮裡將為每一段渠落實一名管護員，建立巡查臺帳，讓用水量看得見、算得清。",
)
OLD_SIGNED = (*OLD[:-1], OLD[-1] + "（編輯：苗禾）1100726")
OLD_TITLE = "青石鎮老渠清淤完工 三千畝農田用上活水"

SPAM = "青石刻章，云栖办证，石桥贷款，长桥代理，价格便宜，欢迎来电，全天服务，送货上门。"

FORMS = (
    Form(
        name="government: time, source and print buttons in one line, attachments kept",
        html=page(
            f"""<div class="article oneColumn"><h1>{TITLE}</h1><div class="pages-date">2018-07-26 09:30 <span
            class="font">来源： 青石社
            </span> <span class="font
            pc">【字体：<span>大</span> <span>中</span> <span>小</span>】</span> <span>打印</span></div>
            <div class="pages_content" id="UCAP-CONTENT">{paragraphs()}<p>附件：<a
            href="a.pdf">青石镇渠系管护名册.pdf</a></p></div>
            <div class="editor">责任编辑：苗禾</div><div class="tool">扫一扫在手机打开当前页</div></div>"""
        ),
        published="2018-07-26T09:30:00+08:00",
        source="青石社",
        editor="苗禾",
        body=(*BODY, "附件：青石镇渠系管护名册.pdf"),
    ),
    Form(
        name="government: index table above, empty 浏览次数 before 信息来源, day only",
        html=page(
            f"""<table class=xx><tr><td>索 引 号：</td><td>0000001/2018-00012</td><td>发布机构：</td>
            <td>青石镇政府</td></tr></table>
            <div class="xl-tit"><h1>{TITLE}</h1>
            <p><span>发布日期：2018-07-26</span><span>浏览次数：<script>hit()</script></span>
            <span>信息来源： 青石镇水利站</span><span>字体：[ 大 中 小 ]</span></p></div><div
            class="TRS_UEDITOR">{paragraphs()}</div>
            <div class=tools>【打印本页】 【关闭窗口】</div>""",
            head='<meta name="PubDate" content="2018-07-26 16:02"><meta name="ContentSource" content="青石镇水利站">'
            f'<meta name="ArticleTitle" content="{TITLE}">',
        ),
        published="2018-07-26T16:02:00+08:00",
        source="青石镇水利站",
    ),
    Form(
        name="a very short notice",
        html=page(
            f"""<div class=d><h2>临时停水通知</h2><p>2023-07-26　来源：青石自来水公司</p><div class=c>
            <p>　　{NOTICE}</p></div></div>""",
            title="临时停水通知_青石网",
        ),
        title="临时停水通知",
        published="2023-07-26",
        source="青石自来水公司",
        body=(NOTICE,),
    ),
    Form(
        name="account page whose text is shown by script",
        html=page(
            f"""<div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title"
            id="activity-name">{TITLE}</h1>
            <div id="meta_content"><span class="rich_media_meta rich_media_meta_text">白小舟</span> <span
            class="rich_media_meta rich_media_meta_nickname"><a id="js_name">青石发布</a></span> <em id="publish_time"
            class="rich_media_meta rich_media_meta_text">2021-07-26 09:30</em></div><div class="rich_media_content"
            id="js_content"
            style="visibility: hidden; opacity: 0; ">{paragraphs(tag="section", indent="")}</div></div>""",
            title=TITLE,
        ),
        published="2021-07-26T09:30:00+08:00",
        source="青石发布",
        authors=("白小舟",),
    ),
    Form(
        name="traditional characters, wire dateline, editor and a code at the end",
        html=page(
            f"""<div class="centralContent"><h1><span>{OLD_TITLE}</span></h1><div
            class="updatetime"><span>2021/7/26 09:30</span>
            </div><div class="paragraph">{paragraphs(OLD_SIGNED, indent="")}</div></div>
            <div class="moreArticle"><h3>延伸閱讀</h3></div>""",
            title=f"{OLD_TITLE} | 水利 | 青石社 CQA",
        ),
        title=OLD_TITLE,
        published="2021-07-26T09:30:00+08:00",
        editor="苗禾",
        authors=("白小舟",),
        body=OLD_SIGNED,
    ),
    Form(
        name="traditional characters, 記者 before the slash of a place",
        html=page(
            f"""<section><h1>{OLD_TITLE}</h1><span class="time">2021/07/26 09:30</span><div class="text">
            <p>〔記者白小舟／青石報導〕{OLD[1]}</p><p>{OLD[2]}</p></div></section>""",
            title=f"{OLD_TITLE} - 生活 - 青石時報電子報",
        ),
        title=OLD_TITLE,
        published="2021-07-26T09:30:00+08:00",
        authors=("白小舟",),
        body=("〔記者白小舟／青石報導〕" + OLD[1], OLD[2]),
    ),
    Form(
        name="paper's web edition: date and edition above, kicker, headline, subtitle, marked byline",
        html=page(
            f"""<div class="lai"><span>2023年07月26日 星期三</span> <b>青石日报</b> 第03版：水利</div><div
            class="neirong">
            <h3>水利惠民进行时</h3><h1>{TITLE}</h1><h2>清淤4.2万立方米 改良薄地三百余亩</h2>
            <div id="ozoom"><p>　　□记者 白小舟 通讯员 安小满</p>{paragraphs()}</div></div>
            <div class=nav><a>上一篇</a> <a>下一篇</a> <a>放大</a> <a>缩小</a></div>""",
            title="青石日报数字报-" + TITLE,
        ),
        published="2023-07-26",
        source="青石日报",
        authors=("白小舟", "安小满"),
    ),
    Form(
        name="bare text in a td, no time shown, the day in the address",
        html=page(
            f"""<table><tr><td class=title>{TITLE}</td></tr><tr><td class=content>{lines(joint="<BR>")}</td></tr>
            </table>"""
        ),
        url="https://news.example/2023-07/26/content_88.htm",
        published="2023-07-26",
    ),
    Form(
        name="comments longer than the article",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p><div class=con>{paragraphs()}</div>
            <p>责任编辑：苗禾</p>
            <div class="comment-list"><h3>网友评论</h3>"""
            + "".join(
                f"<div class=item><b>渔夫{n}号</b><p>我家就在渠边上，第{n}天来看了，水真的清了，孩子们放学都爱去看鱼，"
                f"就是护栏还差一段没装上，希望镇里抓紧，另外垃圾桶也该多放几个。</p><i>2023-07-27 08:{n}</i></div>"
                for n in range(10, 50)
            )
            + "</div>"
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="hidden spam larger than the article, empty editor's label",
        html=page(
            f"""<h1>{TITLE}</h1><p>时间：2023年07月26日　来源：青石网　责任编辑：</p><div class=con>{paragraphs()}</div>
            <div style="display:none">{SPAM * 400}</div>"""
        ),
        published="2023-07-26",
        source="青石网",
    ),
    Form(
        name="a stray end tag in the header",
        html=page(
            f"""<div class=inc></div></body></html><h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p>
            <div class=con>{paragraphs()}</div><p>责任编辑：苗禾</p>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="meta title cut at an inner quote",
        html=page(
            f"""<h1>青石镇"老渠"清淤完工 三千亩农田用上活水</h1><p>2023-07-26 09:30 来源：青石网</p><div
            class=con>{paragraphs()}</div>""",
            title='青石镇"老渠"清淤完工 三千亩农田用上活水_青石网',
            head='<meta property="og:title" content="青石镇"老渠"清淤完工 三千亩农田用上活水">',
        ),
        title='青石镇"老渠"清淤完工 三千亩农田用上活水',
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="headline broken over lines, no heading",
        html=page(
            f"""<div class=doc><p align=center><b>青石镇老渠清淤完工<br>三千亩农田用上活水</b></p>
            <p align=center>（2023年7月26日）</p>{paragraphs()}</div>"""
        ),
        published="2023-07-26",
    ),
    Form(
        name="sub-headings, a quote, a list and a data table are part of the text",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p><div class=con><p>{BODY[0]}</p><h3>淤泥去了哪儿</h3>
            <p>{BODY[3]}</p><blockquote><p>{BODY[2]}</p></blockquote><ol><li>渠首段：3.2公里</li>
            <li>石桥段：4.1公里</li></ol>
            <table><tr><th>村</th><th>受益农田（亩）</th></tr><tr><td>石桥村</td><td>420</td></tr></table><p>{BODY[4]}</p></div>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
        body=(
            BODY[0],
            "淤泥去了哪儿",
            BODY[3],
            BODY[2],
            "渠首段：3.2公里",
            "石桥段：4.1公里",
            "村",
            "受益农田（亩）",
            "石桥村",
            "420",
            BODY[4],
        ),
    ),
    Form(
        name="pictures with captions in four forms",
        html=page(
            f"""<h1>{TITLE}</h1><p>2023-07-26 09:30 来源：青石网</p><div class=con><p style="text-align:center"><img
            src="/i/1.jpg"></p><p style="text-align:center">清淤后的老渠 白小舟 摄</p><p>{BODY[0]}</p><p>{BODY[1]}</p>
            <figure><img src="/i/2.jpg"><figcaption>施工队在分段作业。</figcaption></figure><p>{BODY[2]}</p>
            <p align=center><img src="/i/3.jpg"><br>▲村民在渠边浇地</p><p>{BODY[3]}</p>
            <center><img src="/i/4.jpg"></center><center><font color=navy>图为渠首的测流设备。青石水利站供图</font>
            </center>
            <p>{BODY[4]}</p></div>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="青石网",
    ),
)
