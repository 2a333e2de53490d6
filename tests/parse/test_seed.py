"""One real article of the platform, read back exactly from pages built of its text, which lies beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from dzrb_pages import INTERFACE, MARKUPS, Story, answer, read_page

from storage.records import Article, Rejection

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
TITLE = "苦干实干加油干 同心同向勇作为——各部门镇街认真贯彻落实全区党建工作暨项目攻坚突破动员大会精神"
PUBLISHED = "2021-02-24T10:49:09+08:00"
SOURCE = "大众报业·青岛西海岸报"
EDITOR = "徐丽"
AUTHORS = ("李涛", "梁玉鹏", "董梅雪")
NOT_OF_THE_BODY = ("评论", "备案号", "版权所有", "发布来源", "责任编辑", "西海岸新闻网记者")


@pytest.fixture(scope="module")
def seed() -> Story:
    """The article's visible text, taken apart."""
    if not SEED.is_dir():
        pytest.skip("The seed article is not part of the project, and ../shared/seed is not beside this checkout.")
    text = next(SEED.glob("*.txt")).read_text("utf-8")
    title, info, byline, *rest = [line.strip() for line in text.splitlines() if line.strip()]
    end = next(place for place, line in enumerate(rest) if line.startswith("责任编辑"))
    return Story(
        title=title,
        stamp=info[: len("2021-02-24 10:49:09")],
        source=info.partition("发布来源:")[2],
        byline=byline,
        authors=AUTHORS,
        paragraphs=tuple(rest[:end]),
        editor=rest[end].partition(":")[2].strip(),
        footer=tuple(line for line in rest[end + 1 :] if "评论" not in line),
    )


def assert_is_seed(reading: Article | Rejection, seed: Story) -> None:
    """Every field as the page printed it, and every paragraph."""
    assert isinstance(reading, Article), reading
    assert reading.title == TITLE
    assert reading.published is not None
    assert reading.published.iso() == PUBLISHED
    assert (reading.source, reading.editor, reading.authors) == (SOURCE, EDITOR, AUTHORS)
    assert reading.body.splitlines() == list(seed.paragraphs)
    assert reading.problems == ()


def test_the_seed_is_whole(seed: Story) -> None:
    """Were the file cut or taken apart wrongly, the other tests would compare a page with a part of itself."""
    assert len(seed.paragraphs) == 5
    assert seed.paragraphs[0].startswith("鼓角相闻")
    assert seed.paragraphs[-1].endswith("大格局。")
    assert len(seed.footer) == 2
    assert not any(words in "".join(seed.paragraphs) for words in NOT_OF_THE_BODY)


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
@pytest.mark.parametrize("name", MARKUPS)
def test_seed_in_every_markup(name: str, charset: str, seed: Story) -> None:
    """The article must be read back whole from whatever elements the platform puts around its words."""
    assert_is_seed(read_page(MARKUPS[name](seed).encode(charset)), seed)


@pytest.mark.parametrize("wrapping", ["{}", "\ufeff{}", "callback({});", '{{"code": 200, "data": {}}}'])
def test_seed_from_the_interface(wrapping: str, seed: Story) -> None:
    """The article must be read back whole from the app's interface too."""
    text = wrapping.format(json.dumps(answer(seed), ensure_ascii=False))
    assert_is_seed(read_page(text, INTERFACE), seed)
