"""The edge of every command: what can be foreseen ends in one line and an exit code, and never in a traceback."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from cli.screen import say
from storage.errors import ArchiveError

INTERRUPTED = 130
"""128 + SIGINT, as shells count."""
NOBODY_READS = 141
"""128 + SIGPIPE: whoever read our output went away."""

Result = TypeVar("Result")


class Interrupted(KeyboardInterrupt):
    """The user ended it; says what that means for the work."""


def guarded(work: Callable[[], Result]) -> Result:
    """Do a command's work.

    Raises:
        SystemExit: with the exit code of docs/commands.md, after one line on standard error.
    """
    try:
        result = work()
        sys.stdout.flush()
        return result
    except ArchiveError as error:
        say(f"Error: {error}")
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as error:
        say(f"Interrupted{': ' + str(error) if isinstance(error, Interrupted) else '.'}")
        raise SystemExit(INTERRUPTED) from error
    except BrokenPipeError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python complains when it flushes at exit
        raise SystemExit(NOBODY_READS) from error
    except OSError as error:  # a full disk, a directory where a file was expected: nothing of ours to trace
        say(f"Error: {': '.join(filter(None, (str(error.filename or ''), error.strerror or str(error))))}")
        raise SystemExit(1) from error


def use_utf8() -> None:
    """What is piped is UTF-8 whatever the locale; a terminal gets its own encoding, with ? for what that lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
