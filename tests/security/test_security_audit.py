"""`make audit` says what is known, and what could not be asked; it never takes silence for a clean bill."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from audit_dependencies import AUDITOR, LOCKS, main

LOCK = "port==1.0 \\\n    --hash=sha256:{}\n".format("0" * 64)
HOLE = {"id": "X-2024-1", "aliases": ["Y-1"], "fix_versions": ["1.1"]}
ANSWERS = {
    "a hole": ({"name": "port", "version": "1.0", "vulns": [HOLE]}, 1, "port 1.0: X-2024-1 Y-1; mended in 1.1"),
    "no hole": ({"name": "port", "version": "1.0", "vulns": []}, 0, "1 packages, 0 known holes"),
    "nothing known of it": ({"name": "port", "skip_reason": "not found"}, 0, "no vulnerability service could be asked"),
    "no connection": (None, 0, "no vulnerability service could be asked"),
}


def environment(folder: Path, answer: object) -> Path:
    """An auditor's environment whose interpreter gives one answer: no service can be had in a test."""
    said = folder / "said.json"
    said.write_text("" if answer is None else json.dumps({"dependencies": [answer], "fixes": []}), "utf-8")
    python = folder / "made" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\ncat "{said}"\n', "utf-8")
    python.chmod(0o755)
    (folder / "made" / ".audit").touch()
    return folder / "made"


@pytest.mark.parametrize("case", ANSWERS)
def test_what_a_service_says_is_told(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else a hole would pass, an office without network would fail, or an index that knows nothing would reassure."""
    answer, code, told = ANSWERS[case]
    lock = tmp_path / "lock.txt"
    lock.write_text(LOCK, "utf-8")
    assert main([str(environment(tmp_path, answer)), str(lock)]) == code
    assert told in capsys.readouterr().out


def test_an_auditor_that_cannot_be_had_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Else `make audit` where nothing can be installed would look like a hole, or like none."""
    (tmp_path / "file").touch()
    assert main([str(tmp_path / "file" / "made")]) == 0
    assert "Not audited: the auditor is not installed here" in capsys.readouterr().out


def test_every_package_is_locked_with_hashes() -> None:
    """Else an index could hand out another file under the same name and version."""
    for lock in (*LOCKS, AUDITOR, *AUDITOR.parent.glob("*.txt")):
        text = lock.read_text("utf-8")
        packages = text.replace("\\\n", " ").splitlines()
        assert len(packages) > 10
        assert all("--hash=sha256:" in line for line in packages if line.strip()), lock
        assert "://" not in text, lock
