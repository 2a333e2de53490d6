"""Floors of reading quality only rise, whoever writes them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from bench.floors import FILE, Floors, as_toml, lowered, raised, read_floors

ROOT = Path(__file__).resolve().parents[2]


def git(*arguments: str) -> list[str]:
    """Lines that git prints about this checkout; none where it is none."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


def test_no_floor_is_below_what_a_commit_said() -> None:
    """A reader that got worse must not be let through by lowering what it is held to."""
    name = FILE.relative_to(ROOT).as_posix()
    commits = git("log", "--format=%H", "--", name)
    if not commits:
        pytest.skip("This is no git checkout: what the floors were before is not known.")
    now = read_floors(FILE.read_text("utf-8"))
    for commit in commits:
        before = read_floors("\n".join(git("show", f"{commit}:{name}")))
        assert lowered(now, before) == [], f"below {commit[:10]}"


def test_a_worse_reading_moves_no_floor() -> None:
    """Else whoever runs the command after a bad change makes it the new standard."""
    floors: Floors = {"naked": {"title": 0.9, "leaks": 3}}
    assert raised(floors, {"naked": {"title": 0.5, "leaks": 9}}) == floors


def test_a_floor_is_never_above_what_was_reached() -> None:
    """A floor rounded up fails the very reading that raised it."""
    floors: Floors = {"naked": {"title": 0.0, "leaks": 9}}
    for right in range(34):
        assert raised(floors, {"naked": {"title": right / 33, "leaks": 9}})["naked"]["title"] <= right / 33


def test_the_file_is_written_as_it_is_read() -> None:
    """The command must not lose a table, a score or the comment at the top."""
    text = FILE.read_text("utf-8")
    head = text[: text.index("[")].rstrip("\n") + "\n"
    assert as_toml(read_floors(text), head) == text
