"""`xha parse` reads saved pages one by one, whatever is among them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from cli_samples import asker
from crawl_samples import Home, article, headline

KEYS = {
    "file", "url", "title", "subtitle", "kicker", "published_at", "source", "editor", "authors", "column", "edition",
    "body", "how", "family", "charset", "reason", "detail",
}  # fmt: skip


@pytest.fixture
def parse(fresh: Home, monkeypatch):
    """The command, in a home whose archive must not come into being."""
    ask = asker(fresh, monkeypatch)
    yield lambda *arguments, **more: ask("parse", *arguments, **more)
    assert not (fresh.path / "data").exists()


def saved(path: Path, head: str = "") -> Path:
    """An article in a file."""
    path.write_text(article("/a/7.html").replace("<head>", f"<head>{head}"), "utf-8")
    return path


def test_jsonl_is_one_object_a_file(parse, tmp_path):
    """Programs read it line by line, with the same keys on every line."""
    first, second = saved(tmp_path / "a.html"), saved(tmp_path / "b.html")
    done = parse(str(first), str(second), "--jsonl")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(first), str(second)]
    assert all(set(line) == KEYS for line in lines)
    one = lines[0]
    assert one["title"] == headline("/a/7.html")
    assert one["published_at"] == "2024-05-06T08:30:00+08:00"
    assert (one["source"], one["editor"], one["authors"]) == ("云栖日报", "陈禾", [])
    assert len(one["body"].splitlines()) == 3
    assert set(one["how"]) >= {"title", "published_at", "source", "editor", "body"}
    assert set(one["how"]["source"]) == {"rule", "place", "confidence"}
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ('<link rel="canonical" href="http://paper.example.com/7.html">', "http://paper.example.com/7.html"),
        ('<meta property="og:url" content="http://paper.example.com/8.html">', "http://paper.example.com/8.html"),
        (
            '<meta property="og:url" content="http://paper.example.com/8.html">'
            '<link rel="canonical" href=" http://paper.example.com/7.html ">',
            "http://paper.example.com/7.html",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "@id": "http://paper.example.com/9.html"}</script>',
            "http://paper.example.com/9.html",
        ),
        ('<link rel="canonical" href="/7.html">', None),
        ('<link rel="canonical" href="http://[half/7.html">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ("", None),
    ],
)
def test_page_names_its_own_address(parse, tmp_path, head, url):
    """A saved page has lost its address; what it says of itself is the best that is left."""
    [line] = parse(str(saved(tmp_path / "a.html", head)), "--jsonl").stdout.splitlines()
    assert json.loads(line)["url"] == url
    told = parse("--url", "http://given.example.com/1.html", str(tmp_path / "a.html"), "--jsonl").stdout
    assert json.loads(told)["url"] == "http://given.example.com/1.html"


def test_what_is_no_article_stops_nothing(parse, tmp_path):
    """One broken file among a thousand must not cost the others."""
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "list.html").write_text("<html><body><ul><li><a href=/1>一</a></ul></body></html>", "utf-8")
    (tmp_path / "noise.html").write_bytes(bytes(range(256)) * 20)
    last = saved(tmp_path / "z.html")
    done = parse(*map(str, sorted(tmp_path.glob("*.html"))), "--jsonl")
    *others, good = [json.loads(line) for line in done.stdout.splitlines()]
    assert good["file"] == str(last)
    assert good["reason"] is None
    assert len(others) == 3
    assert all(set(line) == KEYS and line["reason"] and line["title"] is None for line in others)
    assert done.exit_code == 0


def test_file_that_is_not_there_is_told(parse, tmp_path):
    """A slip in a name must be seen, and the rest still be read."""
    here = saved(tmp_path / "a.html")
    done = parse(str(tmp_path / "b.html"), str(here), "--jsonl")
    missing, good = [json.loads(line) for line in done.stdout.splitlines()]
    assert missing["reason"] == "not-opened"
    assert good["title"]
    assert done.exit_code == 1
    assert "No such file" in parse(str(tmp_path / "b.html")).stderr


def test_charset_is_found_by_the_bytes(parse, tmp_path):
    """Old pages are GBK, and some that say so are not."""
    page = article("/a/7.html").replace("<head>", "<head><meta charset=gb2312>")
    (tmp_path / "gbk.html").write_bytes(page.encode("gb18030"))
    (tmp_path / "lie.html").write_bytes(page.encode())
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(page.encode()))
    lines = parse(*map(str, sorted(tmp_path.glob("*.htm*"))), "--jsonl").stdout.splitlines()
    read = [json.loads(line) for line in lines]
    assert [line["charset"] for line in read] == ["gb18030", "utf-8", "utf-8"]
    assert {line["title"] for line in read} == {headline("/a/7.html")}


def test_readable_view_and_standard_input(parse, tmp_path):
    """Without --jsonl a person reads it."""
    done = parse("-", stdin=article("/a/7.html").encode(), columns=80)
    assert headline("/a/7.html") in done.stdout
    assert "云栖日报  (label 来源" in done.stdout
    assert "no article: no-body" in parse("-", stdin=b"<p>x").stdout


def test_one_address_is_of_one_page(parse, tmp_path):
    """The same address for several pages would be wrong for all but one."""
    path = str(saved(tmp_path / "a.html"))
    done = parse(path, path, "--url", "http://given.example.com/1.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert parse().exit_code == 2
