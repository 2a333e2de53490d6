"""How often properties are tried, and texts that are hard on whoever reads them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

NASTY = (
    *("", " ", "\0", "\x1b[31m", "\r\n", "\ud800", "\udcff", "\u202e", "\ufeff", "\U0010ffff", "NaN", "-1", "1e400"),
    *(
        "港口",
        "２０２４",
        "2024-13-45",
        "0000-00-00",
        "99999999999999999999",
        "../../etc/passwd",
        "/dev/full",
        "~",
        "%s",
    ),
    *("{0}", "' OR 1=1 --", '"', "“", "<script>", "[", "*", "a" * 5000, "-", "--", "--since", "http://[", "sqlite://"),
)
"""Empty, huge, wrong, half a character, a command to a terminal, a format, a quotation that never ends."""


def tries(share: float = 1.0) -> settings:
    """Settings of a test that takes `share` of the profile's examples (`--hypothesis-profile=long` has many more)."""
    return settings(
        max_examples=max(1, round(settings.default.max_examples * share)),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )


def any_text(max_size: int = 40) -> st.SearchStrategy[str]:
    """Any text, lone surrogates and control characters included."""
    return st.text(st.characters(exclude_categories=()), max_size=max_size) | st.sampled_from(NASTY)
