"""Labels, times and names in the many ways in which pages mark them; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, OTHERS, TITLE, Form, page, paragraphs

FORMS = (
    Form(
        name="source and editor in one bracket below the text",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30</p><div>{paragraphs()}<p>（来源：青石网 编辑：苗禾）</p
            ></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="each label in square brackets of its own",
        html=page(f"""<h1>{TITLE}</h1><p>[来源: 青石网] [2024-07-26 09:30] [责编: 苗禾]</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="an editor in training",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p
            ><div>{paragraphs()}</div><p>责任编辑：苗禾（实习）</p>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="a blank inside a name of three",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p
            ><div>{paragraphs()}</div><p>编 辑：李海 滨</p>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="李海滨",
    ),
    Form(
        name="bold labels without colons",
        html=page(f"""<h1>{TITLE}</h1><div class=x><b>来源</b> 青石网 <b>作者</b> 白小舟 <b
            >时间</b> 2024-07-26 09:30</div><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        authors=("白小舟",),
    ),
    Form(
        name="labels without colons in elements that touch their values",
        html=page(f"""<h1>{TITLE}</h1><div class=x><i>来源</i>青石网<i>作者</i>白小舟<i
            >发布时间</i>2024-07-26 09:30</div><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        authors=("白小舟",),
    ),
    Form(
        name="label, colon and value as three inline elements",
        html=page(f"""<h1>{TITLE}</h1><div class=x><span>来源</span><span>：</span
            ><span>青石网</span> <span>作者</span><span>：</span><span>白小舟</span> <span
            >2024-07-26 09:30</span></div><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        authors=("白小舟",),
    ),
    Form(
        name="label, colon and value as three lines",
        html=page(f"""<h1>{TITLE}</h1><ul><li><div>来源</div><div>：</div><div>青石网</div></li><li><div
            >发布时间</div><div>：</div><div>2024-07-26 09:30</div
            ></li></ul><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="day of the week and 上午 before the clock",
        html=page(f"""<h1>{TITLE}</h1><p>2024年7月26日 星期五 上午09:30　来源：青石网</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="下午 before a clock of twelve hours",
        html=page(f"""<h1>{TITLE}</h1><p>2024/7/26 下午 3:05:09 &nbsp; 青石网</p><div>{paragraphs()}</div>"""),
        published="2024-07-26T15:05:09+08:00",
        source="青石网",
    ),
    Form(
        name="day, clock and source as elements that touch",
        html=page(f"""<h1>{TITLE}</h1><p><span>2024-07-26</span><span>09:30</span><span>来源：青石网</span
            ></p><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="a machine's time shown to people",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26T09:30:00+08:00 青石网</p><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="更新时间 before 发布时间",
        html=page(f"""<h1>{TITLE}</h1><p>更新时间：2024-07-27 10:00 发布时间：2024-07-26 09:30 来源：青石网</p
            ><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
    ),
    Form(
        name="hours ago",
        html=page(f"""<h1>{TITLE}</h1><p>青石网 1小时前</p><div>{paragraphs()}</div>"""),
        published=None,
        source="青石网",
    ),
    Form(
        name="time without any year",
        html=page(f"""<h1>{TITLE}</h1><p>青石网 07-26 09:30</p><div>{paragraphs()}</div>"""),
        published=None,
        source="青石网",
    ),
    Form(
        name="editor, disclaimer, client, other stories, comments and thumbs behind the text, without names",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p><div>{paragraphs()}
            <p>责任编辑：苗禾</p><p>免责声明：本文仅代表作者个人观点，与青石网无关。其原创性以及文中陈述文字和内容未经本站证实，请读者仅作参考。</p
            ><p>扫码下载青石客户端</p><div>相关阅读</div><ul>{OTHERS}</ul><div>评论</div><div
            >渔夫3：这条渠早该修了，我们村等了十年，终于等到了这一天，感谢施工队的师傅们，你们辛苦了！</div
            ><div>点赞 12</div><div>分享</div></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="editors in a bracket behind the last sentence",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p><div>{paragraphs(BODY[:-1])}<p
            >{BODY[-1]}（责编：苗禾、安小满）</p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾、安小满",
    ),
    Form(
        name="the editor in an element behind the last sentence",
        html=page(f"""<h1>{TITLE}</h1><p>2024-07-26 09:30 来源：青石网</p><div>{paragraphs(BODY[:-1])}<p
            >{BODY[-1]}<span>【责任编辑：苗禾】</span></p></div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="outlet and reporter before the time, without labels",
        html=page(f"""<h1>{TITLE}</h1><p>青石晚报　记者 白小舟　2024-07-26 09:30</p><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石晚报",
        authors=("白小舟",),
    ),
    Form(
        name="outlet, a name and the time, without labels",
        html=page(f"""<h1>{TITLE}</h1><div><span>青石晚报</span> <span>白小舟</span> <span>2024-07-26 09:30</span
            ></div><div>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="青石晚报",
        authors=("白小舟",),
    ),
    Form(
        name="bars behind 记者 and 编辑 above the text",
        html=page(f"""<h1>{TITLE}</h1><div class="article-info"><span>2024/07/26 09:30</span
            ><span>来源：界石新闻</span><span>阅读 3.4w</span></div><div
            class=article-content><p>记者 | 白小舟</p
            ><p>编辑 | 苗禾</p>{paragraphs(indent="")}</div>"""),
        published="2024-07-26T09:30:00+08:00",
        source="界石新闻",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="the house's name before 记者 and 编辑",
        html=page(f"""<h1>{TITLE}</h1><div><span class="source">每石经济新闻</span> <span
            class="time">2024-07-26 09:30:01</span></div><div
            class=c><p>每石记者：白小舟　每石编辑：苗禾</p>{paragraphs()}</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="每石经济新闻",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="编辑 above the text, 责编 below it",
        html=page(f"""<h1>{TITLE}</h1><div class="info">2024-07-26 09:30:01 | 来源：青石在线 | 编辑：安小满</div
            ><div>{paragraphs()}</div><div>责编：苗禾</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="青石在线",
        editor="苗禾",
    ),
    Form(
        name="a long invitation with hotline and rights below the editor",
        html=page(f"""<div class="article-header"><h1>{TITLE}</h1><div
            class="source"><span>2024-07-26 09:30:00</span><span>来源：央石网</span></div></div
            ><div class="article-body"><div class="TRS_Editor">{paragraphs()}</div></div><div
            class="editor">编辑：苗禾</div><p>更多精彩资讯请在应用市场下载“央石网”客户端。欢迎提供新闻线索，24小时报料热线000-800-0088；消费者也可通过央石网“青石消费者投诉平台”线上投诉。版权声明：本文章版权归属央石网所有，未经授权不得转载。</p
            >"""),
        published="2024-07-26T09:30:00+08:00",
        source="央石网",
        editor="苗禾",
    ),
    Form(
        name="a reporter behind the source, tags and a number before the editor",
        html=page(f"""<h1 class=artTitle>{TITLE}</h1><div class="info"><span
            id="pubtime_baidu">2024-07-26 09:30:01</span> | <span
            id="source_baidu">来源：<a>浙石在线</a></span> | <span
            id="author_baidu">记者 白小舟</span></div><div class="artCon">{paragraphs()}</div><div
            class="tags">1722216601</div><div>标签：清淤；水利|责任编辑：苗禾</div>"""),
        published="2024-07-26T09:30:01+08:00",
        source="浙石在线",
        editor="苗禾",
        authors=("白小舟",),
    ),
)
