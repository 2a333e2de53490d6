"""Lines that print broke become paragraphs again; lines that are whole stay alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from print_pages import page_of

from crawler.parse.document import Block, Document
from crawler.parse.newsprint.paragraphs import paragraphs

INDENT = "\u3000\u3000"


def lines_of(*lines: str, tag: str = "p") -> list[Block]:
    """Lines, each in an element of its own."""
    return Document(page_of("".join(f"<{tag}>{line}</{tag}>" for line in lines))).blocks


def texts(blocks: list[Block]) -> list[str]:
    """What the paragraphs say."""
    return [paragraph.text for paragraph in paragraphs(blocks)]


HEAD = "甘一鸣指出，渔港改造是全镇的大事，主要来自于“四个依靠”，就是依靠全镇渔民、"
REST = "依靠各村两委，依靠企业和学校的大力支持。"

BROKEN = {
    "at a comma of lists": (HEAD, REST),
    "between two words": (
        "会议传达了全市渔业工作会议的精神。会议强调，要贯彻落实好全镇今后",
        "五年的目标任务和2024年的主要工作，更好地服务渔民。",
    ),
    "inside a title in quotes": ("座谈会上，渔民代表讨论了《石桥镇渔港", "管理办法》，提出十二条意见。"),
    "inside quotes": ("村民于海生说：“以前渔船靠不了岸，卸一船鱼要等", "半天潮水。现在随到随卸。”"),
    "before a number": (
        "据统计，今年上半年石桥镇的渔港改造工程进展顺利，目前已经完成投资",
        "2.6亿元，占全年计划的一半以上。",
    ),
    "before a short end": ("全镇上下要拧成一股绳，把改造工程建成让渔民满意的", "放心工程。"),
    "twice in one paragraph": (
        "今年以来，全镇各村齐心协力，先后建成了冷库、加油站、",
        "补给码头和渔具仓库，渔民出海前的准备时间缩短了一半，",
        "安全也更有保障。",
    ),
    "at a comma of a short line": ("他说，", "渔港改造之后，渔船进出方便了，卸鱼也快了许多。"),
    "behind a full-width comma in a long sentence": (
        "在改造工程现场，记者看到一块公示牌，",
        "项目基本情况、建设进度等一目了然。",
    ),
}


@pytest.mark.parametrize("lines", BROKEN.values(), ids=BROKEN)
def test_a_sentence_broken_by_print_is_whole_again(lines: tuple[str, ...]) -> None:
    """A search for the words on both sides of the break would find nothing."""
    before, after = "会议由石守正主持。", "与会代表还参观了渔港。"
    assert texts(lines_of(before, *lines, after)) == [before, "".join(lines), after]


@pytest.mark.parametrize("lines", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("html", ["<div>{}</div>", "<p>{}</p>", "<table><tr><td>{}</td></tr></table>"])
def test_the_markup_of_a_break_does_not_matter(lines: tuple[str, ...], html: str) -> None:
    """`<br>` in one block breaks as a paragraph each does."""
    blocks = Document(page_of(html.format("<br>".join(["会议由石守正主持。", *lines])))).blocks
    assert texts(blocks) == ["会议由石守正主持。", "".join(lines)]


WHOLE = {
    "sections": (
        "■核心提示：灯塔村变成了渔家乐集聚区。",
        "■石头新村",
        "聚集百余家渔家客栈",
        "沿着环海路驱车前行，石头房子映入眼帘。",
    ),
    "numbered heads": (
        "一、加强渔港管理，落实安全责任",
        "各村要明确渔港管理员，每天巡查两次。",
        "二、完善救援体系",
        "配备救援艇。",
    ),
    "points": (
        "会议提出三点要求：",
        "（一）加快工程进度，确保年底前完工",
        "（二）严守质量关口，建设放心工程",
        "（三）做好渔民安置",
    ),
    "one, two, three": (
        "一是加快工程进度，确保年底前全部完工",
        "二是严守质量关口，把渔港建成放心工程",
        "三是做好安置。",
    ),
    "verse": ("我站在灯塔下，", "看潮水一次次涌来，", "像童年的歌，", "一遍遍唱起。"),
    "old verse": ("春风又绿石桥湾，", "碧海千帆映日还。", "渔歌一曲随潮起，", "灯塔遥遥指故山。"),
    "a form": ("申请人：甘一禾", "住所地：石桥镇灯塔村十二号，邮政编码000000", "电话：0532-00000000", "特此公告。"),
    "a longer form": (
        "住所地：石桥镇环海路十二号，与灯塔村渔港相邻，院内有仓库两座、冷库一座",
        "拟捕捞的品种和数量以核发的许可为准，每季度上报一次。",
    ),
    "a notice": ("甘一禾：", "本院受理石守正诉你一案，现已审结。", "石桥县人民法院", "2024年7月26日"),
    "names": ("一等奖：甘一禾、石守正、于海生、宋禾禾", "二等奖：刘禾、张典禾", "三等奖：空缺"),
    "two lines of names": (
        "甘一禾、石守正、于海生、宋禾禾、刘禾、张典禾、王桂花、甘一鸣、石敬禾、石远山",
        "李禾、梁禾、徐禾、苗禾、吴慧禾、戴禾、仪禾文、揣禾禾、路远禾",
    ),
    "an interview": ("记者：渔港改造最难的是什么", "甘一鸣：最难的是让大家都满意", "记者：怎么办"),
    "a signature": ("渔港改造完成以后，渔民的收入增加了。", "石桥镇渔业办公室", "二〇二四年七月"),
    "a table of days": (
        "7月26日上午，渔船模型展开幕，地点在镇文化中心一楼",
        "7月27日下午，渔歌比赛，地点在灯塔村戏台，欢迎参加",
        "7月28日全天，渔家美食节，地点在环海路，持续三天",
    ),
    "a list of the honoured": (
        "甘一禾，石桥镇的渔民，多年来义务救助遇险船只，今年获得先进个人称号",
        "石守正，石桥镇渔港管理员，坚持每天巡查渔港两次，多次排除火灾隐患",
        "于海生，灯塔村的船老大，带头安装了北斗终端，并且教会了全村的渔民",
        "宋禾禾，石桥小学的教师，带着学生走进渔港上课，让他们认识家乡的海",
    ),
    "two berths": (
        "渔港一号泊位，供大型渔船停靠，水深八米，长度一百二十米，可以同时停泊四艘",
        "渔港二号泊位，供小型渔船停靠，水深四米，可以同时停泊十艘。",
    ),
    "another report": (
        "会议要求各村尽快上报渔船的数量和状况，以便镇里统一安排今年秋季的检修",
        "本报7月25日讯 灯塔村办起了夜校。",
    ),
    "a question": ("渔港改造以后，渔民最关心的是什么？", "是停泊费。"),
    "letters": ("尊敬的读者：", "您好！来信收到。", "此致", "敬礼"),
    "a photographer": ("图为渔船停靠在改造以后的新码头上，准备卸鱼", "（甘一禾 摄）"),
}


@pytest.mark.parametrize("lines", WHOLE.values(), ids=WHOLE)
def test_lines_that_are_whole_stay_alone(lines: tuple[str, ...]) -> None:
    """Heads, lists, verse and forms glued together could not be read."""
    assert texts(lines_of(*lines)) == list(lines)


def test_a_cell_does_not_go_on_in_the_next_one() -> None:
    """What a table sets apart is apart, however its cells end."""
    cells = [
        "申报的条件，指在石桥镇登记的渔船，船龄在二十年以下，并且，",
        "须在八月一日前向镇渔业办公室提出申请，逾期不予受理。",
    ]
    html = f"<table><tr><td>{cells[0]}</td><td>{cells[1]}</td></tr></table>"
    assert texts(Document(page_of(html)).blocks) == cells


def test_an_indent_tells_where_paragraphs_begin() -> None:
    """Where paragraphs are indented, what has no indent goes on, however short the line above it."""
    first, second = INDENT + "渔港改造工程今年开工。", INDENT + "渔民们"
    lines = [first, INDENT + "工期十个月。", second, "都盼着它早日完工，也常到工地上看看。", INDENT + "完工在即。"]
    assert texts(lines_of(*lines, tag="div")) == [
        "渔港改造工程今年开工。",
        "工期十个月。",
        "渔民们都盼着它早日完工，也常到工地上看看。",
        "完工在即。",
    ]


@pytest.mark.parametrize(
    "markup", ["<p>{0}<font>{1}</font></p>", "{0}<font>{1}</font><br>", "<p>{0}<b><i>{1}</i></b></p>"]
)
def test_an_indent_outside_of_the_words_is_one(markup: str) -> None:
    """Blanks before `<font>` are a text of their own; without them every paragraph looks like one that goes on."""
    lines = [
        (INDENT, "孩子们走过石桥，两边是一座接一座"),
        ("", "的大棚。"),
        (INDENT, "棚里很暖。"),
        (INDENT, "棚外很冷。"),
    ]
    blocks = Document(page_of("".join(markup.format(*line) for line in lines))).blocks
    assert texts(blocks) == ["孩子们走过石桥，两边是一座接一座的大棚。", "棚里很暖。", "棚外很冷。"]


def test_bold_lines_do_not_go_on_in_plain_ones() -> None:
    """A bold head that ends with a comma is a head."""
    lines = [
        "<strong>渔港改造三年来，泊位增加了一倍，渔民的收入也增加了，</strong>",
        "昨天下午，记者走进渔港，看这里的变化。",
    ]
    assert len(texts(lines_of(*lines))) == 2


@pytest.mark.parametrize(
    ("lines", "paragraphs_"),
    [
        (
            ("论坛是第三次在石桥镇举行。　　　　 （下转6版）", "（上接4版）论坛还将举办展览。"),
            ("论坛是第三次在石桥镇举行。", "论坛还将举办展览。"),
        ),
        (("各村要尽快上报渔船数量 (下转第02版)", "（上接第一版）和船况。"), ("各村要尽快上报渔船数量和船况。",)),
        (("各村尽快上报", "（下转A6版）", "（上接A4版）", "渔船数量。"), ("各村尽快上报渔船数量。",)),
        (("加上接续不断的文脉，渔村更有底气。",), ("加上接续不断的文脉，渔村更有底气。",)),
    ],
)
def test_jumps_to_another_page_are_no_text(lines: tuple[str, ...], paragraphs_: tuple[str, ...]) -> None:
    """下转 and 上接 in brackets go, and the sentence they parted is whole; the same signs in a sentence stay."""
    assert texts(lines_of(*lines)) == list(paragraphs_)


@pytest.mark.parametrize(
    "end",
    ["(宋迎禾)", "（刘 禾）", "(记者 宋迎禾 通讯员 刘禾)", "（本报记者 宋迎禾）", "(宋迎禾 刘禾)", "(甘一禾 文/图)"],
)
def test_the_author_behind_the_last_sentence_is_no_text(end: str) -> None:
    """A signature is a field of its own, on a line of its own or behind the last stop."""
    assert texts(lines_of("渔港开工。", f"会议还研究了其他工作。{end}")) == ["渔港开工。", "会议还研究了其他工作。"]
    assert texts(lines_of("渔港开工。", "会议还研究了其他工作。", end)) == ["渔港开工。", "会议还研究了其他工作。"]


def test_a_caption_may_stand_behind_the_signature() -> None:
    """The author signs the text, and what a lost picture showed follows; a square may stand for the brackets."""
    lines = ["渔港开工。", "会议还研究了其他工作。(宋迎禾)", "图为渔港开工现场。"]
    assert texts(lines_of(*lines)) == ["渔港开工。", "会议还研究了其他工作。", "图为渔港开工现场。"]
    assert texts(lines_of("渔港开工。", "□宋迎禾")) == ["渔港开工。"]


@pytest.mark.parametrize(
    "end", ["（完）", "(见图)", "（以下简称新规）", "（本报综合）", "（主持人 甘一禾：石桥大学教授）"]
)
def test_other_brackets_stay(end: str) -> None:
    """What is no name is text."""
    assert texts(lines_of(f"会议还研究了其他工作。{end}")) == [f"会议还研究了其他工作。{end}"]


def test_a_byline_on_the_line_of_the_first_sentence_is_no_text() -> None:
    """`□记者 … 报道` may stand before the dateline without a break."""
    line = "□记者 仪禾文 报道   本报7月25日讯 今天上午，渔港改造工程开工。"
    assert texts(lines_of(line)) == ["本报7月25日讯 今天上午，渔港改造工程开工。"]


def test_a_line_feed_in_the_source_is_no_blank() -> None:
    """Source broken between two characters, with and without the indent of a pretty-printer; names stay apart."""
    html = "<p>要贯彻落实好全镇今后\n五年的目标，\r\n    服务渔民。吴慧禾 \n戴威到会。</p>"
    assert texts(Document(page_of(html)).blocks) == ["要贯彻落实好全镇今后五年的目标，服务渔民。吴慧禾 戴威到会。"]


def test_the_copyright_line_glued_to_the_text_is_cut() -> None:
    """Some skins put it behind the last sentence, inline."""
    html = "<p>会议由石守正主持。<span> 本网站所有内容属《石桥晚报》所有,未经许可不得转载。</span></p>"
    assert texts(Document(page_of(html)).blocks) == ["会议由石守正主持。"]


def test_emphasis_and_links_survive_a_join() -> None:
    """A paragraph made of two lines keeps what was bold and what was linked."""
    first, second = (
        "他说，这是一件好事。渔港改造对全镇来说是一件<b>大</b>",
        "<b>事</b>，详见<a href=plan.htm>规划</a>。",
    )
    html = f"<div>{first}<br>{second}</div>"
    (paragraph,) = paragraphs(Document(page_of(html)).blocks)
    marked = [(piece.element.tag, piece.text) for piece in paragraph.pieces if not piece.tail]
    assert ("strong", "大事") in marked
    assert ("a", "规划") in marked


@given(st.lists(st.text(alphabet="石桥渔港，。：、“”（）()■一 \u3000下转上接6版", max_size=30), max_size=6))
def test_no_character_is_invented_or_moved(lines: list[str]) -> None:
    """Whatever the lines: paragraphs hold their characters in their order, and nothing but them."""
    blocks = lines_of(*lines)
    left = iter("".join(block.text for block in blocks))
    assert all(char in left for char in "".join(texts(blocks)))
