"""What travels along the way of a page: frozen, documented records.

    Capture  ──►  Page  ──►  Article (or Rejection)  ──►  Verdict  ──►  rows
    off the wire  decoded    read                         judged

Each stage takes one record and returns the next; none changes what it was given. Every time in these records is
aware and UTC. The one exception is a bare `date`, which is a calendar day in the site's time zone.
"""

from storage.records.fetched import Capture, Context, Locator, Page
from storage.records.moment import SITE_ZONE, Moment
from storage.records.read import Article, Edition, How, Image, Link, Listing, Rejection, Verdict
from storage.records.words import Kind, Outcome, Precision, Reason

__all__ = [
    "SITE_ZONE",
    "Article",
    "Capture",
    "Context",
    "Edition",
    "How",
    "Image",
    "Kind",
    "Link",
    "Listing",
    "Locator",
    "Moment",
    "Outcome",
    "Page",
    "Precision",
    "Reason",
    "Rejection",
    "Verdict",
]
