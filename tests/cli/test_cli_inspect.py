"""`xha inspect`: where its pages come from, what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_samples import EMPTY, LONG, LONG_SOURCE, LONG_TITLE, PATHS, Crawled, rows_of, xha
from crawl_samples import Home, SmallSite, article, headline, profile
from rich.cells import cell_len

from crawler.sites.profile import load_profile


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A page in a file."""
    path = tmp_path / "page.html"
    path.write_text(article(PATHS[0]), "utf-8")
    return path


def test_an_address_is_read_from_the_archive(crawled: Crawled, ask):
    """The archive is the evidence; the site is not asked again."""
    asked = len(crawled.site.requests)
    done = ask("inspect", crawled.site.url + LONG, columns=80)
    assert done.exit_code == 0, done.stderr
    assert LONG_SOURCE in done.stdout
    assert "archive, fetched" in done.stdout
    assert len(crawled.site.requests) == asked


def test_the_latest_capture_is_shown(tmp_path: Path):
    """Whoever looks at a page that was edited means its present state."""
    with SmallSite() as site:
        site.pages = {PATHS[0]: article(PATHS[0])}
        home = Home(tmp_path / "home", profile(site.url))
        assert xha(home, "fetch", site.url + PATHS[0]).returncode == 0
        site.pages = {PATHS[0]: article(PATHS[0]).replace("云栖日报", "青石晚报")}
        assert xha(home, "fetch", site.url + PATHS[0]).returncode == 0
        shown = json.loads(xha(home, "inspect", site.url + PATHS[0], "--json").stdout)
    assert shown[0]["fields"]["source"]["value"] == "青石晚报"


def test_every_witness_and_the_vote_are_shown(ask, saved: Path):
    """Fields, shares, rules, trusts and places of one page."""
    lines = ask("inspect", str(saved), columns=100).stdout.splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("title "))
    assert lines[at].split()[1].endswith("%")
    assert headline(PATHS[0]) in lines[at]
    first = lines[at + 1].split()
    assert (first[0], first[2], first[-1]) == ("✓", "heading", "h1")
    assert any(line.split()[:2] == ["title", "tag"] for line in lines[at + 2 : at + 8])
    assert any(line.startswith("body ") and "3 paragraphs" in line for line in lines)
    assert lines[-1].startswith("Nothing was heard of: kicker")


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(crawled: Crawled, ask, columns: int):
    """Chinese characters take two cells: a table that counts letters falls apart."""
    done = ask("inspect", crawled.site.url + LONG, columns=columns)
    lines = [line for line in done.stdout.splitlines() if not line.startswith("http")]
    assert max(map(cell_len, lines)) <= columns


def test_json_tells_the_same_of_several_pages(crawled: Crawled, ask, saved: Path):
    """One array in the order asked for."""
    done = ask("inspect", str(saved), crawled.site.url + LONG, "--json")
    first, second = json.loads(done.stdout)
    assert first["origin"] == f"file {saved}"
    assert first["fields"]["title"]["value"] == headline(PATHS[0])
    assert second["fields"]["title"]["value"] == LONG_TITLE
    assert second["fields"]["editor"]["votes"][0]["witnesses"][0]["rule"] == "label"


def test_a_page_that_is_no_article_ends_with_its_reason(crawled: Crawled, ask):
    """Figures and thresholds instead of fields; the exit code tells scripts."""
    done = ask("inspect", crawled.site.url + EMPTY, columns=100)
    assert done.exit_code == 1
    assert "no article: no-body" in done.stdout
    assert "<= 0" in done.stdout


def test_a_list_page_of_the_archive_says_what_was_counted(crawled: Crawled, ask):
    """Its own lists are the first pages people wonder about."""
    done = ask("inspect", crawled.site.url + "/list.html", columns=100)
    assert done.exit_code == 1
    assert "no article: list-page" in done.stdout
    assert ">= 8" in done.stdout


def test_html_writes_the_marked_page(ask, saved: Path, tmp_path: Path):
    """One file, complete, with the legend."""
    out = tmp_path / "look.html"
    done = ask("inspect", str(saved), "--html", str(out))
    assert done.exit_code == 0
    text = out.read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert 'data-read="title"' in text
    assert "Content-Security-Policy" in text
    assert str(out) in done.stderr


def test_a_page_is_read_from_standard_input(ask):
    """`xha show ID --raw | xha inspect -`."""
    done = ask("inspect", "-", "--url", "http://a.example/1.html", "--json", stdin=article(PATHS[0]))
    assert json.loads(done.stdout)[0]["url"] == "http://a.example/1.html"


def test_suggest_prints_a_profile_that_loads(crawled: Crawled, ask, tmp_path: Path):
    """A whole channel of the archive becomes a file that the next crawl could use."""
    done = ask("inspect", "--suggest", "--channel", "news")
    assert done.exit_code == 0, done.stderr
    (tmp_path / "made.toml").write_text(done.stdout, "utf-8")
    made = load_profile(str(tmp_path / "made.toml"))
    assert made.selectors["generic"].body == ("#content",)
    assert made.channel[0].links == (".list a",)
    assert made.channel[0].start == (f"{crawled.site.url}/list.html",)


def test_suggest_takes_files_of_a_folder(ask, tmp_path: Path):
    """Saved pages rarely name their address; the folder's is enough."""
    for number, path in enumerate(PATHS[:3]):
        (tmp_path / f"{number}.html").write_text(article(path), "utf-8")
    files = [str(tmp_path / f"{number}.html") for number in range(3)]
    refused = ask("inspect", "--suggest", *files)
    assert refused.exit_code != 0
    done = ask("inspect", "--suggest", *files, "--url", "http://a.example/news/")
    assert done.exit_code == 0
    assert 'hosts = ["a.example"]' in done.stdout
    assert 'body = ["#content"] # 3 of 3 pages' in done.stdout


def test_fetch_looks_and_keeps_nothing(crawled: Crawled, site: SmallSite):
    """The page as it is now, asked for politely; archive and ledger stay as they are."""
    before, asked = rows_of(crawled.home), len(site.requests)
    done = xha(crawled.home, "inspect", "--fetch", site.url + PATHS[3], site.url + "/a/nowhere.html", "--json")
    assert done.returncode == 1
    (shown,) = json.loads(done.stdout)
    assert shown["fields"]["title"]["value"] == headline(PATHS[3])
    assert shown["origin"] == "fetched now, not kept"
    assert f"{site.url}/a/nowhere.html: gone: HTTP 404" in done.stderr
    assert sorted(site.requests[asked:]) == sorted(["/robots.txt", PATHS[3], "/a/nowhere.html"])
    assert rows_of(crawled.home) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ([], 2, "nothing to look at"),
        (["a.html", "--json", "--suggest"], 2, "exclude each other"),
        (["--channel", "nowhere"], 2, "no channel 'nowhere' in site 'small'; there are: news"),
        (["http://127.0.0.1:9/x.html"], 5, "the archive holds no page of http://127.0.0.1:9/x.html"),
        (["http://127.0.0.1:9/x.html", "--url", "http://a.example/"], 2, "give a FILE with it"),
        (["nowhere.html"], 1, "nowhere.html: cannot be opened: No such file or directory"),
    ],
)
def test_wrong_input_is_told_in_a_line(crawled: Crawled, arguments: list[str], code: int, said: str):
    """One line that says what is wrong."""
    done = xha(crawled.home, "inspect", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_two_pages_do_not_fit_one_file(crawled: Crawled, saved: Path, tmp_path: Path):
    """Else the second page would overwrite the first."""
    done = xha(crawled.home, "inspect", str(saved), crawled.site.url + LONG, "--html", str(tmp_path / "look.html"))
    assert done.returncode == 2
    assert not (tmp_path / "look.html").exists()
