"""What stands in the slots of a print page: articles with pictures, notices of one sentence, advertisements."""

from __future__ import annotations

import pytest
from print_pages import BLIND, H5, PC, SHIPPED, STORIES, facts, facts_of, read_page, refuse_page
from print_skins import page

from crawler.sites.profile import SiteProfile
from storage.records import Reason

REPORT = STORIES["report"]
PICTURES = {
    "box": "<div class=imagelist><a href='../../IMAGE/1.jpg'><img src='../../IMAGE/1.jpg'></a><p>{}</p><p>{}</p></div>",
    "table": "<table id=NewsPic><tr><td><img src='../../IMAGE/1.jpg'></td></tr><tr><td>{}<br>{}</td></tr></table>",
    "plain table": "<table><tr><td><img src='../../IMAGE/1.jpg'></td></tr><tr><td>{}<br>{}</td></tr></table>",
    "marquee": "<div id=article_img_marquee><div><img src='../../IMAGE/1.jpg'><div>{}</div><div>{}</div></div></div>",
}


@pytest.mark.parametrize("profile", [SHIPPED, BLIND], ids=["selectors", "blind"])
@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
@pytest.mark.parametrize("place", ["above the text", "above all", "below"])
def test_pictures_stand_beside_the_text_with_their_captions(picture: str, place: str, profile: SiteProfile) -> None:
    """What a picture shows and who took it is its caption, and neither subtitle nor paragraph."""
    box = picture.format("渔船停靠在改造后的新码头", "本报记者 张驰禾 摄")
    html = page(REPORT, "neirong", "span", "p")
    if place == "above the text":
        html = html.replace('<span id="contenttext">', box + '<span id="contenttext">')
    elif place == "above all":
        html = html.replace('<div class="neirong">', box + '<div class="neirong">')
    else:
        html = html.replace("</span>", "</span>" + box)
    article = read_page(html, profile=profile)
    (image,) = article.images
    assert image.url == "https://epaper.xihaiannews.com/epaper/html/qdxhab/IMAGE/1.jpg"
    assert image.caption == "渔船停靠在改造后的新码头 本报记者 张驰禾 摄"
    assert facts(article) == facts_of(REPORT)


def test_the_picture_of_the_print_page_is_none_of_the_articles() -> None:
    """The facsimile leads to other articles; so do thumbnails of other pages."""
    facsimile = """<img src=../../IMAGE/p04.jpg usemap=#m><map name=m><area href=Articel04001NR.htm></map>
    <a href=Page05NU.htm><img src=../../IMAGE/p05.jpg></a><a href=../../PDF/04.pdf><img src=p.jpg></a>"""
    html = page(REPORT, "neirong", "span", "p").replace("<p>文章内容</p>", "<p>文章内容</p>" + facsimile)
    assert read_page(html).images == ()


TEXT = "<p>　　渔船一艘接一艘靠岸，码头上热闹起来。</p><p>　　老渔民于海生说，没见过这么好的渔港。</p>"
PARAGRAPHS = ["渔船一艘接一艘靠岸，码头上热闹起来。", "老渔民于海生说，没见过这么好的渔港。"]


@pytest.mark.parametrize(
    "box",
    [
        "<div class=imagelist><img src=1.jpg><span>渔船靠岸</span><img src=2.jpg><span>渔民卸鱼 张驰禾摄</span></div>",
        "<table><tr><td><img src=1.jpg></td><td><img src=2.jpg></td></tr>"
        "<tr><td>渔船靠岸</td><td>渔民卸鱼 张驰禾摄</td></tr></table>",
        "<div class=detPic><p><img src=1.jpg></p><p>渔船靠岸</p><p><img src=2.jpg></p><p>渔民卸鱼 张驰禾摄</p></div>",
    ],
    ids=["inline", "a row each", "in turn"],
)
def test_each_of_several_pictures_has_its_own_caption(box: str) -> None:
    """A caption under the wrong picture is a false witness."""
    article = read_page(f"<h1>渔港的早晨</h1>{box}<div id=article_view_content>{TEXT}</div>")
    captions = [(image.url.rpartition("/")[2], image.caption) for image in article.images]
    assert captions == [("1.jpg", "渔船靠岸"), ("2.jpg", "渔民卸鱼 张驰禾摄")]
    assert article.body.splitlines() == PARAGRAPHS


def test_a_caption_far_from_its_picture_finds_it() -> None:
    """The h5 edition prints captions behind the text; without a picture such a line is text."""
    late = "<p>图为改造后的渔港。 张驰禾 摄</p>"
    html = "<h2>渔港的早晨</h2><div id=contenttext>{}" + TEXT + late + "</div>"
    pictured = read_page(html.format("<img src=1.jpg>"))
    assert [image.caption for image in pictured.images] == ["图为改造后的渔港。 张驰禾 摄"]
    assert pictured.body.splitlines() == PARAGRAPHS
    assert read_page(html.format("")).body.splitlines() == [*PARAGRAPHS, "图为改造后的渔港。 张驰禾 摄"]


def test_a_photo_with_a_caption_is_an_article() -> None:
    """Where the caption is all there is to read, it is the text."""
    box = "<div class=imagelist><img src=1.jpg><p>7月25日，石桥渔港的渔船整装待发。张驰禾 摄</p></div>"
    html = f"<p>文章内容</p><h2>渔港晨曲</h2>{box}<div id=contenttext></div><p>更多 往期报纸</p>"
    article = read_page(html)
    assert (article.title, article.body) == ("渔港晨曲", "7月25日，石桥渔港的渔船整装待发。张驰禾 摄")
    assert article.images[0].caption == article.body


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("法院公告", "甘一禾：<br>本院受理石守正诉你民间借贷纠纷一案，依法向你公告送达。<br>石桥县人民法院"),
        ("注销公告", "石桥渔具店拟注销，请债权人自公告之日起45日内申报债权。"),
        ("遗失声明", "甘一禾遗失渔船驾驶证一本，声明作废"),
        ("读者来信", "石桥镇渔业办公室<br>2024年7月20日<br>渔港改造以后，渔民的停泊费能不能降一点？"),
        (
            "停电公告",
            "时间：7月28日8时至12时<br>范围：灯塔村<br>未经许可，不得在线路下方施工。<br>声明：以实际送电为准",
        ),
        ("广告", "石桥渔具店八月起全场渔网八折，另有钓竿、浮标、救生衣等，欢迎新老渔民光临选购，地址在环海路十二号。"),
    ],
)
@pytest.mark.parametrize(
    "html", ["<h2>{}</h2><div id=contenttext>{}</div>", "<div class=zb>{}</div><div class=x>{}</div>"]
)
def test_short_notices_are_articles(title: str, text: str, html: str) -> None:
    """A notice of one sentence is what people look for in old papers, between however many links."""
    lists = page(STORIES["signed"], "neirong", "span", "p", beside=True)
    lists = lists.replace(
        "</ul>", "".join(f"<li><a href={n}.htm>石桥镇第{n}个渔家夜校开课</a></li>" for n in range(12)) + "</ul>"
    )
    start, end = lists.index("<p>文章内容</p>") + len("<p>文章内容</p>"), lists.index("<div><a href=more>")
    article = read_page(lists[:start] + html.format(title, text) + lists[end:])
    assert article.title == title
    assert article.body.splitlines() == text.split("<br>")


@pytest.mark.parametrize("title", ["广告", "公益广告", " 广 告 "])
@pytest.mark.parametrize("text", ["", "<p></p>", "<img src=../../IMAGE/ad.jpg>", "<p>广告</p>"])
def test_a_slot_that_says_advertisement_and_nothing_else(title: str, text: str) -> None:
    """It is no article; it is counted with its reason."""
    for html in (
        f"<p>文章内容</p><h2>{title}</h2><div id=contenttext>{text}</div><p>更多 往期报纸</p>",
        f"<title>石桥晚报</title><div class=neirong><h3></h3><h2>{title}</h2></div><SPAN id=contenttext>{text}</SPAN>",
    ):
        assert refuse_page(html).reason is Reason.ADVERTISEMENT
    assert refuse_page(f"<p>文章内容</p>{text}<p>更多 往期报纸</p>", link_text=title).reason is Reason.ADVERTISEMENT


@pytest.mark.parametrize("name", ["Page08SC.htm", "PageT12SC.htm", "PageArticleIndexLB.htm", "page01a.HTM"])
def test_an_h5_page_is_the_whole_issue(name: str) -> None:
    """Also where somebody gives its address by hand: its text begins with the front page, whatever its number."""
    html = page(REPORT, "neirong", "span", "p", beside=True)
    assert refuse_page(html, H5.rpartition("/")[0] + "/" + name).reason is Reason.WHOLE_ISSUE
    assert refuse_page(html, PC.rpartition("/")[0] + "/" + name).reason is Reason.LIST_PAGE


def test_an_index_under_an_articles_address_is_no_article() -> None:
    """A server that answers a missing article with the page's list sends nothing to read."""
    html = page(REPORT, "nothing", "span", "p", beside=True)
    start, end = html.index("<div id=content"), html.index("<div><a href=more>")
    assert refuse_page(html[:start] + html[end:]).reason in (Reason.NO_BODY, Reason.LIST_PAGE, Reason.NO_TITLE)
