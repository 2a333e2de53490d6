"""Configuration: whatever stands in a file or a variable, it is taken, or refused with place, key and what fits."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_samples import any_text, tries

from crawler.sites.profile import SITES, load_profile
from storage.config import Config, load_config
from storage.errors import ConfigError

SHIPPED = (SITES / "xihaian.toml").read_text("utf-8")
GOOD = (
    'database = "sqlite:///a.db"',
    'contact = "mailto:me@example.org"  # who asks',
    "retries = 3",
    'lease = "5m"',
    'page_timeout = "30s"',
    "page_max_bytes = 1_000_000",
)
BAD = {
    "retires = 1": "unknown key",
    "retries = -1": "greater than or equal to 0",
    'retries = "many"': "valid integer",
    "retries = 1.5": "valid integer",
    "retries = [1]": "valid integer",
    "lease = 10": "expected a duration",
    'lease = "10 minutes"': "expected a duration",
    'lease = "99999999999999999999d"': "longer than any clock",
    "site = 4": "valid string",
    "site = { name = 1 }": "valid string",
    'database = "mysql://u@h/n"': "must start with sqlite:/// or postgresql://",
    "warc_max_bytes = 1": "greater than or equal to 1000",
    "page_max_bytes = true": "",
    "page_max_bytes = 500_000_001": "less than or equal to 500000000",
    'archive = ["data"]': "path",
    "job = 3": "",
    'job = "nightly"': "",
}
"""A wrong line → words of what would fit."""
BAD_JOBS = {
    'cron = "61 * * * *"': "not a usable cron line",
    'cron = "* * * *"': "not a usable cron line",
    'cron = "每天"': "not a usable cron line",
    'cron = "0 0 31 2 *"': "a day that never comes",
    'every = "0s"': "whole seconds",
    'every = "soon"': "expected a duration",
    'name = "No Name"': "pattern",
    'spider = ["columns"]': "valid string",
    'until_issue = "perhaps"': "valid boolean",
    "arguments = { since = 2024 }": "valid string",
    'time_limit = "0s"': "one second or longer",
    'colour = "red"': "unknown key",
}


@pytest.fixture(autouse=True, scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty working directory and no variable of ours."""
    with pytest.MonkeyPatch.context() as patch:
        for key in (*Config.model_fields, "config"):
            patch.delenv(f"XHA_{key.upper()}", raising=False)
        folder = tmp_path_factory.mktemp("alone")
        patch.chdir(folder)
        yield folder


def refused(path: Path | None = None) -> str | None:
    """What a configuration is refused with; None where it is taken. Any other error is a failure."""
    try:
        load_config(path)
    except ConfigError as error:
        return str(error)
    return None


@dataclass(frozen=True)
class Written:
    """A file with one wrong line."""

    text: str
    line: int
    key: str
    fits: str


@st.composite
def files(draw: st.DrawFn) -> Written:
    """Right lines, remarks and blank lines in any order, with one wrong line among them."""
    wrong, fits = draw(st.sampled_from(sorted(BAD.items())))
    key = wrong.partition(" ")[0]
    lines = [line for line in draw(st.permutations(GOOD)) if not line.startswith(f"{key} ")]
    filler = st.lists(st.sampled_from(["", "# a remark: retries = -5", "   "]), max_size=2)
    before = [part for line in lines[: draw(st.integers(0, 3))] for part in (*draw(filler), line)]
    after = lines[3:]
    return Written("\n".join([*before, wrong, *after, ""]), len(before) + 1, key, fits)


@st.composite
def timetables(draw: st.DrawFn) -> Written:
    """Several right jobs and one with a wrong line."""
    wrong, fits = draw(st.sampled_from(sorted(BAD_JOBS.items())))
    key = wrong.partition(" ")[0]
    number, whole = draw(st.integers(0, 3)), draw(st.integers(1, 4))
    lines: list[str] = []
    at = 0
    for place in range(max(number + 1, whole)):
        job = {"name": f'name = "job{place}"', "spider": 'spider = "columns"', "every": 'every = "1h"'}
        if place == number:
            job |= {key: wrong}
            job.pop("every" if key == "cron" else "", None)
        lines += ["[[job]]", *draw(st.permutations(list(job.values()))), ""]
        at = lines.index(wrong) + 1 if place == number else at
    return Written("\n".join(lines), at, f"job[{number}].{key}", fits)


@tries()
@given(files() | timetables())
def test_a_wrong_line_is_named_with_its_number_and_what_fits(alone: Path, written: Written) -> None:
    """Else whoever mistypes a value has to guess which of forty lines is meant."""
    path = alone / "xha.toml"
    path.write_text(written.text, "utf-8")
    said = refused(path)
    path.unlink()
    if written.fits or said:
        assert said
        assert f"{path}:{written.line}: {written.key}" in said
        assert written.fits in said


@tries()
@given(st.binary(max_size=80) | any_text(80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_file_is_taken_or_refused(alone: Path, data: bytes) -> None:
    """Else a damaged file would end in a traceback; and the sentence says which file, and where in it."""
    path = alone / "any.toml"
    path.write_bytes(data)
    if said := refused(path):
        assert all(re.match(rf"{re.escape(str(path))}:\d+: ", line) for line in said.splitlines()[:1]), said


KEYS = sorted(set(Config.model_fields) - {"home"})
NO_NUL = any_text().map(
    lambda text: text.replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "spider", "cron", "every"]), inner)
    ),
    max_leaves=8,
).map(json.dumps)


@tries()
@given(st.sampled_from(KEYS), NO_NUL | JSON)
def test_any_variable_is_taken_or_refused(key: str, value: str) -> None:
    """Else one variable of a container would end in a traceback; and the sentence names the variable."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(f"XHA_{key.upper()}", value)
        said = refused()
        assert said is None or f"XHA_{key.upper()}" in said or f'"{key}"' in said


@st.composite
def profiles(draw: st.DrawFn) -> tuple[str, int]:
    """The shipped profile with one value replaced by another one, and its line."""
    lines = SHIPPED.splitlines()
    valued = [number for number, line in enumerate(lines) if re.match(r"\s*\w+ = \S", line) and not line.endswith("[")]
    number = draw(st.sampled_from(valued))
    key = lines[number].partition("=")[0]
    values = ["1", "-1", '""', '"("', '"http://["', '"{"', "true", "[]", "[1]", "{}", "1979-05-27", '"\\u0000"', "nan"]
    lines[number] = f"{key}= {draw(st.sampled_from(values))}"
    return "\n".join(lines), number + 1


@tries()
@given(profiles())
def test_a_profile_with_any_value_is_taken_or_refused(alone: Path, written: tuple[str, int]) -> None:
    """Else who adapts a site would see a traceback of a library instead of the line that is wrong."""
    text, number = written
    path = alone / "site.toml"
    path.write_text(text, "utf-8")
    try:
        load_profile(str(path))
    except ConfigError as error:
        said = str(error)
        of_its_table = re.search(r"^\S+:(\d+): \S+\]: ", said)  # two values of one table do not fit together
        assert f"{path}:{number}: " in said or (of_its_table and int(of_its_table[1]) < number), (number, said)
