"""Pages to look at; places, people and texts are invented."""

from __future__ import annotations

from crawler.inspect.inspection import Inspection, inspect_page
from crawler.parse.decode import page_from_text

URL = "https://news.bridge.example/content/2024-07/26/content_88.html"
TITLE = "长桥镇老渠清淤完工 三千亩农田用上活水"
BODY = (
    "本报讯（记者 苗禾）7月25日，长桥镇老渠清淤工程全部完工，沿岸十二个村的三千亩农田用上了活水。",
    "镇水利站站长介绍，这条渠全长三公里，清淤前渠底淤泥厚近一米，汛期排水不畅，村民多次反映。",
    "目前渠道已恢复通水，两岸补种的苗木也已栽完，镇里还安排了专人负责日常巡查和养护，方便随时处理。",
)
HIDDEN = "彩票网站大全点击进入立即注册送彩金"


def article(info: str = "", *, head: str = "", more: str = "", title: str = TITLE) -> str:
    """An article with everything an inspection has to find, between what it has to leave out."""
    info = info or "<div class=info>2024-07-26 09:30　来源：长桥日报　<span>责任编辑：李小禾</span></div>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    return f"""<html><head><title>{title}_长桥新闻网</title>{head}</head><body>
<ul class=nav><li><a href="/">首页</a></li><li><a href="/zj/">镇街</a></li></ul>
<div class=crumb>当前位置：<a href="/">首页</a> &gt; <a href="/zj/">镇街</a> &gt; 正文</div>
<h1>{title}</h1>{info}
<div id=content>{text}
<p><img src="/pic/88.jpg" width=600></p><p class=tips>（原标题：老渠清淤完工）</p></div>
<div style="display:none">{HIDDEN}</div>{more}
<div class=foot>版权所有 长桥新闻网 备案号 00000000</div></body></html>"""


def look(html: str, url: str = URL) -> Inspection:
    """A page looked at by the general rules."""
    return inspect_page(page_from_text(html, url))
