"""The h5 e-paper alone: whole issues on every page, overlapping merges, a list page as index, pages without links."""

from __future__ import annotations

from standin_proxy import World
from standin_texts import Story, story
from standin_truth import StandIn, Truth

HOST = "epaper.xihaiannews.com"
CONTENT = f"http://{HOST}/epaper/h5/qdxhab/content"
PAGES = (
    ("01-08", "新时代 新征程", "01"),
    ("02-07", "新时代 新征程", "02"),
    ("03", "乡村振兴齐鲁样板·村村有好戏", "03"),
    ("T19-T22", "设立十周年特刊", "T19"),
    ("T20-T21", "西海岸十年|蝶变", "T20"),
)
ARTICLES = (("01", 1, 0), ("01", 2, 0), ("08", 1, 0), ("04", 1, 1), ("03", 2, 2), ("T19", 1, 3), ("T21", 1, 4))
"""Number in the address, place on the page, which of `PAGES` it stands on."""


def build() -> StandIn:
    """One issue behind refreshes, one behind a list page, one whose pages hold text and no links, a day without."""
    world, truths = World(only_http=frozenset({HOST})), []
    first = f"Page{PAGES[0][2]}SC.htm"
    for day in ("20240603", "20240604"):
        for number, place, page in ARTICLES:
            _article(world, truths, day, number, place, page)
        for page in PAGES:
            world.add(f"{CONTENT}/{day}/Page{page[2]}SC.htm", _page(day, "".join(map(_link, PAGES)), linked=True))
    refresh = f'<html><head><meta http-equiv="refresh" content="0;url=\'{first}\'"></head><body></body></html>'
    world.add(f"{CONTENT}/20240603/IssueIndex.htm", refresh)
    entries = "".join(f'<a href="?pagetonum={file}">{label}版：{name}</a>' for label, name, file in PAGES)
    world.add(f"{CONTENT}/20240604/PageArticleIndexLB.htm", _page("20240604", entries, linked=True))
    world.add(f"{CONTENT}/20240605/IssueIndex.htm", refresh)
    for page in PAGES:
        world.add(
            f"{CONTENT}/20240605/Page{page[2]}SC.htm", _page("20240605", "".join(map(_link, PAGES)), linked=False)
        )
    return StandIn(
        name="paper_h5",
        world=world,
        truths=tuple(truths),
        spider="epaper",
        arguments={"since": "2024-06-03", "until": "2024-06-06"},
        articles=("Articel",),
        most_requests=120,
        issues={"2024-06-03": "complete", "2024-06-04": "complete", "2024-06-06": "none"},
    )


def _story(day: str, number: str, place: int) -> Story:
    return story(int(day[6:]) * 200 + int(number.lstrip("T")) * 4 + place, f"本报6月{int(day[6:]) - 1}日讯 ")


def _file(number: str, place: int) -> str:
    return f"Articel{number}{place:03}GN.htm"


def _link(page: tuple[str, str, str]) -> str:
    return f'<a href="Page{page[2]}SC.htm">{page[0]}版:{page[1]}</a>\n'


def _page(day: str, entries: str, *, linked: bool) -> str:
    """The whole issue, whichever page was asked for."""
    articles = ""
    for number, place, _ in ARTICLES:
        tale = _story(day, number, place)
        title = f'<a href="{_file(number, place)}">{tale.title}</a>' if linked else tale.title
        articles += f"<h2>{title}</h2><p>□记者 {tale.reporter} 报道</p>" + "".join(
            f"<p>{one}</p>" for one in tale.paragraphs
        )
    printed = f"{day[:4]}年{day[4:6]}月{day[6:]}日"
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青岛西海岸报 -微报纸-{printed}</title></head>
<body>
<nav>{entries}</nav><div><a href="Page02SC.htm">下一版</a> {printed}</div>{articles}</body></html>"""


def _article(world: World, truths: list[Truth], day: str, number: str, place: int, page: int) -> None:
    tale = _story(day, number, place)
    text = "".join(f"<p>　　{paragraph}</p>" for paragraph in tale.paragraphs)
    world.add(
        f"{CONTENT}/{day}/{_file(number, place)}",
        f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青岛西海岸报</title></head><body>
<div class="xha-view-title"><h1>{tale.title}</h1></div><div id="article_view_content">
<p>□记者 {tale.reporter} 报道</p>{text}</div>
<a href="{_file(number, place + 1)}">下一篇</a></body></html>""",
    )
    stated = f"{day[:4]}-{day[4:6]}-{day[6:]}"
    truths.append(
        Truth(
            url=f"https://{HOST}/epaper/h5/qdxhab/content/{day}/{_file(number, place)}",
            title=tale.title,
            published=stated,
            authors=(tale.reporter,),
            body=tale.paragraphs,
            day=stated,
            label=PAGES[page][0],
            page_name=PAGES[page][1],
        )
    )
