"""Pages of an e-paper's issue, as the tests of its indexes ask for them."""

from __future__ import annotations

from datetime import date

from list_pages import page_of

from crawler.parse.epaper import read_issue
from crawler.sites.profile import Generation, load_profile
from storage.records import Kind, Listing

DAY = date(2024, 7, 26)
GENERATIONS = {generation.name: generation for generation in load_profile("xihaian").paper[0].generation}
PC, H5, SHTML = GENERATIONS["pc"], GENERATIONS["h5"], GENERATIONS["shtml"]
PC_DAY = "https://epaper.xihaiannews.com/epaper/html/qdxhab/content/20240726/"
H5_DAY = PC_DAY.replace("/html/", "/h5/")
SHTML_DAY = "http://epaper.xihaiannews.com/shtml/jnsx/20180322/"


def issue(
    html: str, name: str = "Page01NU.htm", generation: Generation = PC, day: date = DAY, **known: object
) -> Listing:
    """What a page of an issue leads to."""
    folder = {"pc": PC_DAY, "h5": H5_DAY, "shtml": SHTML_DAY}[generation.name]
    url = name if name.startswith("http") else folder + name
    return read_issue(page_of(html, url, Kind.EDITION, **known), generation, day)
