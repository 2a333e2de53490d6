"""The PC e-paper, over https alone: refreshing indexes, two markups, merged pages, suffixes that change by the day."""

from __future__ import annotations

from dataclasses import dataclass

from standin_proxy import Answer, World
from standin_texts import story
from standin_truth import StandIn, Truth

HOST = "epaper.xihaiannews.com"
CONTENT = f"http://{HOST}/epaper/html/qdxhab/content"


@dataclass(frozen=True)
class Print:
    """One print page of an issue."""

    label: str
    name: str
    file: str
    """What stands in the file names: `01`, `T12`."""
    articles: tuple[int, ...]


def build() -> StandIn:
    """Three issues in three markups, a day that redirects to another, a weekend, an entry page."""
    world, truths = World(only_https=frozenset({HOST})), []
    banci = (
        Print("01", "要闻", "01", (2, 3)),
        Print("04-05", "青岛啤酒节 醉美西海岸", "04", (1,)),
        Print("08", "逸文", "08", (1, 2)),
    )
    _issue(world, truths, "20240726", banci, page_suffix="NU", suffix="NR", markup=_banci)
    hang = (Print("01", "要闻", "01", (1, 2)), Print("T19-T22", "设立十周年特刊", "T19", (1,)))
    _issue(world, truths, "20240725", hang, page_suffix="DK", suffix="BB", markup=_daohang)
    whole = (Print("A01", "要闻", "A01", (1,)), Print("A02", "城事|民生", "A02", (1, 2)))
    _issue(world, truths, "20240724", whole, page_suffix="JQ", suffix="MT", markup=_whole_list)
    world.add(f"{CONTENT}/20240724/IssueIndex.htm", Answer("gone", 404))
    world.add(f"{CONTENT}/20240724/PageArticleIndexBT.htm", _whole_list("20240724", whole, whole[0], "JQ", "MT"))
    world.add(f"{CONTENT}/20240723/IssueIndex.htm", Answer("", 302, {"Location": "../20240726/IssueIndex.htm"}))
    world.add(f"{CONTENT}/PaperIndex.htm", _refresh("20240726/IssueIndex.htm"))
    return StandIn(
        name="paper_pc",
        world=world,
        truths=tuple(truths),
        spider="epaper",
        arguments={"since": "2024-07-20", "until": "2024-07-26"},
        articles=("Articel",),
        most_requests=150,
        issues={
            **dict.fromkeys(("2024-07-24", "2024-07-25", "2024-07-26"), "complete"),
            **dict.fromkeys(("2024-07-20", "2024-07-21", "2024-07-22", "2024-07-23"), "none"),
        },
    )


def _refresh(target: str) -> str:
    return f"<HTML><HEAD><META HTTP-EQUIV='REFRESH' CONTENT='0; URL={target}'></HEAD></HTML>"


def _issue(world, truths, day, prints, *, page_suffix, suffix, markup) -> None:
    folder = f"{CONTENT}/{day}"
    world.add(f"{folder}/IssueIndex.htm", _refresh(f"Page{prints[0].file}{page_suffix}.htm"))
    for one in prints:
        world.add(f"{folder}/Page{one.file}{page_suffix}.htm", markup(day, prints, one, page_suffix, suffix))
        for number in one.articles:
            _article(world, truths, day, one, number, suffix)
    world.add(f"{folder}/Articel{prints[0].file}009{suffix}.htm", _article_page("广告", "", "<p></p>", suffix))


def _headline(day: str, one: Print, number: int) -> str:
    return _story(day, one, number).title


def _story(day: str, one: Print, number: int):
    return story(
        int(day[4:]) * 7 + int(one.file.lstrip("AT")) * 3 + number, f"本报{int(day[4:6])}月{int(day[6:]) - 1}日讯 "
    )


def _file(one: Print, number: int, suffix: str) -> str:
    return f"Articel{one.file}{number:03}{suffix}.htm"


def _article(world: World, truths: list[Truth], day: str, one: Print, number: int, suffix: str) -> None:
    tale = _story(day, one, number)
    subtitle = f"{tale.second}等十人受到表扬" if number % 2 else ""
    paragraphs = "".join(f"　　{paragraph}<br><br>" for paragraph in tale.paragraphs)
    text = f"　　□记者 {tale.reporter} 报道<br>{paragraphs}"
    file = _file(one, number, suffix)
    world.add(f"{CONTENT}/{day}/{file}", _article_page(tale.title, subtitle, text, suffix))
    stated = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    truths.append(
        Truth(
            url=f"https://{HOST}/epaper/html/qdxhab/content/{day}/{file}",
            title=tale.title,
            subtitle=subtitle or None,
            published=stated,
            authors=(tale.reporter,),
            body=tale.paragraphs,
            day=stated,
            label=one.label,
            page_name=one.name,
        )
    )


def _article_page(title: str, subtitle: str, text: str, suffix: str) -> str:
    """Two skins: bandao's and mrdx's, the latter with a whole document inside the body."""
    if suffix == "BB":
        inner = f"""<div class="bggray"><div class="margin15"><h2>{title}</h2><h3>{subtitle}</h3></div></div>
<div id="contenttext" class="contenttext"><!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head>
<meta content="MSHTML 8.00.6001.18928" name="GENERATOR"></head><body><div>{text}</div></body></html></div>"""
    else:
        inner = f"""<div class="neirong"><h3></h3><h2>{title}</h2><h4>{subtitle}</h4></div>
<div class="imagelist"></div><SPAN id=contenttext>{text}</SPAN>"""
    return f"""<html><head><meta charset="utf-8"><title>青岛西海岸报</title></head><body>
<div><a href="Page01NU.htm">[上一版]</a> <a href="Page02NU.htm">[下一版]</a></div><div>文章内容</div>{inner}
<div>更多 <a href="../20240101/IssueIndex.htm">往期报纸</a></div>
<div>本网站所有内容属《青岛西海岸报》所有,未经许可不得转载。</div></body></html>"""


def _banci(day: str, prints: tuple[Print, ...], shown: Print, page_suffix: str, suffix: str) -> str:
    """dzrb's: two links a page, the articles of this page alone, unquoted attributes."""
    pages = "".join(
        f"""<li class="banci"><span class="banci-A01"><a href=Page{one.file}{page_suffix}.htm>第{one.label}版</a>
<a href=Page{one.file}{page_suffix}.htm>{one.name}</a></span></li>"""
        for one in prints
    )
    listed = "".join(
        f"<LI><A href={_file(shown, number, suffix)}>{_headline(day, shown, number)}</A></LI>"
        for number in shown.articles
    )
    advert = f"<LI><A href=Articel{prints[0].file}009{suffix}.htm>广告</A></LI>" if shown == prints[0] else ""
    return f"""<html><body><div>青岛西海岸报 {day[:4]}年{day[4:6]}月{day[6:]}日 星期五</div><ul>{pages}</ul>
<a href="Page{prints[1].file}{page_suffix}.htm">下一版</a><UL id=newslist>{listed}{advert}</UL>
<map><area href="{_file(shown, shown.articles[0], suffix)}?div=-1"></map>
<a href="../20240719/IssueIndex.htm">上一期</a></body></html>"""


def _daohang(day: str, prints: tuple[Print, ...], shown: Print, page_suffix: str, suffix: str) -> str:
    """mrdx's: the whole issue on each page, addresses in `daoxiang`."""
    boxes = "".join(
        f'<h4><a href="Page{one.file}{page_suffix}.htm">{one.label}版：{one.name}</a></h4><ul>'
        + "".join(
            f'<li><a daoxiang="{_file(one, number, suffix)}">{_headline(day, one, number)}</a></li>'
            for number in one.articles
        )
        + "</ul>"
        for one in prints
    )
    return f"""<html><body><div class="shijian">青岛西海岸报     {day[:4]}年{day[4:6]}月{day[6:]}日</div>
<div class="listdaohang">{boxes}</div></body></html>"""


def _whole_list(day: str, prints: tuple[Print, ...], shown: Print, page_suffix: str, suffix: str) -> str:
    """The whole issue under headings, pages without links, relative addresses with dots."""
    boxes = "".join(
        f"<h3>{one.label}版:{one.name}</h3>"
        + "".join(
            f'<p><a class="newslist" href="../{day}/{_file(one, number, suffix)}#top">'
            f"{_headline(day, one, number)}</a></p>"
            for number in one.articles
        )
        for one in prints
    )
    return f"<html><body><h1>{day[:4]}-{day[4:6]}-{day[6:]}</h1>{boxes}</body></html>"
