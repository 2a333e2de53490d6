"""A crawl whose clock jumps: every clock of the process shows another time than the machine's, and not always the same.

    python clock_runner.py HOURS,HOURS,... columns [-s NAME=VALUE ...]

Each number is how far the clock is ahead (below 0: behind) for a while of `WHILE_READINGS` looks at it; after the last
one the first one comes again. Only clocks that can be set are moved: what measures time that passed goes on.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, tzinfo
from types import ModuleType

WHILE_READINGS = 20
"""Some pages of a crawl."""
OURS = ("crawler", "storage", "scheduler")


class Shifted:
    """How far the clock is ahead at each look at it."""

    def __init__(self, hours: list[float]) -> None:
        self._hours: Iterator[float] = itertools.chain.from_iterable(
            itertools.repeat(one, WHILE_READINGS) for one in itertools.cycle(hours)
        )

    def seconds(self) -> float:
        """For this look."""
        return next(self._hours) * 3600


def shift(clock: Shifted) -> None:
    """Have all modules of ours, and what is loaded from now on, look at that clock."""
    machine_time = time.time
    time.time = lambda: machine_time() + clock.seconds()

    class Moved(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class Clock(datetime, metaclass=Moved):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # a plain one
            return datetime.now(tz) + timedelta(seconds=clock.seconds())

    for module in [one for name, one in sys.modules.items() if name.split(".")[0] in OURS]:
        if getattr(module, "datetime", None) is datetime:
            replaced(module, Clock)


def replaced(module: ModuleType, clock: type[datetime]) -> None:
    """Give a module another clock."""
    module.datetime = clock  # type: ignore[attr-defined]


def main() -> None:
    """Load what a crawl looks at the clock with, then crawl."""
    hours = [float(one) for one in sys.argv.pop(1).split(",")]
    import crawler.extension
    import crawler.middlewares
    import crawler.pace
    import crawler.pipelines
    import crawler.spiders.columns  # noqa: F401

    shift(Shifted(hours))
    from scrapy.cmdline import execute

    execute(["scrapy", "crawl", *sys.argv[1:]])


if __name__ == "__main__":
    main()
