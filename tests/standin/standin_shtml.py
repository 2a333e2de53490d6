"""The shtml e-paper of 2019 in GBK: each day's index stands elsewhere, the articles under one name for all hosts."""

from __future__ import annotations

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import StandIn, Truth

EPAPER, JNSX = "epaper.xihaiannews.com", "jnsx.xihaiannews.com"
PAGES = (("01", "要闻"), ("02", "镇街·民生"), ("03", "文化|副刊"))
FIRST_ID = 75440


def build() -> StandIn:
    """Four issues, each found in another way; a weekend; a day that shows another; a day that says it has none."""
    world, truths = World(), []
    number = FIRST_ID
    for day, host, index, skin in (
        ("20190725", EPAPER, "index.shtml", _SKINS[0]),
        ("20190726", EPAPER, "", _SKINS[1]),
        ("20190729", EPAPER, "v01.shtml", _SKINS[2]),
        ("20190730", JNSX, "index.shtml", _SKINS[0]),
    ):
        number = _issue(world, truths, day, host, index, skin, number)
    folder = f"http://{EPAPER}/shtml/jnsx"
    world.add(f"{folder}/20190731/index.shtml", _gbk("<p>该日期没有报纸</p><a href='/'>返回首页</a>"))
    world.add(f"{folder}/20190801/index.shtml", Answer("", 302, {"Location": "/shtml/jnsx/20190725/index.shtml"}))
    return StandIn(
        name="shtml",
        world=world,
        truths=tuple(truths),
        spider="epaper",
        arguments={"since": "2019-07-25", "until": "2019-08-01"},
        articles=tuple(f"/{one}.shtml" for one in range(FIRST_ID, number)),
        most_requests=110,
        issues={
            **dict.fromkeys(("2019-07-25", "2019-07-26", "2019-07-29", "2019-07-30"), "complete"),
            **dict.fromkeys(("2019-07-27", "2019-07-28", "2019-07-31", "2019-08-01"), "none"),
        },
    )


def _gbk(html: str) -> Answer:
    return Answer(f'<html><head><meta charset="gb2312"></head><body>{html}</body></html>', charset="gbk")


def _issue(world: World, truths: list[Truth], day: str, host: str, index: str, skin: str, number: int) -> int:
    folder = f"http://{host}/shtml/jnsx/{day}/"
    listed: dict[str, list[tuple[int, str]]] = {}
    for place, (label, name) in enumerate(PAGES):
        listed[label] = []
        for _ in range(1 + place % 2):
            title = _article(world, truths, folder, day, skin, number, label, name)
            listed[label].append((number, title))
            number += 1
    for label, _ in PAGES:
        page = _page(day, label, listed[label], skin)
        world.add(f"{folder}v{label}.shtml", page)
        if label == "01" and index != "v01.shtml":
            world.add(folder + index, page)
    return number


def _page(day: str, label: str, listed: list[tuple[int, str]], skin: str) -> Answer:
    nav = "".join(f'<li><a href="v{number}.shtml">第{number}版：{name}</a></li>' for number, name in PAGES)
    if skin == _SKINS[1]:
        titles = "".join(f"<li><A HREF={number}.shtml>{title}</A></li>" for number, title in listed)
    else:
        titles = "".join(
            f"""<li><a onclick="javascript:openNews('/shtml/jnsx/{day}/{number}.shtml',1)">{title}</a></li>"""
            for number, title in listed
        )
    date = f"{day[:4]}年{day[4:6]}月{day[6:]}日"
    return _gbk(
        f"""<div class="date">{date} 星期四 第{label}版</div><div class="pageNav"><ul>{nav}</ul></div>
<map><area shape="rect" coords="0,0,9,9" href="{listed[0][0]}.shtml"></map><div class="titleNav"><ul>{titles}</ul></div>
<a href="../{int(day) - 1}/index.shtml">上一期</a> <a href="/shtml/jnsx/20190101/1.shtml">元旦特刊</a>"""
    )


def _article(
    world: World, truths: list[Truth], folder: str, day: str, skin: str, number: int, label: str, name: str
) -> str:
    tale = story(number, f"本报{int(day[4:6])}月{int(day[6:])}日讯 ")
    kicker = f"{tale.reporter[0]}家埠头新貌：" if number % 3 == 0 else ""
    text = "".join(f'<p align="left">　　{paragraph}</p>' for paragraph in tale.paragraphs)
    by_line = f'<p align="left">　　□记者 {tale.reporter} 报道</p>' if number % 2 else ""
    signed = "" if number % 2 else f'<p align="left">　　({tale.reporter})</p>'
    world.add(
        f"{folder}{number}.shtml",
        _gbk(
            "<div>可拖动滚动条浏览本版 <a href=v01.shtml>[上一版]</a> <a href=v02.shtml>[下一版]</a></div>"
            "<div>文章内容</div>"
            + skin.format(kicker=kicker, title=tale.title, text=by_line + text + signed)
            + "<div>更多 往期报纸</div><div>本网站所有内容属《青岛西海岸报》所有,未经许可不得转载。</div>"
        ),
    )
    truths.append(
        Truth(
            url=f"https://{EPAPER}/shtml/jnsx/{day}/{number}.shtml",
            title=tale.title,
            published=f"{day[:4]}-{day[4:6]}-{day[6:]}",
            authors=(tale.reporter,),
            body=tale.paragraphs,
            kicker=kicker or None,
            day=f"{day[:4]}-{day[4:6]}-{day[6:]}",
            label=label,
            page_name=name,
        )
    )
    return tale.title


_SKINS = (
    '<div id="content"><h3>{kicker}</h3><h1>{title}</h1><div id="content_div"><font>{text}</font></div></div>',
    '<div class="f-14">{kicker}</div><div class="f-20"><strong>{title}</strong></div>'
    '<div class="f-14 height-25">{text}</div>',
    '<div class="detailCon"><h4>{kicker}</h4><h1>{title}</h1><div class="details">{text}</div></div>',
)
"""Article markup of three papers set up with the same software."""
