"""An inspection shows the vote as it was, and why a page was rejected."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "parse"))  # for pages of all kinds

from inspect_pages import TITLE, URL, article, look
from near_pages import ARTICLES
from other_pages import BY_REASON

from crawler.inspect.inspection import FIELDS, inspect_page, said
from crawler.inspect.shape import shape_of
from crawler.parse.decode import page_from_text
from crawler.parse.notarticle import ROWS
from crawler.parse.reader import read
from crawler.parse.vote import FLOOR
from crawler.sites.profile import load_profile
from storage.records import Article, Reason, Rejection

OTHERS = [(reason, name) for reason, pages in BY_REASON.items() for name in pages]


def test_the_fields_are_those_of_the_article():
    """What is shown must be what a crawl would store."""
    found = look(article())
    result = read(found.page)
    assert isinstance(result, Article)
    for name in set(FIELDS) - {"images"}:
        assert found.field(name).value == (getattr(result, name) or None), name
        assert found.field(name).how == result.how.get(name), name
    assert found.field("images").value == tuple(image.url for image in result.images)


def test_both_sides_of_a_vote_are_shown_with_their_share():
    """Else a value that nearly lost looks as sure as one nobody contradicts."""
    found = look(article(head='<meta property="article:published_time" content="2024-07-26T11:15:00+08:00">'))
    ballot = found.field("published").ballot
    winner, loser = ballot.sides
    assert said(winner.witnesses[0].value) == "2024-07-26T09:30:00+08:00"
    assert [one.rule for one in loser.witnesses] == ["meta"]
    assert winner.share > 0.8 > loser.share > 0
    assert winner.share + loser.share < 1
    assert {one for side in ballot.sides for one in side.witnesses} == set(ballot.witnesses)


def test_a_rejected_list_shows_the_figures_that_decided():
    """Whoever wonders why a page is no article must see what was counted, and against what."""
    items = "".join(
        f"<li><a href=/a/2024072{n}.html>长桥镇第{n}座水闸完工通水了</a> 2024-07-2{n}</li>" for n in range(9)
    )
    found = look(f"<html><head><title>镇街</title></head><body><ul>{items}</ul></body></html>")
    assert found.result.reason is Reason.LIST_PAGE
    (rows,) = [one for one in found.figures if one.what == "linked headlines with a day"]
    assert (rows.reason, rows.value, rows.sign, rows.limit, rows.met) == (Reason.LIST_PAGE, 9, ">=", ROWS, True)


@pytest.mark.parametrize(("reason", "name"), OTHERS)
def test_some_figure_of_the_reason_is_met(reason: Reason, name: str):
    """A reason none of whose figures speaks for it is shown with the wrong figures."""
    found = look(BY_REASON[reason][name])
    assert isinstance(found.result, Rejection)
    own = [one for one in found.figures if one.reason is reason]
    assert any(one.met for one in own) or not own
    assert own or reason is Reason.NOT_HTML


@pytest.mark.parametrize("name", ARTICLES)
def test_articles_have_no_figures(name: str):
    """Figures explain a rejection; beside an article they would cast doubt on it."""
    assert look(ARTICLES[name]).figures == ()


def test_a_page_without_headline_shows_how_sure_the_best_was():
    """The threshold that decided is the floor of the vote."""
    html = (
        "<html><body><p>"
        + "长桥镇老渠清淤工程已经完工，沿岸农田用上了活水，村民都说这件事办得好。" * 4
        + "</p></body></html>"
    )
    found = look(html)
    assert found.result.reason is Reason.NO_TITLE
    (figure,) = found.figures
    assert (figure.limit, figure.met) == (FLOOR, True)


def test_a_rejection_that_no_figure_decided_has_none():
    """An h5 print page is rejected by its name; list figures beside it would tell a story that is not true."""
    profile = load_profile("xihaian")
    url = "http://epaper.xihaiannews.com/epaper/h5/qdxhab/content/20240726/Page01SC.htm"
    found = inspect_page(page_from_text(article(), url), profile)
    assert found.result.reason is Reason.WHOLE_ISSUE
    assert found.figures == ()


@pytest.mark.parametrize(("reason", "name"), OTHERS)
def test_the_json_shape_has_all_keys_of_every_page(reason: Reason, name: str):
    """A program that reads it must not ask whether a key is there."""
    rejected, accepted = shape_of(look(BY_REASON[reason][name])), shape_of(look(article()))
    assert rejected.keys() == accepted.keys()
    assert rejected["fields"].keys() == accepted["fields"].keys()
    assert (rejected["reason"], accepted["reason"]) == (reason.value, None)


def test_the_json_shape_tells_values_and_votes():
    """The same values as in the shape of an article, and every witness."""
    shape = shape_of(look(article()))
    fields = shape["fields"]
    assert fields["title"]["value"] == TITLE
    assert fields["published_at"]["value"] == "2024-07-26T09:30:00+08:00"
    assert fields["authors"]["value"] == ["苗禾"]
    assert fields["images"]["value"] == [{"url": "https://news.bridge.example/pic/88.jpg", "caption": None, "order": 0}]
    assert fields["source"]["votes"][0]["witnesses"][0]["rule"] == "label"
    assert shape["url"] == URL
    assert shape["left_out"] == [{"text": "（原标题：老渠清淤完工）", "why": "original title"}]
