"""Articles that nearly look like something else: short ones, ones about errors, ones between lists."""

from __future__ import annotations

from news_forms import BODY, NOTICE, TITLE, lines, page, paragraphs
from other_pages import items, rows, shots

INFO = "<p class=info>2023-07-26 09:30　来源：青石网</p>"


def article(headline: str, text: str, *, info: str = INFO, around: str = "") -> str:
    """A page with a headline, its line of time and source, and a text."""
    return page(f"{around}<h1>{headline}</h1>{info}{text}", title=f"{headline}_青石网")


ARTICLES = {
    "very short notice": article("临时停水通知", f"<div><p>{NOTICE}</p></div>"),
    "very short notice without time and source": article("临时停水通知", f"<div><p>{NOTICE}</p></div>", info=""),
    "one sentence": article("青石镇明日有雨", "<p>镇气象站预计，明天白天有小雨，出行请带伞。</p>"),
    "notice that a site will be shut": article(
        "关于网站系统维护的通知",
        "<p>因系统升级，7月27日22时至次日6时网站维护中，页面无法访问，给您带来不便，敬请谅解。</p>",
    ),
    "story about a page that was not found": article("“404 Not Found”页面上的寻亲启事", paragraphs()),
    "story about puzzles": article(
        "安全验证越来越难 老人怎么办", f"<p>“请拖动滑块完成验证”，{BODY[0]}</p>{paragraphs()}"
    ),
    "comment form that asks for a code": article(
        TITLE, f"{paragraphs()}<form><p>请输入验证码</p><input><script src=/geetest.js></script></form>"
    ),
    "noscript line and an empty frame": article(
        TITLE, paragraphs(), around="<noscript>请启用JavaScript以获得更好的体验</noscript><div id=app></div>"
    ),
    "short under heavy scripts": article("临时停水通知", f"<p>{NOTICE}</p><script>{'var a=[1,2,3];' * 4000}</script>"),
    "short between many links": article(
        "临时停水通知", f"<p>{NOTICE}</p><h3>最新</h3><ul>{rows()}</ul><h3>热门</h3><ul>{rows(day=False)}</ul>"
    ),
    "short above a list with summaries": article(
        "临时停水通知", f"<div class=text><p>{NOTICE}</p></div><h3>相关</h3>{items(3)}"
    ),
    "photo story with text": article("长桥渔港开渔（组图）", f"<ul>{shots(5)}</ul>{paragraphs()}"),
    "news picture with a sentence": article(
        "图片新闻：开渔",
        "<p><img src=/1.jpg></p><p>7月26日，百余艘渔船驶出长桥渔港，新的一季开始了。白小舟 摄</p>",
    ),
    "two pictures and two sentences": article(
        "渠边有了凉亭",
        "<p><img src=/1.jpg></p><p>新修的凉亭。</p><p><img src=/2.jpg></p><p>7月26日，村民在凉亭里乘凉。</p>",
    ),
    "list of names": article(
        "青石镇公布先进名单",
        "<p>经评选，以下十人当选：</p>" + "".join(f"<p>{n}　石桥村　高小{'禾田木水'[n % 4]}</p>" for n in range(10)),
    ),
    "linked sub-headings": article(
        TITLE,
        f"<h3><a href=/v1.html>第一段渠：清淤已经完成</a></h3><p>{BODY[0]}</p>"
        f"<h3><a href=/v2.html>第二段渠：清淤已经完成</a></h3><p>{BODY[1]}</p>{paragraphs(BODY[2:])}",
    ),
    "no time, source or editor": article(TITLE, f"<div>{lines()}</div>", info=""),
    "headline repeated in the trail": article(
        TITLE,
        paragraphs(),
        around=f"<p>当前位置：<a href=/>首页</a> &gt; <a href=/w/>水利</a> &gt; {TITLE}</p>",
    ),
    "apology for a busy system": article(
        "关于系统繁忙的致歉",
        "<p>昨天上午，镇政务大厅取号系统繁忙，部分居民未能取号，我们深表歉意，已增开两个窗口。</p>",
    ),
    "deleted comments": article(
        TITLE, f"{paragraphs()}<div class=comments><p>该信息已被删除</p><p>内容不存在</p></div>"
    ),
}
"""What nearly makes it no article → the page."""
