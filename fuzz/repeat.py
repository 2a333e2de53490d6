"""What a finding does: `python -m fuzz.repeat fuzz/findings/page-crash-…`; needs no fuzzer."""

from __future__ import annotations

import sys
from pathlib import Path

from fuzz.targets import TARGETS


def main() -> None:
    """Give each file to the target its name begins with (its folder's, for those in `mended/`)."""
    for name in sys.argv[1:]:
        path = Path(name)
        target = path.name.partition("-")[0]
        target = target if target in TARGETS else path.parent.name
        print(f"{path}: {target}")
        TARGETS[target](path.read_bytes())
        print("  the promise holds")


if __name__ == "__main__":
    main()
