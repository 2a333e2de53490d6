"""Articles of a PaperIndex e-paper, PC and h5: `ArticelPPNNNXX.htm`, where PP is the page and XX a template's name."""

from __future__ import annotations

import re

from crawler.parse.families.newsprint import Newsprint


class PaperIndex(Newsprint):
    """One print article a page; `PagePPXX.htm` carries a page's list, on h5 the whole issue."""

    name = "paperindex"
    index_page = re.compile(
        r"(?i)^Page(?:[A-Z]{0,2}\d{1,3}[A-Z]{0,2}|\w*Index\w*)\.html?$|^(?:Paper|Issue)Index\.html?$"
    )
