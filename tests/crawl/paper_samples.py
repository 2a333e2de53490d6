"""A small e-paper in the three generations of its make, and a profile that says where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from crawl_samples import Answer, Home

PAPER = "qdx"
FRIDAY = date(2024, 7, 26)
"""A day with an issue; the two days after it have none."""

PROFILE = """
name = "small"
title = "小站"
hosts = ["127.0.0.1", "localhost"]
delay_seconds = 0

[[canonical]]
match = 'http://localhost(:\\d+/shtml/qdx/\\d{{8}}/\\d+\\.shtml)'
url = 'http://127.0.0.1\\1'

[[shape]]
match = '/epaper/'
family = "paperindex"

[[shape]]
match = '/shtml/'
family = "shtml"

[[paper]]
name = "qdx"
title = "云栖报"

  [[paper.generation]]
  name = "shtml"
  family = "shtml"
  since = 2017-01-01
  until = 2020-12-31
  issue = ["{url}/shtml/qdx/{{yyyymmdd}}/index.shtml", "{other}/shtml/qdx/{{yyyymmdd}}/index.shtml"]
  page = '(?i)^v(?P<label>\\d+)\\.shtml$'
  article = '(?i)^\\d+\\.shtml$'

  [[paper.generation]]
  name = "pc"
  family = "paperindex"
  since = 2021-01-01
  latest = ["{url}/epaper/html/qdx/content/PaperIndex.htm"]
  issue = [
    "{url}/epaper/html/qdx/content/{{yyyymmdd}}/IssueIndex.htm",
    "{url}/epaper/html/qdx/content/{{yyyymmdd}}/PageArticleIndexLB.htm",
  ]
  page = '(?i)^Page(?P<label>[A-Z]{{0,2}}\\d{{1,3}})[A-Z]{{0,2}}\\.html?$'
  article = '(?i)^Articel(?P<label>[A-Z]{{0,2}}\\d{{1,4}})\\d{{3}}[A-Z]{{0,2}}\\.html?$'

  [[paper.generation]]
  name = "h5"
  family = "paperindex"
  since = 2021-01-01
  whole_issue = true
  issue = ["{url}/epaper/h5/qdx/content/{{yyyymmdd}}/IssueIndex.htm"]
  page = '(?i)^Page(?P<label>[A-Z]{{0,2}}\\d{{1,3}})[A-Z]{{0,2}}\\.html?$'
  article = '(?i)^Articel(?P<label>[A-Z]{{0,2}}\\d{{1,4}})\\d{{3}}[A-Z]{{0,2}}\\.html?$'
"""

PAGES = {"01": "要闻", "02": "民生"}
CONTENT = "/epaper/html/qdx/content"
"""Where the PC generation stands."""


def paper_profile(url: str) -> str:
    """A profile with this one paper. `url`: of the site on 127.0.0.1."""
    return PROFILE.format(url=url, other=url.replace("127.0.0.1", "localhost"))


def refresh(target: str) -> Answer:
    """An index that sends its reader on, as the make of these papers writes it."""
    return Answer(f"<HTML><HEAD><META HTTP-EQUIV='REFRESH' CONTENT='0; URL={target}'></HEAD></HTML>")


def headline(day: date, label: str, number: int) -> str:
    """The headline of one article."""
    return f"{day:%m月%d日}{PAGES[label]}版第{number}条：果园里的新灌溉渠通了水"


def text(day: date, label: str, number: int) -> str:
    """The body of one article as HTML."""
    first = f"本报讯 昨天上午，{headline(day, label, number)}，闻讯赶来的果农挤满了田埂，有人还带来了自家的茶水。"
    second = f"管渠的老苗说，{day.year}年以来这里修过{number + 3}回，哪一回都没有这次修得透，今年的收成可以放心了。"
    return f"<p>□记者 苗禾 报道</p><p>{first}</p><p>{second}</p>"


def page_list(day: date, suffix: str) -> str:
    """The list of print pages that stands on every page."""
    items = "".join(
        f'<li><a href="Page{label}{suffix}.htm">{label}版：{name}</a></li>' for label, name in PAGES.items()
    )
    return f"<div>{day:%Y年%m月%d日}</div><ul class=banci>{items}</ul>"


def pc(day: date, count: int = 2) -> dict[str, str | Answer]:
    """An issue of the PC generation: index → first page → articles."""
    base = f"{CONTENT}/{day:%Y%m%d}"
    pages: dict[str, str | Answer] = {f"{base}/IssueIndex.htm": refresh("Page01BC.htm")}
    for label in PAGES:
        names = [(number, f"Articel{label}{number:03}NR.htm") for number in range(1, count + 1)]
        links = "".join(f'<li><a href="{name}">{headline(day, label, number)}</a></li>' for number, name in names)
        pages[f"{base}/Page{label}BC.htm"] = page(f"{page_list(day, 'BC')}<ul id=newslist>{links}</ul>")
        for number, name in names:
            pages[f"{base}/{name}"] = page(
                f"<div class=neirong><h2>{headline(day, label, number)}</h2></div>"
                f"<div id=contenttext>{text(day, label, number)}</div>"
            )
    return pages


def h5(day: date, count: int = 2) -> dict[str, str | Answer]:
    """An issue of the h5 generation: each page carries the whole issue, articles have pages of their own."""
    base = f"/epaper/h5/qdx/content/{day:%Y%m%d}"
    pages: dict[str, str | Answer] = {f"{base}/IssueIndex.htm": refresh("Page01SC.htm")}
    whole = ""
    for label in PAGES:
        for number in range(1, count + 1):
            name, title = f"Articel{label}{number:03}GN.htm", headline(day, label, number)
            whole += f'<div><a href="{name}">{title}</a>{text(day, label, number)}</div>'
            pages[f"{base}/{name}"] = page(f"<h1>{title}</h1><div id=contenttext>{text(day, label, number)}</div>")
    for label in PAGES:
        pages[f"{base}/Page{label}SC.htm"] = page(page_list(day, "SC") + whole)
    return pages


def shtml(day: date, numbers: Iterable[int]) -> dict[str, str | Answer]:
    """An issue of the shtml generation: an index of pages and articles under running numbers, half on each page."""
    base = f"/shtml/qdx/{day:%Y%m%d}"
    known = list(numbers)
    halves = {"01": known[: len(known) // 2], "02": known[len(known) // 2 :]}
    nav = "".join(f'<li><a href="v{label}.shtml">第{label}版：{name}</a></li>' for label, name in PAGES.items())
    pages: dict[str, str | Answer] = {}
    for label, mine in halves.items():
        links = "".join(f'<li><a href="{number}.shtml">{headline(day, label, number)}</a></li>' for number in mine)
        listed = page(
            f"<div>{day:%Y年%m月%d日}</div><div class=pageNav><ul>{nav}</ul></div><ul class=titleNav>{links}</ul>"
        )
        pages[f"{base}/v{label}.shtml"] = listed
        if label == "01":
            pages[f"{base}/index.shtml"] = listed
        for number in mine:
            pages[f"{base}/{number}.shtml"] = page(
                f"文章内容<div id=content><h1>{headline(day, label, number)}</h1>"
                f"<div id=content_div>{text(day, label, number)}</div></div>更多 往期报纸"
            )
    return pages


def page(body: str) -> str:
    """A whole HTML page."""
    return f"<html><head><title>云栖报</title></head><body>{body}</body></html>"


def crawl(home: Home, first: date, last: date | None = None, **arguments: str) -> None:
    """Walk some days."""
    done = home.crawl("epaper", since=first.isoformat(), until=(last or first).isoformat(), **arguments)
    assert done.returncode == 0, done.stderr


def days(home: Home) -> dict[str, str]:
    """Day → state."""
    return dict(home.rows("SELECT day, state FROM issue ORDER BY day"))


def standing(home: Home) -> set[tuple[str, str, str, str]]:
    """Where each article stood: day, 版次, 版名, headline."""
    return set(home.rows("SELECT edition_day, edition_label, edition_page_name, title FROM article"))


def expected(day: date, numbers: dict[str, list[int]] | None = None) -> set[tuple[str, str, str, str]]:
    """The same as the paper was made."""
    known = numbers or {label: [1, 2] for label in PAGES}
    return {
        (day.isoformat(), label, PAGES[label], headline(day, label, number))
        for label, found in known.items()
        for number in found
    }
