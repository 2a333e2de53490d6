"""What `xha.toml` and the environment may say, and what a mistake in them is answered with."""

from __future__ import annotations

import re
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from storage.config import DEFAULT_JOBS, Config, Duration, Job, load_config
from storage.errors import ConfigError

ROOT = Path(__file__).parents[1]
KEYS = sorted(set(Config.model_fields) - {"home"})


@pytest.fixture(autouse=True)
def clean(monkeypatch, tmp_path):
    """An empty working directory and no variable of ours."""
    for name in [f"XHA_{key.upper()}" for key in (*KEYS, "home", "config")]:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def toml(folder: Path, text: str, name: str = "xha.toml") -> Path:
    """A configuration file in `folder`."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def refusal(path: Path | None = None) -> str:
    """What a wrong configuration is answered with."""
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return str(caught.value)


def test_defaults_need_no_file(tmp_path):
    """Without a file the paths lie in the working directory and the timetable is the documented one."""
    config = load_config()
    assert config.database_url == f"sqlite:///{tmp_path}/data/archive.db"
    assert config.archive_directory == tmp_path / "data/warc"
    assert [(job.name, job.cron, job.until_issue) for job in config.job] == [
        ("columns", "*/15 * * * *", False),
        ("epaper", "*/20 5-23 * * *", True),
        ("recheck", "7 * * * *", False),
        ("verify", "30 1 * * 0", False),
    ]


def test_paths_start_from_the_file_and_not_from_where_the_command_was_started(tmp_path, monkeypatch):
    """A cron entry that starts elsewhere finds the same archive."""
    home = tmp_path / "here"
    home.mkdir()
    path = toml(home, 'archive = "raw"\ndatabase = "sqlite:///records.db"\n')
    config = load_config(path)
    assert config.archive_directory == home / "raw"
    assert config.database_file == home / "records.db"
    monkeypatch.setenv("XHA_HOME", str(home))
    assert load_config().archive_directory == home / "raw"


@pytest.mark.parametrize("name", ["XHA_HOME", "XHA_CONFIG", "XHA_DATABASE"])
def test_empty_variable_is_none(tmp_path, monkeypatch, name):
    """`XHA_HOME= xha …` would put the archive into the working directory rather than beside its configuration."""
    path = toml(tmp_path, 'archive = "raw"\n')
    monkeypatch.setenv(name, "")
    config = load_config(path)
    assert (config.archive_directory, config.database_file) == (tmp_path / "raw", tmp_path / "data/archive.db")


def test_profile_given_as_a_path_lies_beside_the_file(tmp_path, monkeypatch):
    """The scheduler's crawls run in another directory and must read the same profile."""
    assert load_config(toml(tmp_path, 'site = "sites/mine.toml"')).site == str(tmp_path / "sites/mine.toml")
    monkeypatch.setenv("XHA_SITE", "other.toml")
    assert load_config().site == str(tmp_path / "other.toml")


def test_absolute_and_home_paths_are_kept(tmp_path, monkeypatch):
    """A path that says where it is is not moved under the configuration's directory."""
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    config = load_config(toml(tmp_path, 'archive = "~/raw"\ndatabase = "sqlite:////srv/records.db"\n'))
    assert config.archive_directory == tmp_path / "me/raw"
    assert config.database_url == "sqlite:////srv/records.db"


def test_postgres_address_names_the_driver_that_is_installed(tmp_path):
    """The address everybody writes works without knowing the driver's name."""
    config = load_config(toml(tmp_path, 'database = "postgresql://u:p@h/n"'))
    assert config.database_url == "postgresql+psycopg://u:p@h/n"
    assert config.database_file is None


def test_environment_wins_over_the_file(tmp_path, monkeypatch):
    """A container can change one value without writing a file."""
    path = toml(tmp_path, 'retries = 5\nlease = "1m"\n')
    monkeypatch.setenv("XHA_RETRIES", "7")
    monkeypatch.setenv("XHA_JOB", '[{"name": "a", "spider": "columns", "every": "90s"}]')
    config = load_config(path)
    assert (config.retries, config.lease) == (7, timedelta(minutes=1))
    assert config.job == (Job(name="a", spider="columns", every=timedelta(seconds=90)),)


def test_file_is_named_by_the_environment(tmp_path, monkeypatch):
    """`XHA_CONFIG` is what the scheduler hands to the crawls it starts."""
    monkeypatch.setenv("XHA_CONFIG", str(toml(tmp_path, "retries = 9", "other.toml")))
    assert load_config().retries == 9


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("lease = 10", 'xha.toml:1: lease: expected a duration such as "90s"'),
        ('\nlease = "99999999999d"', "xha.toml:2: lease: is longer than any clock runs"),
        ("retires = 1", "xha.toml:1: retires: unknown key"),
        ('database = "mysql://x"', "must start with sqlite:/// or postgresql://"),
        ('[[job]]\nname = "a"\nspider = "s"', "job 'a' needs exactly one of `cron` and `every`"),
        ('[[job]]\nname = "a"\nevery = "1s"', "job 'a' needs exactly one of `spider` and `verify`"),
        ('[[job]]\nname = "a"\nspider = "s"\nverify = 0.5\nevery = "1s"', "exactly one of `spider` and `verify`"),
        ('[[job]]\nname = "a"\nverify = 1.5\nevery = "1s"', "xha.toml:3: job[0].verify"),
        ('[[job]]\nname = "a"\nverify = 0.0005\nevery = "1s"', "xha.toml:3: job[0].verify"),  # the command refuses it
        ('[[job]]\nname = "a"\nverify = 1\nevery = "1s"\nuntil_issue = true', "are for spiders, not for `verify`"),
        ('[[job]]\nname = "a"\nspider = "s"\nevery = "1.5s"', "xha.toml:4: job[0].every: must be whole seconds"),
        ('[[job]]\nname = "A b"\nspider = "s"\nevery = "1s"', "xha.toml:2: job[0].name"),
        ('[[job]]\nname = "a"\nspider = "s"\nevery = "1s"\n' * 2, "two jobs are named 'a'"),
        ('[[job]]\nname = "a"\nspider = "s"\nevery = "1s"\ntime_limit = "0s"', "xha.toml:5: job[0].time_limit"),
        ('[[job]]\nname = "a"\nspider = "s"\ncron = "* * *"', "xha.toml:4: job[0].cron: not a usable cron line"),
        ("[[job", "is not valid TOML"),
    ],
)
def test_mistake_in_the_file_is_named_with_its_line(tmp_path, text, answer):
    """Whoever mistypes a value is told where and what was expected."""
    assert answer in refusal(toml(tmp_path, text))


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("XHA_RETRIES", "many", "environment variable XHA_RETRIES: Input should be a valid integer"),
        ("XHA_JOB", "[", 'environment: error parsing value for field "job"'),
        (
            "XHA_JOB",
            '[{"name": "a", "spider": "s", "cron": "x"}]',
            "environment variable XHA_JOB[0].cron: not a usable",
        ),
        ("XHA_DATABSE", "sqlite:///x", "XHA_DATABSE: unknown; did you mean XHA_DATABASE?"),
        ("XHA_CONFIG", "/nowhere/xha.toml", "/nowhere/xha.toml: cannot be read"),
    ],
)
def test_mistake_in_a_variable_is_named(monkeypatch, name, value, answer):
    """A wrong variable ends in one sentence with its name, never in a traceback or in silence."""
    monkeypatch.setenv(name, value)
    assert answer in refusal()


def test_variables_that_resemble_no_key_are_nobodys_business(monkeypatch):
    """Other programs may use the prefix."""
    monkeypatch.setenv("XHA_DEMO_SITE", "x")
    assert load_config().site == "xihaian"


def test_agent_says_who_asks(tmp_path):
    """A webmaster finds the contact in his log."""
    assert "a@b.example" in load_config(toml(tmp_path, 'contact = "a@b.example"')).agent


def rows(heading: str) -> dict[str, list[str]]:
    """The table under a heading of docs/configuration.md: first cell (without ticks) → the others."""
    text = (ROOT / "docs/configuration.md").read_text("utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [re.split(r"\s+\|\s+", line.strip("| ")) for line in text.splitlines() if line.startswith("| `")]
    return {cells[0].strip("`"): cells[1:] for cells in lines}


def meant(cell: str, default: object) -> object:
    """A documented default as the value it stands for, in the type of the real one."""
    text = cell.strip("`")
    if isinstance(default, timedelta):
        return TypeAdapter(Duration).validate_python(text)
    return type(default)("" if text == "(empty)" else text)


def test_every_key_is_documented_with_its_variable_and_default():
    """A key nobody can look up, and a default that is no longer true, fail here."""
    table = rows("Keys")
    assert sorted(table) == KEYS
    for key in set(KEYS) - {"job"}:
        default = Config.model_fields[key].get_default()
        assert table[key][0] == f"`XHA_{key.upper()}`"
        assert meant(table[key][1], default) == default, key


def test_every_key_of_a_job_is_documented():
    """The same for the timetable."""
    table = rows("Keys of a job")
    assert sorted(table) == sorted(Job.model_fields)
    default = Job.model_fields["time_limit"].get_default()
    assert meant(table["time_limit"][0], default) == default


def test_example_shows_every_key_with_its_default():
    """Whoever copies the example and changes nothing has changed nothing."""
    path = ROOT / "xha.toml.example"
    assert sorted(tomllib.loads(path.read_text("utf-8"))) == KEYS
    copied, default = load_config(path), load_config()
    assert {key: getattr(copied, key) for key in KEYS} == {key: getattr(default, key) for key in KEYS}
    assert copied.job == DEFAULT_JOBS


def test_every_job_key_stands_in_the_example():
    """The commented job shows the rest."""
    text = (ROOT / "xha.toml.example").read_text("utf-8")
    assert [key for key in Job.model_fields if not re.search(rf"^#? ?{key} = ", text, re.MULTILINE)] == []
