"""Several pages of one site → a profile for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crawler.parse.document import Document
from crawler.sites.profile import SiteProfile
from crawler.suggest.addresses import host_name
from crawler.suggest.body import suggest_body
from crawler.suggest.choose import Suggestion, suggest
from crawler.suggest.lists import ListPage, draft_channels
from crawler.suggest.profile_text import Draft, as_toml, site_title
from crawler.suggest.samples import FIELDS, Sample
from storage.errors import ConfigError
from storage.records import Article, Kind, Page, Reason, Rejection


def suggest_profile(pages: Sequence[Page], known: SiteProfile) -> str:
    """A profile in TOML whose selectors read on these pages what the general rules read.

    Args:
        pages: article and list pages of one site.
        known: the profile in force; where the site is its own, its families read the pages.

    Raises:
        ConfigError: no page says which site it is of, or none is an article or a list.
    """
    hosts = tuple(dict.fromkeys(filter(None, (host_name(page.url) for page in pages))))
    if not hosts:
        raise ConfigError("no page says which site it is of; give --url with a saved page, or addresses")
    owned = all(known.owns(host) for host in hosts)
    profile = known if owned else SiteProfile(name="site", title="site", hosts=hosts)
    samples, lists, left_out = _sorted(pages, profile, hosts)
    families = {sample.family: [one for one in samples if one.family == sample.family] for sample in samples}
    channels = draft_channels(lists)
    if not samples and not channels:
        raise ConfigError("none of the pages is an article or a list: " + "; ".join(left_out))
    return as_toml(
        Draft(
            name=known.name if owned else _name_of(hosts[0]),
            title=known.title if owned else site_title([Document(page) for page in pages], hosts[0]),
            hosts=known.hosts if owned else hosts,
            shapes=tuple(shape for shape in profile.shape if shape.family in families),
            channels=tuple(channels),
            selectors={family: _selectors(found, profile) for family, found in families.items()},
            samples=families,
            left_out=tuple(left_out),
        )
    )


def _sorted(
    pages: Sequence[Page], profile: SiteProfile, hosts: Sequence[str]
) -> tuple[list[Sample], list[ListPage], list[str]]:
    """Articles, lists, and what is neither, with the reason."""
    samples: list[Sample] = []
    lists: list[ListPage] = []
    left_out: list[str] = []
    for page in pages:
        sample = Sample.of(page, profile)
        result = sample.inspection.result
        if sample.is_article:
            samples.append(sample)
        elif page.context.kind is Kind.LISTING or _lists(result):
            lists.append(ListPage.of(page, hosts))
        else:
            why = "it is JSON" if isinstance(result, Article) else f"{result.reason}. {result.detail}"
            left_out.append(f"{page.url}: {why}")
    return samples, lists, left_out


def _lists(result: Article | Rejection) -> bool:
    return isinstance(result, Rejection) and result.reason is Reason.LIST_PAGE


def _selectors(samples: Sequence[Sample], profile: SiteProfile) -> dict[str, list[Suggestion]]:
    found = {name: suggest(name, samples) for name in FIELDS}
    return found | {"body": suggest_body(samples, profile)}


def _name_of(host: str) -> str:
    """`news.bridge.example.com` is bridge-example; an address in numbers stays whole."""
    labels = [label for label in re.sub(r"[^a-z0-9.]", "", host.lower()).split(".") if label]
    named = labels if all(label.isdigit() for label in labels) else (labels[:-1] or labels)[-2:]
    return "-".join(named) or "site"
