"""The one exception tree. The name is the condition; the message names the thing and the remedy.

    ArchiveError                    everything this project raises on purpose
    ├── ConfigError                 a TOML file, environment variable or option is wrong (file, line, what was expected)
    ├── StoreError                  the database cannot be opened, migrated or written
    │   ├── StoreTooNew             it was written by a newer version of this project
    │   └── TookTooLong             what was asked of it was broken off, so that others get their answers
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

from enum import StrEnum


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


class TookTooLong(StoreError):
    """What was asked of the database was broken off.

    Args:
        seconds: How long it might take.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"this takes longer than {seconds:g} seconds; ask for less: another word, fewer days")
        self.seconds = seconds


class WarcError(ArchiveError):
    """The archive directory or a WARC file cannot be written or read."""

    exit_code = 4


class RecordMissing(WarcError):
    """A locator points to a file or an offset that is not there."""


class RecordElsewhere(RecordMissing):
    """A locator points to a file that is not here and that a worker on another host wrote."""


class RecordDamaged(WarcError):
    """A record does not match its digest, length or URL."""


class Missing(StrEnum):
    """What there is not, as a sentence with places for values; `web.wrong` says it in other languages."""

    RUN = "there is no run {id}"
    PLANNED = "there is no planned run {id}"
    CAPTURE = "there is no capture {id}"
    LEGIBLE = "capture {id} is neither a page nor text; its record can be downloaded"
    ARTICLE = "no article has the id {text!r}"
    ID = "{text!r} is neither an article's id nor an address"
    PREFIX_TOO_SHORT = "{text!r} is too short for the beginning of an id; give {least} characters or more"
    PREFIX_OF_SEVERAL = "{text!r} begins several ids: {known}"
    PREFIX = "no article has an id that begins with {text!r}"
    VERSION = "article {text!r} has no version {number}; it has {most}"
    FIGURES = "there are no figures {text!r}; there are: {known}"
    ISSUE = "no paper is as old, or as new, as {day}"
    PAPER = "the archive holds no paper {text!r}; it holds: {known}"


class NotFound(ArchiveError):
    """An id, URL or run that does not exist.

    Args:
        missing: What there is not; a finished sentence where only the command line can ask for it.
        remedy: What to do at the command line.
        values: What the sentence has places for.
    """

    exit_code = 5

    def __init__(self, missing: Missing | str, remedy: str = "", **values: object) -> None:
        self.plain = missing.format(**values) if isinstance(missing, Missing) else missing
        """Without the remedy."""
        super().__init__(f"{self.plain}; {remedy}" if remedy else self.plain)
        self.missing = missing
        self.values = values


class Wrong(StrEnum):
    """What is wrong with a question, as a sentence with places for values; `web.wrong` says it in other languages.

    `dash` stands before the name of what was given: an option of the command line, a parameter of an address.
    """

    LINE_TOO_LONG = "a search of {number:,} characters is too long; {most:,} are the most"
    TOO_MANY_WORDS = "a search of more than {most} words is too long"
    QUOTE_OPEN = "the quotation mark at character {at} of {line!r} is never closed"
    MINUS_ALONE = (
        'the minus at character {at} of {line!r} says not what to leave out; write it before a word, or quote it: "-"'
    )
    MINUS_AFTER_OR = "the minus at character {at} of {line!r} cannot stand behind OR: everything else would be found"
    OR_FIRST = 'the OR at character {at} of {line!r} has no word before it; quote it to look for it: "OR"'
    OR_LAST = "the OR at character {at} of {line!r} has no word behind it"
    NO_DAY = "{dash}{name}: {text!r} is not a day; write it as 2024-07-26"
    DAYS_REVERSED = "{dash}since {since} lies after {dash}until {until}"
    NO_STATE = "{dash}state: {text!r} is not one of {known}"
    TWO_PLACES = "{dash}edition: {text!r} names two places; an article stands in one"
    NO_CURSOR = "{dash}cursor: {text!r} was not given by a search in this order; begin at the first page"


class BadQuery(ArchiveError):
    """A search or filter that cannot be understood.

    Args:
        wrong: What is wrong with it; a finished sentence where only the command line can ask so.
        values: What the sentence has places for. `at`, a place in `line`, counts characters from 1.
    """

    exit_code = 2

    def __init__(self, wrong: Wrong | str, **values: object) -> None:
        super().__init__(wrong.format(dash="--", **values) if isinstance(wrong, Wrong) else wrong)
        self.plain = wrong.format(dash="", **values) if isinstance(wrong, Wrong) else wrong
        """As it is told to whoever gave parameters and no options."""
        self.wrong = wrong
        self.values = values


class SiteUnreachable(ArchiveError):
    """No host of the site answered at all."""

    exit_code = 6
