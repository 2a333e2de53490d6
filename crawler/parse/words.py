"""The words that Chinese news pages put before values: labels, by what their value is."""

from __future__ import annotations

SOURCE = """
    来源于 文章来源 本文来源 稿件来源 信息来源 发布来源 新闻来源 内容来源 资讯来源 消息来源 原文来源
    转载来源 来源媒体 媒体来源 文字来源 来源单位 来源 稿源 出处 转载自 转自 發布來源 文章來源 新聞來源
    資料提供 來源
"""
"""Before the outlet a text was taken from."""

EDITOR = """
    责任编辑 责任编缉 责编 責任編輯 責編
"""
"""Before the editor who answers for it."""

EDITOR_PLAIN = """
    本文编辑 文章编辑 网络编辑 网站编辑 值班编辑 执行编辑 初审编辑 新媒体编辑 见习编辑 本期编辑 内容编辑
    文字编辑 微信编辑 栏目编辑 首席编辑 高级编辑 频道编辑 编辑人 编辑 編輯
"""
"""Before an editor where nobody is named as answerable."""

AUTHOR = """
    本报记者 本网记者 文字记者 文字作者 原作者 本文作者 文章作者 作者 记者 通讯员 采写 采访 撰文 撰稿人 撰稿
    执笔 文字 文/图 图/文 文图 图文 文 實習生 實習記者 記者 通訊員 採訪
"""
"""Before those who wrote it."""

TIME = """
    发布时间 发布日期 发表时间 发表日期 发稿时间 发稿日期 刊发时间 刊发日期 刊登时间 刊登日期 上传时间
    添加时间 添加日期 录入时间 创建时间 发布于 发表于 播发时间 时间 日期 發布時間 發布日期 發表時間 時間
    出版日期
"""
"""Before the time of publication."""

MODIFIED = """
    最后更新时间 最后更新于 最后更新 最后修改 修改时间 修改于 编辑于 最後更新 更新於
"""
"""Before a later time, never that of publication."""

UPDATED = """
    更新时间 更新日期 更新于 更新時間 更新
"""
"""Before the only time of some pages and the second of others."""

ORIGINAL_TITLE = """
    本文原标题 原文标题 原标题 原题为 原题 原標題
"""
"""Before the headline the text had elsewhere."""

OTHER = """
    图片来源 图片出处 图源 资料来源 数据来源 视频来源 题图来源 封面来源 音频来源 素材来源 图文来源 信源
    经济来源 收入来源 资金来源 图片编辑 视频编辑 美术编辑 版面编辑 版式编辑 摄影编辑 图文编辑 总编辑
    副总编辑 值班总编 总编 值班主编 责任主编 主编 副主编 美编 编审 编委 值班编委 责任校对 校对 审核人 审核
    审校 审读 审签 复审 初审 终审 一审 二审 三审 监制 总监制 策划 总策划 统筹 出品 签发 制作 制图 设计 剪辑
    排版 摄影记者 摄影 摄像 拍摄 供图 图片 插图 题图 漫画 视频 配音 播音 主播 朗读 翻译 译者 字号 字体
    关键词 关键字 标签 浏览次数 浏览量 浏览数 浏览 点击次数 点击量 点击数 点击率 点击 阅读次数 阅读量 阅读数
    阅读 访问量 访问次数 访问 人气 热度 评论数 评论 分享到 分享至 分享 栏目 所属分类 文章分类 分类 类别 频道
    专题 标题 原文链接 文章链接 链接 网址 版权声明 声明 转载请注明 联系电话 电话 邮箱 地址 索引号 文号
    发文字号 主题分类 名称 打印 推荐 上一篇 下一篇 收藏 摘要 导读 导语 核心提示 时长 报料 爆料 投稿 供稿
    攝影 校對 監製 關鍵詞 字級 發文機關 发文机关 成文日期 发布机构 生成日期 备案号 许可证 责任 选稿 组稿
    签审 报道时间 拍摄时间 会议时间 活动时间 截稿时间 截止时间 报名时间 施工时间
"""
"""Before anything else: they end the value that stands before them. Longer words hide shorter ones: 图片来源 is not
来源."""
