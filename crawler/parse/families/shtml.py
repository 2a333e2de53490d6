"""Articles of the shtml e-paper (2017 to 2020): `NNNNN.shtml`, a number that runs over the whole paper."""

from __future__ import annotations

import re

from crawler.parse.families.newsprint import Newsprint


class Shtml(Newsprint):
    """One print article a page; `vPP.shtml` and `index.shtml` list a page's articles."""

    name = "shtml"
    index_page = re.compile(r"(?i)^(?:v[A-Z]{0,2}\d{1,3}|vlist|index\w*)\.s?html?$|^$")
