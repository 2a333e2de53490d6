"""One target under the fuzzer: `python -m fuzz.one TARGET [libFuzzer arguments]`, in the environment of `make fuzz`."""

from __future__ import annotations

import sys

import atheris

INSTRUMENTED = ["crawler.parse", "storage.archive", "storage.dedupe", "storage.contexts", "warcio"]
"""Whose branches lead the way; their libraries' would only slow it down."""

with atheris.instrument_imports(include=INSTRUMENTED):
    from fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer ends the process."""
    target, *arguments = sys.argv[1:]
    atheris.Setup([sys.argv[0], *arguments], TARGETS[target], enable_python_coverage=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
