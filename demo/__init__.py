"""A small replica of the site, for loopback: what `make demo` crawls and what tests drive.

    texts/ ──► writer ──► stories ──► website, newspaper ──► render, routes ──► Replica.answer ──► ReplicaServer
    sentences  text       Story       Entry (at an address)  pages/            Answer             loopback

`Replica.expected()` is the truth that a crawl is held against. The site's whereabouts for the crawl are `site.toml`,
given an address by `profile.profile_toml`. All texts are about an invented district and invented people.
"""
