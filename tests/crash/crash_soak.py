"""Kill it a thousand times: `python tests/crash/crash_soak.py --kills 1000 [--seed N] [--jobs 2]`, or `make soak`.

Rounds run in parallel, each with a seed of its own. A round in which something does not hold is told at once, with the
command that makes the same round again, and its archive stays. The last lines are the figures.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import multiprocessing.pool
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent / "crawl"), str(HERE)]  # as a script it is found by nobody else

from crash_nursery import Nursery  # noqa: E402
from crash_round import Crashes, Result  # noqa: E402

from demo.replica import Replica  # noqa: E402
from demo.server import ReplicaServer  # noqa: E402

KILLS_A_ROUND = 20
MEMORY = Path("/dev/shm")  # nothing of value: SIGKILL takes nothing from a file system in memory
MOST_SHOWN = 20


def main() -> int:
    """The command; 1 where something does not hold, 130 where it was stopped."""
    given = arguments()
    began = time.monotonic()
    code = 0
    results: list[Result] = []
    directory = Path(tempfile.mkdtemp(prefix="xha-soak-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        soak(given, directory, results, began)
    except KeyboardInterrupt:
        print("stopped; so far:")
        code = 130  # as a shell says of SIGINT
    figures = summary(results, time.monotonic() - began)
    print(json.dumps(figures, indent=2))
    if not all(result.ok for result in results):
        print(f"what did not hold lies in {directory}")
        return 1
    shutil.rmtree(directory)
    return code


def soak(given: argparse.Namespace, directory: Path, results: list[Result], began: float) -> None:
    """Rounds until there were enough kills; their results are added to `results`."""
    seeds = iter(range(given.seed, 1 << 62))
    with multiprocessing.get_context("spawn").Pool(given.jobs) as pool:

        def begin() -> multiprocessing.pool.AsyncResult[Result]:
            return pool.apply_async(one, (str(directory), next(seeds), given.kills_a_round))

        waiting = [begin() for _ in range(given.jobs)]
        while waiting:
            result = next_of(waiting)
            results.append(result)
            tell(result, results, given, time.monotonic() - began)
            planned = sum(sum(r.kills.values()) for r in results) + len(waiting) * given.kills_a_round
            if planned < given.kills:
                waiting.append(begin())


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description="Kill crawls at random moments and named points, and compare.")
    parser.add_argument("--kills", type=int, default=1000, help="so many in all (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of the first round (default: the clock)")
    parser.add_argument("--jobs", type=int, default=2, help="rounds at a time (default: %(default)s)")
    parser.add_argument("--kills-a-round", type=int, default=KILLS_A_ROUND, help="default: %(default)s")
    return parser.parse_args()


_made: list[Crashes] = []
"""What a process of the pool needs for its rounds, once it has made it; it ends with the process."""


def one(directory: str, seed: int, kills: int) -> Result:
    """One round, in a process of the pool."""
    if not _made:  # not before: a pool starts processes for ever where their start fails
        own = Path(directory) / multiprocessing.current_process().name
        server, nursery = ReplicaServer(Replica.build()), Nursery()
        _made.append(Crashes(own, server.__enter__(), nursery.__enter__()))
    return _made[0].round(seed, kills)


def next_of(waiting: list[multiprocessing.pool.AsyncResult[Result]]) -> Result:
    """The next result that is there, taken off the list."""
    while True:
        for place, result in enumerate(waiting):
            if result.ready():
                return waiting.pop(place).get()
        time.sleep(0.05)


def tell(result: Result, results: list[Result], given: argparse.Namespace, seconds: float) -> None:
    """A line for each round; more where something does not hold."""
    kills = sum(sum(one.kills.values()) for one in results)
    bad = sum(not one.ok for one in results)
    print(f"{kills:5} of {given.kills} kills, {len(results)} rounds, {bad} failed, {seconds:.0f} s", flush=True)
    if result.ok:
        return
    again = f"--jobs 1 --kills 1 --kills-a-round {given.kills_a_round} --seed {result.seed}"
    print(f"seed {result.seed} failed; once more:\n  python tests/crash/crash_soak.py {again}")
    for name in ("lost", "twice", "faults"):
        found = getattr(result, name)
        print("\n".join(f"  {name}: {sentence[:1000]}" for sentence in found[:MOST_SHOWN]))
    sys.stdout.flush()


def summary(results: list[Result], seconds: float) -> dict[str, object]:
    """The figures of docs/reliability.md."""
    where: Counter[str] = sum((result.kills for result in results), Counter())
    return {
        "kills": sum(where.values()),
        "rounds": len(results),
        "first seed": min((result.seed for result in results), default=None),
        "lost": sum(len(result.lost) for result in results),
        "twice": sum(len(result.twice) for result in results),
        "other faults": sum(len(result.faults) for result in results),
        "WARC files whole by gunzip -t and by xha verify": sum(result.files for result in results if result.ok),
        "seconds": round(seconds),
        "killed at": dict(sorted(where.items())),
    }


if __name__ == "__main__":
    raise SystemExit(main())
