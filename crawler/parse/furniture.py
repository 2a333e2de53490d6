"""Words that stand on news pages and are no part of any article: labels, share bars, disclaimers, invitations.

Every pattern is matched against a line made plain (`shapes.plain`: ASCII colon, brackets, digits and blanks). Sure ones
hold anywhere in an article's element; the loose ones also occur in honest sentences and count only at its edges, where
nothing but furniture stands between them and the end.
"""

from __future__ import annotations

import re

from crawler.parse.lines import words

_OPEN = r"^(?:【?\[?(?:我要)?纠错[】\]]?)?[\s(\[【<《「〔|/*■□●◆▲△▌▍\-—>»]*"
_END = r"[\s)\]】>》」〕|/*。.]*$"


def _any(listed: str) -> str:
    """A pattern for any of the words, the longest first."""
    return "(?:" + "|".join(sorted(listed.split(), key=len, reverse=True)) + ")"


EDITOR_WORDS = words(
    """责任编辑 责任编缉 责编 值班编辑 值班编委 值班主任 值班主编 值班总编 执行编辑 网络编辑 网站编辑 本文编辑
    本期编辑 文字编辑 新媒体编辑 微信编辑 责任主编 执行主编 副主编 总编辑 副总编辑 责任校对 编辑 编缉 编审 编委
    主编 总编 校对 责校 一校 二校 三校 初审 复审 终审 一审 二审 三审 初核 复核 审核 审稿 审签 审校 审读 签审 签发
    监制 总监制 责任编辑人 一审一校 二审二校 三审三校 責任編輯 責編 編輯 校對 審核 監製"""
)
"""Before those who answer for a text: its end."""
_EDITORS = _any(" ".join(EDITOR_WORDS))
CREDIT_WORDS = _any(
    """责任编辑 责任编缉 责编 值班编辑 值班编委 值班主任 值班主编 值班总编 执行编辑 网络编辑 网站编辑 本文编辑
    本期编辑 文字编辑 新媒体编辑 图片编辑 视觉编辑 微信编辑 责任主编 执行主编 副主编 总编辑 副总编辑 责任校对 编辑
    编缉 编审 编委 小编 美编 主编 总编 校对 責編 責任編輯 編輯 校對 編譯 審核 監製 责校 一校 二校 三校 一读 二读
    初审 复审 终审 一审 二审 三审 初核 复核 审核 审稿 审签 审校 审读 签审 签发 监制 总监制 出品人 联合出品 出品
    总策划 策划 总统筹 统筹 设计 视觉设计 视觉 制图 制作 海报 剪辑 后期 拍摄 摄影 摄像 航拍 插画 漫画 配音 播音
    供图 配图 图片 图源 题图 通讯员 撰文 撰稿 采写 采编 采访 文/图 图/文 文字 文案 供稿 投稿 实习生 实习编辑
    实习记者 见习编辑 见习记者 编译 翻译 排版 版式 录入员 信息员 发布人 录入 作者 本文作者 文章作者 记者 記者
    本报记者 文 图 选稿 组稿 签审 一审一校 二审二校 三审三校"""
)
SPACED_CREDIT_WORDS = _any(
    "责任编辑 责编 编辑 校对 审核 美编 监制 终审 責任編輯 編輯 值班主任 主编 统筹 策划 制图 设计 出品"
)
"""Those that may do with a blank for a colon."""
_SOURCES = _any(
    """来源于 来源 稿源 稿件来源 文章来源 本文来源 信息来源 消息来源 新闻来源 内容来源 原文来源 素材来源 综合来源
    文字来源 发布来源 转载来源 转载自 转自 摘自 选自 出处 發布來源 文章來源 來源"""
)
_META = _any(
    """发布日期 发布时间 发表时间 发稿时间 更新时间 更新日期 最后更新 浏览次数 浏览量 点击次数 点击数 点击量 点击率
    阅读次数 阅读量 阅读数 访问量 访问次数 字号 字体大小 关键词 关键字 文章标签 本文标签 相关标签 标签 所属分类
    所属栏目 上一篇 下一篇 上一条 下一条 分享到 分享至 扫一扫 发布单位 发布机构 发布人 索引号 原文链接 原文地址
    本文链接 本文地址 文章地址 转载请注明出处 转载请注明 当前位置 现在位置 您的位置 您所在的位置 您现在的位置
    所在位置 编辑邮箱 投稿邮箱"""
)
_META_LOOSE = _any(
    "时间 日期 浏览 点击 阅读 人气 字体 TAG TAGS Tags Tag tags 分类 栏目 分享 责任人 链接 声明 上篇 下篇 新闻热线 "
    "报料热线 爆料热线"
)

EDITOR_LINE = re.compile(rf"{_OPEN}{_EDITORS}\s*[:|/]")
"""Begins with an editor's label: the article is over, whatever else stands in the line."""
EDITOR_ANYWHERE = re.compile(r"(?:责任编辑|责编|責任編輯|責編)\s*[:|/]|" + EDITOR_LINE.pattern)
"""The same, or behind a time or a source in one line."""
EDITOR_BEHIND = re.compile(rf"\s*[(\[【]\s*{_EDITORS}\s*[:|/][^()\[\]【】。]{{1,40}}[)\]】]$")
"""In a bracket behind the last sentence."""
COMMENTS_BELOW = re.compile(
    r"^\W*(?:网友|全部|最新|热门|精彩|文章|用户)?(?:评论|留言|跟贴|跟帖)(?:区|列表|专区)?\s?[(:]?\s?\d+\W*$"
    r"|^\W*(?:全部|最新|热门|精彩|发表|查看|我要)(?:评论|留言|跟贴|跟帖)(?:区|列表)?\W*$"
)
"""Heads comments and could not head a part of an article: counts them, or asks for one."""
COMMENTS_HEAD = re.compile(
    r"^\W*(?:网友|全部|最新|热门|精彩|文章|用户|发表|参与|查看|我要|我来)?(?:评论|留言|跟贴|跟帖|说两句)(?:区|列表|专区)?"
    r"[\s(:]*\d*[\s)条]*\W*$"
)
"""Heads the readers' comments."""
CREDITS_LOOSE = re.compile(rf"{_OPEN}{CREDIT_WORDS} ?[:|/]")
SOURCE_LINE = re.compile(rf"{_OPEN}{_SOURCES} ?[:|/]|^来源于")
META_LINE = re.compile(rf"{_OPEN}{_META}(?: ?[:|]|{_END})")
META_LOOSE = re.compile(rf"{_OPEN}{_META_LOOSE}(?: ?[:|]|{_END})")
IMPRINT = re.compile(r"^\W{0,3}《[^》]{2,20}》\W{0,3}\d{4}\s*[年./-].{4,24}版\W*$")
"""Paper, day and page that a text was printed on: `《 青石日报 》（ 2024年07月26日 04 版）`."""
ORIGINAL_TITLE = re.compile(rf"{_OPEN}(?:本文|文章|新闻)?(?:原标题|原题|原文标题|原標題|原題)(?: ?[:为為是]|[《“\"])")

DISCLAIMER = re.compile(
    r"^\W{0,4}(?:免责声明|版权声明|特别声明|郑重声明|法律声明|广告声明|本文版权归|版权归|版权所有|本站声明|本网声明|转载声明"
    r"|免責聲明)"
    r"|^\W{0,4}(?:声明:)?本文.{0,40}不代表.{0,20}(?:立场|观点)|^\W{0,4}凡(?:本网|本站|注明|本报).{0,60}(?:来源|作品"
    r"|稿件|转载)"
    r"|^\W{0,4}(?:未经.{0,10}(?:许可|授权)).{0,20}(?:严禁|禁止|不得|请勿)|网友评论仅供|^\(本文来自.{1,50}\)?$"
)
"""Who answers for the text, who owns it, who may copy it."""
DISCLAIMER_LOOSE = re.compile(
    r"不代表(?:本网|本站|本报|本刊|本平台|本公众号|[\w·]{1,12}(?:网|平台|号|报|新闻|立场|观点))|(?:观点"
    r"|立场).{0,12}(?:无关|不代表)"
    r"|(?:文章|内容|观点|仅).{0,16}(?:仅|只)?代表作者(?:本人|个人)|仅供参考.{0,20}(?:投资|风险|依据)|投资有风险"
    r"|未经.{0,16}(?:许可|授权|允许|同意).{0,16}(?:转载|复制|使用|摘编|镜像)|(?:严禁|禁止|不得|谢绝|请勿)(?:擅自)?转载"
    r"|转载(?:请|时请|须|需|务必|应)(?:注明|联系|保留|标注)|如(?:有|涉|遇).{0,24}侵权.{0,30}(?:联系|删除|告知)"
    r"|侵权(?:必究|删除|请联系)"
    r"|本文(?:为|系|是|由).{0,40}(?:作者|网友|用户|自媒体|机构|媒体|号|客户端).{0,16}(?:上传|发布|投稿|授权|原创|独家)"
    r"|本(?:网|站|平台)仅提供信息存储|转发请注明|未经许可|版权(?:均)?归|本网站所有内容"
)

INVITATION = re.compile(
    r"(?:扫描|扫一扫|识别|长按|扫码).{0,12}(?:下方|上方|左方|右方|文末|以下|图中)?.{0,4}(?:二维码|图片|关注我们|左方"
    r"|右方|上方|下方)"
    r"|^\W{0,4}(?:点击|戳|轻触)[^。]{0,24}(?:阅读原文|查看原文|进入|查看更多|下载|订阅|关注|蓝字|了解更多|看清"
    r"|查看清晰|播放|查看大图|放大|观看)"
    r"|(?:回复|发送)[【\[“\"「][^】\]”\"」]{1,12}[】\]”\"」].{0,16}(?:查看|获取|查询|了解|看|领取|即可)"
    r"|点(?:击)?(?:个)?[“\"【「]?(?:在看|好看)"
    r"|^\W{0,4}(?:阅读原文|查看原文|阅读全文|查看全文|余下全文|展开全文|展开剩余|点击展开|查看更多|更多精彩"
    r"|点击菜单栏|觉得不错|看完记得)"
    r"|^(?:更多|相关)(?:精彩|资讯|内容|新闻|报道|信息|消息)(?:内容|资讯|新闻|信息)?.{0,6}(?:请|敬请|尽在|可)?(?:关注"
    r"|点击|下载|访问|移步|查看)"
    r"|^返回.{1,10}[,，]? ?查看更多|更多猛料|精彩解读.{0,8}尽在|更多原创.{0,8}(?:下载|关注)"
)
"""To scan, to follow, to click; said by no article."""
INVITATION_LOOSE = re.compile(
    r"(?:下载|打开|安装|进入|登录|使用)\W{0,2}[\w·]{0,16}\W{0,2}(?:APP|App|app|客户端)|(?:APP|客户端).{0,6}(?:下载"
    r"|打开|查看)"
    r"|二维码.{0,8}(?:关注|下载|阅读|分享)|扫码|扫一扫"
    r"|(?:关注|订阅|加入|添加).{0,24}(?:公众号|官方微信|微信号|官方微博|微信|微博|账号|头条号|订阅号|视频号|抖音|官微)"
    r"|公众号[:|].{1,20}$|微信(?:公众号|号)[:|].{1,30}$|我要(?:报料|爆料|投稿|纠错|举报|评论)|欢迎(?:投稿|报料|爆料"
    r"|来稿|提供新闻线索)"
    r"|(?:报料|爆料|新闻)(?:热线|线索).{0,30}\d{5}|觉得.{0,8}(?:转发|点赞|分享)|(?:点赞|转发|分享).{0,6}(?:朋友"
    r"|更多人)|往期(?:回顾|推荐|精彩)"
)

CONTROLS = re.compile(
    r"^\W*(?:(?:THE |The )?E(?:ND|nd)|\+\d{1,3}"
    r"|分享|分享到.{0,16}|分享至.{0,16}|转发|收藏|点赞|赞|踩|顶|举报|回复|我要评论|发表评论|查看评论"
    r"|全部评论|最新评论|热门评论|网友评论"
    r"|提交评论|登录|注册|打印|打印本页|打印本文|关闭|关闭窗口|关闭本页|返回顶部|返回首页|返回|首页|顶部|上一页"
    r"|下一页|上页|下页|尾页|末页"
    r"|上一篇|下一篇|上一版|下一版|字号|字体|大中小|大 中 小|小 中 大|A\+|A-|A\+ ?A-?|放大|缩小|默认|恢复默认|复制"
    r"|复制链接|纠错|手机看新闻|扫码阅读"
    r"|手机阅读|微信|微博|新浪微博|腾讯微博|朋友圈|微信好友|QQ空间|QQ好友|QQ|网友评论.{0,12}|\d+ ?条评论|跟贴|跟帖"
    r"|参与评论|参与讨论|收起|展开|查看更多"
    r"|加载更多|加载中|正在加载|视频加载中.{0,6}|关注|已关注|\+ ?关注|订阅|打赏|赏|听新闻|语音播报|朗读|播放|暂停"
    r"|重播|全屏"
    r"|分享让更多人看到|为您推荐|已有.{0,8}(?:评论|参与|阅读)|\d+ ?(?:人|次)?(?:阅读|浏览|评论|跟贴|参与|赞)"
    r"|阅读 ?[(]?\d+[)]?|浏览 ?[(]?\d+[)]?"
    r"|可拖动滚动条浏览本版|(?:【\d+】\s*)+|(?:\[\d+\]\s*)+|(?:(?:打印|关闭|收藏|投稿|分享|纠错|推荐|转发|评论|本页"
    r"|本文|窗口|此页|[\s|/\[\]【】()])+))\W*$"
    r"|^[\d\s/.,|<>《》«»\[\]【】()-]*(?:上一页|下一页|尾页|末页|余下全文|阅读全文)[\d\s/.,"
    r"|<>《》«»\[\]【】()上下一页尾末余全文首阅读-]*$"
)
"""What is pressed, not read."""

RELATED = re.compile(
    r"^\W*(?:延伸|相关|推荐|更多|热门|猜你|往期|精彩|最新|热点|拓展|扩展|关联|为你|为您|往日|编辑|小编|大家|近期"
    r"|今日|独家|新闻|视频)?"
    r"(?:阅读|推荐|新闻|报道|链接|资讯|文章|回顾|专题|喜欢|都在看|在看|排行|排行榜|热点|图集|热词|爱看|还喜欢|内容"
    r"|视频|专题|关注)"
    r"(?:阅读|推荐|链接|列表|排行|榜|一览|新闻)?\W*$"
)
"""May head a box that leads elsewhere: `相关阅读`, `延伸推荐`. An article's own background box is headed so, too."""

# Spelled out, for re.I looks at every character.
FOOTER = re.compile(
    r"(?:ICP|icp)[备证]|公网安备|经营许可证|许可证编号|[Cc]opyright|COPYRIGHT|CopyRight|©|版权所有"
    r"|[Aa]ll [Rr]ights? [Rr]eserved|ALL RIGHTS? RESERVED|网站地图|关于我们|联系我们|违法和不良信息"
)
"""Of the page, not of the article."""

CAPTION_TAIL = re.compile(
    r"(?:摄影|供图|供稿|制图|绘图|资料图|资料图片|资料照片|资料|截图|图片|[\s/]图|网络图|新华社发|VCG|CFP"
    r"|Getty Images)[)\]】。.\s]*$",
    re.I,
)
"""How lines behind pictures end that are captions more often than not."""
CREDIT_TAIL = re.compile(
    r"(?:(?:[\u4e00-\u9fff·]{2,4}|[\s)/|])(?<!拍)[摄攝]|供图(?: \S{2,6})?|资料图片?|视频截图|网页截图|图源网络"
    r"|网络图片|[\s/]图"
    r"|视觉中国.{0,5}|东方IC|IC photo|人民视觉|[(](?:图片|视频)?来源:[^()]{1,16}(?:视频|图库|视觉))[)\]】。.\s]*$",
    re.I,
)
"""How photo credits end."""
CAPTION_HEAD = re.compile(
    r"^[\s(\[【]*(?:图为|图片来源|图片出处|图片说明|图片[:|]|图源|图/|图[:|]|图[一二三四五六七八九十\d]{1,2}[:\s]"
    r"|上图|下图|左图|右图|题图|配图[:|]"
    r"|封面图|资料图|资料图片|视频截图|截图来源|摄影[:/|]|摄/|供图[:/|]|视频来源)"
)
"""How captions begin."""
CAPTION_MARK = re.compile(r"^[\s(\[【]*[▲△▼▽↑↓☝]")
"""Points at a picture, where there is one."""

NAV_LINK = re.compile(
    r"^\W*(?:返回|查看|点击|进入|更多|阅读|关注).{0,16}(?:首页|网|更多|全文|原文|专题|频道|>>|»|\W)\W*$|(?:>>|»"
    r"|＞＞)\s*$"
)
"""A link at the end of a paragraph that leads away from it."""
