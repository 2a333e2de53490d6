"""Pages of large portals and national sites, in the forms of their content systems; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, TITLE, Form, lines, page, paragraphs

DIGITS = "<span class='year'><em>2024</em></span> <span class='day'><em>07</em>/<em>26</em></span>"

FORMS = (
    Form(
        name="date in pieces above the headline, editor in a tool line",
        html=page(
            f"""<div class="header domPC"><div class="header-cont"><div class="header-time left">{DIGITS}
            <span class="time">09:30:01</span></div><div class="source">来源：青石社</div>
            <div class="head-line"><h1><span class="title">{TITLE}</span></h1>
            <div class="pageShare"><div class="setFont">字体： <span>小</span> <span>中</span> <span>大</span></div>
            <div class="share">分享到：<a class="wx"></a><a class="wb"></a></div></div></div></div></div>
            <div class="main"><div class="main-left left"><div id="detail"><span
            id="detailContent">{paragraphs()}</span>
            <div id="articleEdit"><div class="tiyi1"><a href="javascript:void(0)">【纠错】</a></div>
            <span class="editor"> 【责任编辑:苗禾 】 </span></div></div></div></div>""",
            title=f"{TITLE}-青石网",
        ),
        published="2024-07-26T09:30:01+08:00",
        source="青石社",
        editor="苗禾",
    ),
    Form(
        name="time, source as em, editor block inside the content",
        html=page(
            f"""<div class="h-title">{TITLE}</div><div class="h-info"><span class="h-time"> 2016-07-26 09:30:01</span>
            来源： <em id="source"> 青石网 </em></div><div id="p-detail" class="p-detail">{paragraphs()}
            <div class="p-jc"><div class="zan">+1</div><span class="tiyi1"><a>【纠错】</a></span>
            <span class="p-jc"> 责任编辑： 苗禾 </span></div></div>"""
        ),
        published="2016-07-26T09:30:01+08:00",
        source="青石网",
        editor="苗禾",
    ),
    Form(
        name="no blank between day and time, two editors in mixed brackets, kicker and subtitle as headings",
        html=page(
            f"""<div class="text_title"><h3 class="pre">水利惠民进行时</h3><h1>{TITLE}</h1><h4 class="sub"></h4>
            <p class="author">本报记者 白小舟</p><div class="box01"><div
            class="fl">2019年06月15日08:18&nbsp;&nbsp;来源：<a
            href="http://paper.example/">青石网－水利频道</a></div><div class="fr"><span
            id="paper_num">分享到：</span></div>
            </div></div><div id="rwb_zw" class="box_con">{paragraphs()}</div>
            <div class="zdfy"></div><div class="edit clearfix">（责编：苗禾、安小满)</div>""",
            title=f"{TITLE}--水利--青石网",
        ),
        published="2019-06-15T08:18:00+08:00",
        source="青石网－水利频道",
        editor="苗禾、安小满",
        authors=("白小舟",),
    ),
    Form(
        name="source link, 参与互动, editor in black brackets in the content",
        html=page(
            f"""<div id="cont_1_1_2"><h1 style="display:block">
            {TITLE}</h1><div class="left-time"><div class="left-t">2019年07月26日 09:30　来源：<a
            href="/">青石新闻网</a>
            <a>参与互动</a>(<span id="interaction_number">12</span>)&nbsp;</div></div><div class="left_zw">
            {paragraphs((BODY[0].replace("记者从", "(记者 白小舟)记者从"), *BODY[1:]))}
            <div class="left_name">【编辑:苗禾】</div></div></div>"""
        ),
        published="2019-07-26T09:30:00+08:00",
        source="青石新闻网",
        editor="苗禾",
        authors=("白小舟",),
        body=(BODY[0].replace("记者从", "(记者 白小舟)记者从"), *BODY[1:]),
    ),
    Form(
        name="source before time with a bar, plain editor before the answerable one",
        html=page(
            f"""<div class="title_area"><h1>{TITLE}</h1><div
            class="info1">来源：青石视网 | 2021年07月26日 09:30:01</div></div>
            <div class="content_area" id="content_area">{paragraphs()}</div>
            <div class="zebian"><span>编辑：安小满</span><i></i><span>责任编辑：苗禾</span></div>
            <div class="share"><span>点击收起全文</span></div>""",
            title=f"{TITLE}_新闻频道_青石视网(shiwang.example)",
        ),
        published="2021-07-26T09:30:01+08:00",
        source="青石视网",
        editor="苗禾",
    ),
    Form(
        name="editor in square brackets with blanks",
        html=page(
            f"""<h1 class="u-title"> {TITLE} </h1><div class="m-con-info"><span
            class="m-con-source">来源：<a>青石日报</a></span>
            <span class="m-con-time">2020-07-26 09:30</span></div><div class="u-mainText" id="article_inbox">
            {paragraphs()}</div><div class="m-zbTool liability">[ 责编：苗禾 ]</div>"""
        ),
        published="2020-07-26T09:30:00+08:00",
        source="青石日报",
        editor="苗禾",
    ),
    Form(
        name="稿源 and 作者 as spans with empty values",
        html=page(
            f"""<div class="con"><p class="pbt">{TITLE}</p><p class="pwz"><span id="pubtime_baidu">发稿时间：2019-07-26
            09:30:00</span> <span id="source_baidu">来源： <a>青石青年网</a></span> <span
            id="author_baidu">作者：</span></p>
            <div class="page_text">{paragraphs()}</div><div id="editor_baidu">责任编辑：苗禾</div></div>"""
        ),
        published="2019-07-26T09:30:00+08:00",
        source="青石青年网",
        editor="苗禾",
    ),
    Form(
        name="hashed classes, time and source in one paragraph, no editor",
        html=page(
            f"""<div class="artical-25uu"><h1 class="topic-3bY8">{TITLE}</h1><div class="info-2Et"><p class="time-1Mg">
            <span>2019年11月25日 16:04:30</span><br><span
            class="source-2pX"><span>来源：<a>青石晚报</a></span></span></p>
            <div class="share-9x"><span>1032人参与</span><span>308评论</span></div></div><div
            class="main_content-LcrEruCc">
            <div class="text-3zQ3cZD4">{paragraphs(indent="")}</div></div>
            <span class="end_ico-1p"></span></div><div class="recommend-2d"><h4>热门推荐</h4></div>"""
        ),
        published="2019-11-25T16:04:30+08:00",
        source="青石晚报",
    ),
    Form(
        name="byline, time and source each in a box; editor, picture editor, proofreader below",
        html=page(
            f"""<div class="index_wrapper__9r"><h1 class="index_title__B8mhI">{TITLE}</h1><div class="index_left__Lf">
            <div>石上新闻记者 白小舟</div><div class="ant-space"><div
            class="ant-space-item"><span>2023-07-26 09:30</span></div>
            <div class="ant-space-item"><div>来源：<span>石上新闻</span></div></div><div class="ant-space-item">
            <span>∙</span></div><div class="ant-space-item"><a>浪潮快讯<!-- --> &gt;</a></div></div></div>
            <div class="index_cententWrap__Jv">{paragraphs(indent="")}</div>
            <div class="index_copyright__A"><div>责任编辑：苗禾</div><div>图片编辑：安小满</div><div>校对：宁宁</div>
            <div>石上新闻报料：000-962866</div><div>石上新闻，未经授权不得转载</div><div>+1</div><div>收藏</div>
            <div>我要举报</div>
            </div></div>"""
        ),
        published="2023-07-26T09:30:00+08:00",
        source="石上新闻",
        editor="苗禾",
        authors=("白小舟",),
    ),
    Form(
        name="first heading is the channel's logo, source a link without a label, editor inside the content",
        html=page(
            f"""<div class="path-search"><div class="path"><h1 class="channel-logo"><a href="/">新闻中心</a></h1>
            <div class="channel-path"><a href="/">新闻中心</a> &gt; <a href="/c/">国内新闻</a> &gt; 正文</div></div>
            </div>
            <h1 class="main-title">{TITLE}</h1><div id="top_bar"><div class="date-source">
            <span class="date">2019年11月25日 18:57</span> <a href="#" class="source ent-source">青石消息报</a>
            </div></div>
            <div class="article" id="artibody">{paragraphs()}<p class="show_author">责任编辑：苗禾 </p></div>
            <div class="page-tools">举报 收藏 赞</div>""",
            head='<meta property="article:published_time" content="2019-11-25T18:59:38+08:00">',
        ),
        published="2019-11-25T18:57:00+08:00",
        source="青石消息报",
        editor="苗禾",
    ),
    Form(
        name="source and time of 2012, 我有话说 beside it",
        html=page(
            f"""<h1 id="artibodyTitle">{TITLE}</h1><div class="artInfo"><span id="pub_date">2012年07月26日09:30</span>
            <span id="media_name"><a href="#">青石京报</a>&nbsp;<a
            href="#">微博</a></span> <a>我有话说(<span>12</span>人参与)</a>
            </div><div class="blkContainerSblkCon" id="artibody">{paragraphs()}<p>(编辑：SN009)</p></div>"""
        ),
        published="2012-07-26T09:30:00+08:00",
        source="青石京报",
    ),
    Form(
        name="account beside the article, time alone, empty editor's label, 返回 link at the end",
        html=page(
            f"""<div class="left sidebar"><div class="user-info"><h4><a href="//mp.example/1">青石早知道</a></h4>
            <dl><dd><em>1024</em>文章</dd><dd><em>3.6亿</em>总阅读</dd></dl></div></div><div class="text"
            data-spm="content">
            <div class="text-title"><h1>{TITLE}</h1><div class="article-info"><span
            class="time">2019-07-26 09:30</span></div>
            </div><article class="article" id="mp-editor"><p
            data-role="original-title">原标题：老渠清淤完工了？听听村民怎么说</p>
            {paragraphs(BODY[:-1], indent="")}<p>{BODY[-1]}<a href="/"><span
            class="backsohu">返回石狐，查看更多</span></a></p>
            <p data-role="editor-name">责任编辑：<span></span></p></article>
            <div class="statement">声明：该文观点仅代表作者本人，石狐号仅提供信息存储空间服务。</div>
            <span class="read-num">阅读 (<em>12</em>)</span></div>"""
        ),
        published="2019-07-26T09:30:00+08:00",
    ),
    Form(
        name="time, source and 举报 as one line of text, editor with a staff code",
        html=page(
            f"""<h1 class="post_title">{TITLE}</h1><div class="post_info">
            2021-07-26 09:30:01　来源: <a href="#">青石新报</a>　北京 <a href="#" class="post_jubao">举报</a></div>
            <div class="post_body">{paragraphs(indent="")}<p><!--SPINFO#0--></p></div>
            <div class="post_author"><a href="#"><img src="/cnews/icon.png" width="12"></a> 本文来源：青石新报
            责任编辑： 苗禾_NB9527</div>"""
        ),
        published="2021-07-26T09:30:01+08:00",
        source="青石新报",
        editor="苗禾",
    ),
    Form(
        name="原创, time and account divided by dots",
        html=page(
            f"""<div class="article-content"><h1>{TITLE}</h1><div class="article-meta"><span
            class="original-tag">原创</span>
            <span>2021-07-26 09:30</span><span class="dot">·</span><span class="name"><a
            href="#">青石日报</a></span></div>
            <article class="syl-article-base">{paragraphs(indent="")}</article></div>
            <div class="interaction"><span>举报</span><span>评论 12</span></div>"""
        ),
        published="2021-07-26T09:30:00+08:00",
        source="青石日报",
    ),
    Form(
        name="bare text between br in one element, caption rows, article source in brackets, a code for an editor",
        html=page(
            f"""<div class="title">{TITLE}</div><div class="infos"><div class="item">2021年07月26日 09:30</div>
            <div class="item">作者：白小舟</div><div class="item">来源：青石证券报</div></div>
            <div id="ContentBody" class="txtinfos">{lines()}<p class="em_media">（文章来源：青石证券报）</p></div>
            <p class="res-edit">责任编辑：DF381</p>
            <p class="state">郑重声明：本网发布此信息的目的在于传播更多信息，与本站立场无关。</p>"""
        ),
        published="2021-07-26T09:30:00+08:00",
        source="青石证券报",
        authors=("白小舟",),
    ),
    Form(
        name="来源于 without a colon, two editors of different duties on one line",
        html=page(
            f"""<div id="conTit"><h1>{TITLE}</h1><div class="artInfo"
            id="artInfo">2014年07月26日 09:30　来源于 <a>财石网</a></div>
            </div><div class="textbox"><div id="Main_Content_Val" class="text">{paragraphs()}</div>
            <div class="fmt">责任编辑：苗禾 | 版面编辑：安小满</div></div>"""
        ),
        published="2014-07-26T09:30:00+08:00",
        source="财石网",
        editor="苗禾",
    ),
    Form(
        name="reporter and editor above the text, credits without colons at its end",
        html=page(
            f"""<div class="bodyTitle"><div class="content"><h1>{TITLE}</h1></div></div><div class="left-info">
            <span class="reporter"><em>记者：<a href="#">白小舟</a></em> <em>编辑：<a href="#">苗禾</a></em></span>
            <span class="timer">2021-07-26 09:30</span></div><div class="article-cen"
            id="contentStr">{paragraphs(indent="")}
            <p>新青石报记者 白小舟</p><p>编辑 苗禾 校对 宁宁</p></div>"""
        ),
        published="2021-07-26T09:30:00+08:00",
        editor="苗禾",
        authors=("白小舟",),
    ),
)
