"""Times as Chinese news pages print them, found inside a string.

Taken are `2024-07-26 09:30:01`, `2024年7月26日 09:30`, `2024/7/26`, `2024.07.26`, ISO 8601 with zone, a missing blank
between day and time (`2024年07月26日09:30`), blanks inside (`2024年 07月26日`), `星期五` or 上午/下午 in between,
`9时30分`, a year on its own before month and day (`2024 07/26 09:30`), full-width digits, and, when a year is given
from elsewhere, month and day alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from crawler.parse.shapes import plain
from storage.records import SITE_ZONE, Moment, Precision

_WEEKDAY = r"\s*[(]?(?:星期|周|礼拜|週)[一二三四五六日天][)]?"
_CLOCK = (
    rf"(?:{_WEEKDAY})?"
    r"(?:[\sT,|·]{0,8}|-)(?P<half>凌晨|早上|上午|中午|下午|晚上|晚间|晚)?\s*"
    r"(?P<H>[01]?\d|2[0-4])(?: ?: ?|时|點|点)(?P<M>[0-5]\d|\d(?!\d))(?:分(?!钟))?"
    r"(?:\s?(?::|(?<=分))(?P<S>[0-5]?\d)(?!\d)秒?(?:\.\d{1,6})?)?"
    r"(?:\s?(?P<noon>[AaPp][Mm])(?![a-z]))?(?:\s?(?P<zone>Z(?![a-z])|[+-]\d{2}:?\d{2}(?!\d)))?"
)
_FULL = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d{2})(?:\s*[-/.年—]\s*|\s+(?=\d\d?\s*[-/月])|(?=\d\d/\d\d\b))"
    r"(?P<m>0?[1-9]|1[0-2])\s*[-/.月—]\s*(?P<d>3[01]|[12]\d|0?[1-9])(?:\s*日|\s*號|\s*号)?(?:"
    + _CLOCK
    + r"|"
    + _WEEKDAY
    + r")?"
)
_TWO_DIGITS = re.compile(rf"(?<![\d./-])(?P<y>[012]\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>3[01]|[12]\d|0[1-9])(?!\d){_CLOCK}")
"""`24-07-26 09:30`; without a clock it may be anything."""
_SHORT = re.compile(
    r"(?<![\d./-])(?P<m>0?[1-9]|1[0-2])(?:\s*月\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*[日号號](?:" + _CLOCK + r")?"
    r"|[-/](?P<d2>3[01]|[12]\d|0?[1-9])\s+"
    + _CLOCK.replace("?P<half>", "?P<half2>")
    .replace("?P<H>", "?P<H2>")
    .replace("?P<M>", "?P<M2>")
    .replace("?P<S>", "?P<S2>")
    .replace("?P<noon>", "?P<noon2>")
    .replace("?P<zone>", "?P<zone2>")
    + r")"
)
_COMPACT = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?P<t>\d{4}(?:\d\d)?)?$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")
_URL_DAY = re.compile(r"(?<!\d)(?P<y>20\d\d)[-_/.]?(?P<m>0[1-9]|1[0-2])[-_/.]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_URL_LOOSE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})[-_/.](?P<m>1[0-2]|[1-9])[-_/.](?P<d>3[01]|[12]\d|[1-9])(?!\d)")
_URL_YEAR = re.compile(r"(?<!\d)((?:19[89]|20[0-4])\d)(?:0[1-9]|1[0-2])?(?:/|-|_|$)")

_YEAR_LINE = re.compile(r"^(?:19|20)\d{2}\s*年?$")
_PART_LINE = re.compile(r"^[\d\s:/.\-年月日时分秒点]{2,20}$")

_DIGIT = re.compile(r"\d")

_EVENING = {"下午", "晚上", "晚间", "晚"}

FIRST_YEAR = 1990
"""No Chinese news page is older; smaller numbers are catalogue numbers or history in the text."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A time found in a string."""

    moment: Moment
    start: int
    end: int
    text: str
    """As printed."""


def find_moments(text: str, year: int | None = None) -> list[Found]:
    """All times in a string, in order.

    Args:
        text: any string.
        year: stands in where only month and day are printed; None: those are not taken.

    >>> [found.moment.iso() for found in find_moments("发布日期：２０２４年7月26日09:30　来源：青石日报")]
    ['2024-07-26T09:30:00+08:00']
    >>> find_moments("全长2024.5公里，7月26日通车")
    []
    """
    line = plain(text)
    if not _DIGIT.search(line):
        return []
    found = list(_found(_FULL.finditer(line), line, None)) or list(_found(_TWO_DIGITS.finditer(line), line, None))
    if year is not None:
        taken = [(one.start, one.end) for one in found]
        short = _found(_SHORT.finditer(line), line, year)
        found += [one for one in short if not any(one.start < end and start < one.end for start, end in taken)]
    return sorted(found, key=lambda one: one.start)


def broken_moment(lines: Sequence[str]) -> tuple[Moment, int] | None:
    """A time that begins with a year on its own line, and how many lines it is broken over.

    >>> moment, count = broken_moment(["2024", "07/26", "09:30", "青石日报"])
    >>> moment.iso(), count
    ('2024-07-26T09:30:00+08:00', 3)
    """
    if not lines or not _YEAR_LINE.match(plain(lines[0])):
        return None
    count = 1
    while count < min(len(lines), 4) and _PART_LINE.match(plain(lines[count])):
        count += 1
    found = find_moments(" ".join(lines[:count]))
    return (found[0].moment, count) if found else None


def _found(matches: Iterator[re.Match[str]], line: str, year: int | None) -> Iterator[Found]:
    for match in matches:
        moment = _moment(match, year)
        if moment is not None:
            yield Found(moment=moment, start=match.start(), end=match.end(), text=line[match.start() : match.end()])


def _moment(match: re.Match[str], year: int | None) -> Moment | None:
    parts = {key: value for key, value in match.groupdict().items() if value is not None}
    get = {key.rstrip("2"): value for key, value in parts.items()}
    try:
        day = date(_year(get["y"]) if year is None else year, int(get["m"]), int(get["d"]))
    except ValueError:
        return None
    if day.year < FIRST_YEAR:
        return None
    return _at(day, get) if "H" in get else Moment.of_day(day)


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _at(day: date, get: dict[str, str]) -> Moment | None:
    hour = int(get["H"])
    if (get.get("half", "") in _EVENING or get.get("noon", "").lower() == "pm") and hour < 12:
        hour += 12  # 中午12:05 and 下午15:20 stay as they are
    zone = _zone(get["zone"]) if "zone" in get else SITE_ZONE
    precision = Precision.SECOND if "S" in get else Precision.MINUTE
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    return Moment(
        at=start + timedelta(hours=hour, minutes=int(get["M"]), seconds=int(get.get("S", 0))), precision=precision
    )


def _zone(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]) % 24, minutes=int(digits[2:]) % 60)
    return timezone(-offset if text[0] == "-" else offset)


def read_stamp(text: str) -> Moment | None:
    """A time written for machines (meta, JSON-LD, attribute, interface): one value, nothing else around it.

    Midnight and the last second of a day stand for the day alone: that is what content systems write where they know
    no time. A number of ten or thirteen digits is Unix time.

    >>> read_stamp("2007-08-20-23:59:59").iso()
    '2007-08-20'
    >>> read_stamp("20240726093001").iso()
    '2024-07-26T09:30:01+08:00'
    """
    line = plain(text).strip()[:64]
    if _EPOCH.match(line):
        return Moment(at=datetime.fromtimestamp(int(line[:10]), UTC))
    if packed := _COMPACT.match(line):
        line = "{y}-{m}-{d}".format(**packed.groupdict()) + _clock_of(packed["t"])
    found = find_moments(line)
    if not found:
        return None
    moment = found[0].moment
    local = moment.at.astimezone(SITE_ZONE)
    whole_day = (local.hour, local.minute, local.second) in {(0, 0, 0), (23, 59, 59)}
    return Moment.of_day(local.date()) if whole_day else moment


def _clock_of(digits: str | None) -> str:
    return " " + ":".join(digits[at : at + 2] for at in range(0, len(digits), 2)) if digits else ""


def day_in_url(url: str) -> date | None:
    """The day a URL carries: `/2024/07/26/`, `/20240726/`, `/202407/26/`, `t20240726_1`, `2024-7-26`.

    >>> day_in_url("https://www.example.cn/2024-07/26/content_1.htm")
    datetime.date(2024, 7, 26)
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    for pattern in (_URL_DAY, _URL_LOOSE):
        for match in pattern.finditer(path):
            try:
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:
                continue
    return None


def year_in_url(url: str) -> int | None:
    """The year a URL carries, where it carries no day."""
    match = _URL_YEAR.search(re.sub(r"^[a-z]+://[^/]*", "", url))
    return int(match.group(1)) if match else None
