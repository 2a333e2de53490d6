"""The e-paper of the replica has what site.md says of the three generations."""

from __future__ import annotations

import re

import pytest
from lxml import html

from demo.newspaper import REDIRECTED
from demo.replica import Replica

H5, PC, OLD = "/epaper/h5/lgb/content", "/epaper/html/lgb/content", "/shtml/lgb"


@pytest.fixture(scope="module")
def replica() -> Replica:
    """The site as it is built."""
    return Replica.build()


def page(replica: Replica, path: str) -> str:
    """The text of a page that is there."""
    answer = replica.answer(path, {"Host": "127.0.0.1:80"})
    assert answer.status == 200, path
    return answer.body.decode()


def refreshes(replica: Replica, path: str) -> str:
    """Where a page leads by meta refresh."""
    match = re.search(r"CONTENT='0; URL=([^']+)'", page(replica, path))
    assert match
    return path.rpartition("/")[0] + "/" + match[1]


@pytest.mark.parametrize(("base", "file"), [(PC, "Page01BC.htm"), (H5, "Page01SC.htm")])
def test_indexes_refresh_to_the_first_page(replica, base, file):
    """PaperIndex → IssueIndex → Page01: without the chain no walk by refresh is tested."""
    issue = refreshes(replica, f"{base}/PaperIndex.htm")
    assert issue.endswith("/IssueIndex.htm")
    first = refreshes(replica, issue)
    assert first.endswith(file)
    page(replica, first)


def test_h5_pages_carry_the_whole_issue(replica):
    """Each page of an issue shows every article of it: none may be stored as one article."""
    titles = [
        entry.story.title
        for entry in replica.entries()
        if entry.edition and entry.edition.day.isoformat() == "2024-07-24" and entry.path.startswith(H5)
    ]
    assert len(titles) >= 6
    for file in ("Page01SC.htm", "Page04SC.htm"):
        text = page(replica, f"{H5}/20240724/{file}")
        assert all(title in text for title in titles)
    assert "04-05版:海洋文化节 醉美澜港" in text


@pytest.mark.parametrize("day", ["20240720", "20240727", "20240728"])
def test_weekends_have_no_issue(replica, day):
    """A day without a paper answers 404 in every generation."""
    for base in (PC, H5):
        assert replica.answer(f"{base}/{day}/IssueIndex.htm").status == 404
    assert replica.answer(f"{OLD}/20190720/index.shtml").status == 404


def test_one_day_leads_to_another_days_issue(replica):
    """The index of a Sunday redirects to Monday's: Sunday must stay without an issue."""
    for day, other in REDIRECTED.items():
        answer = replica.answer(f"{PC}/{day:%Y%m%d}/IssueIndex.htm")
        assert answer.status == 302
        assert answer.headers["Location"] == f"{PC}/{other:%Y%m%d}/IssueIndex.htm"


def test_last_day_stands_in_one_generation_only(replica):
    """The second address of an index is tried only where the first has nothing."""
    assert replica.answer(f"{PC}/20240729/IssueIndex.htm").status == 404
    assert replica.answer(f"{H5}/20240729/IssueIndex.htm").status == 200


def test_furniture_stands_around_the_text(replica):
    """Words that every page repeats must be there to be cut, and missing on some pages."""
    pages = {entry.path: page(replica, entry.path) for entry in replica.entries() if entry.edition}
    furnished = {path for path, text in pages.items() if "文章内容" in text}
    for path in furnished:
        assert "更多 往期报纸" in pages[path]
        assert "本网站所有内容属《澜港报》所有,未经许可不得转载。" in pages[path]
    assert furnished & {path for path in pages if path.startswith(PC)}
    assert {path for path in pages if path.startswith(PC)} - furnished
    assert {path for path in pages if path.startswith(OLD)} <= furnished


def test_nested_documents_stand_in_the_text(replica):
    """The first week's skin puts a whole HTML document into #contenttext."""
    path = next(entry.path for entry in replica.entries() if entry.layout == "pc-nested")
    text = page(replica, path)
    assert text.count("<html") == 2
    assert re.search(r"id=contenttext.*<!DOCTYPE HTML PUBLIC.*稿件来源：澜港报", text, re.DOTALL)


def test_columns_break_sentences(replica):
    """A paragraph broken in the middle of a sentence has no mark at its first end and no indent at its second."""
    broken = [entry for entry in replica.entries() if entry.story.broken and entry.layout in ("shtml", "pc-plain")]
    assert len(broken) > 5
    for entry in broken:
        shown = html.fromstring(page(replica, entry.path)).text_content().splitlines()
        lines = [line for line in shown if line.strip()]
        whole = set(entry.story.paragraphs)
        halves = [line for line in lines if any(line.strip() in text and line.strip() not in whole for text in whole)]
        assert (
            len([line for line in halves if re.search(r"[\u4e00-\u9fff]$", line.strip()) and line[0] == "\u3000"]) == 1
        )


def test_bylines_stand_in_every_form(replica):
    """□记者 X 报道 above the text, (刘 腾) under it."""
    bylines = {entry.story.byline or "" for entry in replica.entries() if entry.edition}
    for shape in (r"□记者 \w+ 报道", r"□本报记者 \w+", r"\(\w \w\)", r"\(\w{3}\)"):
        assert any(re.fullmatch(shape, byline) for byline in bylines), shape


def test_kickers_and_subtitles_stand_in_every_generation(replica):
    """A generation without kickers would not show that its headline is not the first line."""
    for layout in ("shtml", "pc-nested", "pc-plain", "h5"):
        stories = [entry.story for entry in replica.entries() if entry.layout == layout]
        assert any(story.kicker for story in stories)
        assert any(story.subtitle for story in stories)


def test_one_article_has_two_hosts(replica):
    """The second page names articles by the other host; canonical rules must join what they lead to."""
    text = page(replica, f"{OLD}/20190722/v02.shtml")
    other = re.findall(r'href="http://localhost:80(/shtml/lgb/20190722/\d+\.shtml)"', text)
    assert other
    assert all(replica.answer(path).status == 200 for path in other)
    assert "onclick=\"view('" in page(replica, f"{OLD}/20190722/v01.shtml")


def test_every_article_is_listed_on_its_page(replica):
    """An article that no print page names would never be found; hrefs are followed, never built."""
    file = {PC: "Page{}BC.htm", H5: "Page{}SC.htm", OLD: "v{}.shtml"}
    for entry in replica.entries():
        if entry.edition:
            base = next(one for one in file if entry.path.startswith(one))
            own = file[base].format((entry.edition.label or "").partition("-")[0])
            folder, _, name = entry.path.rpartition("/")
            assert name in page(replica, f"{folder}/{own}")


def test_numbers_do_not_always_begin_at_one(replica):
    """Ids counted up from 001 would find every article of a replica that a real paper hides."""
    numbers = [re.search(r"(\d{3})NR\.htm$", entry.path) for entry in replica.entries() if entry.path.startswith(PC)]
    assert {match[1] for match in numbers if match} >= {"001", "002", "003", "004"}
    first = [page.entries[0].path for issue in replica.issues() for page in issue.pages if issue.generation == "pc"]
    assert {path[-9:-6] for path in first} == {"001", "002"}
