"""The one exception tree. The name is the condition; the message names the thing and the remedy.

    ArchiveError                    everything this project raises on purpose
    ├── ConfigError                 a TOML file, environment variable or option is wrong (file, line, what was expected)
    ├── StoreError                  the database cannot be opened, migrated or written
    │   └── StoreTooNew             it was written by a newer version of this project
    ├── WarcError                   the archive directory or a file in it
    │   ├── RecordMissing           a locator leads nowhere
    │   │   └── RecordElsewhere     it leads to a file of another host's archive directory
    │   └── RecordDamaged           a record is there and is not what its row says
    ├── NotFound                    an id, URL or run that does not exist
    ├── BadQuery                    a search that cannot be understood; the message points at the place
    └── SiteUnreachable             no host of the site answered

The command line prints `str(error)` on one line and leaves with `error.exit_code`.
"""

from __future__ import annotations


class ArchiveError(Exception):
    """Anything this project raises on purpose; `exit_code` is what the command ends with."""

    exit_code = 1


class ConfigError(ArchiveError):
    """A configuration file, environment variable or option is wrong."""

    exit_code = 2


class StoreError(ArchiveError):
    """The database cannot be opened, migrated or written."""

    exit_code = 3


class StoreTooNew(StoreError):
    """The database carries a schema revision this version does not know."""


class WarcError(ArchiveError):
    """The archive directory or a WARC file cannot be written or read."""

    exit_code = 4


class RecordMissing(WarcError):
    """A locator points to a file or an offset that is not there."""


class RecordElsewhere(RecordMissing):
    """A locator points to a file that is not here and that a worker on another host wrote."""


class RecordDamaged(WarcError):
    """A record does not match its digest, length or URL."""


class NotFound(ArchiveError):
    """An id, URL or run that does not exist."""

    exit_code = 5


class BadQuery(ArchiveError):
    """A search or filter that cannot be understood."""

    exit_code = 2


class SiteUnreachable(ArchiveError):
    """No host of the site answered at all."""

    exit_code = 6
