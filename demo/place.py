"""Where the demo lies: beside the archive in force, with its profile and the state of its replica."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demo.profile import profile_toml
from storage.archive.groups import captures
from storage.archive.names import list_files
from storage.config import Config
from storage.errors import ConfigError
from storage.query.health import contents
from storage.records import Capture
from storage.store.database import Database

_PROFILE = tomllib.loads(profile_toml("http://127.0.0.1:1"))
SITE = str(_PROFILE["name"])
"""Name of the replica's profile: what its articles and captures say they belong to."""
PAPERS = tuple(str(paper["name"]) for paper in _PROFILE["paper"])
"""Names of its e-papers."""


@dataclass(frozen=True)
class Place:
    """The demo's directory."""

    directory: Path

    @classmethod
    def of(cls, config: Config) -> Place:
        """Beside the WARC files' directory: `data/demo` for `data/warc`."""
        return cls(config.archive_directory.parent / "demo")

    @property
    def profile(self) -> Path:
        """The replica's site profile."""
        return self.directory / "site.toml"

    @property
    def state(self) -> Path:
        """What the replica needs to be the same again: its port and its own state, JSON."""
        return self.directory / "replica.json"

    def read(self) -> Mapping[str, Any]:
        """What `write` wrote; empty where there is nothing.

        Raises:
            ConfigError: the file is not what was written.
        """
        try:
            kept = json.loads(self.state.read_text("utf-8"))
            if not isinstance(kept, dict) or not isinstance(kept.get("port"), int):
                raise ValueError("it holds no port")
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise ConfigError(f"{self.state}: {error}; `xha demo --remove` takes the demo away") from error
        return kept

    def write(self, *, port: int, replica: Mapping[str, Any], url: str) -> None:
        """Keep port, state and profile; whole or not at all."""
        self.directory.mkdir(parents=True, exist_ok=True)
        state = json.dumps({"port": port, "replica": replica}, ensure_ascii=False, indent=1)
        for path, text in ((self.state, state), (self.profile, profile_toml(url))):
            part = path.with_name(path.name + ".part")
            part.write_text(text, "utf-8")
            part.replace(path)


def others_in(config: Config) -> list[str]:
    """Sites that the archive in force holds, by its rows or its records, beside the replica's."""
    return sorted((sites_of_rows(config) | {*site_of_file(config.archive_directory).values()}) - {SITE})


def sites_of_rows(config: Config) -> set[str]:
    """Sites of the articles in the database; none where there is no database. A crawl that got no answer left none."""
    if config.database_file and not config.database_file.exists():
        return set()
    with Database.open(config.database_url) as database, database.read() as session:
        return set(contents(session).sites)


def site_of_file(directory: Path) -> dict[str, str]:
    """WARC file → site, by its first capture; a file holds one run's records. Files without any are left out."""
    found = {}
    for file in list_files(directory):
        first = next((one for one in captures(file.path, file.name) if isinstance(one, Capture)), None)
        if first is not None:
            found[file.name] = first.context.site
    return found


def with_own_profile(config: Config) -> Config:
    """The configuration, with the replica's profile where the archive in force is a demo's.

    Only with the profile it was crawled with does an archive read again as it was.
    """
    place = Place.of(config)
    if place.profile.exists() and {*site_of_file(config.archive_directory).values()} == {SITE}:
        return config.model_copy(update={"site": str(place.profile)})
    return config
