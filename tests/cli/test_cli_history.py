"""`xha history`, `xha diff` and `xha stats` as a person uses them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from cli_samples import asker
from crawl_samples import Home, SmallSite, profile
from store_samples import NOW, article, read
from typer.testing import Result

from storage.config import load_config
from storage.errors import NotFound
from storage.store.database import Database

BEFORE = "栈道昨日开放。\n伤者三人，已送医。\n夜间照明下月完工。"
AFTER = "栈道昨日开放。\n伤者五人，已送医。\n夜间照明下月完工。"


@pytest.fixture(scope="module")
def edited(site: SmallSite, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """A home whose archive holds an article of two versions and two articles of one; the first one's id."""
    home = Home(tmp_path_factory.mktemp("edited"), profile(site.url))
    config = load_config(home.path / "xha.toml")
    with Database.open(config.database_url) as database, database.begin() as session:
        _, wanted, _ = read(session, article(1, body=BEFORE))
        read(session, article(1, body=AFTER, editor="郑四"), at=NOW + timedelta(hours=1))
        for number in (2, 3):
            read(session, article(number, body=f"第{number}段。", source="新安日报", authors=("吴三",)), number)
    return home, wanted


@pytest.fixture
def asked(edited: tuple[Home, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command on that archive."""
    return asker(edited[0], monkeypatch)


def test_history_shows_what_changed(asked: Callable[..., Result], edited: tuple[Home, str]) -> None:
    """A reader must see at a glance that the number of injured was changed, also where there are no colours."""
    shown = asked("history", edited[1]).stdout
    assert "Version 2, current" in shown
    assert "伤者[-三-]{+五+}人，已送医。" in shown
    assert "… 1 unchanged …" in shown
    assert "[-林一-]{+郑四+}" in shown


def test_history_as_json(asked: Callable[..., Result], edited: tuple[Home, str]) -> None:
    """Programs get both texts and the marked pieces."""
    first, second = json.loads(asked("history", edited[1], "--json").stdout)
    assert (first["number"], first["changes"], second["current"]) == (1, [], True)
    assert [change["field"] for change in second["changes"]] == ["editor", "body"]
    assert {"mark": "added", "text": "五"} in second["changes"][1]["pieces"]


def test_diff_compares_the_last_two_unless_told(asked: Callable[..., Result], edited: tuple[Home, str]) -> None:
    """`xha diff ID` answers the usual question; a version that is not there is named."""
    assert "{+五+}" in asked("diff", edited[1]).stdout
    assert "{+三+}" in asked("diff", edited[1], "2", "1").stdout
    assert "do not differ" in asked("diff", edited[1], "2", "2").stderr
    missing = asked("diff", edited[1], "1", "7")
    assert (missing.exit_code, "has no version 7; it has 2" in missing.stderr) == (NotFound.exit_code, True)


def test_stats_count_by_name(asked: Callable[..., Result]) -> None:
    """The bars' figures are those of the archive, and the longest bar is the first."""
    lines = asked("stats", "source").stdout.splitlines()
    assert [line.split()[:2] for line in lines[1:]] == [["新安日报", "2"], ["青石湾报", "1"]]
    assert json.loads(asked("stats", "author", "--format", "json").stdout)[0] == {"author": "吴三", "articles": 3}


def test_stats_draw_a_calendar(asked: Callable[..., Result]) -> None:
    """A year of days in seven lines that fit an ordinary terminal, with the busiest day named."""
    shown = asked("stats", columns=100).stdout
    weeks = [line for line in shown.splitlines() if "·" in line]
    assert len(weeks) == 7
    assert max(map(len, weeks)) <= 100
    assert "3 articles from 2023-" in shown
    assert "most on 2024-07-26: 3" in shown


def test_stats_say_what_can_be_counted(asked: Callable[..., Result]) -> None:
    """A slip must be answered with what there is."""
    wrong = asked("stats", "colour")
    assert wrong.exit_code != 0
    assert "cannot count by 'colour'; count by calendar, day, month" in wrong.stderr
