"""Where pages put what they say about an article: above, below, beside it; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, TITLE, Form, begun, page, paragraphs

FORMS = (
    Form(
        name="everything about the article in one line below it",
        html=page(f"""<h1>{TITLE}</h1><div>{paragraphs()}</div
            ><p>作者：白小舟 编辑：苗禾 来源：青石网 发布于：2024-07-26 09:30</p>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="发布人 is no source",
        html=page(f"""<h1>{TITLE}</h1><p>发布人：admin 发布时间：2024-07-26 浏览次数：102 次</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26",
    ),
    Form(
        name="a table of index number, paper number and two days above the headline",
        html=page(f"""<table><tr><td>索 引 号：</td><td>000014349/2024-00012</td
            ><td>主题分类：</td><td>水利</td></tr><tr><td>发文机关：</td><td>青石镇人民政府</td
            ><td>成文日期：</td><td>2024年07月20日</td></tr><tr><td>标　　题：</td><td>{TITLE}</td
            ><td></td><td></td></tr><tr><td>发文字号：</td><td>青政发〔2024〕12号</td
            ><td>发布日期：</td><td>2024年07月26日</td></tr></table><h1>{TITLE}</h1><div
            id=UCAP-CONTENT>{paragraphs()}<p style="text-align:right">青石镇人民政府</p><p
            style="text-align:right">2024年7月20日</p></div>"""),
        published="2024-07-26",
        body=(*BODY, "青石镇人民政府", "2024年7月20日"),
    ),
    Form(
        name="font sizes in black brackets, print button, editor below",
        html=page(f"""<div class="article"><h1>{TITLE}</h1><div class="pages-date">2024-07-26 09:30 <span
            class="font">来源： 青石政府网</span><span class="font-zh">【字体：<span>大</span
            > <span>中</span> <span>小</span>】</span><span class="pages_print">打印</span></div
            ><div class="pages_content" id="UCAP-CONTENT">{paragraphs()}</div><div
            class="editor"><span id="editor">责任编辑：苗禾</span></div
            ><div>扫一扫在手机打开当前页</div></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石政府网",
        editor="苗禾",
    ),
    Form(
        name="信息来源, day and font sizes as elements that touch",
        html=page(f"""<div class="tit">{TITLE}</div><div class="xx"><span>信息来源：青石镇水利站</span
            ><span>发布日期：2024-07-26 09:30</span><span>浏览次数：<i></i>次</span><span
            >字号：[<a>大</a> <a>中</a> <a>小</a>]</span></div><div
            class="TRS_UEDITOR">{paragraphs()}</div><div>打印本页 关闭窗口</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石镇水利站",
    ),
    Form(
        name="who took the pictures is no author",
        html=page(
            f"""<h1>{TITLE}（图）</h1><p>2024-07-26 09:30 来源：青石网</p><div class=c><p
            style="text-align:center"><img src=/1.jpg></p><p
            style="text-align:center">清淤现场。摄影：宋禾</p>{paragraphs()}<p>摄影：宋禾</p></div
            >""",
            title=f"{TITLE}（图）_青石网",
        ),
        published="2024-07-26T09:30:00+08:00",
        title=f"{TITLE}（图）",
        source="青石网",
    ),
    Form(
        name="source, author, editor and time broken by br",
        html=page(f"""<h1>{TITLE}</h1><div class="source">来源：青石网<br>作者：白小舟<br
            >编辑：苗禾<br>2024-07-26 09:30</div><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="见习记者 and 通讯员 in the dateline",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30　来源：青石日报</p
            ><div>{paragraphs(begun("本报讯（见习记者 白小舟 通讯员 李小禾）今天上午，记者"))}</div
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        authors=("白小舟", "李小禾"),
        body=begun("本报讯（见习记者 白小舟 通讯员 李小禾）今天上午，记者"),
    ),
    Form(
        name="融媒体记者 glued to names in the dateline",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30　来源：青石日报</p
            ><div>{paragraphs(begun("本报7月25日讯（融媒体记者白小舟、宋禾）今天上午，记者"))}</div
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        authors=("白小舟", "宋禾"),
        body=begun("本报7月25日讯（融媒体记者白小舟、宋禾）今天上午，记者"),
    ),
    Form(
        name="特约记者 and 实习生 in the dateline",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30　来源：青石日报</p
            ><div>{paragraphs(begun("青石网讯（特约记者 白小舟 实习生 李小禾）今天上午，记者"))}</div
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        authors=("白小舟", "李小禾"),
        body=begun("青石网讯（特约记者 白小舟 实习生 李小禾）今天上午，记者"),
    ),
    Form(
        name="供稿 by an office",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30</p><div>{paragraphs()}<p>供稿：青石镇宣传办</p
            ><p>编辑：苗禾</p><p>审核：高禾</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        editor="苗禾",
    ),
    Form(
        name="稿源 and 编辑 above the text",
        html=page(f"""<h1>{TITLE}</h1><p>稿源：青石日报　编辑：苗禾　2024-07-26 09:30</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="消息来源 and 责任编辑 above the text",
        html=page(f"""<h1>{TITLE}</h1><p>消息来源：青石日报　责任编辑：苗禾　发布时间：2024-07-26 09:30:01　我要评论</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="值班编辑, 值班主任, 值班总编",
        html=page(f"""<h1>{TITLE}</h1><p>来源：青石日报 2024-07-26 09:30</p
            ><div>{paragraphs()}</div><div>值班编辑：苗禾　值班主任：安小满　值班总编：高禾</div
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="撰文 is an author, 摄影 is none",
        html=page(f"""<h1>{TITLE}</h1><p>来源：青石日报 2024-07-26 09:30</p
            ><div>{paragraphs()}<p>撰文：白小舟　摄影：宋禾</p><p>编审：高禾</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        authors=("白小舟",),
    ),
    Form(
        name="图文, 一审, 二审, 三审",
        html=page(f"""<h1>{TITLE}</h1><p>来源：青石日报 2024-07-26 09:30</p><div>{paragraphs()}<p>图文：白小舟</p
            ><p>一审：苗禾 二审：安小满 三审：高禾</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        authors=("白小舟",),
    ),
    Form(
        name="策划, 统筹, 文案, 编辑, 校对",
        html=page(f"""<h1>{TITLE}</h1><p>来源：青石日报 2024-07-26 09:30</p><div>{paragraphs()}<p>策划：高禾</p
            ><p>统筹：安小满</p><p>文案：白小舟</p><p>编辑：苗禾 校对：宁宁</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="an advert and a link to another story between paragraphs",
        html=page(f"""<h1>{TITLE}</h1><p>来源：青石日报 2024-07-26 09:30</p><div
            id=content>{paragraphs(BODY[:2])}<div class="ad_in"><a
            href="/ad">水泵厂家直销 全场八折</a></div>{paragraphs(BODY[2:4])}<div><a
            href=/n/1.html>相关报道：云栖镇早稻开镰 机收率超过九成</a
            ></div>{paragraphs(BODY[4:])}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
    ),
    Form(
        name="day with dots and clock in two elements",
        html=page(f"""<h2>{TITLE}</h2><div><a>青石号外</a> <span>2024.07.26</span> <span>09:30</span></div><div
            id=imedia-article>{paragraphs(indent="")}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石号外",
    ),
    Form(
        name="no heading, the site's name for a title",
        html=page(
            f"""<div class="d"><div class="d1">{TITLE}</div><div class="d2"><span>青石网</span><span
            >|</span><span>2024-07-26 09:30</span></div><div
            class="d3">{paragraphs(indent="")}</div></div>""",
            title="青石网",
        ),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="a card of the reporter above the headline",
        html=page(f"""<div class="card"><div>白小舟</div><div>青石日报记者</div><a>关注</a></div><h1>{TITLE}</h1
            ><p>2024-07-26 09:30 青石日报</p><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
    ),
    Form(
        name="comments that say 作者",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p><div>{paragraphs()}</div><div
            id=comments><h3>网友评论</h3><p>作者：李禾 2024-07-27 10:00</p
            ><p>说得好，这条渠早该修了，我们村等了十年。</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="reporters in a bracket on the last line",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p
            ><div>{paragraphs()}<p>（记者 白小舟 通讯员 李小禾）</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        authors=("白小舟", "李小禾"),
    ),
    Form(
        name="发布机构 is no source",
        html=page(f"""<h1>{TITLE}</h1><p>发布机构：青石镇人民政府　发布时间：2024-07-26 09:30</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
    ),
    Form(
        name="a place glued to the source's link",
        html=page(f"""<h1>{TITLE}</h1><div class=post_info>2024-07-26 09:30:01　来源: <a
            >青石新报</a>青石 <a>举报</a><div>0</div
            ><div>分享至</div></div><div>{paragraphs(indent="")}</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石新报",
    ),
    Form(
        name="where it was sent from",
        html=page(f"""<h1>{TITLE}</h1><div><span>2024-07-26 09:30</span
            > <span>发布于：青石省</span> <span>青石日报</span
            ></div><div>{paragraphs(indent="")}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石日报",
    ),
    Form(
        name="where it was sent from and the account's kind, one a line",
        html=page(f"""<h1>{TITLE}</h1><div><a>青石日报</a><div>2024-07-26 09:30:01</div
            ><div>发布于青石</div><div>青石日报官方账号</div
            ></div><div>{paragraphs(indent="")}</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石日报",
    ),
    Form(
        name="full-width bars",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30｜来源：青石网｜作者：白小舟｜编辑：苗禾</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="slashes between outlet, name and time",
        html=page(f"""<h1>{TITLE}</h1><p>青石网 / 白小舟 / 2024-07-26 09:30</p><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        authors=("白小舟",),
    ),
    Form(
        name="a site's own name before 文章来源",
        html=page(f"""<h1>{TITLE}</h1><p>中石网 | 时间：2024年07月26日 | 文章来源：青石日报</p
            ><div>{paragraphs()}</div><p>责任编辑：苗 禾</p>"""),
        published="2024-07-26",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="headline, day and source as a definition list",
        html=page(f"""<dl class=hd><dt>{TITLE}</dt><dd><span>2024-07-26</span></dd><dd>来源：青石网</dd
            ></dl><div>{paragraphs()}</div>"""),
        published="2024-07-26",
        source="青石网",
    ),
    Form(
        name="a paper's page above kicker and headline",
        html=page(f"""<div class=paper>青石日报 2024年07月26日 星期五 第04版：水利</div
            ><h3>水利惠民</h3><h1>{TITLE}</h1><h2></h2><p class=au>□ 本报记者 白小舟</p><div
            id=ozoom>{paragraphs()}</div>"""),
        published="2024-07-26",
        source="青石日报",
        authors=("白小舟",),
    ),
)
