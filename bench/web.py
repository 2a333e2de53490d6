"""How fast the web pages answer while many readers ask at once.

    python -m bench.web --database sqlite:////path/to/archive.db [--rate 50] [--seconds 60]

The server runs in a process of its own, as `xha serve` starts it. Requests are sent at a steady rate, whether or not
the ones before have been answered, as readers send them; the time of each counts from when it should have been sent.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

WORDS = ("台风", "港", "渔港", "开工", "五十年", "没有这个词啊", '"港口扩建"', "春天 学校", "居民 -台风")
PAGES = (
    "/",
    "/search",
    "/figures",
    "/runs",
    "/paper",
    "/feed.atom",
    "/api/articles?limit=20",
    "/api/facets",
    "/healthz",
)
SEED = 5
STARTING_SECONDS = 120


async def ask(url: str, paths: Sequence[str], *, rate: float, seconds: float) -> dict[str, list[float]]:
    """Send requests and time them. Path → seconds of each answer.

    Raises:
        SystemExit: an answer was an error of the server.
    """
    found: dict[str, list[float]] = {path: [] for path in paths}
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    chosen = random.Random(SEED)  # noqa: S311 (which page is next is no secret)
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=60, limits=limits) as client:

        async def one(path: str, due: float) -> None:
            answer = await client.get(path, follow_redirects=True)
            if answer.status_code >= 500:
                raise SystemExit(f"{path} answered {answer.status_code}: {answer.text[:300]}")
            found[path].append(time.perf_counter() - due)

        async with asyncio.TaskGroup() as group:
            began = time.perf_counter()
            for number in range(int(rate * seconds)):
                due = began + number / rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                group.create_task(one(chosen.choice(paths), due))
    return found


async def paths_of(url: str) -> list[str]:
    """Every kind of page: those with a fixed address, searches, and articles that are there."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=120) as client:
        listed = (await client.get("/api/articles?limit=20")).json()["articles"]
    articles = [f"/article/{one['id']}" for one in listed]
    for page in PAGES:  # what is computed once for many readers is computed before they come
        async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=600) as client:
            await client.get(page, follow_redirects=True)
    return [*PAGES, *(f"/search?q={word}" for word in WORDS), *articles]


def report(found: dict[str, list[float]]) -> None:
    """One line for each kind of page, and one for all."""
    kinds: dict[str, list[float]] = {}
    for path, times in found.items():
        kinds.setdefault(re.sub(r"^/article/.*", "/article/…", path), []).extend(times)
    print(f"{'page':28} {'answers':>8} {'p50 ms':>8} {'p95 ms':>8} {'max ms':>8}")
    kinds["all"] = [one for some in kinds.values() for one in some]
    for kind, measured in kinds.items():
        if measured:
            ordered = sorted(measured)
            middle, high = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
            figures = f"{middle * 1000:8.1f} {high * 1000:8.1f} {ordered[-1] * 1000:8.1f}"
            print(f"{kind:28} {len(measured):8} {figures}")


def main() -> None:
    """Serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True)
    parser.add_argument("--rate", type=float, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        settings = {"XHA_HOME": home, "XHA_DATABASE": given.database}
        command = [str(Path(sys.executable).with_name("xha")), "serve", "--port", "0"]
        server = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.PIPE, text=True)  # noqa: S603
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            if not (at := re.search(r"http://\S+?(?=/)", said)):
                raise SystemExit(said)
            deadline = time.monotonic() + STARTING_SECONDS
            while time.monotonic() < deadline and not _answers(at[0]):
                time.sleep(0.1)
            paths = asyncio.run(paths_of(at[0]))
            report(asyncio.run(ask(at[0], paths, rate=given.rate, seconds=given.seconds)))
        finally:
            server.terminate()
            server.wait()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


if __name__ == "__main__":
    main()
