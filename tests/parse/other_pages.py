"""Pages that are no articles; all texts are ours."""

from __future__ import annotations

from news_forms import BODY, FOOT, OTHERS, TITLE, page

from storage.records import Reason

STORIES = (
    "云栖镇早稻开镰 机收率超过九成",
    "石桥小学新操场启用 孩子们上了第一节体育课",
    "海陆街办事处办起夜校 首批学员报名满员",
    "长桥渔港迎来开渔 百余艘渔船出海",
    "青石镇老渠清淤完工 三千亩农田用上活水",
    "白沙湾新添两处便民驿站 骑手有了歇脚地",
    "区里公布第三批老字号 六家小店上榜",
    "梨花村办起村史馆 老物件找到新家",
    "青石河边添了十公里步道 晚饭后人最多",
    "社区食堂开到楼下 一荤两素十二元",
)


def rows(count: int = 10, day: bool = True) -> str:
    """Linked headlines, each with its day."""
    return "".join(
        f"<li><a href='/content/2023-07/2{n % 10}/c_{n}.html'>{STORIES[n % 10]}</a>"
        + (f"<span>2023-07-2{n % 10}</span>" if day else "")
        + "</li>"
        for n in range(count)
    )


def items(count: int = 6) -> str:
    """Linked headlines, each with a summary."""
    return "".join(
        f"<div class=item><h3><a href='/c_{n}.html'>{STORIES[n]}</a></h3>"
        f"<p>{BODY[n % 5][:70]}……</p><i>2023-07-2{n}</i></div>"
        for n in range(count)
    )


def definitions(count: int = 8) -> str:
    """A definition list of headlines and summaries."""
    return "".join(
        f"<dl><dt><a href=/c_{n}.html>{STORIES[n]}</a></dt><dd>{BODY[n % 5]} <a href=/c_{n}.html>[详细]</a></dd></dl>"
        for n in range(count)
    )


def bare(body: str, title: str = "") -> str:
    """A page without navigation."""
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{title}</title></head><body>{body}</body></html>"


def shots(count: int) -> str:
    """Pictures with a line each."""
    return "".join(
        f"<li><img src='/pic/2023/{n}.jpg' width=900><p>渔船驶出长桥渔港。</p></li>" for n in range(1, count + 1)
    )


LIST_PAGES = {
    "headlines with days": page(f"<h1>要闻</h1><ul class=list>{rows()}</ul><a>下一页</a>", title="要闻_青石网"),
    "headlines with summaries": page(f"<div class=main>{items()}</div><a>2</a><a>下一页</a>", title="要闻_青石网"),
    "summaries in a definition list": page(definitions(), title="水利 - 青石网"),
    "home page of a section": page(
        f"<div class=focus><h2><a href=/c_1.html>{TITLE}</a></h2></div>"
        f"<div class=l><h3>要闻</h3><ul>{rows(9, day=False)}</ul></div>"
        f"<div class=r><h3>社会</h3><ul>{rows(9, day=False)}</ul></div>",
        title="青石网_青石人的新闻网站",
    ),
    "home page with an introduction": page(
        "<p>青石网由青石镇主办，每天发布本镇要闻、便民信息和办事指南，欢迎浏览。</p>"
        f"<ul>{rows(10, day=False)}</ul><ul>{OTHERS}</ul>",
        title="青石网首页",
    ),
    "search results": page(
        f"<h1>“水渠”的搜索结果</h1><p>共找到 128 条结果，用时0.02秒</p>{items(8)}", title="水渠_搜索_青石网"
    ),
    "topic page": page(f"<h1>水利惠民进行时</h1><div>{items(5)}</div><ul>{rows(10)}</ul>", title="水利惠民进行时_专题"),
}
ERROR_PAGES = {
    "error in the title": bare("<h1>Not Found</h1><p>The requested URL was not found.</p>", "404 Not Found"),
    "error among navigation": page(
        "<div class=err><p>很抱歉，您访问的页面不存在或已删除！</p><a href=/>返回首页</a></div>", title="青石网"
    ),
    "deleted article": page("<h2>该文章已被删除</h2><p>3秒后自动跳转到首页</p>", title="提示信息 - 青石网"),
    "not yet released": bare("<p>抱歉，该内容正在审核中，暂时无法查看。</p>", "青石网"),
    "server error": bare("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", "502 Bad Gateway"),
    "system is busy": bare("<div>系统繁忙，请稍后再试</div>", "提示"),
    "no right to look": page("<p>对不起，您没有权限访问该栏目。</p>", title="青石网"),
    "other stories below the error": page(
        f"<h1>页面找不到了</h1><p>去看看别的吧：</p><ul>{rows(6, day=False)}</ul>", title="404_青石网"
    ),
}
CHALLENGES = {
    "browser is checked": bare(
        "<h1>Checking your browser before accessing</h1><script src='/challenge-platform/x.js'></script>",
        "Just a moment...",
    ),
    "cookie by script": bare(
        "<script>document.cookie='__jsl_clearance=1|-1|abc';location.href=location.pathname;</script>"
    ),
    "puzzle": bare("<div id=captcha></div><p>请拖动滑块完成验证</p>", "安全验证"),
    "code to type": bare("<form><img src=code.png><p>请输入验证码后继续访问</p><input></form>", "访问验证"),
    "too many requests": bare("<p>您的访问过于频繁，请稍后再试。</p>", "提示"),
    "firewall": bare("<h2>您的请求已被拦截</h2><p>事件编号：000000</p>", "青石云防护系统"),
}
SHELLS = {
    "empty frame": bare("<div id=app></div><script src=/js/app.1f.js></script>", TITLE),
    "frame with a footer": bare(f"<div id=root></div><div>{FOOT}</div><script src=/m.js></script>", TITLE),
    "asks for a script": bare(
        "<noscript>您需要启用JavaScript才能运行此应用。</noscript><div id=x>加载中…</div><script src=a.js></script>",
        "青石网",
    ),
    "text only in a script": bare(
        f"<div id=box>正在加载</div><script>window.__DATA__={{'content':'{''.join(BODY) * 3}'}};render()</script>",
        TITLE,
    ),
}
ALBUMS = {
    "named so": page(
        f"<h1>长桥渔港开渔（组图）</h1><ul class=pics>{shots(8)}</ul>", title="长桥渔港开渔（组图）_青石网"
    ),
    "with a counter": page(
        f"<h1>长桥渔港迎来开渔</h1><p>1/6</p><ul>{shots(6)}</ul><a>下一张</a>", title="长桥渔港迎来开渔_青石网"
    ),
}
EMPTY = {
    "empty answer": "",
    "blank answer": " \n\t ",
    "headline and nothing else": page(f"<h1>{TITLE}</h1>"),
}
DATA = {
    "feed": "<?xml version='1.0'?><rss version='2.0'><channel><title>青石网</title></channel></rss>",
    "answer of an interface": '{"code": 200, "data": {"title": "青石镇老渠清淤完工"}}',
    "a document": "%PDF-1.4\n%\ufffd\ufffd\ufffd 1 0 obj",
}
BY_REASON: dict[Reason, dict[str, str]] = {
    Reason.LIST_PAGE: LIST_PAGES,
    Reason.ERROR_PAGE: ERROR_PAGES,
    Reason.CHALLENGE: CHALLENGES,
    Reason.SCRIPT_SHELL: SHELLS,
    Reason.ALBUM: ALBUMS,
    Reason.NO_BODY: EMPTY,
    Reason.NOT_HTML: DATA,
}
"""Reason to reject → what the page is → the page."""
