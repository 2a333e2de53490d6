"""The layers hold: imports point down only, and what must not know Scrapy or HTML does not."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("storage", "crawler", "cli", "demo", "web")

LAYERS = (
    ("storage.records", "storage.errors", "storage.secrets"),
    ("storage.tomlfile", "storage.localtime", "storage.duetimes", "storage.contexts", "storage.parentage"),
    ("storage.config",),
    ("storage.archive", "storage.dedupe", "storage.search"),
    ("storage.store",),
    ("storage.query",),
    ("crawler.sites",),
    ("crawler.parse",),
    ("crawler.worker",),
    ("crawler.inspect", "crawler.sources"),
    ("crawler.suggest",),
    ("crawler.keeper", "crawler.log", "crawler.settings"),
    ("crawler.ahead", "crawler.follow", "crawler.parts", "crawler.patience"),
    ("crawler.settle",),
    ("crawler.way",),
    ("crawler.leftovers",),
    ("crawler.report",),
    ("crawler.extension",),
    ("crawler.pace", "crawler.reach", "crawler.reasons", "crawler.asking", "crawler.needed", "crawler.drawnsize"),
    ("crawler.drawing",),
    ("crawler.render",),
    ("crawler.middlewares", "crawler.robots", "crawler.pipelines"),
    ("crawler.spiders",),
    (
        "crawler.run",
        "crawler.throwaway",
        "crawler.fetch",
        "crawler.commands",
        "crawler.reparse",
        "crawler.repair",
        "crawler.process",
    ),
    ("crawler.sitecheck", "crawler.crew"),
    ("crawler.jobs",),
    ("demo",),
    ("scheduler",),
    ("web",),
    ("cli",),
)
"""From the ground up. A module may import from its own layer's folder and from the layers above it in this list."""


def modules() -> Iterator[tuple[str, Path]]:
    """Every module of the project, by dotted name."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path
    yield "scheduler", ROOT / "scheduler.py"


def imported(path: Path) -> set[str]:
    """Dotted names of everything a module imports, wherever in the module it does so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer_of(name: str) -> int | None:
    """Index of the layer a module stands in."""
    for index, prefixes in enumerate(LAYERS):
        if any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes):
            return index
    return None


ALL = dict(modules())


@pytest.mark.parametrize("name", ALL)
def test_every_module_stands_in_a_layer(name: str) -> None:
    """A module outside the layers is one nobody thought about."""
    if ALL[name].name != "__init__.py":
        assert layer_of(name) is not None, f"{name}: add it to LAYERS"


@pytest.mark.parametrize("name", ALL)
def test_imports_point_down(name: str) -> None:
    """An import that points up ties two layers into one."""
    own = layer_of(name)
    for target in imported(ALL[name]):
        other = layer_of(target)
        if own is not None and other is not None:
            assert other <= own, f"{name} imports {target}"


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith(("storage", "crawler.parse"))])
def test_reading_and_keeping_do_not_know_scrapy(name: str) -> None:
    """What is stored and what is read must work without a crawl."""
    foreign = {target for target in imported(ALL[name]) if target.split(".")[0] in ("scrapy", "twisted")}
    assert not foreign, f"{name} imports {sorted(foreign)}"


def test_reading_the_archive_again_loads_no_scrapy() -> None:
    """Nothing is fetched by it: Scrapy and Twisted would be a third of its memory and half of its start."""
    told = "import crawler.reparse, sys; print(sorted({'scrapy', 'twisted'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith("storage")])
def test_storage_does_not_know_html(name: str) -> None:
    """Storage that parses pages cannot be trusted to keep them as they were."""
    foreign = {target for target in imported(ALL[name]) if target.split(".")[0] in ("crawler", "bs4", "lxml", "parsel")}
    assert not foreign, f"{name} imports {sorted(foreign)}"


def test_no_circles() -> None:
    """Two modules that import each other at the top cannot be read one after the other."""
    graph: dict[str, set[str]] = {}
    for name, path in ALL.items():
        top = {
            f"{node.module}.{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
            for node in ast.parse(path.read_text("utf-8")).body
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
        }
        graph[name] = {
            known for target in top for known in (target, target.rpartition(".")[0]) if known in ALL and known != name
        }
    seen: set[str] = set()

    def walk(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, "a circle: " + " → ".join((*trail[trail.index(name) :], name))
        if name in seen:
            return
        for target in sorted(graph[name]):
            walk(target, (*trail, name))
        seen.add(name)

    for name in graph:
        walk(name, ())
