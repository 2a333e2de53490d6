"""Where the points, bars and ticks of a plot stand."""

from __future__ import annotations

import pytest

from storage.query.stats import Count
from web.charts import HEIGHT, WIDTH, Share, plot, plot_shares, uprights


def test_a_month_without_an_article_is_on_the_ground_and_one_without_a_share_is_not() -> None:
    """No article is a number; of no article nothing can be said, and a line that falls to nothing would be an alarm."""
    counted = plot({"": [Count(key="2024-01", number=4), Count(key="2024-03", number=2)]})
    shared = plot_shares({"editor": [Share(key="2024-01", share=0.5), Share(key="2024-03", share=1.0)], "source": []})
    assert counted is not None
    assert shared is not None
    assert counted.lines[0].points == f"0.0,0.0 {WIDTH / 2:.1f},{HEIGHT:.1f} {WIDTH:.1f},{HEIGHT / 2:.1f}"
    assert [line.points for line in shared.lines] == [f"0.0,{HEIGHT / 2:.1f} {WIDTH:.1f},0.0"]
    assert (counted.lines[0].note, shared.lines[0].note) == ("6", "100 %")
    assert [(tick.at, tick.text) for tick in shared.up] == [(HEIGHT, "0"), (HEIGHT / 2, "50 %"), (0, "100 %")]
    assert [tick.text for tick in shared.across] == ["2024-01", "2024-02", "2024-03"]
    assert plot({}) is plot_shares({}) is None


def test_bars_stand_on_the_ground_over_their_key() -> None:
    """A bar beside its hour, or one that does not end on the axis, shows another number than there is."""
    drawn = uprights([Count(key=f"{hour:02d}", number=hour) for hour in range(24)], every=6)
    assert [tick.text for tick in drawn.across] == ["00", "06", "12", "18"]
    assert [tick.text for tick in drawn.up] == ["0", "20", "40"]
    assert [bar.y + bar.height for bar in drawn.bars] == pytest.approx([HEIGHT] * 24)
    assert [bar.height for bar in drawn.bars[:2]] == [0, HEIGHT / 40]
    twelfth = drawn.bars[12]
    assert drawn.across[2].at == pytest.approx(twelfth.x + twelfth.width / 2)
    assert drawn.bars[-1].x + drawn.bars[-1].width < WIDTH
