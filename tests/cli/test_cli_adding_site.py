"""docs/adding-a-site.md: what its commands print is what it says."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from adding_site import DOCUMENT, ROOT, commands, free_port, run_through

from crawler.sites.profile import SiteProfile
from demo.replica import Replica
from demo.server import ReplicaServer

REMEDY = f"the document says something else; `{Path(sys.executable).name} tests/cli/adding_site.py` writes it anew"


def blurred(text: str) -> list[str]:
    """Lines without the figures that a better reader changes (shares, trusts), or that the sample decides: not every
    article has a byline, and which ones came last differs from crawl to crawl.
    """
    steady = re.sub(r"(?m)^( +authors .*?)\d of 3 .*$", r"\1N", text)
    return [re.sub(r" +", " ", re.sub(r"\d+%|0\.\d\d", "N", line)).strip() for line in steady.splitlines()]


@pytest.mark.slow
def test_the_worked_example_works(tmp_path: Path):
    """Who types it in the given order gets to a profile, and sees what the document shows."""
    written = DOCUMENT.read_text("utf-8")
    port = free_port()
    with ReplicaServer(Replica.build(None), port):
        printed = run_through(written, tmp_path, port)
    assert blurred(printed) == blurred(written), REMEDY
    made = SiteProfile.model_validate(tomllib.loads((tmp_path / "langang.toml").read_text("utf-8")))
    assert made.name == "langang"
    assert "data-read" in (tmp_path / "look.html").read_text("utf-8")


def test_the_example_uses_every_command_it_speaks_of():
    """A document about commands that shows none of them proves nothing."""
    typed = "\n".join(commands(DOCUMENT.read_text("utf-8")))
    for wanted in ("inspect --fetch", "--html", "--suggest", "xha sites\n", "sites check", "--archive"):
        assert wanted in typed, wanted


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#]+)\)", DOCUMENT.read_text("utf-8")))
def test_every_link_of_the_document_leads_somewhere(target: str):
    """A picture that is missing shows nothing."""
    assert (ROOT / "docs" / target).exists()
