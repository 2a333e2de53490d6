"""Progress of what takes long, on standard error; nothing where that is no terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from cli.screen import aside, clean


class Bar:
    """How far one piece of work is."""

    def __init__(self, progress: Progress | None = None, task: TaskID | None = None) -> None:
        self._progress = progress
        self._task = task

    def show(self, done: int, total: int | None = None, note: str = "", *, what: str | None = None) -> None:
        """`total` and `what` where they have become known, or have changed."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, completed=done, total=total, description=what, note=clean(note))


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Bar]:
    """A bar that lives as long as the block and leaves nothing behind."""
    console = aside()
    if not console.is_terminal:
        yield Bar()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24), MofNCompleteColumn())
    note = TextColumn("{task.fields[note]}")
    # What the work itself writes to standard error goes above the bar.
    with Progress(*columns, TimeElapsedColumn(), note, console=console, transient=True, redirect_stdout=False) as shown:
        yield Bar(shown, shown.add_task(what, total=total, note=""))


@contextmanager
def indexing() -> Iterator[Callable[[int, int], None]]:
    """What to tell `Database.open`; a bar appears when there is something to index, which is seldom."""
    with ExitStack() as shown:
        bars: list[Bar] = []

        def show(done: int, total: int) -> None:
            if not bars:
                bars.append(shown.enter_context(progress("indexing articles", total)))
            bars[0].show(done, total)

        yield show
