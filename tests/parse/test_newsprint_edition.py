"""Where an article stood in print: by its address, by what the index said, by what its page prints."""

from __future__ import annotations

import pytest
from print_pages import DAY, PC, STORIES, facts, facts_of, read_page
from print_skins import page

from storage.records import Edition

REPORT, WIRE = STORIES["report"], STORIES["wire"]


@pytest.mark.parametrize(
    ("known", "printed", "label", "page_name"),
    [
        ({"channel": "qdxhab", "label": "04-05", "page_name": "镇街"}, "", "04-05", "镇街"),
        ({"label": "04"}, "第04版：镇街", "04", "镇街"),
        ({}, "04版:海边·人家 2024年07月26日 星期五", "04", "海边·人家"),
        ({}, "03版:要闻</p><p>第04-05版：新镇|十年</p><p>06版:副刊", "04-05", "新镇|十年"),
        ({}, "03版:要闻</p><p>06版:副刊", "04", None),
        ({"issue_date": DAY}, "", "04", None),
    ],
)
def test_the_edition_is_what_the_index_said_else_what_the_page_prints(
    known: dict[str, object], printed: str, label: str, page_name: str | None
) -> None:
    """Code, day, 版次 and 版名; the number of the address where nobody says more."""
    html = page(REPORT, "neirong", "span", "p", framed=False).replace(
        "<div id=content", f"<p>{printed}</p><div id=content"
    )
    article = read_page(html, **known)
    assert article.edition == Edition(paper="qdxhab", day=DAY, label=label, page_name=page_name)
    assert article.how["edition"]
    assert facts(article) == facts_of(REPORT)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Articel01005NR.htm", "01"),
        ("ArticelT20001GN.htm", "T20"),
        ("ArticelA06003SA.htm", "A06"),
        ("Article12003a.htm", "12"),
    ],
)
def test_an_address_names_the_print_page(name: str, label: str) -> None:
    """The number in the file name is the page's, letters included."""
    article = read_page(page(REPORT, "neirong", "span", "p"), PC.rpartition("/")[0] + "/" + name)
    assert article.edition is not None
    assert article.edition.label == label


@pytest.mark.parametrize(("known", "paper"), [({"channel": "qdxhab"}, "qdxhab"), ({}, "wanbao")])
def test_the_papers_code_is_the_channels_else_the_folders(known: dict[str, object], paper: str) -> None:
    """An address of no known generation: what led to it knows the paper, else its folder is called so."""
    article = read_page(page(REPORT, "neirong", "span", "p"), PC.replace("/qdxhab/", "/wanbao/"), **known)
    assert article.edition is not None
    assert article.edition.paper == paper
