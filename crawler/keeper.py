"""What one run holds open: configuration, site profile, database, archive, and its own row in `run`."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.sites.profile import Channel, Generation, Paper, SiteProfile, load_profile
from storage.archive.reader import read_capture
from storage.archive.recover import recover
from storage.archive.writer import Archive, Writer
from storage.config import Config
from storage.dedupe.canonical import canonical_url
from storage.errors import RecordDamaged, RecordElsewhere, RecordMissing, StoreError
from storage.query.health import sites
from storage.records import Capture, Context, Kind, Outcome
from storage.store import captures, crews, ledger, outcomes, runs
from storage.store.clock import shared_now
from storage.store.database import Database

SOFTWARE = "xihaian-archive/0.1"
BEAT_SECONDS = 15
"""Between two signs of life; a run that gives none for ten minutes is taken for dead (`runs.SILENCE_SECONDS`)."""
BATCH = 200
"""Captures looked up at a time."""
INDEX_KINDS = (Kind.LISTING, Kind.ISSUE, Kind.EDITION)


def this_second() -> datetime:
    """The present, aware, UTC, in whole seconds: what a WARC-Date keeps."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass
class Keeper:
    """One run's open resources. Everything that writes goes through it."""

    config: Config
    profile: SiteProfile
    database: Database
    archive: Archive
    run_id: int
    full: bool = False
    writer: Writer | None = None
    further: set[str] = field(default_factory=set)
    """Canonical URLs of further pages of articles (下一页) that this run found."""
    asked_delay_seconds: float = 0.0
    """The longest pause between two requests that a robots.txt of the site asks for."""
    lists: set[str] = field(default_factory=set)
    """Canonical URLs of list pages that this run has read or made pending: none is walked twice in one run."""
    last_beat: float = field(default_factory=time.monotonic)
    """When it last said that it lives, by a clock that only goes forward."""

    @classmethod
    def open(
        cls,
        config: Config,
        *,
        spider: str,
        arguments: Mapping[str, str],
        full: bool = False,
        may_help: bool = False,
        asked_at: datetime | None = None,
    ) -> Keeper:
        """Open the database and the archive and start a run.

        Args:
            may_help: Whether it may join a run that does the same already; `asked_at`: see `crews.join`.

        Raises:
            ConfigError, StoreError, WarcError: naming what cannot be used and what to do.
        """
        profile = load_profile(config.site)
        archive = Archive(
            config.archive_directory,
            max_bytes=config.warc_max_bytes,
            software=SOFTWARE,
            contact=config.contact,
        )
        database = Database.open(config.database_url)
        with database.begin() as session:
            shared = shared_now(session)
            runs.interrupt_stale(session, now=shared)
            run_id = runs.start(
                session,
                site=profile.name,
                spider=spider,
                arguments=dict(arguments),
                now=this_second(),
                beat_at=shared,
                planned_id=int(os.environ["XHA_PLANNED_ID"]) if "XHA_PLANNED_ID" in os.environ else None,
            )
            if may_help:
                crews.join(session, run_id, asked_at=asked_at, now=shared)
            for other in sorted(sites(session) - {profile.name}):
                runs.note(session, run_id, f"this archive also holds articles of another site: {other}")
        return cls(config=config, profile=profile, database=database, archive=archive, run_id=run_id, full=full)

    @property
    def delay_seconds(self) -> float:
        """The site's pace in this run: the profile's, or that of its robots.txt where that is slower."""
        return max(self.profile.delay_seconds, self.asked_delay_seconds)

    @property
    def owner(self) -> str:
        """Who holds the ledger rows this run leased."""
        return f"{socket.gethostname()}:{os.getpid()}:{self.run_id}"

    def canonical(self, url: str) -> str:
        """The address that names a page in the database."""
        return canonical_url(url, self.profile.canonical)

    def key_of(self, capture: Capture) -> str:
        """Canonical URL of the ledger row a capture answers (of the first address where redirects led on)."""
        return self.canonical(capture.context.requested or capture.url)

    def channel(self, context: Context) -> Channel | None:
        """The channel that led to a page, where the profile still has it."""
        return next((channel for channel in self.profile.channel if channel.name == context.channel), None)

    def paper(self, context: Context) -> Paper | None:
        """The e-paper that led to a page."""
        return next((paper for paper in self.profile.paper if paper.name == context.channel), None)

    def generation(self, paper: Paper, url: str) -> Generation | None:
        """The generation an e-paper address belongs to: the one whose index addresses begin alike."""
        key = self.canonical(url)
        for generation in paper.generation:
            for template in (*generation.issue, *generation.latest):
                stem = self.canonical(template.split("{", 1)[0]).rsplit("/", 1)[0]
                if key.startswith(stem):
                    return generation
        return None

    def keep(self, capture: Capture) -> Capture:
        """Archive a response, then write its row (law 2). Returns it with locator, digest and id."""
        if self.writer is None:
            self.writer = self.archive.open_writer()
        written = self.writer.write(replace(capture, run_id=self.run_id))
        try:
            with self.database.begin() as session:
                return captures.add(session, written, self.canonical(written.url))
        except StoreError:
            self.writer.leave()  # a file that is finished is not looked at again: its record would stay without a row
            raise

    def count(self, outcome: Outcome, url: str, *, reason: str = "", capture_id: int | None = None) -> None:
        """End one response, or one fetch without a response, in exactly one count (law 5)."""
        with self.database.begin() as session:
            outcomes.record(
                session,
                run_id=self.run_id,
                outcome=outcome,
                url=url,
                reason=reason,
                capture_id=capture_id,
                now=this_second(),
            )

    def note(self, sentence: str) -> None:
        """Something a person should know about this run; said once."""
        with self.database.begin() as session:
            runs.note(session, self.run_id, sentence)

    def beat(self) -> bool:
        """A sign of life, and time for what is leased. False where the run was taken for dead meanwhile."""
        self.last_beat = time.monotonic()
        with self.database.begin() as session:
            now = shared_now(session)
            ours = runs.heartbeat(session, self.run_id, now=now)
            if ours:
                ledger.extend(session, self.owner, now=now, lease_seconds=self.config.lease.total_seconds())
        return ours

    def keep_alive(self) -> None:
        """A sign of life if the last is some while ago: for long work in which no clock ticks."""
        if time.monotonic() - self.last_beat > BEAT_SECONDS:
            self.beat()

    def recover(self) -> Iterator[Capture]:
        """Captures that a dead run left unjudged, oldest first.

        Files of dead writers are cut back to their last whole capture, and rows that are missing are added, before the
        first is given.
        """
        recover(self.config.archive_directory, add=self.add_row)
        after = 0
        while True:
            with self.database.read() as session:
                batch = captures.unjudged(session, BATCH, after_id=after)
            for row in batch:
                after = row.id
                try:
                    found = read_capture(self.config.archive_directory, row.locator, digest=row.digest)
                except RecordElsewhere:  # a run on that host judges it
                    continue
                except (RecordMissing, RecordDamaged) as error:  # one lost record must not stop every later run
                    self.count(Outcome.FAILED, row.url, reason=str(error), capture_id=row.id)
                else:
                    yield replace(found, id=row.id, run_id=row.run_id)
            if len(batch) < BATCH:
                break

    def add_row(self, capture: Capture) -> None:
        """Write the row of a capture whose record a dead run left without one; writing it twice is writing it once."""
        self.keep_alive()
        with self.database.begin() as session:
            captures.add(session, replace(capture, run_id=None), self.canonical(capture.url))

    def close_archive(self) -> None:
        """Finish the archive file.

        Raises:
            WarcError: its index could not be written; the records are safe, the next run does the rest.
        """
        if self.writer is not None:
            self.writer.close()

    def close(
        self, state: str, why: str = "", *, read_again: Mapping[Outcome, int] | None = None
    ) -> dict[Outcome, int]:
        """Give back what was leased, finish the archive file and the run's row. Returns its counts.

        Args:
            read_again: What a re-parse came to, which is its count in place of the responses that it did not fetch.
        """
        self.close_archive()
        with self.database.begin() as session:
            ledger.release(session, self.owner)
            runs.finish(session, self.run_id, state=state, why=why, now=this_second(), read_again=read_again)
            counts = outcomes.counts(session, self.run_id)
        self.database.close()
        return counts
