"""Where on a page a value stands is where it was read, down to the letters."""

from __future__ import annotations

import pytest
from inspect_pages import BODY, TITLE, article, look

from crawler.inspect.inspection import inspect_page
from crawler.inspect.spots import Spots, Stretch, holder_of
from crawler.parse.decode import page_from_text
from crawler.sites.profile import load_profile
from storage.records import Context, Kind


def text_of(stretches: list[Stretch]) -> str:
    """What stands there."""
    return "".join(one.piece.text[one.start : one.end] for one in stretches)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("title", TITLE),
        ("published", "2024-07-26 09:30"),
        ("source", "长桥日报"),
        ("editor", "李小禾"),
        ("authors", "苗禾"),
        ("column", "镇街"),
        ("body", "".join(BODY)),
    ],
)
def test_every_value_is_found_to_the_letter(name: str, text: str):
    """Else a person who looks at the page sees a frame around something else than what was read."""
    found = look(article())
    assert text_of(Spots(found).of(found.field(name))) == text


def test_two_elements_of_one_path_are_told_apart_by_what_they_say():
    """A path has four steps; else the frame stands around whatever has the same path further up."""
    nested = "<section><div><div><div><p>{}</p></div></div></div></section>"
    other = "<article><div><div><div><p>{}</p></div></div></div></article>"
    html = article(nested.format("长桥镇宣传办公室") + other.format("2024-07-26 09:30　来源：长桥日报"))
    found = look(html)
    places = {one.place for one in found.field("source").ballot.witnesses}
    assert len(found.document.select("div > div > div > p")) == 2
    assert any("div > div > div > p" in place for place in places)
    (stretch,) = Spots(found).of(found.field("source"))
    assert stretch.piece.element.getparent().getparent().getparent().getparent().tag == "article"


def test_a_value_broken_over_elements_is_found_in_all_of_them():
    """Else half a name is framed, or none."""
    found = look(article("<div class=info>2024-07-26 09:30 来源：长桥<b>日</b>报</div>"))
    stretches = Spots(found).of(found.field("source"))
    assert [one.piece.text[one.start : one.end] for one in stretches] == ["长桥", "日", "报"]


def test_a_time_broken_over_lines_is_found_on_all_of_them():
    """A year, a day and a clock on lines of their own are one time."""
    found = look(article("<div><p>2024</p><p>07/26</p><p>09:30</p></div><div>来源：长桥日报</div>"))
    assert found.field("published").value is not None
    assert text_of(Spots(found).of(found.field("published"))) == "202407/2609:30"


def test_a_label_above_its_value_leads_to_the_value():
    """The place names the label; what was read stands on the next line."""
    found = look(article("<div>2024-07-26 09:30</div><div><p>来源：</p><p>长桥日报</p></div>"))
    assert text_of(Spots(found).of(found.field("source"))) == "长桥日报"


def test_what_no_line_says_stands_nowhere():
    """A meta value must not be framed at the same word somewhere in the text."""
    found = look(article("<div>长桥镇</div>", head='<meta name="publishdate" content="2024-07-25 10:00:00">'))
    assert found.field("published").how.rule == "meta"
    assert Spots(found).of(found.field("published")) == []


def test_the_parts_of_a_print_article_are_found():
    """Print pages are read by type and order: their places are words for people, and no paths."""
    url = "https://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/Articel01002NR.htm"
    html = f"""<html><head><title>数字报</title></head><body><div id=contenttext><table>
<tr><td align=center><font style="FONT-SIZE: 18px">长桥镇里看变化</font></td></tr>
<tr><td align=center><strong><font style="FONT-SIZE: 23px">{TITLE}</font></strong></td></tr>
<tr><td align=center><font style="FONT-SIZE: 18px">沿岸十二个村受益</font></td></tr></table>
<div>□本报记者 苗禾<br>{"<br>".join(f"　　{line}" for line in BODY[1:])}</div></div></body></html>"""
    context = Context(kind=Kind.ARTICLE, site="xihaian", link_text=TITLE)  # the first witness is on no page
    found = inspect_page(page_from_text(html, url, context), load_profile("xihaian"))
    wanted = {"title": TITLE, "kicker": "长桥镇里看变化", "subtitle": "沿岸十二个村受益", "authors": "苗禾"}
    for name, text in wanted.items():
        assert found.field(name).value is not None, name
        assert text_of(Spots(found).of(found.field(name))) == text, name


def test_lines_left_out_come_with_their_reason():
    """Else nobody sees what is missing from the text, and why."""
    found = look(article())
    assert [(line.text, why) for line, why in Spots(found).left_out()] == [
        ("（原标题：老渠清淤完工）", "original title")
    ]


def test_the_holder_is_the_smallest_element_around_all_stretches():
    """Selectors are inferred from it: a larger one would read more than the value."""
    found = look(article())
    spots = Spots(found)
    assert holder_of(spots.of(found.field("editor"))).tag == "span"
    assert holder_of(spots.body).get("id") == "content"
    assert holder_of([]) is None
