"""Lists that lead nowhere, or on and on: what a hostile site could have a crawler walk."""

from __future__ import annotations

from demo.faults_pages import good_path, headline, listing, onward
from demo.faults_plays import numbered
from demo.faults_server import Play

FAR_TOO_LONG = "/good/" + "9" * 70_000 + ".html"
"""An address no server would take."""


def odd_links(elsewhere: str) -> str:
    """A list whose links are written twice, without a scheme, or lead where no crawler may go."""
    port, good = elsewhere.rpartition(":")[2], good_path(1)
    links = (
        *(good, good, f"//127.0.0.1:{{port}}{good}", f"{{base}}{good}#top", f"/x/..{good}", f"{{base}}{good}?"),
        f"{good}?utm_source=list",
        *("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b.example", "ftp://127.0.0.1/"),
        *(f"{elsewhere}/news/20240506/1.html", f"http://2130706434:{port}/news/20240506/2.html"),
        *(f"http://[::ffff:127.0.0.2]:{port}/news/20240506/3.html", f"http://0x7f.2:{port}/news/20240506/4.html"),
        *("http://169.254.169.254/latest/meta-data/1.html", "http://[::1]/5.html", "http://", "http://[/6.html"),
        FAR_TOO_LONG,
    )
    return listing((link, headline(1)) for link in links)


def endless_pages(number: int) -> str:
    """A pager without a last page; each page has an article nobody saw before."""
    return listing([(f"/more/{number}.html", headline(number))], foot=onward(f"/pages?n={number + 1}"))


def endless_calendar(number: int) -> str:
    """A calendar whose months go on for ever; all of them list what the first did."""
    return listing([(good_path(1), headline(1))], foot=onward(f"/calendar?month={number + 1}"))


def endless_moves(number: int) -> str:
    """A page that refreshes to the next, which does the same."""
    return refresh(f"/moves?n={number + 1}")


def endless_frames(number: int) -> str:
    """A frame set whose frame is a frame set."""
    return f'<html><frameset rows="*"><frame src="/frames?n={number + 1}"></frameset></html>'


def endless_maps(number: int) -> str:
    """An index of sitemaps that lists another index of sitemaps."""
    more = f"<sitemap><loc>{{base}}/maps?n={number + 1}</loc></sitemap>"
    return f'<?xml version="1.0"?><sitemapindex>{more}</sitemapindex>'


def refresh(target: str) -> str:
    """A page that sends its reader on."""
    return f'<html><head><meta http-equiv="refresh" content="0; url={target}"></head></html>'


def traps(elsewhere: str) -> dict[str, Play]:
    """Path → what answers it: each is the start page of a channel of its own.

    Args:
        elsewhere: Address of a server in the network of the one who crawls.
    """
    return {
        "/links": numbered(lambda _: odd_links(elsewhere)),
        "/pages": numbered(endless_pages),
        "/calendar": numbered(endless_calendar),
        "/moves": numbered(endless_moves),
        "/frames": numbered(endless_frames),
        "/maps": numbered(endless_maps),
        "/away": numbered(lambda _: refresh(f"{elsewhere}/list.html")),
    }
