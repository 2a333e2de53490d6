"""What the replica is told it does: grow, edit, delete, misbehave; and it says what has not changed."""

from __future__ import annotations

import json

import pytest
from replica_pages import links_of

from demo.answer import cut, refuse, slow, stall
from demo.replica import Replica


def test_growing_puts_new_articles_on_top():
    """Ten crawls later the archive must have found what was published meanwhile, and only that."""
    own = Replica.build()
    known = {one.path for one in own.expected(rendered=True)}
    paths = [*own.grow(3), *own.grow(2)]
    assert len(set(paths)) == 5
    assert {one.path for one in own.expected(rendered=True)} - known == set(paths)
    assert links_of(own, "/col/17.htmlx")[1] == "/articleContent/17_130004.html" in paths
    for path in paths:
        assert own.answer(path).status == 200


def test_an_edit_changes_one_page():
    """An edit must be seen at its address and nowhere else."""
    own = Replica.build()
    path = own.expected()[3].path
    before = {address: own.answer(address).body for address in own.addresses()}
    own.edit(path)
    changed = {address for address, body in before.items() if own.answer(address).body != body}
    assert changed == {path}
    assert len(own.entry(path).story.paragraphs) == len(Replica.build().entry(path).story.paragraphs) + 1


def test_a_deleted_article_is_gone_from_its_list():
    """What is deleted answers 404, and its list goes on without it."""
    own = Replica.build()
    path = next(entry.path for entry in own.entries() if entry.path.startswith("/zhenjie/"))
    assert path in links_of(own, "/zhenjie/")
    own.delete(path)
    assert own.answer(path).status == 404
    assert path not in links_of(own, "/zhenjie/")
    with pytest.raises(KeyError, match="no article at"):
        own.edit(path)


def test_state_survives_as_json():
    """A second `make demo` meets the site as the first one left it."""
    own = Replica.build()
    own.grow(4)
    own.edit(own.expected()[0].path)
    own.delete(own.expected()[9].path)
    again = Replica.build(state=json.loads(json.dumps(own.state())))
    assert again.state() == own.state()
    assert again.addresses() == own.addresses()
    for path in own.addresses():
        assert again.answer(path) == own.answer(path)


@pytest.mark.parametrize("kind", ["article", "list", "interface"])
def test_conditional_requests(kind):
    """Without validators a second crawl would fetch every body again; with stale ones it would miss an edit."""
    own = Replica.build()
    article = next(entry.path for entry in own.entries() if entry.layout == "interface" or kind != "interface")
    path = "/col/17.htmlx" if kind == "list" else article
    headers = own.answer(path).headers
    tag, since = headers["ETag"], headers["Last-Modified"]
    assert own.answer(path, {"If-None-Match": tag}).status == 304
    assert own.answer(path, {"If-None-Match": f'W/"x", {tag}'}).status == 304
    assert own.answer(path, {"if-modified-since": since}).status == 304
    assert own.answer(path, {"If-None-Match": '"other"', "If-Modified-Since": since}).status == 200
    assert own.answer(path, {"If-Modified-Since": "yesterday"}).status == 200
    own.grow(3) if kind == "list" else own.edit(path)
    assert own.answer(path, {"If-None-Match": tag}).status == 200
    assert own.answer(path, {"If-Modified-Since": since}).status == 200


def test_faults_are_counted_and_end():
    """A fault for two answers spoils two, on the addresses named and no others, until the site behaves."""
    own = Replica.build()
    own.misbehave("^/zhenjie/$", refuse(429, retry_after=3), times=2)
    assert own.answer("/").status == 200
    answers = [own.answer("/zhenjie/") for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["Retry-After"] == "3"
    own.misbehave(".", cut(0.25))
    spoilt = own.answer("/")
    assert spoilt.promised is not None
    assert len(spoilt.body) == spoilt.promised // 4
    own.behave()
    assert own.answer("/").promised is None
    own.misbehave(".", stall(7))
    assert own.answer("/").stall_seconds == 7
    own.behave()
    own.misbehave(".", slow(2))
    assert own.answer("/").delay_seconds == 2
