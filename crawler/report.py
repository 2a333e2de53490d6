"""How a run ended, for whoever started it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from storage.errors import ArchiveError, SiteUnreachable
from storage.records import Outcome


@dataclass(frozen=True, kw_only=True)
class RunReport:
    """How one run ended."""

    run_id: int
    spider: str
    state: str
    """`finished`, `interrupted` or `failed`."""
    counts: Mapping[Outcome, int]
    """Outcome → responses."""
    seconds: float = 0.0
    error: ArchiveError | None = None
    """Why it failed."""
    notes: tuple[str, ...] = ()
    answers: int = 0
    """Responses that reached a spider (redirects and robots.txt not among them)."""
    silences: Mapping[str, str] = field(default_factory=dict)
    """Host → why it did not answer."""


def check_reachable(reports: Sequence[RunReport]) -> None:
    """Nothing to do where any host answered.

    Raises:
        SiteUnreachable: no host answered anything in any of the runs.
    """
    silences = {host: why for report in reports for host, why in report.silences.items()}
    if not silences or any(report.answers for report in reports):
        return
    by_reason: dict[str, list[str]] = {}
    for host, why in sorted(silences.items()):
        by_reason.setdefault(why, []).append(host)
    told = "; ".join(f"{', '.join(hosts)} ({why})" for why, hosts in by_reason.items())
    raise SiteUnreachable(
        f"The site cannot be reached: no answer from {told}. "
        "What was to be fetched waits in the ledger; try again later, or see the archive at work on its replica: "
        "make demo"
    )
