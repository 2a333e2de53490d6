"""What no code of this project does: unpickle, evaluate, call a shell, open a door, or give files away."""

from __future__ import annotations

import ast

from source_code import called, imported, modules

from crawler import settings

FORBIDDEN = {
    "pickle": "loading one runs what its writer wants; JSON and columns hold all there is to keep",
    "marshal": "the same",
    "shelve": "pickles in a file",
    "dill": "pickles",
    "cloudpickle": "pickles",
    "joblib": "pickles",
    "yaml": "TOML says what there is to configure",
    "telnetlib": "nobody is to come in",
    "xmlrpc": "the same",
    "multiprocessing.managers": "pickles over a socket that others may reach",
    "xml.dom": "expands entities; lxml is told not to",
    "xml.sax": "the same",
}
PICKLES_WITHIN = {
    "crawler/ahead.py": "pages of the archive and what was read of them, between a re-parse and its own children",
    "crawler/worker.py": "the other end of that",
    "crawler/leftovers.py": "names the error of a child of a re-parse, and hands nothing on",
    "crawler/crew.py": "words of one crawl to the workers it started itself, over pipes nobody else holds",
    "storage/search/apart.py": "texts of articles and their grams, between who indexes many and the process it started",
    "storage/parentage.py": "asks whether the parent is there, and hands nothing on",
    "web/server.py": "the configuration and the socket of one server to the processes that answer, which it started",
}
"""multiprocessing pickles what goes between a process and its children. Both ends are this program, under one user,
over descriptors that only they inherited: nothing from outside is ever loaded."""
UNSAFE = {"eval", "exec", "compile", "__import__", "system", "popen", "mktemp", "PickleType", "PickleSerializer"}


def test_nothing_that_runs_what_it_loads() -> None:
    """Else who can write to a file or a table could have the archive run a program."""
    found = {
        (path, root): why
        for path, tree in modules().items()
        for name in imported(tree)
        for root, why in FORBIDDEN.items()
        if name == root or name.startswith(f"{root}.")
    }
    assert found == {}


def test_xml_of_others_is_read_by_lxml_alone() -> None:
    """ElementTree, with which feeds are written, expands entities: a short feed would fill the memory."""
    for path, tree in modules().items():
        if any(name.startswith("xml.etree") for name in imported(tree)):
            assert not {name for name, _ in called(tree)} & {"parse", "iterparse", "fromstring", "XML"}, path


def test_pickles_of_multiprocessing_stay_within_the_family() -> None:
    """Else a second place would hand pickles around and nobody would have thought about who may write them."""
    users = {
        path
        for path, tree in modules().items()
        if any(name.startswith(("multiprocessing", "concurrent.futures.process")) for name in imported(tree))
    }
    assert users <= PICKLES_WITHIN.keys()
    for path in users:
        assert not {name for name, _ in called(modules()[path])} & {"Listener", "Client", "get_logger", "BaseManager"}


def test_nothing_is_evaluated_and_no_shell_is_called() -> None:
    """Else a text of a page or of the command line could become code."""
    for path, tree in modules().items():
        for name, call in called(tree):
            is_regex = name == "compile" and isinstance(call.func, ast.Attribute)  # re.compile
            assert name not in UNSAFE or is_regex, f"{path}:{call.lineno}: {ast.unparse(call)[:80]}"
            assert "shell" not in {word.arg for word in call.keywords}, f"{path}:{call.lineno}"


def test_scrapy_keeps_no_pickles_and_opens_no_console() -> None:
    """Scrapy's cache and job directory are pickles on disk; its telnet console lets anybody on the machine in."""
    for name in ("JOBDIR", "HTTPCACHE_ENABLED", "HTTPCACHE_STORAGE", "COOKIES_PERSISTENCE"):
        assert not getattr(settings, name, None), name
    assert settings.TELNETCONSOLE_ENABLED is False
    assert settings.COOKIES_ENABLED is False


def test_no_file_is_opened_wider_than_the_umask_says() -> None:
    """Else an archive that somebody closed to others with his umask would stand open to them, or to be changed."""
    for path, tree in modules().items():
        for name, call in called(tree):
            assert name not in ("chmod", "fchmod", "umask", "chown"), f"{path}:{call.lineno}: {name}"
            modes = [node.value for node in call.args[2:] if isinstance(node, ast.Constant)] if name == "open" else []
            assert all(mode & 0o022 == 0 for mode in modes if isinstance(mode, int)), f"{path}:{call.lineno}"
