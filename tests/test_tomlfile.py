"""TOML files against a model: every mistake with its file, line and key."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from storage.errors import ConfigError
from storage.tomlfile import line_of, load_toml


class Inner(BaseModel):
    """A table."""

    model_config = ConfigDict(extra="forbid")
    count: int
    words: tuple[str, ...] = ()


class Model(BaseModel):
    """A file."""

    model_config = ConfigDict(extra="forbid")
    name: str
    inner: Inner | None = None
    many: tuple[Inner, ...] = ()
    named: dict[str, Inner] = {}


def refusal(path: Path, data: bytes) -> str:
    """What is said about a file, without its folder."""
    path = path / "x.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load_toml(path, Model)
    return str(caught.value).replace(f"{path.parent}/", "")


def test_a_file_that_fits_is_a_model(tmp_path: Path) -> None:
    """Every table lands in its place."""
    path = tmp_path / "x.toml"
    path.write_text('name = "石桥"\n[inner]\ncount = 1\n[[many]]\ncount = 2\n[named.a]\ncount = 3\n', "utf-8")
    model = load_toml(path, Model)
    assert model.name == "石桥"
    assert (model.inner, model.many[0].count, model.named["a"].count) == (Inner(count=1), 2, 3)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = 1", "x.toml:1: name: Input should be a valid string (found 1)"),
        ("\n# nothing", "x.toml:1: name: is required and missing"),
        ('name = "a"\n\nsize = 3', "x.toml:3: size: unknown key"),
        ('name = "a"\n[inner]\ncount = "x"', "x.toml:3: inner.count: "),
        ('name = "a"\n[inner]\nwords = []', "x.toml:2: inner.count: is required and missing"),
        ('name = "a"\ninner.count = "x"', "x.toml:2: inner.count: "),
        ('name = "a"\ninner = { count = "x" }', "x.toml:2: inner.count: "),
        ('name = "a"\n[[many]]\ncount = 1\n[[many]]\n\n"count" = "x"', "x.toml:6: many[1].count: "),
        ('name = "a"\n[inner]\ncount = 1\nwords = [\n  "a",\n  3,\n]', "x.toml:4: inner.words[1]: "),
        ('name = "a"\n[named."b.c"]\ncount = "x"', "x.toml:3: named.b.c.count: "),
        ('name = "a"\nname = "b"', "x.toml:2: is not valid TOML: Cannot overwrite a value"),
        ("name = ", "x.toml:1: is not valid TOML: Invalid value"),
        ('name = "a"\n[inner', "x.toml:2: is not valid TOML: "),
    ],
)
def test_a_mistake_is_told_with_line_and_key(tmp_path: Path, text: str, message: str) -> None:
    """Tables, lists of tables, dotted and quoted keys, lists over several lines, and what is no TOML at all."""
    assert refusal(tmp_path, text.encode()).startswith(message)


def test_a_whole_table_is_not_printed(tmp_path: Path) -> None:
    """What was found is shown where it is a word or a number, not where it is half the file."""
    assert "found" not in refusal(tmp_path, b'name = "a"\ninner = [1]')


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, a folder, not UTF-8."""
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        load_toml(tmp_path / "none.toml", Model)
    with pytest.raises(ConfigError, match="cannot be read: Is a directory"):
        load_toml(tmp_path, Model)
    assert (
        refusal(tmp_path, '\nname = "石桥"'.encode("gbk"))
        == "x.toml:2: is not UTF-8 (byte 11 of the file); save it as UTF-8"
    )


@given(st.text(alphabet="[]ab.=\"'\n# 1,", max_size=60))
def test_any_text_has_a_line_for_anything(text: str) -> None:
    """Looking for a line never fails and never leaves the file."""
    assert 1 <= line_of(text, ("a", 0, "b"), "1") <= max(1, len(text.splitlines()))
