"""Take out one guard after the other and see its test fail: `python tests/guards/guard_removal.py [words]`.

Also `make prove-guards`. Each guard of the catalogue is taken out in a copy of the tree, and the tests that hold its
row are run there. A guard that no test misses is told with what they printed, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))  # as a script it is found by nobody else

from guard_catalogue import ROOT, SECTIONS, Guard, all_guards  # noqa: E402

FAILED = 1
"""What pytest ends with where tests ran and failed; it has other numbers for what it could not even run."""
LONGEST_SECONDS = 600
"""A test that waits for ever without its guard is ended; its guard says `still running`."""
OWN = (".venv*", ".git", "*_cache", "__pycache__", ".hypothesis", "data", "*.egg-info")


def main() -> int:
    """The command; 1 where a guard is not missed."""
    given = arguments()
    guards = [guard for guard in all_guards() if chosen(guard, given.section, given.words)]
    print(f"{len(guards)} guards, {given.jobs} at a time", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="xha-guards-") as directory, ThreadPoolExecutor(given.jobs) as pool:
        missed = list(pool.map(lambda one: told(one[1], Path(directory, str(one[0]))), enumerate(guards)))
    print(f"{sum(missed)} of {len(guards)} guards are missed by their tests ({time.monotonic() - began:.0f} s)")
    return 0 if all(missed) else 1


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description="Take out each guard in a copy, and see its test fail.")
    parser.add_argument("words", nargs="*", help="only faults whose first column holds all of these")
    parser.add_argument("--section", choices=SECTIONS, help="only this file of the catalogue")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (%(default)s)")
    return parser.parse_args()


def chosen(guard: Guard, section: str | None, words: list[str]) -> bool:
    """Whether this guard was asked for."""
    return section in (None, guard.section) and all(word in guard.fault for word in words)


def told(guard: Guard, copy: Path) -> bool:
    """Whether its tests miss the guard; a line about it is printed."""
    began = time.monotonic()
    without, printed = run_without(guard, copy)
    shutil.rmtree(copy, ignore_errors=True)
    print(f"{without:9} {time.monotonic() - began:4.0f} s  {guard.section}: {guard.fault}", flush=True)
    if without != "missed":
        print("\n".join(f"    {line}" for line in printed.splitlines()[-25:]), flush=True)
    return without == "missed"


def run_without(guard: Guard, copy: Path) -> tuple[str, str]:
    """How it went (`missed`: as it should), and what pytest printed."""
    tree = copy / "tree"
    shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(*OWN), symlinks=True)
    if (ROOT.parent / "shared").exists():
        (copy / "shared").symlink_to(ROOT.parent / "shared")
    place = tree / guard.file
    place.write_text(guard.taken_out_of(place.read_text("utf-8")), "utf-8")
    # The copy comes before whatever `pip install -e` points to, in every process that the tests start.
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    code, printed = run_tests(guard.tests, tree, environment)
    if code == 0:
        return "NOT MISSED", printed
    if code not in (FAILED, None) or guard.says not in printed:
        return "UNCLEAR", printed
    return "missed", printed


def run_tests(tests: tuple[str, ...], tree: Path, environment: dict[str, str]) -> tuple[int | None, str]:
    """Exit code and output of pytest in a tree; no code where it ran too long, which its output then says."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *tests]
    with subprocess.Popen(
        command,
        cwd=tree,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            printed, _ = process.communicate(timeout=LONGEST_SECONDS)
            return process.returncode, printed
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # what the tests have started, too
            return None, f"{process.communicate()[0]}\nstill running after {LONGEST_SECONDS} s"


if __name__ == "__main__":
    sys.exit(main())
