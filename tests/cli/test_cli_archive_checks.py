"""`xha verify` in all that can be asked of it wrongly, or that comes between."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("others", [["--repair"], ["--share", "0.5"]])
def test_verify_does_not_pass_over_what_it_was_asked_for(ask, others: list[str]):
    """Who asked for a repair and got exit code 0 would believe that there was one."""
    done = ask("verify", "--last", *others)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"Error: --last checks and mends nothing: give it without {others[0]}\n"
