"""Configuration: `xha.toml`, overridden by environment variables `XHA_<KEY>`; checked as it is loaded."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any

from apscheduler.triggers.base import BaseTrigger
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, SettingsError

from storage.duetimes import cron_trigger, interval_trigger
from storage.errors import ConfigError
from storage.secrets import hidden
from storage.tomlfile import load_toml

CONFIG_NAME = "xha.toml"
SQLITE = "sqlite:///"
MEMORY = ":memory:"
LEAST_SHARE = 0.001
"""Of the archive, to be checked by one run: a thousand parts are as often as somebody can call for the next one."""
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _duration(value: object) -> object:
    """`"90s"`, `"15m"`, `"2h"`, `"1d"`; a bare number is refused because nobody can tell its unit."""
    if isinstance(value, timedelta):
        return value
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*", str(value))
    if not found:
        raise ValueError('expected a duration such as "90s", "15m", "2h" or "1d"')
    try:
        return timedelta(**{_UNITS[found[2]]: float(found[1])})
    except OverflowError as error:
        raise ValueError("is longer than any clock runs") from error


Duration = Annotated[timedelta, BeforeValidator(_duration)]


class Job(BaseModel):
    """One line of the timetable: which spider runs when, or when how much of the archive is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    spider: str = ""
    """`columns`, `epaper` or any other spider of `scrapy list`."""
    verify: float | None = Field(default=None, ge=LEAST_SHARE, le=1)
    """Instead of a spider: the share of the archive that each run checks, part by part. Exactly one of the two."""
    arguments: dict[str, str] = Field(default_factory=dict)
    """Spider arguments, as after `scrapy crawl -a`."""
    cron: str | None = None
    """Five fields in the site's zone, e.g. `*/20 5-23 * * *`."""
    every: Duration | None = None
    """Interval, e.g. `15m`. Exactly one of `cron` and `every`."""
    time_limit: Duration = timedelta(hours=1)
    """A run that takes longer is asked to stop, then ended."""
    until_issue: bool = False
    """E-paper only: a planned run is left out once today's issue is complete."""

    @field_validator("cron")
    @classmethod
    def _cron(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                cron_trigger(value)
            except ValueError as error:
                raise ValueError(f"not a usable cron line (minute hour day month weekday): {error}") from error
        return value

    @field_validator("every")
    @classmethod
    def _every(cls, value: timedelta | None) -> timedelta | None:
        # Whole seconds: due times are kept and compared in the database without fractions.
        if value is not None and (value < timedelta(seconds=1) or value.microseconds):
            raise ValueError("must be whole seconds, one or more")
        return value

    @field_validator("time_limit")
    @classmethod
    def _time_limit(cls, value: timedelta) -> timedelta:
        if value < timedelta(seconds=1):
            raise ValueError("must be one second or longer")
        return value

    @model_validator(mode="after")
    def _one_trigger(self) -> Job:
        if (self.cron is None) == (self.every is None):
            raise ValueError(f"job {self.name!r} needs exactly one of `cron` and `every`")
        return self

    @model_validator(mode="after")
    def _one_work(self) -> Job:
        if bool(self.spider) == (self.verify is not None):
            raise ValueError(f"job {self.name!r} needs exactly one of `spider` and `verify`")
        if self.verify is not None and (self.arguments or self.until_issue):
            raise ValueError(f"job {self.name!r}: `arguments` and `until_issue` are for spiders, not for `verify`")
        return self

    @property
    def trigger(self) -> BaseTrigger:
        """When it is due, for the scheduler."""
        return cron_trigger(self.cron) if self.cron else interval_trigger(self.every or timedelta())


DEFAULT_JOBS = (
    Job(name="columns", spider="columns", cron="*/15 * * * *"),
    Job(name="epaper", spider="epaper", cron="*/20 5-23 * * *", until_issue=True),
    # Between two runs of columns: the site's pace is theirs together.
    Job(name="recheck", spider="recheck", cron="7 * * * *"),
    # Sunday night, a quarter at a time: all of it in four weeks. A terabyte takes three hours from a slow disk.
    Job(name="verify", verify=0.25, cron="30 1 * * 0", time_limit=timedelta(hours=12)),
)


class _File(BaseModel):
    """What `xha.toml` may hold."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    database: str = "sqlite:///data/archive.db"
    """SQLAlchemy address; `sqlite:///…` relative to the configuration file, or `postgresql://…`."""
    archive: Path = Path("data/warc")
    """Directory of the WARC files; relative to the configuration file."""
    logs: Path = Path("data/log")
    """Directory of the logs of scheduled crawls, one file a job; relative to the configuration file."""
    site: str = "xihaian"
    """Name of a profile in `crawler/sites/`, or path of a TOML file."""
    contact: str = ""
    """A mail or web address a webmaster can write to; part of the user agent."""
    user_agent: str = ""
    """Whole user agent; empty: one that names this project and `contact`."""
    warc_max_bytes: int = Field(default=1_000_000_000, ge=1_000)
    """A WARC file is closed when it reaches this size (1 GB is the custom of the field)."""
    lease: Duration = timedelta(minutes=10)
    """How long a worker may hold a URL before it is anybody's again."""
    page_max_bytes: int = Field(default=32_000_000, ge=10_000, le=500_000_000)
    """A response is cut off at this size; no news page comes near it. A record of more than 1 GiB is held to be damaged
    by whoever reads the archive (`storage/archive/members.py`)."""
    page_timeout: Duration = timedelta(seconds=60)
    """A response must be complete within this time."""
    retries: int = Field(default=2, ge=0)
    """Further tries in one run after a failure that may pass."""
    job: tuple[Job, ...] = DEFAULT_JOBS
    """The timetable."""

    @field_validator("database")
    @classmethod
    def _database(cls, value: str) -> str:
        if not re.match(r"(sqlite|postgresql(\+psycopg)?)://", value):
            raise ValueError("must start with sqlite:/// or postgresql://")
        return re.sub(r"^postgresql://", "postgresql+psycopg://", value)

    @field_validator("job")
    @classmethod
    def _distinct(cls, value: tuple[Job, ...]) -> tuple[Job, ...]:
        names = [job.name for job in value]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"two jobs are named {twice[0]!r}; a name may stand once")
        return value


class Config(BaseSettings, _File):
    """The configuration in force: defaults < `xha.toml` < environment."""

    model_config = SettingsConfigDict(env_prefix="XHA_", env_ignore_empty=True, extra="forbid", frozen=True)

    home: Path = Path()
    """Directory that relative paths start from: `$XHA_HOME`, else that of `xha.toml`, else the working directory."""

    @model_validator(mode="before")
    @classmethod
    def _site_path(cls, values: Any) -> Any:
        """A profile given as a path starts from `home`, so that crawls started in another directory find it."""
        if isinstance(values, dict) and str(values.get("site", "")).endswith(".toml"):
            path = Path(values.get("home", "")) / Path(values["site"]).expanduser()
            return values | {"site": str(path.resolve())}
        return values

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file; nothing else."""
        return env_settings, init_settings

    @cached_property
    def archive_directory(self) -> Path:
        """Absolute directory of the WARC files."""
        return self._absolute(self.archive)

    @cached_property
    def log_directory(self) -> Path:
        """Absolute directory of the logs of scheduled crawls."""
        return self._absolute(self.logs)

    @cached_property
    def database_file(self) -> Path | None:
        """Absolute path of the SQLite file; None for a server or a database in memory."""
        name = self.database.removeprefix(SQLITE)
        return None if name in (self.database, "", MEMORY) else self._absolute(Path(name))

    @cached_property
    def database_url(self) -> str:
        """The database address with an absolute path for SQLite."""
        return SQLITE + str(self.database_file) if self.database_file else self.database

    @cached_property
    def agent(self) -> str:
        """What requests say of who is asking. The Mozilla prefix: some e-papers answer a library's name with 403."""
        who = "; ".join(filter(None, ("compatible", "xihaian-archive/0.1", "news archive", self.contact)))
        return self.user_agent or f"Mozilla/5.0 ({who})"

    def _absolute(self, path: Path) -> Path:
        return (self.home / path.expanduser()).resolve()


def load_config(path: Path | None = None) -> Config:
    """The configuration from `path`, else `$XHA_CONFIG`, else `xha.toml` in `$XHA_HOME` or the working directory if
    there is one, else defaults.

    Raises:
        ConfigError: the file or a variable is wrong; names file and line, or the variable, and what was expected.
    """
    _refuse_misspelt(os.environ)
    named = path or (Path(os.environ["XHA_CONFIG"]) if os.environ.get("XHA_CONFIG") else None)
    found = named or Path(os.environ.get("XHA_HOME", "")) / CONFIG_NAME
    values: dict[str, Any] = {"home": found.resolve().parent}
    if named or found.exists():
        values |= load_toml(found, _File).model_dump(exclude_unset=True)
    try:
        return Config(**values)
    except SettingsError as error:
        # Only the timetable is read as JSON; pydantic-settings names the field and not what is wrong.
        raise ConfigError(f"environment: {error}; it must be JSON, see docs/configuration.md") from error
    except ValidationError as error:
        raise ConfigError("\n".join(_variable_sentence(problem) for problem in error.errors())) from error


def _variable_sentence(problem: ErrorDetails) -> str:
    name, *within = problem["loc"]
    place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in within)
    message = problem["msg"].removeprefix("Value error, ")
    return f"environment variable XHA_{str(name).upper()}{place}: {message} (found {hidden(repr(problem['input']))})"


def _refuse_misspelt(environment: Mapping[str, str]) -> None:
    """A variable that is nearly a key would be ignored, and the archive would go where nobody looks for it."""
    known = {f"XHA_{name.upper()}" for name in Config.model_fields} | {"XHA_CONFIG"}
    for name in sorted(environment):
        if name.startswith("XHA_") and name not in known and (near := difflib.get_close_matches(name, known, 1, 0.85)):
            raise ConfigError(f"environment variable {name}: unknown; did you mean {near[0]}?")
