"""`make audit`: known holes in what the archive is made of, as vulnerability services list them.

    audit_dependencies.py ENVIRONMENT [FILE…]    ENVIRONMENT: directory for the auditor, made where it is missing

Asked is about exactly what is locked for running (requirements/run.txt), and for the optional parts, tests and tools
(requirements/dev.txt); nothing of it is installed or resolved. Where the auditor cannot be installed or no service
answers, that is said in a sentence: an office without network is no hole.

Exit codes: 0 nothing known, or nobody could be asked; 1 there are holes; 2 a lock cannot be read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOCKS = tuple(ROOT / "requirements" / name for name in ("run.txt", "dev.txt"))
AUDITOR = ROOT / "requirements" / "audit.txt"
SECONDS_TO_ANSWER = 15
SERVICES = ("osv", "pypi")
"""Asked in turn until one answers."""


def main(arguments: list[str]) -> int:
    """Audit the locks that the command line names."""
    environment, *files = arguments
    python = auditor(Path(environment))
    if python is None:
        print("Not audited: the auditor is not installed here and cannot be fetched now.")
        return 0
    holes: list[str] = []
    for lock in map(Path, files or LOCKS):
        if not lock.is_file():
            print(f"{lock}: there is no such lock", file=sys.stderr)
            return 2
        found = ask(python, lock)
        if found is None:
            print(f"Not audited: no vulnerability service could be asked about {lock.name}.")
            continue
        known = [one for one in found if "skip_reason" not in one]
        print(f"{lock.name}: {len(known)} packages, {sum(len(one['vulns']) for one in known)} known holes.")
        if unknown := [one["name"] for one in found if "skip_reason" in one]:
            print(f"Not audited, for the service does not know them: {', '.join(unknown)}.")
        holes += [sentence(package, hole) for package in known for hole in package["vulns"]]
    print("\n".join(holes), end="\n" if holes else "")
    return 1 if holes else 0


def auditor(environment: Path) -> Path | None:
    """The interpreter of the auditor's own environment; None where it cannot be made."""
    python, ready = environment / "bin" / "python", environment / ".audit"
    if ready.exists() and ready.stat().st_mtime >= AUDITOR.stat().st_mtime:
        return python
    print(f"Setting up {environment} with the auditor …", flush=True)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--retries", "1"]
    install = [*pip, "install", "--quiet", "--no-deps", "--require-hashes", "-r", str(AUDITOR)]
    for command in ([sys.executable, "-m", "venv", str(environment)], install):
        if subprocess.run(command, check=False, capture_output=True).returncode:
            return None
    ready.touch()
    return python


def ask(python: Path, lock: Path) -> list[dict[str, Any]] | None:
    """What a service knows of the packages of a lock; None where none answers."""
    command = [str(python), "-m", "pip_audit", "--requirement", str(lock), "--disable-pip", "--require-hashes"]
    command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(SECONDS_TO_ANSWER)]
    for service in SERVICES:
        done = subprocess.run(
            [*command, "--vulnerability-service", service], check=False, capture_output=True, text=True
        )
        try:
            answer = json.loads(done.stdout)
        except ValueError:
            continue  # it says on standard error which connection failed; nothing of that helps
        # An index without a list of holes answers that it has never heard of anything.
        found: list[dict[str, Any]] = answer["dependencies"]
        if any("skip_reason" not in package for package in found):
            return found
    return None


def sentence(package: dict[str, Any], hole: dict[str, Any]) -> str:
    """One hole in one line."""
    names = " ".join([hole["id"], *hole.get("aliases", [])])
    mended = ", ".join(hole.get("fix_versions", [])) or "no version yet"
    return f"{package['name']} {package['version']}: {names}; mended in {mended}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
