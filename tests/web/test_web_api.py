"""The API, the feeds and `/healthz`: what programs are told, held against their own description."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from xml.etree import ElementTree as Xml

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import CHECKS, load_all_checks
from web_site import EDITED, HOSTILE, Served

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONFORMS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
load_all_checks()


def test_every_answer_fits_its_description(served: Served) -> None:
    """A client made from the OpenAPI description must understand whatever comes, and no input may break the server."""
    schema = schemathesis.openapi.from_url(f"{served.url}/api/openapi.json")
    checks = [CHECKS.get_one(name) for name in CONFORMS]
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 10
    for operation in operations:

        @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def holds(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=checks)

        holds()


def test_pages_of_answers_are_whole(client: httpx.Client) -> None:
    """With the cursor every answer comes once, and the total says how many they are."""
    seen, cursor = [], ""
    while True:
        answer = client.get("/api/articles", params={"q": "渠", "limit": 7, "cursor": cursor}).json()
        seen += [article["id"] for article in answer["articles"]]
        cursor = answer["cursor"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == answer["total"]


def test_article_with_its_evidence(client: httpx.Client, served: Served) -> None:
    """A program gets every field with how it was read, and where the raw record lies."""
    found = client.get(f"/api/articles/{served.id_of(EDITED)}").json()
    assert found["editor"] == "陈禾"
    assert 0 < found["how"]["editor"]["confidence"] <= 1
    assert [version["changed"] for version in found["versions"]][1] == ["body"]
    assert found["versions"][0]["capture"]["digest"].startswith("sha256:")
    changes = client.get(f"/api/articles/{served.id_of(EDITED)}/diff", params={"before": 1, "after": 2}).json()
    assert {piece["mark"] for piece in changes[0]["pieces"]} == {"same", "removed", "added"}


def test_facets_and_counts_agree(client: httpx.Client) -> None:
    """Two ways to count the same must come to the same."""
    facets = client.get("/api/facets").json()
    counted = client.get("/api/stats/source").json()
    named = [{"key": one["name"], "number": one["number"]} for one in facets["facets"]["source"]]
    assert [one for one in counted if one["key"]] == named


@pytest.mark.parametrize("path", ["/api/articles?q=渠", "/", "/api/stats/month", "/static/style.css"])
def test_nothing_is_sent_twice(client: httpx.Client, path: str) -> None:
    """Whoever has the newest state is told so in a few bytes."""
    tag = client.get(path).headers["etag"]
    for had in (tag, f'"other", W/{tag}', "*"):
        again = client.get(path, headers={"If-None-Match": had})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_feed_of_a_search(client: httpx.Client, served: Served) -> None:
    """Any search can be followed with a feed reader; texts that would be markup are not."""
    answer = client.get("/feed.atom", params={"q": "666"})
    root = Xml.fromstring(answer.content)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    links = [one.get("href") for one in root.findall("a:entry/a:link[@rel='alternate']", ATOM)]
    assert links == [f"{served.url}/article/{served.id_of(HOSTILE)}"]
    again = Xml.fromstring(client.get("/feed.atom", params={"q": "666"}, headers={"Host": "localhost"}).content)
    assert [one.text for one in again.findall(".//a:id", ATOM)] == [one.text for one in root.findall(".//a:id", ATOM)]
    for required in ("a:id", "a:title", "a:updated", "a:entry/a:author/a:name"):
        assert root.find(required, ATOM) is not None, required


def test_health(client: httpx.Client) -> None:
    """What watches the server learns whether the archive can be read, and whether it is behind."""
    said = client.get("/healthz").json()
    assert (said["status"], said["running"], said["owed_days"]) == ("ok", False, 0)


def test_it_is_told_that_the_index_is_not_whole(client: httpx.Client, served: Served) -> None:
    """Half an hour long nearly nothing is found while it is made anew, and who finds nothing must know why."""
    with closing(sqlite3.connect(served.home.path / "data/archive.db")) as archive:
        try:
            with archive:
                archive.execute("INSERT INTO search_due (article_id) VALUES ('one'), ('two')")
            assert client.get("/healthz").json()["unindexed"] == 2
            for path in ("/", "/search?q=渠"):
                assert "还有 2 篇新增或改动的文章未编入" in client.get(path).text
        finally:
            with archive:
                archive.execute("DELETE FROM search_due")
    assert client.get("/healthz").json()["unindexed"] == 0
    assert "未编入" not in client.get("/search?q=渠").text


def test_nothing_can_be_changed(client: httpx.Client) -> None:
    """There is no address that takes anything but a question."""
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        for path in ("/", "/api/articles", "/search"):
            assert client.request(method, path).status_code == 405, (method, path)
