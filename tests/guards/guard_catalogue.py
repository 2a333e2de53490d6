"""Every guard that a fault table of docs/reliability.md relies on, and how it is taken out: `tests/guards/*.toml`.

One file or two per section of the document, one `[[guard]]` per row (or more, where several guards hold a row):

    [[guard]]
    fault = "connection reset"          # the row's first column, to the letter
    file = "crawler/reasons.py"         # where the guard stands
    old = '''…'''                       # its lines, standing there once
    new = '''…'''                       # what stands there without it
    tests = ["tests/faults/test_fault_pages.py::test_page[reset]"]
    says = "connection lost"            # part of what the failing test prints
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECTIONS = {
    "warc": "WARC",
    "wire": "A hostile, failing site",
    "bodies": "A hostile, failing site",
    "pages": "A hostile, failing site",
    "workers": "Several workers",
    "machine": "A failing machine",
    "return": "What comes back",
    "input": "Input of all kinds",
}
"""Each file of guards, and the section whose rows it answers for."""


@dataclass(frozen=True, kw_only=True)
class Guard:
    """What holds one row, and the test that misses it."""

    section: str
    fault: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    says: str

    def taken_out_of(self, text: str) -> str:
        """The file's text without the guard.

        Raises:
            ValueError: the guard does not stand there exactly once.
        """
        if text.count(self.old) != 1:
            raise ValueError(f"{self.file}: stands there {text.count(self.old)} times, not once: {self.old!r}")
        return text.replace(self.old, self.new)


def all_guards() -> list[Guard]:
    """The whole catalogue, in the order of its files."""
    return [
        Guard(section=section, **{**entry, "tests": tuple(entry["tests"])})
        for section in SECTIONS
        for entry in tomllib.loads((HERE / f"{section}.toml").read_text("utf-8"))["guard"]
    ]
