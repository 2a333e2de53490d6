"""`make fuzz`: every target in turn for its share of FUZZ_SECONDS, from the corpus that earlier runs left.

    python -m fuzz.run [--seconds N] [--seed N] [TARGET…]

Exit codes: 0 nothing found, 1 something found (it lies in `fuzz/findings/`; the command that repeats it is printed).
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from fuzz import seeds, words

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "fuzz" / "corpus"
FINDINGS = ROOT / "fuzz" / "findings"
WEIGHTS = {"page": 4, "listing": 3, "records": 2, "feed": 1, "address": 1, "warc": 1}
"""Shares of the time, by how much there is to reach."""
DEFAULT_SECONDS = 600
SLOWEST_SECONDS = 10
"""An input that takes longer is a finding: it would stop a crawl."""
MEMORY_MEGABYTES = 1500
LONGEST_BYTES = 16_384
"""Three of four golden pages are shorter; what only size brings out is held by tests/parse/test_reader_hostile.py."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of one target."""

    target: str
    tried: int
    """Inputs."""
    reached: str
    """Coverage as libFuzzer counts it: edges, and edges with how often they are taken."""
    corpus: int
    """Inputs that each reach something no other does."""
    findings: tuple[Path, ...]


def main() -> int:
    """Fuzz what the command line names; all of it where it names nothing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(WEIGHTS)} [default: all]")
    parser.add_argument("--seconds", type=int, default=DEFAULT_SECONDS, help="for all targets together [default: 600]")
    parser.add_argument("--seed", type=int, default=0, help="repeats a run from the same corpus [default: of the time]")
    given = parser.parse_args()
    targets = given.targets or list(WEIGHTS)
    if unknown := set(targets) - WEIGHTS.keys():
        parser.error(f"there is no target {min(unknown)!r}; there are {', '.join(WEIGHTS)}")
    whole = sum(WEIGHTS[target] for target in targets)
    outcomes = [fuzz(target, max(1, given.seconds * WEIGHTS[target] // whole), given.seed) for target in targets]
    return report(outcomes)


def fuzz(target: str, seconds: int, seed: int) -> Outcome:
    """One target for some seconds, in a process of its own."""
    corpus, beginning = CORPUS / target, CORPUS / f"{target}-seeds"
    corpus.mkdir(parents=True, exist_ok=True)
    FINDINGS.mkdir(exist_ok=True)
    seeds.write(target, beginning)
    words.write(CORPUS / "words.dict")
    before = set(FINDINGS.iterdir())
    print(f"{target}: {seconds} s …", flush=True)
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST_SECONDS}",
        f"-rss_limit_mb={MEMORY_MEGABYTES}",
        f"-max_len={LONGEST_BYTES}",
    ]
    places = [f"-artifact_prefix={FINDINGS}/{target}-", f"-dict={CORPUS / 'words.dict'}", str(corpus), str(beginning)]
    command = [sys.executable, "-m", "fuzz.one", target, *limits, f"-seed={seed}", "-print_final_stats=1", *places]
    log = CORPUS / f"{target}.log"
    with log.open("wb") as output:
        code = subprocess.run(command, cwd=ROOT, stdout=output, stderr=output, check=False).returncode  # noqa: S603
    said = log.read_text("utf-8", "replace")
    findings = tuple(sorted(set(FINDINGS.iterdir()) - before))
    if code and not findings:
        raise SystemExit(f"{target}: the fuzzer itself failed with code {code}; see {log}\n{said[-2000:]}")
    if findings:
        print(said[-3000:])
    tried = re.findall(r"stat::number_of_executed_units: (\d+)|^#(\d+)\t", said, re.MULTILINE)
    reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", said)
    return Outcome(
        target=target,
        tried=max((int(one or other) for one, other in tried), default=0),
        reached=" / ".join(reached[-1][:2]) if reached else "–",
        corpus=int(reached[-1][2]) if reached else 0,
        findings=findings,
    )


def report(outcomes: list[Outcome]) -> int:
    """Print what became of all targets; the exit code."""
    print("\n| target | inputs | edges / with counts | corpus | findings |\n| --- | ---: | ---: | ---: | ---: |")
    for one in outcomes:
        print(f"| {one.target} | {one.tried:,} | {one.reached} | {one.corpus:,} | {len(one.findings)} |")
    for path in (path for one in outcomes for path in one.findings):
        print(f"found: .venv/bin/python -m fuzz.repeat {path.relative_to(ROOT)}")
    return 1 if any(one.findings for one in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main())
