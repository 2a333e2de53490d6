"""`make golden`: write what the readers read now into every golden case. The diff is for a person to read.

    golden_update.py [FOLDER]    all cases below the folder; without one all cases

Exit codes: 0 done, 2 refused because this is CI or the folder holds no case.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from golden_cases import GOLDEN, cases, write_expected

REFUSED = 2


def main(arguments: list[str]) -> int:
    """Rewrite the cases named on the command line."""
    if os.environ.get("CI"):
        print("CI only compares: golden cases are rewritten by a person, who reads the diff.", file=sys.stderr)
        return REFUSED
    root = Path(arguments[0]) if arguments else GOLDEN
    found = cases(root)
    if not found:
        print(f"{root}: holds no golden case (a folder with facts.toml).", file=sys.stderr)
        return REFUSED
    changed = [case for case in found if write_expected(case)]
    for case in changed:
        print(f"rewritten: {case}")
    print(f"{len(found)} cases, {len(changed)} changed; read the diff before you commit it.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
