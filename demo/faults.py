"""The replica's faults: everything a failing or hostile site may do to a crawler, each at an address of its own.

    python -m demo.faults        serves them on 127.0.0.1 and says how to crawl them

A site of well-made pages stands between them; `docs/reliability.md` says what the archive does with each.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import threading
from collections.abc import Mapping

from demo import faults_plays as plays
from demo.faults_pages import GOOD, article, good_path, headline, listing
from demo.faults_server import FaultServer, Play
from demo.faults_traps import traps

ELSEWHERE = "http://127.0.0.2:80"
"""A server of the network the crawler stands in, which no page may lead it to."""
COOKIE = {"Set-Cookie": "who=you; Path=/"}
ASKED = {"Location": "/bad/cookie-asked.html"}
"""Sends whoever came without a cookie to fetch the page with it."""
CHALLENGE = """<html><head><title>Just a moment...</title></head><body><h1>请稍候</h1>
<p>正在进行安全验证，请完成验证后继续访问。Checking your browser before accessing.</p>
<form id="challenge-form" action="/cdn-cgi/challenge"><input type="hidden" name="captcha"></form></body></html>"""


def told(name: str) -> str:
    """The headline of the page with a fault."""
    return f"澜港新区{name}号泵站通水 沿线农田用上活水"


def _page(name: str) -> str:
    return article(told(name))


def page_faults(elsewhere: str = ELSEWHERE) -> dict[str, Play]:
    """Name → what answers the article of that name; each comes to an end within a moment."""
    noise = random.Random(3).randbytes(20_000)  # noqa: S311 - the same every time
    png = b"\x89PNG\r\n\x1a\n" + noise
    whole = plays.page(_page("1"))
    return {
        "reset": plays.reset,
        "closed": plays.closed,
        "not-http": plays.raw(b"SSH-2.0-OpenSSH_9.2\r\n"),
        "forbidden": plays.status(403),
        "missing": plays.status(404),
        "removed": plays.status(410),
        "broken": plays.status(500),
        "broken-for-a-while": plays.at_first(plays.status(502), plays.page(_page("2"))),
        "circle": plays.redirect("/bad/circle.html"),
        "on-and-on": plays.redirect("/bad/on-and-on.html?n={next}"),
        "leads-away": plays.redirect("http://localhost:{port}/good/1.html"),
        "leads-inside": plays.redirect(f"{elsewhere}/admin.html"),
        "leads-to-a-file": plays.redirect("file:///etc/passwd"),
        "leads-to-nonsense": plays.redirect("http://[::1/x.html"),
        "leads-nowhere": plays.status(302),
        "short": plays.short(_page("3")),
        "short-once": plays.at_first(plays.short(_page("4")), plays.page(_page("4"))),
        "chunk-missing": plays.chunked(_page("5"), ending=b""),
        "chunk-broken": plays.chunked(_page("6"), ending=b"no size\r\n"),
        "gzip-cut": plays.zipped(_page("7"), spoil=plays.half),
        "gzip-broken": plays.zipped(_page("8"), spoil=plays.scrambled),
        "gzip-not": plays.page(_page("9"), Content_Encoding="gzip"),
        "charset-unknown": plays.page(_page("10"), Content_Type="text/html; charset=x-klingon"),
        "charset-lying": plays.page(_page("11").encode("gbk"), Content_Type="text/html; charset=utf-8"),
        "charset-mixed": plays.page(_page("12").encode() + b"<!-- \xff\xfe\x80 -->", Content_Type="text/html"),
        "binary": plays.page(png),
        "noise": plays.page(noise),
        "empty": plays.page(b""),
        "challenge": plays.page(CHALLENGE),
        "cookie": lambda exchange: exchange.answer(_page("13"), headers=COOKIE),
        "cookie-asked": plays.at_first(lambda exchange: exchange.answer("", status=302, headers=COOKIE | ASKED), whole),
    }


def slow_faults() -> dict[str, Play]:
    """Name → what keeps its client waiting without end."""
    return {
        "silent": plays.silent,
        "stalled": plays.stalled(_page("14")),
        "dripping": plays.dripping(_page("15")),
    }


def large_faults() -> dict[str, Play]:
    """Name → what would fill its client's memory."""
    return {
        "bomb": plays.bomb,
        "huge": plays.huge,
        "endless": plays.endless,
        "endless-head": plays.endless_head,
    }


def bad_path(name: str) -> str:
    """Address of the article with a fault."""
    return f"/bad/{name}.html"


def site(
    faults: Mapping[str, Play], lists: Mapping[str, Play] | None = None, elsewhere: Mapping[str, str] | None = None
) -> dict[str, Play]:
    """Path → what answers it: a list at `/list.html` of the articles with these faults and of those without any, by
    turns, so that a fault that harms its neighbours shows.

    Args:
        lists: Start pages of channels of their own.
        elsewhere: Name of a faulty page that another server has → that server's address, `{port}` for the site's own.
    """
    good = {good_path(number): plays.page(article(headline(number))) for number in range(1, GOOD + 1)}
    bad = {name: bad_path(name) for name in faults}
    bad |= {name: address + bad_path(name) for name, address in (elsewhere or {}).items()}
    links: list[tuple[str, str]] = []
    for place, (name, url) in enumerate(bad.items()):
        number = place % GOOD + 1
        links += [(good_path(number), headline(number)), (url, told(name))]
    links += [(path, headline(number)) for number, path in enumerate(good, 1)]
    return {
        **good,
        **{bad_path(name): play for name, play in faults.items()},
        "/list.html": plays.numbered(lambda _: listing(links)),
        "/more/": plays.numbered(lambda number: article(headline(number))),
        **(lists or {}),
    }


def profile(url: str, *, hosts: tuple[str, ...] = (), lists: Mapping[str, Play] | None = None) -> str:
    """The site profile of a served site, each of its lists a channel.

    Args:
        url: `http://127.0.0.1:PORT`.
        hosts: That the site claims for itself beside 127.0.0.1.
        lists: Paths of start pages beside `/list.html`.
    """
    own = ", ".join(f'"{host}"' for host in ("127.0.0.1", *hosts))
    head = f'name = "faults"\ntitle = "坏站"\nhosts = [{own}]\ndelay_seconds = 0\n'
    return head + "".join(
        f'\n[[channel]]\nname = "{path.strip("/").partition(".")[0]}"\ntitle = "要闻"\nstart = ["{url}{path}"]\n'
        'links = [".list a"]\nmax_pages = 10\n'
        for path in ("/list.html", *(lists or {}))
    )


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description="Serve a failing and hostile site on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=8766, help="(default: %(default)s)")
    parser.add_argument("--profile", action="store_true", help="print the site profile that fits it, and end")
    given = parser.parse_args()
    url, lists = f"http://127.0.0.1:{given.port}", traps(ELSEWHERE)
    if given.profile:
        sys.stdout.write(profile(url, lists=lists))
        return
    faults = page_faults() | slow_faults() | large_faults()
    with FaultServer(site(faults, lists), port=given.port):
        print(f"A failing and hostile site stands at {url}/list.html ; Ctrl-C ends it. To crawl it into an archive:\n")
        again = f"python -m demo.faults --port {given.port} --profile"
        print(f"    mkdir -p faults-archive && {again} > faults-archive/site.toml")
        print("    XHA_HOME=faults-archive XHA_SITE=site.toml XHA_PAGE_TIMEOUT=5s scrapy crawl columns", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
