"""The platform's county page, drawn by a script: read through a real browser, which goes through the proxy as well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from standin_home import Home
from standin_proxy import Answer, Proxy, World
from standin_texts import story

from crawler.render import can_render

HOST = "dzrb.dzng.com"
NUMBERS = range(1001, 1009)
PER_PAGE = 3
COUNTY = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>县域_大众新闻</title></head><body>
<nav><a href="/">首页</a></nav><main id="list"></main><div id="more">加载更多</div><script>
let page = 0;
async function more() {
  const answer = await (await fetch("/api/county?page=" + ++page)).json();
  for (const one of answer.rows) {
    const link = document.createElement("a");
    link.href = "../" + one.path; link.innerHTML = "<h3>" + one.title + "</h3><span>" + one.day + "</span>";
    document.getElementById("list").append(link);
  }
  document.getElementById("more").hidden = answer.last;
}
document.getElementById("more").addEventListener("click", more);
more();
</script></body></html>"""


def county() -> World:
    """Eight articles behind 加载更多, three at a time, on a host that sends everybody to https."""
    world = World(only_https=frozenset({HOST}))
    world.add(f"http://{HOST}/county/", COUNTY)
    rows = [{"path": f"general/0/NEWS{number}77AB", "title": story(number).title, "day": "07-26"} for number in NUMBERS]
    for page, start in enumerate(range(0, len(rows), PER_PAGE), start=1):
        answer = {"rows": rows[start : start + PER_PAGE], "last": start + PER_PAGE >= len(rows)}
        world.add(
            f"http://{HOST}/api/county?page={page}",
            Answer(json.dumps(answer), headers={"Content-Type": "application/json"}),
        )
    for number in NUMBERS:
        tale = story(number)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in tale.paragraphs)
        world.add(
            f"http://{HOST}/general/0/NEWS{number}77AB",
            f"""<title>{tale.title}_大众新闻_大众新媒体大平台</title><main><h1>{tale.title}</h1><div class=time>
2024-07-26 10:00:00</div><div>来源：青岛西海岸报</div><div class=article-content>{text}</div></main>""",
        )
    return world


@pytest.mark.skipif(can_render() is not None, reason=str(can_render()))
def test_a_drawn_page_is_unfolded_through_the_proxy(tmp_path: Path) -> None:
    """All articles behind 加载更多 are stored, each fetched once and without the browser; then none again."""
    world = county()
    with Proxy(world, tmp_path) as proxy:
        home = Home(tmp_path / "home", proxy.url)
        first = home.crawl("columns", channel="dzrb-county")
        assert first.code == 0, first.errors
        assert set(home.stored()) == {f"https://{HOST}/general/0/NEWS{number}77AB" for number in NUMBERS}
        assert len(world.asked("https://dzrb.dzng.com/general/")) == len(NUMBERS)
        assert len(world.asked("https://dzrb.dzng.com/api/county")) == 3
        world.requests.clear()
        assert home.crawl("columns", channel="dzrb-county").code == 0
        assert world.asked("/general/") == []
