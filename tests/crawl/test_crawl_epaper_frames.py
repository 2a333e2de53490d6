"""An issue whose index is a frame set is found, and one whose pages lead to no article is said to be so."""

from __future__ import annotations

from crawl_checks import check
from crawl_samples import Home, SmallSite
from paper_samples import FRIDAY, PAGES, headline, page, page_list, paper_profile, pc, text
from test_crawl_epaper import CONTENT, days, expected, standing

DAY = f"{CONTENT}/{FRIDAY:%Y%m%d}"


def test_an_index_in_frames(tmp_path):
    """The list stands in one frame, a picture in another; where no frame lists anything the next address is tried."""
    whole = pc(FRIDAY)
    del whole[f"{DAY}/IssueIndex.htm"]
    frames = "<html><frameset cols=200,*><frame src=top.htm><FRAME SRC=pages.htm></frameset></html>"
    site_pages = whole | {
        f"{DAY}/IssueIndex.htm": frames,
        f"{DAY}/top.htm": page("云栖报"),
        f"{DAY}/pages.htm": page(page_list(FRIDAY, "BC")),
    }
    with SmallSite(site_pages) as site:
        home = Home(tmp_path, paper_profile(site.url))
        home.crawl("epaper", since=FRIDAY.isoformat(), until=FRIDAY.isoformat())
        check(home, site)
        assert standing(home) == expected(FRIDAY)
        assert days(home) == {FRIDAY.isoformat(): "complete"}


def test_an_issue_of_text_alone_is_said_to_be_one(tmp_path):
    """An h5 page may carry the whole issue and lead to no article: nothing is stored as one, and the run says so."""
    base = f"/epaper/h5/qdx/content/{FRIDAY:%Y%m%d}"
    told = "".join(f"<h2>{headline(FRIDAY, label, 1)}</h2>{text(FRIDAY, label, 1)}" for label in PAGES)
    pages = {f"{base}/Page{label}SC.htm": page(page_list(FRIDAY, "SC") + told) for label in PAGES}
    with SmallSite(pages | {f"{base}/IssueIndex.htm": pages[f"{base}/Page01SC.htm"]}) as site:
        home = Home(tmp_path, paper_profile(site.url))
        home.crawl("epaper", since=FRIDAY.isoformat(), until=FRIDAY.isoformat())
        check(home, site)
        assert home.rows("SELECT count(*) FROM article") == [(0,)]
        assert days(home) == {FRIDAY.isoformat(): "complete"}
        ((notes,),) = home.rows("SELECT notes FROM run")
        assert f"e-paper qdx of {FRIDAY}: its pages list no articles" in notes
