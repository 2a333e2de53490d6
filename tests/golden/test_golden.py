"""Every golden case is read as it says; cases are rewritten by one command, which CI refuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden_cases import EXPECTED, GOLDEN, cases, expected_of, read_case

from crawler.parse.reader import FAMILIES

CASES = cases()


@pytest.mark.parametrize("case", CASES, ids=["/".join(case.relative_to(GOLDEN).parts) for case in CASES])
def test_golden(case: Path) -> None:
    """A page whose reading somebody looked at is read otherwise: `make golden`, then read the diff."""
    expected = expected_of(case)
    assert expected is not None, f"{case} has no {EXPECTED}; write it with: make golden"
    assert read_case(case) == expected


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_cases(family: str) -> None:
    """A family without a golden case could change its reading and nobody would see it."""
    assert cases(GOLDEN / family)


def test_every_case_is_whole() -> None:
    """A folder without facts would be passed over, and its page never read."""
    lone = [path for path in GOLDEN.rglob("page.*") if not (path.parent / "facts.toml").exists()]
    assert lone == []


def update(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the updating command on a folder, in an environment that is CI's only where `variables` say so."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"} | variables
    command = [sys.executable, str(GOLDEN / "golden_update.py"), str(folder)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A copy of a case whose expectation is wrong."""
    case = tmp_path / CASES[0].parent.name / CASES[0].name
    shutil.copytree(CASES[0], case)
    (case / EXPECTED).write_text("{}", "utf-8")
    return case


def test_update_is_refused_in_ci(spoilt: Path) -> None:
    """Where CI could rewrite expectations, no golden case could ever fail there."""
    done = update(spoilt, CI="true")
    assert done.returncode == 2
    assert "CI only compares" in done.stderr
    assert (spoilt / EXPECTED).read_text("utf-8") == "{}"


def test_update_writes_what_is_read(spoilt: Path) -> None:
    """The command must leave a case that passes, and say which ones it changed."""
    done = update(spoilt)
    assert done.returncode == 0, done.stderr
    assert str(spoilt) in done.stdout
    assert json.loads((spoilt / EXPECTED).read_text("utf-8")) == expected_of(CASES[0])
    assert "1 cases, 0 changed" in update(spoilt).stdout


def test_update_of_nothing_is_an_error(tmp_path: Path) -> None:
    """A mistyped folder must not look like a success."""
    assert update(tmp_path / "nowhere").returncode == 2
