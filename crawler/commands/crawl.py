"""`scrapy crawl SPIDER` as everywhere, except that a run which came to nothing says why and does not end with 0."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import crawl
from scrapy.crawler import AsyncCrawlerProcess

from crawler.report import check_reachable
from crawler.run import report_of
from storage.errors import ArchiveError


class Command(crawl.Command):
    """Scrapy's own command with our exit codes (see docs/commands.md)."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run one spider; one sentence on standard error where it failed."""
        if len(args) != 1:
            return super().run(args, opts)  # says what is wrong with the command line
        assert isinstance(self.crawler_process, AsyncCrawlerProcess)
        crawler = self._create_crawler(args[0])
        running = self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        try:
            if running.done():
                running.result()
            report = report_of(crawler)
            if report.error:
                raise report.error
            check_reachable([report])
            self.exitcode = int(report.state == "failed")  # by an error of ours that the log tells of
        except ArchiveError as error:
            print(f"Error: {error}", file=sys.stderr)
            self.exitcode = error.exit_code
        return None
