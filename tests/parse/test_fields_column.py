"""The column an article stands in: the last step of the trail above it, or what meta and the list page say."""

from __future__ import annotations

import pytest
from small_pages import TITLE, article

from crawler.parse.fields.column import column_in

# What is odd → (markup above the headline, further head, expected).
COLUMNS = {
    "trail of links": ("<p><a href=/>首页</a> &gt; <a href=/n/>农业</a> &gt; 正文</p>", "", "农业"),
    "trail with a lead": ("<p>您当前的位置：<a href=/>首页</a> » <a href=/n/>要闻</a> » 正文</p>", "", "要闻"),
    "trail that ends with the headline": (
        f"<p>位置：<a href=/>云栖网</a> &gt; <a href=/n/>农业</a> &gt; {TITLE}</p>",
        "",
        "农业",
    ),
    "trail of three columns": (
        "<p><a href=/>首页</a>&gt;<a href=/n/>新闻</a>&gt;<a href=/n/y/>云栖</a>&gt;<a href=/n/y/d/>早稻</a></p>",
        "",
        "早稻",
    ),
    "meta": ("", '<meta property="article:section" content="农业">', "农业"),
    "a number in meta": ("", '<meta name="channel" content="1176">', None),
    "a comparison is no trail": ("<p>亩产：今年 &gt; 去年</p>", "", None),
    "none": ("", "", None),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_column(name: str) -> None:
    """The column in this form is read; the site, 正文 and the headline are no columns."""
    above, head, expected = COLUMNS[name]
    assert article(headline=f"{above}<h1>{TITLE}</h1>", head=head).column == expected


def test_longest_trail() -> None:
    """A step too long to be a column's name is passed over."""
    assert column_in("首页 > 农业 > 云栖镇早稻开镰并且机收率超过九成的报道", None) == "农业"
